"""The command line: exit codes, output for people and for programs, errors in one sentence."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from searchkit import cli


def test_index_says_what_it_did(run):
    assert run("index", "papers").output == "2 added. The index holds 2 documents.\n"
    assert run("index", "papers").output == "2 unchanged. The index holds 2 documents.\n"


def test_index_reports_failed_files_and_exits_with_2(run, tmp_path):
    (tmp_path / "papers" / "empty.txt").touch()
    result = run("index", "papers")
    assert result.exit_code == 2
    assert "2 added, 1 file failed" in result.output
    assert "Failed: papers/empty.txt: is empty" in result.stderr


def test_search_marks_words_in_plain_text(indexed):
    result = indexed("search", "memorandum")
    assert result.exit_code == 0
    assert result.output.startswith("2 documents\n")
    assert "**memorandum**" in result.output
    assert "**меморандумға**" in result.output
    assert "[kk · 2026-01-21]" in result.output
    assert "\x1b" not in result.output


def test_nothing_found_exits_with_1(indexed):
    result = indexed("search", "zebra")
    assert (result.exit_code, result.output) == (1, "Nothing found.\n")
    assert indexed("mentions", "Nobody Nowhere").exit_code == 1
    assert indexed("show", "absent").exit_code == 1


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
    result = indexed("search", "memorandvm")
    assert result.exit_code == 1
    assert "Did you mean: memorandum" in result.output


def entries(result):
    """The objects of JSON lines but the last, which has the totals."""
    *found, last = map(json.loads, result.stdout.splitlines())
    assert list(last) == ["end"]
    return found


def test_json_is_one_object_a_line_named_as_in_the_api(indexed):
    hits = entries(indexed("search", "--json", "memorandum"))
    assert {hit["id"] for hit in hits} == {"papers/one.txt", "papers/two.txt"}
    snippet = hits[0]["snippets"][0]
    highlight = snippet["highlights"][0]
    assert snippet["text"][highlight["start"] : highlight["end"]] in ("memorandum", "меморандумға")
    mention = json.loads(indexed("mentions", "--json", "Gaziza Nurgalieva").output.splitlines()[0])
    assert mention["document_id"] == "papers/one.txt"
    assert mention["text"] == "Gaziza Nurgaliyeva"
    report = json.loads(indexed("index", "--json", "papers").output)
    assert report["unchanged"] == 2
    assert json.loads(indexed("stats", "--json").output)["documents"] == 2
    assert json.loads(indexed("show", "--json", "papers/one.txt").output)["date"] == "2023-07-27"
    words = [json.loads(line) for line in indexed("analyze", "--json", "Кітапханасында").output.splitlines()]
    assert words[0]["token"]["stem"] == "kitaphana"


def test_mentions_are_grouped_by_document_and_counted(indexed):
    result = indexed("mentions", "Gaziza", "Nurgalieva")
    assert result.exit_code == 0
    assert "**Ғазиза Нұрғалиева**" in result.output
    assert result.output.endswith("2 mentions in 2 of 2 documents.\n")


def test_mentions_say_which_files_could_not_be_read(indexed, tmp_path):
    (tmp_path / "papers" / "empty.txt").touch()
    indexed("index", "papers")
    closing = indexed("mentions", "Gaziza Nurgalieva").output.splitlines()[-1]
    assert closing == "1 file of the collection could not be read: papers/empty.txt."
    assert "papers/empty.txt: is empty" in indexed("stats").output


def test_mentions_by_form_and_date(indexed):
    by_form = indexed("mentions", "Gaziza Nurgalieva", "--by", "form").output
    assert "Gaziza Nurgaliyeva  1 mention\n" in by_form
    assert "Ғазиза Нұрғалиева  1 mention\n" in by_form
    by_date = indexed("mentions", "Gaziza Nurgalieva", "--by", "date").output
    assert by_date.index("2023-07-27") < by_date.index("2026-01-21")
    assert indexed("mentions", "Gaziza Nurgalieva", "--date", "2026").output.count("**") == 2


def rows_of(result):
    """The rows of a table, read as a spreadsheet reads them: by its byte order mark."""
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))


def test_mentions_as_a_table(indexed):
    rows = rows_of(indexed("mentions", "Gaziza Nurgalieva", "--csv"))
    assert [(row["document_id"], row["text"], row["kind"]) for row in rows] == [
        ("papers/one.txt", "Gaziza Nurgaliyeva", "full name"),
        ("papers/two.txt", "Ғазиза Нұрғалиева", "full name"),
    ]


@pytest.fixture
def namesakes(run, tmp_path):
    folder = tmp_path / "people"
    folder.mkdir()
    (folder / "one.txt").write_text("Директор Серік Болатұлы Ахметов пен Асқар Мамин келді.", encoding="utf-8")
    (folder / "two.txt").write_text("Ахметов Серік Болатұлы мен Асқар Мамин сөйледі.", encoding="utf-8")
    (folder / "three.txt").write_text("Встреча с Сериком Нигметовичем Ахметовым.", encoding="utf-8")
    assert run("index", "people").exit_code == 0
    return run


def test_mentions_by_context(namesakes):
    output = namesakes("mentions", "Serik Akhmetov", "--by", "context").output
    first, second = output.split("\n2. ")
    assert first.splitlines()[0].startswith("1. ")
    assert "  2 mentions in 2 documents" in first
    assert "   known as Директор (1)" in first
    assert "   together with Асқар Мамин (2)" in first
    assert "people/one.txt" in first
    assert "people/two.txt" in first
    assert "people/three.txt" in second
    assert second.endswith("3 mentions in 3 of 3 documents.\n")
    assert namesakes("mentions", "Nobody Nowhere", "--by", "context").exit_code == 1


def test_the_name_that_a_grouping_had_before_is_understood(namesakes):
    now = namesakes("mentions", "Serik Akhmetov", "--by", "context")
    assert namesakes("mentions", "Serik Akhmetov", "--by", "company").output == now.output
    assert "company" not in namesakes("mentions", "--help").output


def test_mentions_say_that_patronymics_are_of_several_people(namesakes):
    output = namesakes("mentions", "Serik Akhmetov").output
    assert output.endswith("The patronymics are of 2 people: --by context tells them apart.\n")
    assert "patronymics" not in namesakes("mentions", "Askar Mamin").output


def test_people_of_one_name_as_a_table_and_as_json(namesakes):
    rows = rows_of(namesakes("mentions", "Serik Akhmetov", "--by", "context", "--csv"))
    assert [(row["person"], row["document_id"]) for row in rows] == [
        ("1", "people/one.txt"),
        ("1", "people/two.txt"),
        ("2", "people/three.txt"),
    ]
    assert (rows[0]["offices"], rows[0]["together_with"], rows[2]["together_with"]) == ("Директор", "Асқар Мамин", "")
    first, second = entries(namesakes("mentions", "Serik Akhmetov", "--by", "context", "--json"))
    assert first["context"] == [["Асқар Мамин", 2]]
    assert [mention["document_id"] for mention in second["mentions"]] == ["people/three.txt"]


def test_what_is_no_name_gets_a_sentence(indexed):
    result = indexed("mentions", "12345")
    assert result.exit_code == 2
    assert "not a name" in result.stderr


def test_show_marks_a_query(indexed):
    assert "**memorandum**" in indexed("show", "papers/one.txt", "--query", "memorandum").output


def test_analyze_explains_each_word(indexed):
    result = indexed("analyze", "--lang", "kk", "кітапханасында")
    assert result.exit_code == 0
    assert "possessive" in result.output
    assert "stem kitaphana" in result.output
    assert indexed("analyze", "...").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["search", "--index", "absent", "x"], "There is no index in absent: make one"),
        (["search", "lang:xx"], "xx"),
        (["search", "--date", "soon", "x"], "soon"),
        (["index", "absent"], "There is no such file or folder"),
        (["analyze", "--lang", "xx", "x"], "xx"),
    ],
)
def test_errors_are_one_sentence_and_exit_code_2(indexed, arguments, sentence):
    result = indexed(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.output + result.stderr


def test_the_index_folder_comes_from_the_environment(run):
    assert run("index", "papers", env={"SEARCHKIT_INDEX": "elsewhere"}).exit_code == 0
    assert run("search", "memorandum").exit_code == 2
    assert run("search", "memorandum", env={"SEARCHKIT_INDEX": "elsewhere"}).exit_code == 0


def commands(group, path=()):
    """Every command below a group: (its path of names, the command)."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize(("path", "command"), list(commands(cli.main)), ids=lambda value: str(value))
