"""searchkit search: hits for people, pages, suggestions, awkward queries."""

# Tests as well, in searchkit/: display: context explanations hits json_lines marked

from pathlib import Path

import pytest


def test_search_marks_words_in_plain_text(indexed):
    result = indexed("search", "memorandum")
    assert result.exit_code == 0
    assert result.output.startswith("2 documents\n")
    assert "**memorandum**" in result.output
    assert "**меморандумға**" in result.output
    assert "[kk · 2026-01-21]" in result.output
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (["--page", "2"], "There is only one page: 2 documents found. Leave --page out.\n"),
        (["-n", "1", "--page", "9"], "There are 2 pages, 2 documents in all: --page 2 is the last.\n"),
        (["--page", "9" * 30], "There is only one page: 2 documents found. Leave --page out.\n"),
    ],
)
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_page_past_the_end_says_which_is_the_last(indexed, page, sentence, form):
    result = indexed("search", "memorandum", *page, *form)
    assert (result.exit_code, result.stderr) == (1, sentence)
    assert len(result.stdout.splitlines()) == len(form)  # of JSON, the line of totals


def test_did_you_mean(indexed):
    result = indexed("search", "ьуьщкфтвгь")
    assert result.exit_code == 1
    assert "Did you mean: memorandum" in result.output


def test_a_word_is_found_in_other_languages_unless_told_otherwise(indexed):
    assert "**кітапхана**" not in indexed("search", "memorandum").output
    (Path("papers") / "three.txt").write_text("Қала кітапханасы жаңа ғимаратқа көшті.")
    indexed("index", "papers")
    result = indexed("search", "library")
    assert "**кітапханасы**" in result.output
    assert "library: кітапханасы (translation)" in result.output
    assert indexed("search", "--no-translate", "library").exit_code == 1
    assert indexed("search", "=library").exit_code == 1
    assert "translation" in indexed("search", "--explain", "library").output


AWKWARD = [
    '"unbalanced',
    "((((",
    "a" * 100_000,
    "(" * 10_000,
    "a\x00b",
    "\ud800",
    "AND",
    "-",
    "=",
    "*",
    "~1",
    ":",
    "title:",
    '""',
    "NOT",
]


@pytest.mark.parametrize("query", AWKWARD, ids=lambda query: ascii(query[:8]))
@pytest.mark.parametrize("options", [[], ["--plain"]], ids=["operators", "plain"])
def test_awkward_queries_get_an_answer_or_one_sentence(indexed, query, options):
    result = indexed("search", *options, "--", query)
    assert result.exit_code in (0, 1, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    if result.exit_code == 2:
        assert result.stderr.startswith("Error: ")
        assert result.stderr.count("\n") == 1


def test_facets(indexed):
    lines = indexed("search", "memorandum", "--facets").stdout.splitlines()
    assert lines == ["language  en 1 · kk 1", "year  2023 1 · 2026 1", "type  txt 2", "folder  papers 2"]
    first = indexed("search", "memorandum", "--facets", "--csv").stdout_bytes.decode("utf-8-sig").splitlines()[:2]
    assert first == ["facet,value,documents", "language,en,1"]
    assert indexed("search", "zebra", "--facets").exit_code == 1


def test_match_goes_as_far_as_it_is_told(indexed):
    (Path("papers") / "three.txt").write_text("Қала кітапханасы жаңа ғимаратқа көшті.")
    indexed("index", "papers")
    assert indexed("search", "library", "--match", "scripts").exit_code == 1
    assert indexed("search", "library", "--match", "meanings").exit_code == 0
    assert indexed("search", "kitaphana", "--match", "scripts").exit_code == 0
    assert indexed("search", "kitaphana", "--match", "forms").exit_code == 1
    assert indexed("search", "кітапхана", "--match", "forms").exit_code == 0
    assert indexed("search", "кітапхана", "--match", "exact").exit_code == 1
    # the switches of old are still understood
    assert indexed("search", "library", "--no-translate").exit_code == 1
    assert indexed("search", "kitaphana", "--no-translit", "--no-translate").exit_code == 1


def test_a_document_without_a_title_is_named_once(indexed):
    lines = indexed("search", "lang:en", "--path", "one.txt").output.splitlines()
    assert lines[2].startswith("1. papers/one.txt")
    assert "papers/one.txt" not in "".join(lines[3:])
