"""Words of other languages that a reader does not want a word translated to."""

from searchkit.query import Options, attempts, without_translations
from searchkit.query.explain import describe


def texts(query, *left_out):
    [first, *_] = without_translations(attempts(query, False, Options()), left_out)
    return {line.split()[1] for line in describe(first.tree).splitlines() if line.endswith("translation")}


def test_a_translation_is_left_out_with_what_begins_so():
    assert {"kitaphana", "kitaphana*", "kutubhona"} <= texts("library")
    assert texts("library") - texts("library", "кітапхана") == {"kitaphana", "kitaphana*"}
    assert texts("library", "кітапхана") == texts("library", "kitaphana")


def test_a_word_that_was_typed_stays():
    assert "library" in describe(
        next(iter(without_translations(attempts("library", False, Options()), ["library"]))).tree
    )


def test_what_is_no_word_leaves_nothing_out():
    for nothing in ("", '"', "lang:", "((", "-"):
        assert texts("library", nothing) == texts("library")
