"""The query language: what each operator gives, and that nothing typed is an accident."""

# Tests as well, in searchkit/: query: clauses lexer

import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.errors import QueryError
from searchkit.query.parser import MAX_PLAIN_WORDS, MAX_WORDS, parse, words
from searchkit.query.word_groups import words_of
from searchkit.terms.query_tree import MAX_DEPTH, And, DateRange, Everything, InLanguage, InPath, Not, Or, Phrase, Word

A, B, C, D = map(Word, "abcd")


def phrase(text, field="", **marks):
    return Phrase(tuple(Word(word, field, **marks) for word in text.split()), field)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("memorandum", Word("memorandum")),
        ("a b", And((A, B))),
        ("a AND b && c", And((A, B, C))),
        ("a OR b || c", Or((A, B, C))),
        # NOT before AND before OR, side by side as AND
        ("a OR b c", Or((A, And((B, C))))),
        ("a b OR c d", Or((And((A, B)), And((C, D))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("a NOT b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a -b !c", And((A, Not(B), Not(C)))),
        ("NOT NOT a", A),
        ("+a +b", And((A, B))),
        ("a -(b c)", And((A, Not(And((B, C)))))),
        ("a -(b OR c)", And((A, Not(Or((B, C)))))),
        # a query, or an alternative, of negatives alone
        ("-a", And((Everything(), Not(A)))),
        ("-a -b", And((Everything(), Not(A), Not(B)))),
        ("a OR -b", Or((A, And((Everything(), Not(B)))))),
        # brackets that change nothing, words said twice
        ("((a)) (b (c))", And((A, B, C))),
        ("a a a", A),
        # operators only in upper case, only as words of their own
        ("a and b", And((A, Word("and"), B))),
        ("a or not b", And((A, Word("or"), Word("not"), B))),
        ("ANDROID NOTE", And((Word("ANDROID"), Word("NOTE")))),
        ("Kassym-Jomart", Word("Kassym-Jomart")),
        ("Астана - Алматы", And((Word("Астана"), Word("Алматы")))),
        ("a -- b", And((A, B))),
        ("C++ AT&T", And((Word("C++"), Word("AT&T")))),
        # words
        ("memor*", Word("memor", prefix=True)),
        ("wor~", Word("wor", distance=1)),
        ("wor~2", Word("wor", distance=2)),
        ("wor~7", Word("wor", distance=2)),
        ("wor~0.8", Word("wor")),
        ("memor*,", Word("memor", prefix=True)),
        ("=library", Word("library", exact=True)),
        ("-=library a", And((Not(Word("library", exact=True)), A))),
        ("=AND", Word("AND", exact=True)),
        ("**bold**", Word("bold", prefix=True)),
        ("*", Everything()),
        ("lang:kk *", InLanguage("kk")),
        # phrases
        ('"a b"', phrase("a b")),
        ("“a b” „c d“", And((phrase("a b"), phrase("c d")))),
        ("«қол қою»", phrase("қол қою")),
        ('“a b" c', And((phrase("a b"), C))),
        ('«a "b" c»', Phrase((A, Word('"b"'), C))),
        ('"a * b"', Phrase((A, Word("*"), B))),
        ('"* a b *"', phrase("a b")),
        ('"a, (b)"', Phrase((Word("a,"), Word("(b)")))),
        ('"a"', A),
        ('"memor* b"', Phrase((Word("memor", prefix=True), B))),
        ('="a b"', phrase("a b", exact=True)),
        ('-"a b" c', And((Not(phrase("a b")), C))),
        # fields
        ("title:a b", And((Word("a", "title"), B))),
        ('title:"a b"', phrase("a b", "title")),
        ("title:(a OR b) c", And((Or((Word("a", "title"), Word("b", "title"))), C))),
        ("title:=a", Word("a", "title", exact=True)),
        ("TITLE:a", Word("a", "title")),
        ("lang:kk", InLanguage("kk")),
        ("language:KK", InLanguage("kk")),
        ("lang: kk", InLanguage("kk")),
        ("lang:kk,uz a", And((Or((InLanguage("kk"), InLanguage("uz"))), A))),
        ("lang:(kk OR uz)", Or((InLanguage("kk"), InLanguage("uz")))),
        ("-lang:en a", And((Not(InLanguage("en")), A))),
        ("date:2025..2026", DateRange("2025", "2026")),
        ('date:"2025"', DateRange("2025", "2025")),
        ("path:reports", InPath("reports")),
        ('path:"a b"', InPath("a b")),
        ("path:*.pdf", InPath("*.pdf")),
        ("(path:old/report(1).pdf)", InPath("old/report(1).pdf")),
        # a colon after anything else is text
        ("http://example.org", Word("http://example.org")),
        ("12:30 note: a", And((Word("12:30"), Word("note:"), Word("a")))),
        # a name that begins with a letter and that a value follows at once may be that of a column
        ("subtitle:a", Word("a", ":subtitle")),
        # what misses its partner is closed or passed over
        ('"a b', phrase("a b")),
        ("((a OR b", Or((A, B))),
        ("a) b", And((A, B))),
        ("a AND", A),
        ("OR a", A),
        ("a AND OR b", Or((A, B))),
        ("a ()", A),
        ('a ""', A),
        ("a\x00b", And((A, B))),
        ("a \ud800", A),
    ],
)
def test_parse(query, tree):
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a b", Or((A, B))),
        ("a AND b c", Or((And((A, B)), C))),
        ("a b OR c", Or((A, B, C))),
        # filters and forbidden words hold as before
        ("a b lang:kk -c", And((Or((A, B)), InLanguage("kk"), Not(C)))),
        ("a lang:kk", And((A, InLanguage("kk")))),
        ("* a b", Or((A, B))),
        # a required word decides, the others rank
        ("+a b", And((Or((B, Everything())), A))),
        ("+a +b", And((A, B))),
        ("(a b) c", Or((A, B, C))),
        ("a -(b c)", And((A, Not(Or((B, C)))))),
        ('"a b" c', Or((phrase("a b"), C))),
    ],
)
def test_parse_with_any_word(query, tree):
    assert parse(query, default="or") == tree


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "at least one word"),
        (" \t\n ", "at least one word"),
        ("AND", "at least one word"),
        ("-", "at least one word"),
        ("()", "at least one word"),
        ('"" «»', "at least one word"),
        ("... !!!", "at least one word"),
        ("w*rd", "at the end"),
        ("*ord", "at the end"),
        ("a*", "at least two letters"),
        ('"a b"~3', "takes no ~"),
        ("lang:xx", "choose one of en (English), kk (Kazakh)"),
        ("lang:", "missing after lang:"),
        ("title: AND a", "missing after title:"),
        ("title:lang:kk", "missing after title:"),
        ("date:soon", "write date:2025"),
        ("date:2025-13", "write date:2025"),
        ("path:", "missing after path:"),
        ("ab " * (MAX_WORDS + 1), "leave some out"),
        ("lang:kk " * (MAX_WORDS + 1) + "a", "leave some out"),
        (" ".join(f"ab{number}*" for number in range(33)), "with * or ~"),
        ('"' + "ab " * 101 + '"', "shorten it"),
        ("a" * 200_001, "use at most"),
    ],
)
def test_errors_say_what_to_do(query, says):
    with pytest.raises(QueryError) as caught:
        parse(query)
    message = str(caught.value)
    assert says in message
    assert message.endswith(".")
    assert ". " not in message
    assert len(message) < 300


