"""What may stand before what: single endings of a small made-up language."""

from __future__ import annotations

from searchkit.languages.turkic.ending_tables import BACK, EITHER, FRONT, Form, Table, read_table
from searchkit.languages.turkic.suffix_trie import Before, EndingTrie, TrieNode

TABLE = read_table("""
letters	vowel	aei
letters	back	a
letters	front	e
letters	hard	t
letters	open	ae
changes	k	g
ending	plural	plural	noun	lar ler	2
ending	quality	quality	noun	lak lek	1
ending	case	genitive	noun plural quality	hard: tin; open: nin	0.5
ending	case	possessive	noun plural quality	a e	1
ending	linker	linker	noun	ti	1	inner
ending	verbal	verbal noun	participle	{r}i	1
ending	participle	participle	verb	ar er	1
""")


def make(table: Table = TABLE) -> EndingTrie:
    return EndingTrie(table, ["noun", "verb"])


def ending(text: str, name: str = "") -> Form:
    return next(form for form in TABLE.forms if form.text == text and (not name or form.row.name == name))


def read(before: Before, letters: str) -> TrieNode | None:
    """The place after some letters, which are read from the right."""
    place: Before | TrieNode | None = before
    for letter in reversed(letters):
        if place is not None:
            place = place[letter]
    assert place is None or isinstance(place, TrieNode)
    return place


def texts(place: TrieNode | None) -> list[str]:
    return [] if place is None else [form.text for form in place.done]


def test_a_word_ends_with_an_ending_that_may_be_last() -> None:
    last = make().last
    assert texts(read(last, "lar")) == ["lar"]
    assert texts(read(last, "a")) == ["a"]
    assert read(last, "ti") is None  # inner
    assert read(last, "lag") is None  # as it is before a vowel
    assert read(last, "x") is None


def test_a_place_knows_what_goes_on_and_what_it_costs_at_least() -> None:
    place = read(make().last, "k")
    assert place is not None
    assert place.done == []
    assert sorted(form.text for _, form in place.unread) == ["lak", "lek"]
    assert place.floor == 1


def test_before_an_ending_stand_its_slots_with_the_right_letter() -> None:
    before = make().before(ending("nin"), EITHER)
    assert before.kinds == ["noun"]
    assert read(before, "lar") is None  # nin follows a vowel
    assert make().before(ending("tin"), EITHER)["r"] is None


def test_harmony_goes_from_right_to_left() -> None:
    possessive = ending("a")
    assert texts(read(make().before(possessive, BACK), "lar")) == ["lar"]
    assert read(make().before(possessive, BACK), "ler") is None
    assert texts(read(make().before(possessive, FRONT), "ler")) == ["ler"]


def test_a_last_letter_changes_before_a_vowel_alone() -> None:
    before = make().before(ending("a"), BACK)
    assert texts(read(before, "lag")) == ["lag"]
    assert read(before, "lak") is None


def test_letters_that_are_lost_are_not_read() -> None:
    before = make().before(ending("i"), EITHER)
    assert texts(read(before, "a")) == ["ar"]
    assert read(before, "ar") is None


def test_what_demands_the_same_is_shared() -> None:
    trie = make()
    assert trie.before(ending("a"), BACK) is trie.before(ending("a"), BACK)
    assert trie.before(ending("a"), BACK) is not trie.before(ending("a"), FRONT)
    assert trie.last["r"] is trie.last["r"]
