"""What the lexicon adds to a query, and what it must leave alone."""

import pytest

from searchkit.lexicon import compiled, table
from searchkit.lexicon.stems import pairs_of, stems_of
from searchkit.query import Options, expand, parse, translation, words
from searchkit.terms.query_tree import Group, Prefix, Sequence, Term


def groups(node):
    if isinstance(node, Group):
        yield node
    for child in getattr(node, "children", ()):
        yield from groups(child)


def translations(tree):
    """What a tree looks for by translation: {stems: weight}."""
    found = {}
    for group in groups(tree):
        for one in group.alternatives:
            if one.reason != "translation":
                continue
            terms = [slot[0] for slot in one.slots] if isinstance(one, Sequence) else [one]
            if not terms[0].field.startswith("title"):
                text = " ".join(term.text for term in terms)
                found[text] = max(one.weight, found.get(text, 0.0))
    return found


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("library", {"kitaphana", "kutubhona", "biblioteka"}),
        ("қолжазба", {"manuscript", "qölyozma"}),
        ("кутубхона", {"kitaphana", "library", "biblioteka"}),
        ("кітапханаларда", {"library", "kutubhona"}),
    ],
)
def test_a_word_brings_its_translations(query, stems):
    assert translations(expand(parse(query))).keys() >= stems


@pytest.mark.parametrize("word", ["but", "on", "бар", "the", "и", "но", "ва", "men", "бір", "не", "да"])
def test_stop_words_have_no_translation(word):
    assert translations(expand(parse(word))) == {}


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("before library", {"avval"}),
        ("after the library", {"keyin"}),
    ],
)
def test_beside_other_words_a_stop_word_has_those_of_a_word_of_grammar(query, stems):
    alone = translations(expand(parse("library")))
    assert translations(expand(parse(query))).keys() - alone.keys() >= stems


def test_a_stop_word_is_not_translated_as_another_part_of_speech():
    # not the Uzbek ten
    assert "desyatʼ" not in translations(expand(parse("on library")))
    assert translations(expand(parse('"before library"'))).keys().isdisjoint(translations(expand(parse("before x"))))


def test_words_built_from_a_translation_count_less():
    (group,) = groups(expand(parse("tourist")))
    found = {one.text: one.weight for one in group.alternatives if isinstance(one, Prefix)}
    assert found["turist"] == pytest.approx(translation.BUILT * translations(expand(parse("tourist")))["turist"])
    # Many a word begins with a short one by chance; a phrase asks for the words themselves.
    assert not any(len(text) < translation.SHORTEST_TO_BUILD_FROM for text in found)
    (phrase,) = groups(expand(parse('"old tourist"')))
    assert "Prefix" not in repr(phrase)


def test_an_abbreviation_is_no_stop_word():
    assert "ddsū" in translations(expand(parse("WHO")))


def test_a_translation_is_worth_less_than_the_word():
    (group,) = groups(expand(parse("library")))
    own = max(one.weight for one in group.alternatives if one.reason in ("exact", "stem"))
    assert all(one.weight < own for one in group.alternatives if one.reason == "translation")


def test_senses_share_the_weight_of_a_word():
    one_sense, several = translations(expand(parse("library"))), translations(expand(parse("bank")))
    assert max(several.values()) <= max(one_sense.values())
    assert {"jağa"} <= several.keys()


def test_the_sense_whose_word_is_most_like_the_query_counts_most():
    found = translations(expand(parse("exhibitions")))
    assert found["körme"] > 2 * found.get("körset", 0)


def test_the_language_of_the_query_decides():
    """он is ten in Kazakh, and he in Russian."""
    assert "ten" in translations(expand(words("он кітап оқыдым")))
    assert "ten" not in translations(expand(words("он читал новую книгу")))