def test_every_command_has_help_with_an_example(run, path, command):
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert f"searchkit {' '.join(path)}" in result.output.split("Example", 1)[1]
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help, f"--{parameter.name} has no help"


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


def test_words_of_the_user_are_used_at_once(indexed, tmp_path):
    (tmp_path / "papers" / "three.txt").write_text("Тұғырнама жарияланды.")
    indexed("index", "papers")
    assert indexed("search", "frobnicator").exit_code == 1
    (tmp_path / "words.tsv").write_text("en\tkk\nfrobnicator\tтұғырнама\n")
    assert indexed("lexicon", "check", "words.tsv").exit_code == 0
    assert indexed("lexicon", "import", "words.tsv").output == "1 concepts imported.\n"
    assert "**Тұғырнама**" in indexed("search", "frobnicator").output
    assert "тұғырнама" in indexed("lexicon", "lookup", "frobnicator").output
    assert indexed("lexicon", "lookup", "xyzzy").exit_code == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(run, shell):
    assert "searchkit" in run("completion", shell).output


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


def environment(**more):
    return {**os.environ, **more}


def test_no_color_and_pipes_are_plain(indexed, tmp_path):
    command = [sys.executable, "-m", "searchkit", "search", "memorandum"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment(NO_COLOR="1"), check=True)
    assert b"\x1b" not in done.stdout
