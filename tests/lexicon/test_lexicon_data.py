"""The lexicon itself: its form, its size, and that the compiled file is that of the tables."""

# Tests as well, in searchkit/: lexicon: checks cldr table

from collections import Counter

import pytest

from searchkit.lexicon import COMPILED, DATA, build, checks, table

CONCEPTS = {file.stem: list(table.read(file)) for file in table.files(DATA)}


def test_the_compiled_lexicon_is_up_to_date():
    made = "".join(f"{line}\n" for line in build.lines())
    assert COMPILED.read_text(encoding="utf-8") == made, "run: python -m searchkit.lexicon.build"


@pytest.mark.parametrize("field", CONCEPTS)
def test_form(field):
    assert list(checks.problems(CONCEPTS[field])) == []


@pytest.mark.parametrize("field", CONCEPTS)
def test_each_file_says_where_it_comes_from(field):
    first = (DATA / f"{field}.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("#")
    assert "MIT" in first or "Unicode" in first


def test_size():
    everything = [concept for concepts in CONCEPTS.values() for concept in concepts]
    assert len(everything) >= 8_000
    cells = sum(len(concept.words) for concept in everything)
    assert cells >= 0.95 * len(table.LANGUAGES) * len(everything)


def test_no_concept_stands_twice():
    rows = Counter(
        tuple((code, concept.words.get(code)) for code in table.LANGUAGES)
        for concepts in CONCEPTS.values()
        for concept in concepts
    )
    assert [row for row, count in rows.items() if count > 1] == []


def test_the_countries_are_those_of_cldr():
    babel = pytest.importorskip("babel", reason="Babel, which holds CLDR, is needed to make the table")
    if not babel.__version__.startswith("2.18"):
        pytest.skip(f"the table was made with Babel 2.18, this is {babel.__version__}: its CLDR may differ")
    from searchkit.lexicon import cldr

    assert (DATA / "countries.tsv").read_text(encoding="utf-8") == "".join(f"{line}\n" for line in cldr.lines()), (
        "run: python -m searchkit.lexicon.cldr"
    )
