"""Which documents are nearly of one text."""

import random

import pytest

from searchkit.collection import near_copies
from searchkit.model import Document

WORDS = [f"word{number}" for number in range(400)]


def text(length, seed):
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def changed(original, number, seed):
    """The text with so many of its words replaced, far apart from each other."""
    words = original.split()
    for place in range(number):
        words[(place * len(words) // max(1, number) + seed) % len(words)] = f"other{seed}x{place}"
    return " ".join(words)


def found(texts):
    documents = {id: Document(id, content) for id, content in texts.items()}
    return list(near_copies.groups(documents.values(), documents.get))


PAGE = text(400, 1)

# (texts, the groups of their ids)
CASES = [
    ({"a": PAGE, "b": PAGE, "c": text(400, 2)}, [("a", "b")]),
    # case, signs and line ends do not matter
    ({"a": "One two three four five six, seven.", "b": "one TWO three\nfour five; six seven"}, [("a", "b")]),
    # a few words of a page
    ({"a": PAGE, "b": changed(PAGE, 5, 3), "c": changed(PAGE, 8, 5)}, [("a", "b", "c")]),
    # too many: of 396 passages 8 x 25 are others
    ({"a": PAGE, "b": changed(PAGE, 40, 3)}, []),
    # near to one of them is enough
    ({"a": PAGE, "b": changed(PAGE, 7, 1), "c": changed(changed(PAGE, 7, 1), 7, 30)}, [("a", "b", "c")]),
    # texts of less than a passage are near where they are the same
    ({"a": "Two words", "b": "two words", "c": "Two other words", "d": "", "e": ""}, [("a", "b")]),
    # the largest group first
    ({"z": "one", "y": "one", "a": PAGE, "b": PAGE, "c": PAGE}, [("a", "b", "c"), ("y", "z")]),
]


@pytest.mark.parametrize(("texts", "expected"), CASES)
def test_groups(texts, expected):
    assert [group.ids for group in found(texts)] == expected


def test_how_near_the_farthest_are_is_said():
    texts = {"a": PAGE, "b": changed(PAGE, 4, 3), "c": changed(PAGE, 7, 5)}
    (group,) = found(texts)
    sets = {id: near_copies.passages(content) for id, content in texts.items()}
    assert group.least == min(near_copies.nearness(sets["a"], sets[other]) for other in "bc")


def test_pairs_just_near_enough_are_not_missed():
    """Of 200 pairs between 0.8 and 0.85 of texts of 150 words."""
    texts = {}
    for number in range(200):
        original = text(150, 1000 + number)
        texts[f"{number:03} a"] = original
        texts[f"{number:03} b"] = changed(original, 3, number)
    sets = {id: near_copies.passages(content) for id, content in texts.items()}
    near = [
        number
        for number in range(200)
        if near_copies.nearness(sets[f"{number:03} a"], sets[f"{number:03} b"]) >= near_copies.NEAR
    ]
    groups = {group.ids for group in found(texts)}
    assert len(near) > 150
    missed = [number for number in near if (f"{number:03} a", f"{number:03} b") not in groups]
    assert len(missed) <= 4, missed
