"""What a document's capitalised words tell before it is read; `test_find` holds what must not be passed over."""

# Tests as well, in searchkit/: people/mentions: capitalised

import pytest

from searchkit.people import WordFilter, parse
from searchkit.people.mentions.capitalised import ANY, capitalised_words


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Асқар Мамин", "Кеше Айгүл Омарова келді."),
        ("Асқар Мамин", "Асқар Омаров келді."),
        ("Асқар Мамин", "Дина Мамина келді, мұны Б. Мамин айтты."),
        ("Омаров", "Асқар Мамин келді."),
        ("Donald Trump", "Дональд Смит приехал."),
    ],
)
def test_one_that_cannot_is_not(name, text):
    assert WordFilter(parse(name)).words(capitalised_words([text])) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Асқар Әбенов", "Мұны Асқар Әбеновтің өзі айтты."),  # a case ending
        ("Michael Fletcher", "Приехал Майкл Флетчер."),  # by sound
        ("Қасым-Жомарт Тоқаев", "ТОҚАЕВ Қасым Жомарт"),  # capitals
        ("Дана Ермекқызы", "Дана Ермек қызы келді."),  # one part in two words
        ("Асқар Болатұлы Әбенов", "Асқар Болатұлы келді."),  # no surname, but a patronymic
        ("Нина Каримова-Тилляева", "Статья Н. Каримовой."),  # one surname of two
        ("Арман Төлешов", "арман ArmanTuleshov"),  # two words run together
        ("Болат Рахимов", "Болат \u0050ахимов келді."),  # a Latin letter in a Cyrillic word
    ],
)
def test_one_that_may_is(name, text):
    assert WordFilter(parse(name)).words(capitalised_words([text]))


def test_letters_that_are_put_together_are_read():
    line = capitalised_words(["Жерде Гу\u0308лнар келді."])
    assert line == ANY
    assert WordFilter(parse("Асқар Мамин")).words(line) is None
