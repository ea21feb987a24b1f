"""What is known of a language before its words, on a profile of our own and on those of the package."""

from __future__ import annotations

import pytest

from searchkit import languages
from searchkit.languages.profile import Profile, profile, read_rows
from searchkit.text.words import PLAIN, Apostrophes

TABLE = """# A note.
letters	Cyrl	ҪҫҘҙ
own	Cyrl	[ҫҪ]
certain	Cyrl	ҫҫ
telling	Latn	2 q
telling	Latn	1 x|w y
alien	Latn	3 v
words	Cyrl	һәм ла
words	Cyrl	да
apostrophe	Latn	oO detached
dotless_i	Latn	seen
accented	Latn	always
"""


def test_rows_become_facts() -> None:
    made = Profile(read_rows(TABLE))
    assert made.letters == {"Cyrl": "ҪҫҘҙ"}
    assert made.words == {"Cyrl": ("һәм", "ла", "да")}
    assert [(sign.weight, sign.pattern.pattern) for sign in made.telling["Latn"]] == [(2, "q"), (1, "x|w y")]
    assert made.alien["Latn"][0].weight == 3
    assert made.certain["Cyrl"].search("аҪҫ")  # in any case of letters
    assert made.apostrophes == Apostrophes("oO", True)
    assert (made.dotless_i, made.accented) == ("seen", True)


def test_a_language_without_a_profile_has_no_facts() -> None:
    none = profile("xx")
    assert not none.letters
    assert not none.words
    assert not none.telling
    assert none.apostrophes == PLAIN


@pytest.mark.parametrize("code", languages.codes())
def test_every_language_is_recognised_by_something(code: str) -> None:
    facts = profile(code)
    for script in languages.get(code).scripts:
        assert len(facts.words[script]) > 20
        assert facts.endings[script]