def height(tree):
    children = getattr(tree, "children", None) or ([tree.child] if isinstance(tree, Not) else [])
    return 1 + max(map(height, children), default=0)


@pytest.mark.parametrize("levels", [10, 25, 28, 29, 30, 40, 5000])
def test_depth_is_capped_by_a_sentence(levels):
    query = "a OR (b AND (" * levels + "c"
    try:
        tree = parse(query)
    except QueryError as error:
        assert "deep" in str(error) or "words" in str(error)  # noqa: PT017
        assert levels > 25
    else:
        assert height(tree) == 2 * levels + 1 <= MAX_DEPTH - 4


HOSTILE = [
    "a" * 100_000,
    "(" * 10_000,
    ")" * 10_000,
    "(a " * 10_000,
    "a OR (b (" * 5_000,
    '"' * 10_001,
    '«"' * 20_000,
    "-" * 100_000,
    "*" * 100_000,
    "a" + "*" * 99_998 + "b",
    "." * 100_000,
    "~" * 100_000,
    "a~" * 50_000,
    "a'" * 50_000,
    "1.2," * 25_000,
    "- " * 50_000,
    "a " * 50_000,
    "A " * 50_000,
    "12 " * 50_000,
    "1 234 " * 30_000,
    "-(" * 5_000 + "a",
    "NOT " * 25_000 + "a",
    "title:" * 10_000,
    "title:(" * 10_000 + "a",
    "path:(" * 10_000,
    "date:" + "1" * 99_000,
    "lang:" + "k," * 40_000,
    "a&&" * 30_000,
    "\x00" * 10_000,
    "\ud800" * 10_000,
    " ".join(map(str, range(5_000))),
    "\u0301" * 100_000,
    "a" + "\u0301" * 99_999,
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_are_answered_at_once(query):
    begun = time.process_time()
    for default in ("and", "or"):
        try:
            tree = parse(query, default)
        except QueryError:
            continue
        assert height(tree) <= MAX_DEPTH
    words(query)
    # Some ten times what it takes; what is quadratic in the length takes minutes.
    assert time.process_time() - begun < 4


OPERATORS = [
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    '"',
    "«",
    "-",
    "+",
    "=",
    "*",
    "~2",
    "title:",
    "lang:",
    "lang:kk",
    "date:",
    "path:",
]
pieces = st.one_of(st.sampled_from([*OPERATORS, " ", " a", "сөз", "2025", ".."]), st.text(max_size=4))
queries = st.lists(pieces, max_size=30).map("".join)


@settings(max_examples=300)
@given(queries, st.sampled_from(["and", "or"]))
def test_parse_raises_query_errors_alone(query, default):
    try:
        tree = parse(query, default)
    except QueryError as error:
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert height(tree) <= MAX_DEPTH
        hash(tree)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(string.ascii_lowercase), min_size=2, max_size=20, unique=True))
