"""searchkit mentions: places in groups, people of one name."""

# Tests as well, in searchkit/: display: mentions place_lines

import json
import shutil
from pathlib import Path

import pytest

from .reading import entries, rows_of


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


def test_mentions_say_how_many_pages_have_no_text(indexed, tmp_path):
    shutil.copy(Path(__file__).parents[1] / "documents" / "files" / "scan.pdf", tmp_path / "papers")
    indexed("index", "papers")
    for grouping in ("document", "form", "context"):
        closing = indexed("mentions", "Gaziza Nurgalieva", "--by", grouping).output.splitlines()[-2:]
        assert closing == [
            "2 mentions in 2 of 2 documents.",
            "1 page of 1 file are scans, in which nothing was looked for.",
        ]
    end = json.loads(indexed("mentions", "Gaziza Nurgalieva", "--json").stdout.splitlines()[-1])["end"]
    assert (end["failed"], end["scanned_pages"]) == (0, 1)


def test_mentions_by_form_and_date(indexed):
    by_form = indexed("mentions", "Gaziza Nurgalieva", "--by", "form").output
    assert "Gaziza Nurgaliyeva  1 mention\n" in by_form
    assert "Ғазиза Нұрғалиева  1 mention\n" in by_form
    by_date = indexed("mentions", "Gaziza Nurgalieva", "--by", "date").output
    assert by_date.index("2023-07-27") < by_date.index("2026-01-21")
    assert indexed("mentions", "Gaziza Nurgalieva", "--date", "2026").output.count("**") == 2


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
