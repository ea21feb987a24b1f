"""The suffix engine, on a small made-up language and on the table of Kazakh.

`ending_tables` and `suffix_tree` are tested here, through the stemmer.
"""

# Tests as well, in searchkit/: languages/turkic: ending_tables suffix_tree

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.languages.kk.stemmer import harmony, stemmer
from searchkit.languages.turkic import suffix_tree
from searchkit.languages.turkic.stemmer import Costs, Roots, Stemmer, Table, read_roots, read_table

TABLE = """# A language with two rows of vowels.
letters	vowel	aeoiu
letters	back	ao
letters	front	ei
letters	hard	ptk
letters	soft	lmnrbdg
letters	open	aeoi
changes	k	g
changes	p	b
slots	nominal	noun derived plural
ending	derived	agent	noun	=chi	1	kept
ending	derived	quality	noun derived	lik lak	1	kept
ending	plural	plural	noun derived	hard: tar ter; soft+open: lar ler	1
ending	possessor	possessive	nominal	hard+soft: a e; open: sa se	1
ending	case	accusative	possessor	n	0.5
ending	case	locative	nominal	hard: ta te; soft+open: da de	1
ending	linker	linker	noun	u	0.5	inner
ending	case	rare case	linker	ru	1
ending	person	person	noun	m	0.2	known
ending	verbal	verbal noun	verb	{i}u {d}uz u	1
"""
ROOTS = read_roots(
    "# roots\nnoun\tthings\tkitap yurek bala orin/orn tala=3\nverb\tacts\toqi bar kod\nparticle\tgrammar\tda ol/on/onga"
)
UNKNOWN = {"noun": 5.0, "verb": 8.0, "particle": 99.0}


def make(**options: object) -> Stemmer:
    return Stemmer(read_table(TABLE), ROOTS, Costs(UNKNOWN, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "stem", "endings"),
    [
        ("kitap", "kitap", []),
        ("kitaptar", "kitap", ["plural"]),
        ("kitaptaran", "kitap", ["plural", "possessive", "accusative"]),
        # the last letter changes before a vowel
        ("kitaba", "kitap", ["possessive"]),
        ("yureget", "yureget", []),
        ("yurege", "yurek", ["possessive"]),
        # a root with another form before endings
        ("orna", "orin", ["possessive"]),
        # harmony: a front root takes no back ending
        ("yurekter", "yurek", ["plural"]),
        ("yurektar", "yurektar", []),
        # a derivation stays, and its own last letter changes too
        ("balachide", "balachi", ["agent", "locative"]),
        ("balalaga", "balalak", ["quality", "possessive"]),
        ("kitapchilerde", "kitapchi", ["agent", "plural", "locative"]),
        # lost letters are put back
        ("oqu", "oqi", ["verbal noun"]),
        ("kouz", "kod", ["verbal noun"]),
        ("baru", "bar", ["verbal noun"]),
        # an inner ending is never last
        ("balau", "balau", []),
        ("balauru", "bala", ["linker", "rare case"]),
        # only after a listed root
        ("balam", "bala", ["person"]),
        ("somom", "somom", []),
        # unlisted roots
        ("samovarda", "samovar", ["locative"]),
        ("gazlar", "gazlar", []),
        # forms of words that take no endings
        ("da", "da", []),
        ("onga", "ol", []),
        ("dalar", "dalar", []),
    ],
)
def test_cuts(word: str, stem: str, endings: list[str]) -> None:
    analysis = make(letter=1.0).analyse(word)
    assert analysis.stem == stem
    assert [ending.name for ending in analysis.endings] == endings


def test_a_root_that_costs_more_loses_to_a_cheaper_cut() -> None:
    stems = make()
    assert stems.stem("tala") == "tala"  # tal is not listed
    dearer = read_roots("noun\t\ttal tala=3\nverb\t\tbar\nparticle\t\tda")
    assert Stemmer(read_table(TABLE), dearer, Costs(UNKNOWN)).stem("tala") == "tal"


def test_a_bare_verb_may_cost_more_than_a_noun_with_an_ending() -> None:
    roots = read_roots("noun\t\tbas\nverb\t\tbasa")
    table = read_table(TABLE.replace("hard: ta te; soft+open: da de", "ta te").replace("hard+soft: a e", "a e"))
    assert Stemmer(table, roots, Costs({"noun": 5.0, "verb": 8.0})).stem("basa") == "basa"
    assert Stemmer(table, roots, Costs({"noun": 5.0, "verb": 8.0}, bare={"verb": 2.0})).stem("basa") == "bas"