def test_plain_words_mean_all_of_them(letters):
    plain = [letter * 2 for letter in letters]  # single ones would be a word spaced out
    assert parse(" ".join(plain)) == And(tuple(map(Word, plain)))
    assert parse(" ".join(plain), "or") == Or(tuple(map(Word, plain)))


def test_plain_takes_words_and_no_operators():
    assert words('Who signed the "memorandum" AND (why)? -x') == Or(
        tuple(map(Word, ["Who", "signed", "the", "memorandum", "AND", "why", "x"]))
    )


def test_plain_takes_each_word_once_and_not_too_many():
    assert words("a A b a") == Or((A, B))
    assert len(words(" ".join(map(str, range(5_000)))).children) == MAX_PLAIN_WORDS


@pytest.mark.parametrize("text", ["", " ", "()", "—", "\x00", "\ud800\udfff"])
def test_plain_text_without_words_matches_nothing(text):
    assert words(text) == Or(())


@settings(max_examples=300)
@given(st.one_of(queries, st.text(alphabet=st.characters(), max_size=100)))
def test_plain_never_raises(text):
    for child in words(text).children:
        assert isinstance(child, Word)
        child.text.encode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("2 450 000 книг", ["2 450 000", "книг"]),
        ("более 15 000.", ["более", "15 000."]),
        ("П Р И К А З № 12", ["П Р И К А З", "12"]),
        ("title:(q a r o r)", ["q a r o r"]),
        ('"П Р И К А З № 12"', ["П Р И К А З", "12"]),
        ('="15 000 книг"', ["15 000", "книг"]),
        ("фонд 12 300 7", ["фонд", "12", "300", "7"]),
        ("a b c", ["a", "b", "c"]),
    ],
)
def test_what_documents_have_as_one_word_is_one_word_of_a_query(query, words):
    assert [word.text for word in words_of(parse(query))] == words
