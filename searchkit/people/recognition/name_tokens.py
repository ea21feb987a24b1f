"""The capitalised words of a text one by one: what each may be in a person's name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from searchkit.people.names.common_words import is_stop_word, part_of_speech
from searchkit.people.names.given_names import GivenName, given_name, made_as_a_name
from searchkit.people.names.inflection import declined_patronymic, declined_patronymic_word, declined_surname
from searchkit.people.names.name_suffixes import begins_a_patronymic_word, is_patronymic_word
from searchkit.people.names.name_titles import words_of_kind
from searchkit.people.names.name_words import Words, is_plain, toponyms
from searchkit.people.names.nominative import last_word, surname_forms
from searchkit.people.recognition.context_words import is_office
from searchkit.people.spelling.east_asian import is_east_asian_surname
from searchkit.people.spelling.phonemes import lower

SHORTEST = 2
"""Letters: a shorter word is an initial or none."""
LONGEST_ABBREVIATION = 5
SURE = 0.06
"""The most that the alignment of a common word with a given name may cost, for the word to be that name."""
_ADJECTIVES = ("ский", "цкий", "ская", "цкая", "ской", "цкой", "sky", "skiy", "skij", "ski", "skaya", "skaja")


class WordFacts:
    """Facts about capitalised letters that do not depend on where they stand; found when asked for, and cached.

    `pieces` are the words that `text` joins, `stems` those of the words, `language` is the ISO 639-1 code of the passage.
    """

    def __init__(self, text: str, pieces: tuple[str, ...], language: str, stems: tuple[str, ...]) -> None:
        self.text = text
        self.pieces = pieces
        self.language = language
        self.stems = stems

    @cached_property
    def ends_as_a_patronymic(self) -> bool:
        """Ends as patronymics do, and is no word of the lexicon."""
        if self.known:
            return False
        return declined_patronymic_word(self.pieces[1]) if len(self.pieces) > 1 else declined_patronymic(self.text)

    @cached_property
    def ending(self) -> str:
        """The kind of surname that it ends as: "strong", "weak", "adjective" or ""."""
        forms = surname_forms(self.text)
        if not forms:
            return ""
        if lower(forms[0][0]).endswith(_ADJECTIVES):
            return "adjective"
        return "strong" if declined_surname(self.text) else "weak"

    @cached_property
    def given(self) -> GivenName | None:
        """The frequent given name that it is."""
        found = given_name("".join(self.pieces), self.language)
        if found is None and len(self.pieces) > 1 and not self.ends_as_a_patronymic:
            found = given_name(self.pieces[0], self.language)
        if found is not None and self.known and found.match.cost > SURE:
            return None  # Азия is not Асия
        return found

    @cached_property
    def like_a_given_name(self) -> bool:
        """Is one, or ends in a word of which they are made."""
        return made_as_a_name(self.text) or self.given is not None

    @cached_property
    def capitals(self) -> bool:
        """In capitals throughout."""
        return self.text.isupper() and len(self.text) > 1

    @cached_property
    def context_word(self) -> bool:
        """A title, an office, a form of address: stands beside names and is no part of them."""
        return is_plain(self.text) or (is_office(self.text) and self.ending != "strong")

    @cached_property
    def stop_word(self) -> bool:
        """Says little in its language."""
        return is_stop_word(self.text, self.language)

    @cached_property
    def opener(self) -> bool:
        """A word that opens sentences."""
        return self.stop_word or lower(self.text) in words_of_kind("opener")

    @cached_property
    def part_of_speech(self) -> str:
        """That of the lexicon, "" for a word that it has not."""
        return part_of_speech(self.language, self.stems)

    @property
    def known(self) -> bool:
        """A word of the lexicon."""
        return bool(self.part_of_speech)

    @cached_property
    def no_name(self) -> bool:
        """Cannot be part of a name, wherever it stands, unless it is a place."""
        if len(self.text) < SHORTEST or is_patronymic_word(self.text):
            return True
        if self.capitals and len(self.text) <= LONGEST_ABBREVIATION and not self.ending and self.given is None:
            return True
        return self.context_word and self.given is None


_facts = lru_cache(maxsize=1 << 15)(WordFacts)


class NameToken:
    """One capitalised word, two that a hyphen joins (Қасым-Жомарт), or a patronymic in two words (Болат ұлы).

    `first` and `last` are indexes of words; the properties are those of `WordFacts`, as far as the place allows.
    """

    def __init__(self, words: Words, first: int, last: int) -> None:
        self.first = first
        self.last = last
        word = words.words[first]
        self.text = word.text
        self.language = word.language
        self.initial = first == last and _initial(words, first)
        self._words = words
        if first == last:
            self._facts = _facts(self.text, (self.text,), self.language, (word.stem,))
        else:
            own = words.words[first : last + 1]
            pieces = tuple(word.text for word in own)
            self.text = "".join(pieces)
            # Only capitalised words have stems here: ұлы is no word of the lexicon beside Болат.
            self._facts = _facts(
                self.text, pieces, self.language, tuple(each.stem if each.name else "" for each in own)
            )

    @property
    def pieces(self) -> tuple[str, ...]:
        return self._facts.pieces

    @cached_property
    def patronymic(self) -> bool:
        """Ends as patronymics do."""
        if self.initial or not self._facts.ends_as_a_patronymic:
            return False
        return self._words.patronymic(self.first) == self.last - self.first + 1

    @property
    def ending(self) -> str:
        return "" if self.initial else self._facts.ending

    @property
    def given(self) -> GivenName | None:
        return self._facts.given

    @property
    def like_a_given_name(self) -> bool:
        return self._facts.like_a_given_name

    @property
    def capitals(self) -> bool:
        return self._facts.capitals

    @property
    def context_word(self) -> bool:
        return self._facts.context_word

    @property
    def opener(self) -> bool:
        return self._facts.opener

    @property
    def known(self) -> bool:
        return self._facts.known

    @cached_property
    def korean(self) -> bool:
        """A frequent Korean or Chinese surname, many of which are little words, with initials or a patronymic: Ли В., Ким Лариса
        Петровна."""
        words, last = self._words, self.last
        if self.first != last or not is_east_asian_surname(self.text):
            return False
        if (words.beside(last) and _initial(words, last + 1)) or (words.beside(last - 1) and _initial(words, last - 1)):
            return True
        return (
            words.beside(last) and words.capital(last + 1) and words.beside(last + 1) and words.patronymic(last + 2) > 0
        )

    @cached_property
    def _opens_a_sentence(self) -> bool:
        """A word that opens sentences; one that is a given name, too (Улар is "they" in Uzbek), only where it opens one."""
        if not self.opener:
            return False
        if self._facts.stop_word and self._words.opens_sentence(self.first):
            return True
        return self.given is None

    @cached_property
    def place(self) -> bool:
        """A place of the lexicon, or a town that reads as a name."""
        if self._facts.part_of_speech == "p":
            return True
        written = self._words.text[self._words[self.first].start : self._words[self.last].end]
        return lower(written).startswith(toponyms())

    def makes_a_term_with(self, other: NameToken) -> bool:
        """Whether the lexicon has the two words together: New York."""
        return bool(part_of_speech(self.language, self._facts.stems + other._facts.stems))

    @cached_property
    def usable(self) -> bool:
        """May be part of a name."""
        if self.initial or self.korean:
            return True
        if self._facts.no_name or self._opens_a_sentence:
            return False
        return not (self.place and self.ending != "strong" and (len(self.pieces) > 1 or self.given is None))


def _initial(words: Words, i: int) -> bool:
    """An initial with its dot; the V. of a number or an I is none."""
    end = words[i].end
    return words.initial(i) and (words.text[end : end + 1] == "." or (words.hyphen(i) and words.initial(i + 1)))


def _joined_to_next(words: Words, i: int) -> bool:
    """Whether the word and the next are one part of a name."""
    if i + 1 < len(words) and begins_a_patronymic_word(words[i + 1].text) and words.patronymic(i) == 2:
        return not _declined(words, i)
    return words.particle(i) or (words.hyphen(i) and words.capital(i + 1) and not words.initial(i + 1))


def _declined(words: Words, i: int) -> bool:
    """«Болаттың ұлы»: the son of somebody, and no patronymic."""
    return last_word(words[i].text, words[i].language) != words[i].text


def runs(words: Words) -> Iterator[list[NameToken]]:
    """The capitalised words that stand side by side, two or more; a comma or a small letter ends a run."""
    run: list[tuple[int, int]] = []
    free = 0
    named = set(words.named)
    for i in words.named:
        if i < free:
            continue
        if not run and i + 1 not in named and not (i + 1 < len(words) and begins_a_patronymic_word(words[i + 1].text)):
            continue
        last = i
        if not words.initial(i):
            last += _joined_to_next(words, i)
        if run and not (free == i and words.beside(i - 1)):
            if len(run) > 1:
                yield [NameToken(words, *place) for place in run]
            run = []
        run.append((i, last))
        free = last + 1
    if len(run) > 1:
        yield [NameToken(words, *place) for place in run]
