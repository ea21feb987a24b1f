"""What a document's capitalised words tell before it is read; `test_find` holds what must not be passed over."""

# Tests as well, in searchkit/: people/mentions: capitalised

import pytest

from searchkit.people import WordFilter, parse
from searchkit.people.mentions.capitalised import ANY, capitalised_words
from searchkit.people.names.form_labels import has_label

SMALL = "сөз " * 100
LINES = "\n".join(["сөз " * 30] * 6)


def near(name, text):
    word_filter = WordFilter(parse(name))
    return [text[start:end] for start, end in word_filter.near(text, word_filter.words(capitalised_words([text])))]


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
    assert near(name, text) == []


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


def test_what_stands_around_the_parts_of_a_name_is_read_alone():
    text = f"{SMALL}Қазақстан {SMALL}Асқар Мамин {SMALL}Мамин {SMALL}"
    first, second = near("Асқар Мамин", text)
    assert "Асқар Мамин" in first
    assert "Мамин" in second
    assert len(first) + len(second) < len(text) / 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Асқар Мамин", f"Асқар келді.\n{LINES}\nМамин кетті."),  # far from one another
        ("Асқар Мамин", f"Мамин келді.\n{LINES}\nМамин кетті."),  # one part alone
        ("Асқар Мамин", "А. Омаров пен М. Сейітов келді."),  # initials alone
        ("Асқар Мамин", "Салмамин Асқарбек"),  # within other words
    ],
)
def test_a_text_that_cannot_name_the_person_is_not_read(name, text):
    assert near(name, text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Асқар Мамин", "А. Мамин келді."),
        ("Асқар Мамин", "Мамин А. келді."),
        ("Асқар Мамин", "АсқарМамин келді."),
        ("Асқар Болатұлы Әбенов", "Асқар Болатұлы келді."),
        ("С. Мамин", "Серік Мамин келді."),
        ("Иван Иванов", "Иван Иванов пришёл."),
        ("Мамин", "Мамин келді."),
    ],
)
def test_a_text_that_may_name_the_person_is_read(name, text):
    assert near(name, text) == [text]


def test_a_form_is_read_whole():
    text = f"Фамилия: Каримова\n{SMALL}\nИмя: Гульнара\n"
    assert near("Гульнара Каримова", text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Фамилия: Каримова", True),
        ("1. ФАМИЛИЯ, имя, отчество\nКаримова", True),
        ("Тегі\tКаримова", True),
        ("Имя стоит в начале очень длинной строки: Каримова", False),  # far before the colon
        ("Фамилиясыз: Каримова", False),  # a longer word
        ("Фамилия Каримова", False),
        ("", False),
    ],
)
def test_labels_stand_before_a_separator(text, expected):
    assert has_label(text) is expected
