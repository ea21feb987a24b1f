"""Which columns of a table are its text, title and so on."""

import pytest

from searchkit.documents.readers import columns, formats
from searchkit.errors import SearchkitError


def read_table_with(chosen, text, tmp_path):
    """The documents of a CSV file, with columns chosen."""
    file = tmp_path / "table.csv"
    file.write_text(text, encoding="utf-8")
    columns.use(columns.chosen(chosen))
    try:
        return list(formats.read(str(file), "table.csv"))
    finally:
        columns.use(())


# (what is chosen, the first line, the document of the row below it: text, title, date)
CHOSEN = [
    # a name that no list has
    (["text=Inhalt, title=Was"], "Was;Wann;Inhalt", ("A story.\n\nWann: 1931", "A well", None)),
    (["text=inhalt", "date=WANN", "title=Was"], "Was;Wann;Inhalt", ("A story.\n\nWann: 1931", "A well", "1931")),
    # against what the name says
    (["text=title,title=note"], "note;year;title", ("A story.\n\nyear: 1931", "A well", "1931")),
    # no column is the title
    (["title="], "title;year;text", ("A story.\n\ntitle: A well\nyear: 1931", "", "1931")),
    # chosen for another table
    (["text=Nothing"], "title;year;text", ("A story.\n\nyear: 1931", "A well", "1931")),
]


@pytest.mark.parametrize(("chosen", "head", "expected"), CHOSEN)
def test_columns_that_the_user_chooses(tmp_path, chosen, head, expected):
    (document,) = read_table_with(chosen, f"{head}\nA well;1931;A story.\n", tmp_path)
    assert (document.text, document.title, document.date) == expected


@pytest.mark.parametrize("description", ["Inhalt", "body=Inhalt", "text:Inhalt"])
def test_a_choice_that_cannot_be_understood_is_said(description):
    with pytest.raises(SearchkitError, match="does not say what a column is"):
        columns.chosen([description])
