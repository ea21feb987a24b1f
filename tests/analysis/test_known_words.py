import pytest

from searchkit.analysis.known_words import known_words


@pytest.mark.parametrize(
    ("text", "script", "best"),
    [
        ("Летопись событий", "Cyrl", "ru"),
        ("Ауыл мектебі", "Cyrl", "kk"),
        ("Маҳалла мактаби", "Cyrl", "uz"),
        ("Auyl mektebi", "Latn", "kk"),
        ("Mahalla maktabi", "Latn", "uz"),
    ],
)
def test_the_language_of_a_title_knows_most_of_its_words(text: str, script: str, best: str) -> None:
    found = known_words(text, script)
    assert max(found, key=found.__getitem__) == best
    assert found[best] == 2


def test_languages_without_a_list_are_left_out() -> None:
    assert set(known_words("The school", "Latn")) == {"kk", "uz"}


def test_names_and_short_words_tell_nothing() -> None:
    assert known_words("Марат Самат", "Cyrl")["ru"] == 0
    assert not any(known_words("от до", "Cyrl").values())
    assert not any(known_words("", "Cyrl").values())
