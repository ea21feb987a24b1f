"""Given name and surname of a Russian text in the nominative."""

from pathlib import Path

import pytest

from searchkit.people.names.russian_cases import russian

CASES = [
    line.split("\t")
    for line in Path(__file__).with_name("russian_cases.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
][1:]


@pytest.mark.parametrize(("given", "surname", "nominative", "why"), CASES, ids=[case[2] for case in CASES])
def test_both_parts_are_put_into_the_nominative(given, surname, nominative, why):
    assert " ".join(russian(given, surname)) == nominative, why


def test_a_surname_with_initials_is_put_into_it_alone():
    assert russian("", "Яблонского") == ("", "Яблонский")


def test_what_does_not_agree_stays_whole():
    assert russian("Олегу", "Заболоцкая") == ("Олегу", "Заболоцкая")


def test_a_surname_with_initials_is_put_into_it_from_the_case_that_is_known():
    assert russian("", "Рахимова", "gent") == ("", "Рахимов")
    assert russian("", "Рахимова", "nomn") == ("", "Рахимова")
    assert russian("", "Ларине") == ("", "Ларин")
