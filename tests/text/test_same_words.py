"""What a text is known by whatever its form."""

import pytest

from searchkit.text.same_words import DIGITS, key

# (two texts, whether they have one key)
PAIRS = [
    ("Қазақстан тарихы", "қазақстан  ТАРИХЫ.", True),
    # lines, pages and hyphens at their ends, as formats differ in them
    ("a long text", "a long\ntext", True),
    ("a long text", "a\flong te\u00adxt", True),
    ("a long text", "a long te-\nxt", True),
    # letters of another form
    ("й", "и\u0306", True),
    ("ﬁnal", "final", True),
    # other letters, digits, order
    ("қазақ", "казак", False),
    ("page 1", "page 2", False),
    ("one two", "two one", False),
]


@pytest.mark.parametrize(("one", "other", "same"), PAIRS)
def test_texts(one, other, same):
    assert (key(one) == key(other)) is same
    assert len(key(one)) == DIGITS


def test_a_text_without_a_letter_has_none():
    assert key("") == key("… — !") == ""
