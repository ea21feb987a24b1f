"""Persons found in sentences without being asked for."""

# Tests as well, in searchkit/: people/names: form_labels given_names nominative; people/recognition: context_words editors
#   document_names name_evidence name_tokens recognised_form

import re
from pathlib import Path

import pytest

from searchkit.analysis import analyse
from searchkit.people.recognition.recognise import recognise
from searchkit.people.spelling.data_files import rows

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent / "persons.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
][1:]


@pytest.mark.parametrize(("language", "marked", "names", "why"), CASES, ids=[case[1] for case in CASES])
def test_the_persons_of_a_sentence_and_none_else(language, marked, names, why):
    marked = marked.replace("\\n", "\n")
    text = re.sub(r"[\[\]]", "", marked)
    found = [named for named in recognise(analyse.analyze(text, language), text) if named.certain]
    assert [text[named.start : named.end] for named in found] == re.findall(r"\[([^\]]*)\]", marked), why
    assert [named.form.text for named in found] == ([] if names == "-" else names.split("; ")), why


def test_the_table_of_sentences_holds_enough_of_both():
    assert len(CASES) >= 60
    assert sum(names == "-" for _, _, names, _ in CASES) >= 25


def test_every_sign_has_a_weight_and_a_reason():
    assert all(float(weight) and why for _, weight, why in rows("evidence.tsv"))


def test_no_given_name_stands_in_two_places_of_one_gender():
    names = [(gender, name) for gender, listed in rows("given_names.tsv") for name in listed.split()]
    assert len(names) == len(set(names))
