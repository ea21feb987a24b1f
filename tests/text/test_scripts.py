import pytest

from searchkit.text.scripts import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", ""),
        ("2025", ""),
        ("日本", ""),
        ("Σίσυφος", ""),
        ("Qazaqstan", "Latn"),
        ("Oʻzbek", "Latn"),
        ("Қазақстан", "Cyrl"),
        ("А4", "Cyrl"),
        ("Cерік", "Cyrl"),
        ("iPhoneді", "Latn"),
        ("aб", "Cyrl"),
    ],
)
def test_script_of(text: str, script: str) -> None:
    assert script_of(text) == script


def test_script_of_a_stretch() -> None:
    assert script_of("abc где", 0, 3) == "Latn"
    assert script_of("abc где", 4, 7) == "Cyrl"
    assert script_of("abc где", 3, 4) == ""
