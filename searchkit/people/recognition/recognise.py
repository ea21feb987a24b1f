"""Full names in a text, without being asked for one: given name and surname side by side, initials and surname.

In this order:

1. Runs of capitalised words (`name_tokens.runs`).
2. Each two to four neighbours of a run that may be given name, initials, patronymic and surname, in the orders that
   people write (`_readings`).
3. What speaks for each reading and against it is added up (`evidence.weigh`); the best readings that do not overlap
   are kept.
4. The name in the nominative (`recognised_form`).

A surname or a given name alone is never found, nor is a street or a prize named after somebody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from searchkit.model import Token
from searchkit.people.names.name_words import Words, names_a_thing
from searchkit.people.recognition.name_evidence import NEEDED, POSSIBLE, Roles, weigh
from searchkit.people.recognition.name_tokens import NameToken, runs
from searchkit.people.recognition.recognised_form import NameForm, form_of

LONGEST = 4
"""Name tokens of a name: two given names or initials, a patronymic, a surname."""


class RecognisedName(NamedTuple):
    """A place that names a person: `text[start:end]`, and whether its own words and context are enough to say so."""

    start: int
    end: int
    form: NameForm
    certain: bool


def recognise(tokens: Sequence[Token], text: str) -> Iterator[RecognisedName]:
    """The persons' names of a text, in reading order; those that are not `certain` may be something else.

    `tokens` are those of `text` in order, as `find` takes them, with their stems.
    """
    words = Words(tokens, text)
    found = list(_inverted(words))
    taken = [(named.start, named.end) for named in found]
    for run in runs(words):
        for roles, weight in _best(words, run):
            start, end = words[roles.first].start, words[roles.last].end
            if not any(first < end and start < last for first, last in taken):
                end += roles.tokens[-1].initial and text[end : end + 1] == "."
                found.append(RecognisedName(start, end, form_of(words, roles), weight >= NEEDED))
    yield from sorted(found, key=lambda named: named.start)


def _best(words: Words, run: list[NameToken]) -> list[tuple[Roles, float]]:
    """The readings of a run that do not overlap and weigh most together, in order, with their weights."""
    ends_at: dict[int, list[tuple[int, Roles, float]]] = {}
    for start, roles in _readings(run):
        if names_a_thing(words, roles.first, roles.last) or _torn(words, roles) or _is_a_term(roles):
            continue
        weight = weigh(words, run, roles)
        if weight >= POSSIBLE:
            ends_at.setdefault(start + len(roles.tokens), []).append((start, roles, weight))
    best: list[tuple[float, list[tuple[Roles, float]]]] = [(0.0, [])]
    for end in range(1, len(run) + 1):
        total, chosen = best[end - 1]
        for start, roles, weight in ends_at.get(end, ()):
            if best[start][0] + weight > total:
                total, chosen = best[start][0] + weight, [*best[start][1], (roles, weight)]
        best.append((total, chosen))
    return best[-1][1]


def _is_a_term(roles: Roles) -> bool:
    """Whether the lexicon has two of the words together: New York. It has Mahmud Kashgari as well."""
    pairs = zip(roles.tokens, roles.tokens[1:], strict=False)
    return any(token.makes_a_term_with(after) and token.given is None for token, after in pairs)


def _torn(words: Words, roles: Roles) -> bool:
    """Whether an initial beside the words is left out, or the last of them is that of the next name (Мамин Қ.Тоқаевпен)."""
    before = roles.first - 1
    if words.initial(before) and words.beside(before):
        return True
    if roles.tokens[-1].initial and words.beside(roles.last) and words.capital(roles.last + 1):
        # «Омарова Ж. С. Тел.»: two initials and a space after them are those of the surname before.
        return len(roles.initials) < 2 or words.gap(roles.last) == "." or words.surname_like(roles.last + 1)
    # TechForum is cut in two words as ArmanTuleshovich is.
    surname = roles.surname
    run_together = any(not words.gap(token.last) for token in roles.tokens[:-1])
    return run_together and roles.patronymic is None and (surname is None or surname.ending != "strong")


# ------------------------------------------------------------------ which word is what


def _readings(run: list[NameToken]) -> Iterator[tuple[int, Roles]]:
    """Where in the run a reading begins, and the reading."""
    for start in range(len(run)):
        for count in range(2, min(LONGEST, len(run) - start) + 1):
            tokens = tuple(run[start : start + count])
            if not tokens[-1].usable:
                break
            if tokens[0].usable:
                for roles in _roles(tokens):
                    yield start, roles


def _roles(tokens: tuple[NameToken, ...]) -> Iterator[Roles]:
    """Every way to read the tokens as one name.

    G is a given name, I an initial, P a patronymic, S a surname: GS, SG, GP, GPS, SGP, GGS, GGP, GIS, IS, IIS, SI, SII.
    """
    initials = tuple(token for token in tokens if token.initial)
    full = tuple(token for token in tokens if not token.initial)
    if initials:
        yield from _with_initials(tokens, initials, full)
        return
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 2:
        if last.patronymic:
            yield Roles(tokens, (first,), (), last, None)
        elif _may_be_given(first) and not _reversed(first, last) and not (last.place and not last.ending):
            yield Roles(tokens, (first,), (), None, last)
        if first.ending and not last.ending and _may_be_given(last):
            yield Roles(tokens, (last,), (), None, first)
    elif len(tokens) == 3:
        middle = tokens[1]
        if middle.patronymic and _may_be_given(first) and not last.patronymic:
            yield Roles(tokens, (first,), (), middle, last)
        elif last.patronymic and _may_be_given(middle):
            if first.korean or (not first.context_word and not (first.known and not first.ending)):
                yield Roles(tokens, (middle,), (), last, first)
            if first.given is not None and middle.given is not None:
                yield Roles(tokens, (first, middle), (), last, None)
        elif _two_given(first, middle) and not last.context_word:
            yield Roles(tokens, (first, middle), (), None, last)


def _with_initials(
    tokens: tuple[NameToken, ...], initials: tuple[NameToken, ...], full: tuple[NameToken, ...]
) -> Iterator[Roles]:
    if len(initials) > 2 or not full:
        return
    if len(full) == 1:
        if not full[0].ending and not full[0].korean and (full[0].context_word or tokens[0] is full[0]):
            return
        yield Roles(tokens, (), initials, None, full[0])
    elif len(full) == 2 and len(initials) == 1 and tokens[1].initial and full[0].given is not None:
        yield Roles(tokens, full[:1], initials, None, full[1])


def _may_be_given(token: NameToken) -> bool:
    return not token.patronymic and (token.ending != "strong" or token.given is not None)


def _reversed(first: NameToken, last: NameToken) -> bool:
    """Рахметов Асан: only the first word ends as surnames do."""
    return first.ending == "strong" and not last.ending


def _two_given(first: NameToken, middle: NameToken) -> bool:
    """Ali Ryza Akindzhi, Жан Клод Юнкер: the first is a known given name, and the second none with an ending of surnames."""
    return not (middle.ending or middle.patronymic or middle.known) and first.given is not None


def _inverted(words: Words) -> Iterator[RecognisedName]:
    """«Тоқаев, Қасым-Жомарт»: the surname, a comma, and a given name or initials, alone on both sides."""
    for i in words.named:
        if not (words.comma(i) and words.capital(i + 1)) or (words.beside(i - 1) and words.capital(i - 1)):
            continue
        last = i + 1
        initials = words.initial(last)
        while last - i < LONGEST and words.beside(last) and words.capital(last + 1):
            if initials and not words.initial(last + 1):
                break  # Омаров, С. Б. История
            last += 1
        if words.comma(last) and words.capital(last + 1) and not words.initial(last):
            continue
        tokens = [NameToken(words, i, i), *_name_tokens(words, i + 1, last)]
        surname, rest = tokens[0], tokens[1:]
        if surname.ending != "strong" or not all(token.usable for token in rest):
            continue
        if surname.known and not (rest[0].initial or any(token.patronymic for token in rest)):
            continue
        roles = _inverted_roles(tokens, surname, rest)
        if roles is not None:
            end = words[last].end
            end += rest[-1].initial and words.text[end : end + 1] == "."
            yield RecognisedName(words[i].start, end, form_of(words, roles), True)


def _name_tokens(words: Words, first: int, last: int) -> list[NameToken]:
    found, i = [], first
    while i <= last:
        end = i + 1 if i < last and words.hyphen(i) and not words.initial(i) else i
        found.append(NameToken(words, i, end))
        i = end + 1
    return found


def _inverted_roles(tokens: list[NameToken], surname: NameToken, rest: list[NameToken]) -> Roles | None:
    everything = tuple(tokens)
    if all(token.initial for token in rest):
        return Roles(everything, (), tuple(rest), None, surname) if len(rest) <= 2 else None
    given, others = rest[0], rest[1:]
    initials = tuple(token for token in others if token.initial)
    if initials and initials == tuple(others) and given.given is not None:
        return Roles(everything, (given,), initials, None, surname)
    if given.initial or given.ending or (given.given is None and not (others and others[0].patronymic)):
        return None
    if not others:
        return Roles(everything, (given,), (), None, surname)
    if len(others) == 1 and others[0].patronymic:
        return Roles(everything, (given,), (), others[0], surname)
    return None