def test_phrases_become_phrases():
    (group,) = groups(expand(parse('"national library"')))
    slots = [tuple({term.text for term in slot} for slot in one.slots) for one in group.alternatives]
    assert any({"national"} <= first and {"library"} <= second for first, second in slots)
    assert any("ūlttıq" in first and "kitaphana" in second for first, second in slots)


def test_terms_of_several_words_are_translated_together():
    assert "oliy talim" in translations(expand(words("higher education in the region")))


@pytest.mark.parametrize("query", ["=library", "libr*"])
def test_exact_words_and_beginnings_are_not_translated(query):
    assert translations(expand(parse(query))) == {}


def test_the_options_turn_it_off():
    assert translations(expand(parse("library"), Options(translate=False))) == {}


def test_titles_are_searched_too():
    (group,) = groups(expand(parse("library")))
    assert any(
        isinstance(one, Term) and one.field == "title_stem" and one.text == "kitaphana" for one in group.alternatives
    )


CONCEPTS = [
    table.Concept("test", 1, "n", {"en": ("lake", "mere"), "kk": ("көл", "су айдыны"), "ru": ("озеро", "водоём", "пруд")}),
    table.Concept("test", 2, "n", {"en": ("exhibition",), "ru": ("выставка",)}),
    table.Concept("test", 3, "v", {"en": ("exhibit",), "ru": ("выставлять",)}),
    table.Concept("test", 4, "v", {"en": ("cancel",), "uz": ("bekor qilmoq",), "ru": ("отменять",)}),
    *(table.Concept("test", 5 + n, "v", {"en": (f"do{n}",), "uz": (f"{w} qilmoq",)}) for n, w in enumerate(
        "hurmat himoya taklif tashkil savol javob hisob duo".split())),
    table.Concept("test", 20, "v", {"en": ("make",), "uz": ("qilmoq",)}),
    table.Concept("test", 21, "n", {"en": ("idler",), "uz": ("bekor",)}),
    table.Concept("test", 23, "n", {"en": ("summer",), "kk": ("жаз",)}),
    table.Concept("test", 24, "v", {"en": ("write",), "kk": ("жазу",)}),
    table.Concept("test", 25, "n", {"en": ("circumstance",), "kk": ("жағдай",)}),
    table.Concept("test", 26, "x", {"en": ("whenever",), "kk": ("жағдайда",)}),
    table.Concept("test", 27, "p", {"en": ("Bolivia",), "ru": ("Боливия",)}),
    table.Concept("test", 28, "a", {"en": ("Bolivian",), "ru": ("боливийский",)}),
    table.Concept("test", 22, "n", {"en": ("New Zealand",), "ru": ("Новая Зеландия",), "kk": ("Жаңа Зеландия",)}),
]  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A lexicon of a few concepts."""
    file = tmp_path_factory.mktemp("lexicon") / "compiled.txt"
    file.write_text("".join(f"{line}\n" for line in compiled.compile_lines(CONCEPTS, stems_of)), encoding="utf-8")
    return Options(lexicon=compiled.Compiled(file))


def stem(code, word):
    return " ".join(stems_of(code, word))


def test_each_further_word_of_a_cell_counts_less(small):
    found = translations(expand(parse("lake"), small))
    first, second, third = (found[stem("ru", word)] for word in ("озеро", "водоём", "пруд"))
    assert first == pytest.approx(translation.WEIGHT)
    assert first > second > third > 0.6 * first
    assert second / first == pytest.approx(third / second)


def test_a_synonym_counts_less_than_any_translation(small):
    found = translations(expand(parse("lake"), small))
    assert 0.1 < found[stem("en", "mere")] < found[stem("ru", "пруд")]


def test_a_sense_of_another_form_counts_less_but_counts(small, monkeypatch):
    # Both are of one stem here, as a coarser stemmer has it.
    monkeypatch.setattr(translation, "_stem", lambda code, form: form[:7] if code == "en" else stem(code, form))
    lines = compiled.compile_lines(
        CONCEPTS, lambda code, term: (term[:7],) if code == "en" and " " not in term else stems_of(code, term)
    )
    monkeypatch.setattr(small.lexicon, "_data", "".join(f"{line}\n" for line in lines).encode())
    found = translations(expand(parse("exhibition"), small))
    exhibition, exhibit = found[stem("ru", "выставка")], found[stem("ru", "выставлять")]
    assert 0.1 * exhibition < exhibit < 0.5 * exhibition


@pytest.mark.parametrize(
    ("query", "likely", "unlikely"),
    [
        ("жаз", "summer", "write"),
        ("жазу", "write", "summer"),
        ("жағдай", "circumstance", "whenever"),
        ("жағдайда", "whenever", "circumstance"),
        # a postposition is not declined
        ("жағдайды", "circumstance", "whenever"),
        ("жағдайдан", "circumstance", "whenever"),
    ],
)
def test_the_sense_whose_word_was_typed_counts_most(small, query, likely, unlikely):
    found = translations(expand(parse(query), small))
    assert found[stem("en", likely)] > 2 * found.get(stem("en", unlikely), 0)


def test_a_phrase_keeps_its_best_translations(tmp_path):
    """However many senses a term has: of more variants than a phrase may have, the heaviest."""
    notice = {
        "en": ("notice", "observe", "spot", "perceive", "remark"),
        "kk": ("байқау", "аңғару", "сезу", "көру", "ұғу"),
        "ru": ("заметить", "замечать", "приметить", "увидеть", "подметить"),
    }
    many = table.Concept("test", 1, "v", {"uz": ("eʼtibor bermoq",), **notice})
    more = table.Concept("test", 2, "v", {"uz": ("eʼtibor bermoq",), "en": ("heed", "mind", "attend")})
    meant = table.Concept("test", 3, "v", {"uz": ("eʼtibor bermaslik",), "en": ("ignore",)})
    file = tmp_path / "compiled.txt"
    lines = compiled.compile_lines([many, more, meant], stems_of)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    options = Options(lexicon=compiled.Compiled(file))
    assert stem("en", "ignore") in translations(expand(parse('"eʼtibor bermaslik"'), options))


def test_an_aspect_pair_counts_as_one_word_of_the_cell(tmp_path):
    verb = table.Concept("test", 1, "v", {"en": ("create",), "ru": ("создать", "учредить")})
    file = tmp_path / "compiled.txt"
    lines = compiled.compile_lines([verb], stems_of, pairs_of)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    found = translations(expand(parse("create"), Options(lexicon=compiled.Compiled(file))))
    assert found[stem("ru", "создать")] == found[stem("ru", "создавать")] > found[stem("ru", "учреждать")]
    assert found[stem("ru", "учредить")] == found[stem("ru", "учреждать")]


def test_a_word_brings_to_mind_the_term_that_it_stands_in_alone(small):
    assert stem("kk", "Жаңа Зеландия") in translations(expand(parse("Зеландия"), small))
    # not so in a phrase, nor the word that stands in many
    assert translations(expand(parse('"далёкая Зеландия"'), small)) == {}


def test_words_of_the_same_family_are_looked_for_and_count_least(small):
    found = translations(expand(parse("Bolivia"), small))
    assert 0 < found[stem("ru", "боливийский")] < 0.3 * found[stem("ru", "Боливия")]
    back = translations(expand(parse("боливийский"), small))
    assert 0 < back[stem("en", "Bolivia")] < 0.3 * back[stem("en", "Bolivian")]
    # those of the user's own language are not, nor any in a phrase
    assert stem("en", "Bolivian") not in found
    assert stem("ru", "боливийский") not in translations(expand(parse('"far Bolivia"'), small))


def test_a_compound_verb_is_found_by_the_word_that_carries_its_meaning(small):
    found = translations(expand(parse("bekor"), small))
    # what the word itself means comes first
    assert found[stem("en", "idler")] > found[stem("en", "cancel")] > 0.1
    assert stem("ru", "отменять") in found
