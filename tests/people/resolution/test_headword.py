"""Under which form a person is listed: the nominative, where another form of the person tells it."""

from collections import Counter

import pytest

from searchkit.people.recognition.recognised_form import NameForm
from searchkit.people.resolution.headword import headword


def form(text, language="ru"):
    given, surname = text.split()
    return NameForm(text, (given,), (), "", surname, language)


@pytest.mark.parametrize(
    ("forms", "name", "why"),
    [
        ({"Степан Бандер": 5, "Степан Бандера": 1}, "Степан Бандера", "Бандере may be of both; a nominative tells"),
        ({"Олег Дерипаск": 2, "Олег Дерипаска": 2}, "Олег Дерипаска", "as many of both"),
        ({"Роман Шевчук": 5}, "Роман Шевчук", "nothing else is there"),
        ({"Лионеля Месси": 5, "Лионель Месси": 1}, "Лионель Месси", "a case of an undeclined surname"),
        ({"Ансара Токбая": 3, "Ансар Токбай": 1}, "Ансар Токбай", "both parts in the genitive"),
        (
            {"Айнура Омарова": 3, "Айнур Омарова": 1},
            "Айнура Омарова",
            "a woman's two spellings; the frequent one stays",
        ),
        ({"Анна Ким": 1, "Анна Кима": 3}, "Анна Кима", "a woman's given name tells nothing of a man's surname"),
    ],
)
def test_a_form_that_is_a_case_gives_way(forms, name, why):
    assert headword(Counter({form(text): count for text, count in forms.items()})) == name, why


def test_a_form_of_another_language_does_not_give_way():
    forms = Counter({form("Барак Обама", "kk"): 3, form("Барак Обам", "kk"): 5})
    assert headword(forms) == "Барак Обам"


def test_where_the_last_word_alone_is_declined_a_case_gives_way():
    forms = Counter({form("Абдулла Қаҳҳорга", "uz"): 3, form("Абдулла Қаҳҳор", "uz"): 1})
    assert headword(forms) == "Абдулла Қаҳҳор"
    forms = Counter({form("Асан Дариға", "kk"): 3, form("Асан Дариғай", "kk"): 1})
    assert headword(forms) == "Асан Дариға"


def test_full_names_stand_before_initials_and_own_letters_before_common_ones():
    initials = NameForm("Г. Омарова", (), ("Г",), "", "Омарова", "ru")
    forms = Counter({initials: 9, form("Гульнар Омарова"): 2, form("Гүлнар Омарова", "kk"): 2})
    assert headword(forms) == "Гүлнар Омарова"
