"""Did you mean: what is proposed for a query that found nothing."""

# Tests as well, in searchkit/: query: explain keyboards

import pytest

from searchkit.engines.base import Page
from searchkit.highlight.matches import Matcher
from searchkit.query.keyboards import other_layouts
from searchkit.query.suggestions import suggest
from searchkit.terms.query_tree import And, Group, Not, Or
from searchkit.terms.wire import TermStreams
from searchkit.text.edit_distance import near

TEXTS = [
    ("The library signed a memorandum with the museum.", "en"),
    ("Библиотека подписала меморандум, привет музею.", "ru"),
    ("O'zbekiston milliy kutubxonasi", "uz"),
    ("Hello libraries, hello manuscripts", "en"),
    ("Қолжазбалар көрмесі", "kk"),
]


class Engine:
    """A few texts, each a document, matched word by word."""

    def __init__(self):
        from searchkit.analysis import analyse

        self.texts = [(text, [(0, len(text), language)]) for text, language in TEXTS]
        self.terms_of = {"word": {}, "stem": {}}
        for text, passages in self.texts:
            terms = TermStreams(analyse.stream(text, passages), "")
            for field in self.terms_of:
                for term in set(terms[field]):
                    self.terms_of[field][term] = self.terms_of[field].get(term, 0) + 1

    def frequency(self, field, term):
        return self.terms_of.get(field, {}).get(term, 0)

    def terms(self, field, beginning):
        return (term for term in self.terms_of.get(field, {}) if term.startswith(beginning))

    def suggest(self, field, text, distance=2, limit=5):
        terms = self.terms_of.get(field, {})
        found = sorted(near(text, terms, distance), key=lambda one: (one[1], -terms[one[0]], one[0]))
        return [(term, terms[term]) for term, _ in found[:limit]]

    def search(self, query, limit=10, offset=0, order="score"):
        return Page(sum(self._answers(query, text, passages) for text, passages in self.texts), ())

    def _answers(self, tree, text, passages):
        if isinstance(tree, Group):
            return bool(Matcher(tree).find(text, passages))
        if isinstance(tree, (And, Or)):
            return (all if isinstance(tree, And) else any)(
                self._answers(child, text, passages) for child in tree.children
            )
        return not isinstance(tree, Not) or not self._answers(tree.child, text, passages)


@pytest.fixture(scope="module")
def engine():
    return Engine()


@pytest.mark.parametrize(
    ("query", "better"),
    [
        ("libary", "library"),
        ("memorandun", "memorandum"),
        ("Memorandun", "Memorandum"),
        ("библеотека", "библиотека"),
        ("libary memorandun", "library memorandum"),
        # the rest of the query stays as it was
        ('library AND (memorandun OR "signed memorandun") title:', None),
        ("library AND (memorandun* OR memorandun)", "library AND (memorandum* OR memorandum)"),
        ('"signed a memorandun"', '"signed a memorandum"'),
        ("+memorandun -salt", "+memorandum -salt"),
        ("hello-manuscrpts", "hello-manuscripts"),
        # the wrong keyboard layout
        ("ghbdtn", "привет"),
        ("руддщ", "hello"),
        (",b,kbjntrf", "библиотека"),
        # a word that the index has, and one like nothing in it
        ("library", None),
        ("xylophone", None),
        ("ab", None),
        # each word is there, but not together
        ("hello memorandum", None),
        # no longer what was asked for, or nothing to ask
        ("=libraryy", "=library"),
        ("", None),
        ("((", None),
        ("w*rd", None),
        ("x" * 100_000, None),
    ],
)
def test_suggest(engine, query, better):
    assert suggest(query, engine) == better


def test_field_names_are_not_corrected(engine):
    assert suggest("datee date:2025 memorandun", engine) is None
    assert suggest("musaum lang:en OR title:musaum", engine) == "museum lang:en OR title:museum"


def test_stems_of_words_in_other_scripts(engine):
    # The Latin stem of қолжазбалар is near, no Latin word is.
    assert suggest("qoljajba", engine) == "қолжазбалар"


def test_words_whose_stem_alone_is_near_are_written_as_the_index_has_them(engine):
    # Two edits from the stem, more from the words of the texts.
    assert suggest("kutibxona", engine) == "kutubxonasi"
    assert suggest("қолжазбо", engine) == "қолжазбалар"
    assert suggest("кутибхона", engine) == "kutubxonasi"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("r3nfg", "кітап"),
        ("руддщ", "hello"),
        ("Ntcn", "тест"),
        ("[kt,", "хлеб"),
        ("5sksv", "ғылым"),
    ],
)
def test_other_layouts(typed, meant):
    assert meant in other_layouts(typed)


def test_characters_of_no_key_have_no_other_layout():
    assert list(other_layouts("日本")) == []
    assert list(other_layouts("")) == []
