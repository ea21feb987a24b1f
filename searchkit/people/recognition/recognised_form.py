"""The form of a recognised name: its parts in the nominative, as far as the text and the rules of its language tell."""

from __future__ import annotations

from typing import NamedTuple

from searchkit.languages.name_grammar import name_grammar
from searchkit.people.names import nominative
from searchkit.people.names.inflection import patronymic_form
from searchkit.people.names.name_words import Words
from searchkit.people.names.russian_cases import russian
from searchkit.people.recognition import context_words, editors
from searchkit.people.recognition.name_evidence import Roles
from searchkit.people.recognition.name_tokens import NameToken


class NameForm(NamedTuple):
    """A name as it is spelled, without case endings; `text` is the whole of it, the others its parts, each of them or
    "" / () where there is none. A name without surname has a patronymic. `language` is that of the passage."""

    text: str
    given: tuple[str, ...]
    initials: tuple[str, ...]
    patronymic: str
    surname: str
    language: str

    @property
    def full(self) -> bool:
        """Whether it has both a given name and a surname."""
        return bool(self.given and self.surname)


def form_of(words: Words, roles: Roles) -> NameForm:
    """The name in the nominative, spelled as it stands there, with single spaces."""
    nominatives = _nominatives(words, roles)
    text = ""
    for position, token in enumerate(roles.tokens):
        text += nominatives[position]
        if position + 1 < len(roles.tokens):
            gap = words.gap(token.last)
            text += gap.strip() + " " * (gap != gap.strip())
        elif token.initial:
            text += "."
    texts = dict(zip(roles.tokens, nominatives, strict=True))
    return NameForm(
        text,
        tuple(texts[token] for token in roles.given),
        tuple(token.text for token in roles.initials),
        texts[roles.patronymic] if roles.patronymic else "",
        texts[roles.surname] if roles.surname else "",
        words[roles.first].language,
    )


def _nominatives(words: Words, roles: Roles) -> list[str]:
    """The tokens in the nominative, hyphens put back."""
    plain = {token: token.text for token in roles.tokens}
    surname, patronymic = roles.surname, roles.patronymic
    language = words[roles.last].language
    every_part = name_grammar(language).every_part_declined
    given = roles.given[0] if roles.given else None
    if patronymic is not None and (every_part or patronymic is roles.tokens[-1]):
        plain[patronymic] = patronymic_form(patronymic.text)
    if every_part and surname is not None:
        case = "" if given else editors.case_of_editor(words, roles.first)
        plain_given, plain[surname] = russian(given.text if given else "", surname.text, case)
        if given is not None:
            plain[given] = plain_given
    elif every_part and given is not None and plain[patronymic] != patronymic.text:  # type: ignore[index, union-attr]
        plain[given] = nominative.last_word(given.text, language)
    elif surname is roles.tokens[-1] and surname is not None:
        if context_words.is_man(words[roles.first - 1].text if roles.first else "") and given and not surname.ending:
            plain[given], plain[surname] = nominative.left_over(given.text, surname.text)
        if plain[surname] == surname.text:
            plain[surname] = (
                patronymic_form(surname.text) if surname.patronymic else nominative.surname(surname.text, language)
            )
            if given and given.given and given.given.match.ending.left_over and plain[surname] != surname.text:
                plain[given] = nominative.last_word(given.text, language)
    elif given is not None and given is roles.tokens[-1]:
        plain[given] = nominative.last_word(given.text, language)
    return [_hyphenated(words, token, plain[token]) for token in roles.tokens]


def _hyphenated(words: Words, token: NameToken, joined: str) -> str:
    """The letters of a token in two words with what stands between them."""
    if len(token.pieces) == 1:
        return joined
    first = len(token.pieces[0])
    gap = words.gap(token.first)
    return joined[:first] + (gap.strip() or " ") + joined[first:]
