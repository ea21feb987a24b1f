"""Pages of a PDF as one text: page numbers, running heads, words hyphenated over a page's end."""

import pytest

from searchkit.documents.readers.pdf_pages import join

BODY = "text of the page"


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a\fb"),
        # numbers that count up with the pages go, at the top as well as at the foot
        ([f"{BODY}\n1", f"{BODY}\n2"], f"{BODY}\f{BODY}"),
        ([f"- 7 -\n{BODY}", f"- 8 -\n{BODY}"], f"{BODY}\f{BODY}"),
        ([f"{BODY}\nСтр. 3", f"{BODY}\nСтр. 4"], f"{BODY}\f{BODY}"),
        ([f"{BODY}\n5-бет", f"{BODY}\n6-бет"], f"{BODY}\f{BODY}"),
        ([f"Page 1 of 2\n{BODY}", f"Page 2 of 2\n{BODY}"], f"{BODY}\f{BODY}"),
        # a page of which only the number can be read is still a page
        ([f"{BODY}\n1", "2", f"{BODY}\n3"], f"{BODY}\f\f{BODY}"),
        # numbers that do not count up stay: a year, the last cell of a table
        ([f"{BODY}\n1937", f"{BODY}\n1937"], f"{BODY}\n1937\f{BODY}\n1937"),
        ([f"{BODY}\n12", f"{BODY}\n40"], f"{BODY}\n12\f{BODY}\n40"),
        # a running head stays where it stands first, numbers in it may differ
        (
            [f"Жылдық есеп 1\n{BODY} a", f"Жылдық есеп 2\n{BODY} b", f"Жылдық есеп 3\n{BODY} c"],
            f"Жылдық есеп 1\n{BODY} a\f{BODY} b\f{BODY} c",
        ),
        # left and right pages may have heads of their own
        (
            ["Left\na", "Right\nb", "Left\nc", "Right\nd", "Left\ne", "Right\nf"],
            "Left\na\fRight\nb\fc\fd\fe\ff",
        ),
        # two pages are too few to tell a head from a text that says the same
        (["Архив\na", "Архив\nb"], "Архив\na\fАрхив\nb"),
        # a hyphenated word is completed on the page where it begins
        (["о рукопи-", "сях, переданных музею"], "о рукопи-\nсях,\fпереданных музею"),
        (["о рукопи-\n- 1 -", "сях музея\n- 2 -"], "о рукопи-\nсях\fмузея"),
        (["о рукопи-", "Областной архив\nсях музея"], "о рукопи-\nсях\fОбластной архив\nмузея"),
        (["о рукопи-", "сях"], "о рукопи-\nсях\f"),
        # no word goes on with a capital, and a dash is no hyphen
        (["северо-", "Запад"], "северо-\fЗапад"),
        (["он сказал -", "так"], "он сказал -\fтак"),
        (["о рукопи-", ""], "о рукопи-\f"),
        (["", "b"], "\fb"),
    ],
)
def test_join(pages, text):
    assert join(pages) == text


def test_letters_are_neither_lost_nor_made():
    pages = ["Глава\nпервая стра-\n- 9 -", "Глава\nница и вто-\n- 10 -", "Глава\nрая\n- 11 -"]
    joined = join(pages)
    assert joined.count("\f") == 2
    assert joined.replace("\f", "\n").split() == ["Глава", "первая", "стра-", "ница", "и", "вто-", "рая"]
