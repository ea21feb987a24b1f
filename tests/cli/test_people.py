"""`searchkit people` and `Index.people`: the persons of the seeds, filters, output for people and for programs."""

# Tests as well, in searchkit/: display: people

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

import searchkit
from searchkit import cli

ROOT = Path(__file__).parents[2]
FACTS = json.loads((ROOT / "tests" / "seeds_facts.json").read_text(encoding="utf-8"))

ALSO = {"Mahmud Kashgari"}
"""Persons whom the seeds name beside those of the facts: a book corner bears his name."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("people") / "index"
    with searchkit.open(path, create=True) as index:
        assert not index.sync([ROOT / "seeds"]).failed
    return path


@pytest.fixture(scope="module")
def persons(folder):
    with searchkit.open(folder, create=True) as index:
        return index.people()


@pytest.fixture
def run(folder):
    def invoke(*arguments):
        return CliRunner().invoke(cli.main, ["people", "--index", str(folder), *arguments])

    return invoke


def test_the_persons_of_the_seeds_each_once_and_nobody_else(folder, persons):
    with searchkit.open(folder, create=True) as index:
        for person in persons:
            mentions = [each for each in index.mentions(person.name) if each.kind in ("full name", "initials")]
            assert len(mentions) == person.mentions, person.name
            assert len({each.document_id for each in mentions}) == person.documents, person.name
            if person.name not in ALSO:
                assert _in_the_facts([each.text for each in mentions]), person.name
    assert len(persons) == len(FACTS["people"]) + len(ALSO)


def _in_the_facts(texts):
    return Counter(texts) in [Counter(text for _, text in places) for places in FACTS["people"].values()]


def test_spellings_are_merged(persons):
    forms = next(dict(person.forms) for person in persons if "Ғазиза Нұрғалиева" in dict(person.forms))
    assert {"Ğaziza Nūrğalieva", "Газиза Нургалиева", "Ғазиза Нурғалиева", "G‘aziza Nurg‘aliyeva"} <= forms.keys()
    assert {"Ғ. Нұрғалиева", "Г. Нургалиева"} <= forms.keys()


def test_persons_come_most_mentioned_first(persons):
    assert [person.mentions for person in persons] == sorted((person.mentions for person in persons), reverse=True)
    for person in persons:
        assert sum(count for _, count in person.forms) == person.mentions
        assert person.name in dict(person.forms)
        assert 1 <= person.documents <= person.mentions


def test_limit_and_filters(folder, persons):
    with searchkit.open(folder, create=True) as index:
        assert index.people(2) == persons[:2]
        assert index.people(0) == []
        letters = {person.name for person in index.people(path="archive-notes", language="ru")}
        assert letters == {"Нина Осипова", "Павел Осипов"}
        assert [person.name for person in index.people(date="2024-10")] == ["Айгүл Серікқызы"]
        assert "Sherzod Karimov" in {person.name for person in index.people(language="uz")}
        assert "Helen Clark" not in {person.name for person in index.people(language="uz")}


def test_a_person_a_line(run):
    result = run("--limit", "3")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert len(lines) == 3
    assert lines[2].split("  also ") == ["      3 in 1 document     Meiram Bektembayev", "Meiram Bektembaev"]
    assert "\x1b" not in result.output


def test_json_names_the_fields_of_the_api(run, persons):
    result = run("--json", "-n", "1")
    line, end = result.output.splitlines()
    assert json.loads(end) == {"end": {"people": 1}}
    assert json.loads(line) == {
        "name": persons[0].name,
        "mentions": persons[0].mentions,
        "documents": persons[0].documents,
        "forms": [list(form) for form in persons[0].forms],
    }


def test_nobody_found_exits_with_1(run):
    result = run("--path", "no-such-file")
    assert (result.exit_code, result.output) == (1, "")
    assert run("--json", "--path", "no-such-file").exit_code == 1


def test_a_wrong_date_is_one_sentence_and_exit_code_2(run):
    result = run("--date", "yesterday")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: ")


def test_help_has_an_example(run):
    result = run("--help")
    assert result.exit_code == 0
    assert "searchkit people --limit 50" in result.output


def test_a_title_that_is_no_part_of_the_text_counts(tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([searchkit.Document("a", "A report.", title="Memoirs of Professor Gulnar Abenova", language="en")])
        assert [(person.name, person.mentions) for person in index.people()] == [("Gulnar Abenova", 1)]
