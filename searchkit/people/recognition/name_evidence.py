"""Evidence for and against some capitalised words being a person's name (`data/evidence.tsv`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names.name_words import Words
from searchkit.people.recognition import context_words
from searchkit.people.recognition.name_tokens import NameToken
from searchkit.people.spelling.data_files import rows

NEEDED = 3.0
"""Weights that add up to this make a name."""
POSSIBLE = 1.0
"""Less than that is not even looked at when other places name the same person."""

_BEFORE_QUOTED = "«“„\"'‘"
_AFTER_QUOTED = "»”“\"'’"


class Roles(NamedTuple):
    """Name tokens that may be a name: `given` are full given names, `initials` their letters; one of the two is empty or both are
    there (John F. Kennedy). A name without surname has a patronymic."""

    tokens: tuple[NameToken, ...]
    given: tuple[NameToken, ...]
    initials: tuple[NameToken, ...]
    patronymic: NameToken | None
    surname: NameToken | None

    @property
    def first(self) -> int:
        """The first word."""
        return self.tokens[0].first

    @property
    def last(self) -> int:
        """The last word."""
        return self.tokens[-1].last

    @property
    def surname_first(self) -> bool:
        """Whether the surname stands before the given name."""
        return self.surname is not None and self.surname is self.tokens[0]


@cache
def weights() -> dict[str, float]:
    """The weight of each sign."""
    return {sign: float(weight) for sign, weight, _ in rows("evidence.tsv")}


def weigh(words: Words, run: list[NameToken], roles: Roles) -> float:
    """The sum of the weights of all signs that hold for the tokens of a run in these roles."""
    table = weights()
    return sum(table[sign] for sign in (*_form(roles), *_context(words, run, roles)))


def _form(roles: Roles) -> Iterator[str]:
    """The signs in the words themselves."""
    surname = roles.surname
    if roles.patronymic is not None or (surname is not None and surname.patronymic):
        yield "patronymic"
    if surname is not None and surname.ending:
        yield {"strong": "surname ending", "weak": "weak surname ending", "adjective": "adjective ending"}[
            surname.ending
        ]
    if roles.initials:
        yield "initials"
    if surname is not None and surname.korean:
        yield "Korean surname"
    for token in roles.given[:1]:
        if token.given is not None:
            yield "known given name"
            if token.known:
                yield "known name, and a word"
        elif token.like_a_given_name:
            yield "given name element"
        elif token.known and roles.patronymic is None and not (surname and surname.patronymic):
            yield "common word for a given name"
    if (
        surname is not None
        and surname.known
        and not surname.korean
        and surname.given is None
        and not (surname.ending and _surely_given(roles))
    ):
        yield "common word after a given name" if _surely_given(roles) else "common word for a surname"
    elif surname is not None and not surname.ending and not surname.patronymic and surname.like_a_given_name:
        yield "given name element"
    named = [token for token in roles.tokens if not token.initial]
    if not any((token.known and token.given is None) or token.context_word for token in named):
        yield "unknown to the lexicon"
    if any(token.capitals for token in named) and (len(named) < 2 or all(token.capitals for token in named)):
        yield "capitals"
    if roles.surname_first and roles.patronymic is None and surname is not None and surname.ending != "strong":
        yield "surname first"


def _surely_given(roles: Roles) -> bool:
    return bool(roles.initials) or roles.patronymic is not None or any(token.given for token in roles.given)


def _context(words: Words, run: list[NameToken], roles: Roles) -> Iterator[str]:
    """The signs around the words."""
    first, last = roles.first, roles.last
    if context_words.address_before(words, first):
        yield "address"
    elif context_words.office_beside(words, first, last) is not None:
        yield "office"
    if first and context_words.is_kin(words[first - 1].text):
        yield "kin"
    if last + 1 < len(words) and words.beside(last) and context_words.speaks(words[last + 1].text):
        yield "speech"
    if _opens_quotation(words, last):
        yield "opens a quotation"
    if words.opens_sentence(first):
        if roles.tokens[0].given is None:
            yield "sentence opens"
    elif name_grammar(words[first].language).capitals_are_names:
        yield "within a sentence"
        if roles.given and roles.given[0].known and roles.given[0].given is None:
            yield "common word with a capital"
    if "\n" in words.between(first, last):
        yield "line break between"
    if _quoted(words, run):
        yield "quoted"
    if _longer_title(words, run, roles):
        yield "longer title"


def _opens_quotation(words: Words, last: int) -> bool:
    gap = words.gap(last).replace(" ", "").replace("\xa0", "")
    return len(gap) >= 2 and gap[0] in ":–—-" and gap[-1] in _BEFORE_QUOTED


def _quoted(words: Words, run: list[NameToken]) -> bool:
    before = words.text[: words[run[0].first].start].rstrip(" ")[-1:] if run[0].first else words.text[:1]
    return bool(before) and before in _BEFORE_QUOTED and words.gap(run[-1].last).lstrip(" ")[:1] in tuple(_AFTER_QUOTED)


def _longer_title(words: Words, run: list[NameToken], roles: Roles) -> bool:
    """More capitalised words beside these that do not stand beside names."""
    at = run.index(roles.tokens[0]), run.index(roles.tokens[-1])
    before = run[at[0] - 1] if at[0] else None
    after = run[at[1] + 1] if at[1] + 1 < len(run) else None
    return (before is not None and not _ends_before(words, before, roles)) or (
        after is not None and not _begins_after(words, after, roles)
    )


def _ends_before(words: Words, token: NameToken, roles: Roles) -> bool:
    """Whether the word before the name is none of the same title: an office, a place, the end of another name."""
    if token.context_word or token.place or token.opener or token.ending == "strong" or token.patronymic:
        return True
    return (token.known and words.opens_sentence(token.first)) or "\n" in words.between(token.last, roles.first)


def _begins_after(words: Words, token: NameToken, roles: Roles) -> bool:
    """Whether the word after the name is none of the same title."""
    if token.context_word or token.place or token.opener or token.initial or token.given is not None:
        return True
    return "\n" in words.between(roles.last, token.first)