def test_doubt_and_harmony_of_the_language_are_asked() -> None:
    roots = read_roots("noun\t\tbank bala")
    table = read_table(TABLE)
    plain = Stemmer(table, roots, Costs({"noun": 5.0}))
    either = Stemmer(table, roots, Costs({"noun": 5.0}), harmony=lambda tail: "" if tail.endswith("k") else None)
    assert (plain.stem("bankter"), either.stem("bankter")) == ("bankter", "bank")
    doubting = Stemmer(table, roots, Costs({"noun": 5.0}), doubt=lambda tail, kind: 9.0 if tail == "var" else 0.0)
    assert (plain.stem("samovarda"), doubting.stem("samovarda")) == ("samovar", "samovarda")


def test_endings_of_an_analysis_spell_the_word() -> None:
    analysis = make().analyse("kitapchilerde")
    assert analysis.root + "".join(ending.form for ending in analysis.endings) == "kitapchilerde"
    assert [ending.kept for ending in analysis.endings] == [True, False, False]
    assert (analysis.kind, analysis.known) == ("noun", True)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ending\tcase\tno columns", "line 3"),
        ("ending\tcase\tx\tnoun\tda\t-1", "negative"),
        ("ending\tcase\tx\tnoun\tda\tmuch", "line 3"),
        ("ending\tcase\tx\tnoun\tnosuch: da\t1", "nosuch"),
        ("ending\tcase\tx\tnoun\tda\t1\tsticky", "sticky"),
        ("sound\tx", "unknown kind of line"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, message: str) -> None:
    with pytest.raises(ValueError, match="line 3 of the table of endings") as raised:
        read_table(f"letters\tvowel\tae\nletters\thard\tpt\n{line}\n")
    assert message in str(raised.value)


# ------------------------------------------------------------------ the table of Kazakh
def chains(table: Table, kind: str, depth: int) -> list[tuple[str, float]]:
    """Endings that may follow a back root in т of this kind, put together here from left to right, with their costs."""
    found: list[tuple[str, float]] = []

    def extend(text: str, slot: str, harmony: int, last: str, cost: float, left: int) -> None:
        for form in table.forms:
            if slot not in form.row.after or form.row.kept or form.lost or form.changed or form.hard:
                continue
            if form.letters is not None and last not in form.letters:
                continue
            if form.needs and not form.needs & harmony:
                continue
            spelled, total = text + form.text, cost + form.row.cost
            if not form.row.inner:
                found.append((spelled, total))
            if left > 1:
                extend(spelled, form.row.slot, form.offers or harmony, form.text[-1], total, left - 1)

    extend("", kind, 1, "т", 0.0, depth)
    return found


@pytest.mark.parametrize(("root", "kind", "depth"), [("құжат", "noun", 3), ("жарат", "verb", 3)])
def test_every_sequence_that_the_table_allows_is_found_at_its_cost_or_cheaper(root: str, kind: str, depth: int) -> None:
    engine = stemmer()
    roots = Roots({kind: {root: root}}, {kind: {}})
    alone = Stemmer(engine.table, roots, Costs({kind: 50.0}, whole=kind), harmony=harmony)
    built = chains(engine.table, kind, depth)
    assert len(built) > 300
    dearer = {
        root + text: (alone.analyse(root + text).cost, cost)
        for text, cost in built
        if alone.analyse(root + text).cost > cost + 1e-9
    }
    assert not dearer


def test_results_depend_neither_on_order_nor_on_a_full_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [
        a + b for a, b in itertools.product(["кітап", "бала", "сөйле", "қой"], ["тар", "лар", "ды", "п", "да", "ған"])
    ]
    words += ["кітаптарымыздағылардан", "сөйлегендерден", "қоятындарға"]
    expected = {word: stemmer().analyse(word) for word in words}
    monkeypatch.setattr(suffix_tree, "MAX_NODES", 5)
    fresh = stemmer.__wrapped__()
    assert {word: fresh.analyse(word) for word in reversed(words)} == expected


@given(st.text("абдегғжзийкқлмнңоөпрстуұүыіьюя", min_size=1, max_size=14))
def test_any_word_has_a_stem_and_the_same_by_every_way(word: str) -> None:
    engine = stemmer()
    analysis = engine.analyse(word)
    assert analysis.stem
    assert engine.stem(word) == analysis.stem
    assert engine.cut(word)[:4] == (analysis.stem, analysis.root, analysis.kind, analysis.known)
    assert word.endswith("".join(ending.form for ending in analysis.endings))
