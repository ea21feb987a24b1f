"""Text in, tokens out: what `text`, `languages` and `people` know, put together.

For each passage the words are cut (`text.words`), and each distinct word is looked at once per language and script of a
passage:

1. numbers: 10,000 is 10000, and word and stem are the same;
2. look-alike letters are repaired (`text.lookalikes`);
3. its language: the passage's, but for a word in a script or with letters that the passage's language has not (see
   `_language_of`);
4. `text.normalise.fold`, then the language's `normalise` and `stem`;
5. the key under which it may name a person (`people.key`).

What a word became is remembered for `REMEMBERED` distinct words a language and script; so is what stands for it in the
stream of an indexed text, together with the signs around it, so that a known word costs a look-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from searchkit import languages, people
from searchkit.languages.base import Step
from searchkit.model import Document, Token
from searchkit.terms.wire import Rows, TermRows, TermStreams, piece, row_piece, terms_of, unescaped
from searchkit.text.lookalikes import repair
from searchkit.text.normalise import clean, fold, number
from searchkit.text.scripts import USUAL, script_of
from searchkit.text.words import has_groups, is_cut_alone, is_one_word, matches, surfaces

T = TypeVar("T")

REMEMBERED = 100_000
"""Distinct words remembered for each language and script, about 40 MB."""
LONGEST = 64
"""Longer words, in code points, are no words of any language: their terms are cut at this length and not stemmed."""
SHARE = 0.1
"""A document is in every language that has this share of its words."""

Passage = tuple[int, int, str]
"""Start and end (code points of the text) and the ISO 639-1 code."""
Entry = tuple[str, str, str, str]
"""What a word became: language, word, stem, name."""


class AnalysedDocument(NamedTuple):
    """The terms of text and title; `languages` has the main one first."""

    fields: TermStreams | TermRows
    passages: list[Passage]
    title_passages: list[Passage]
    languages: tuple[str, ...]


class Explanation(NamedTuple):
    """A token and how it came about; the first step begins with the surface form."""

    token: Token
    steps: tuple[Step, ...]


# ------------------------------------------------------------------ text to tokens
_token: Callable[[tuple[str | int, ...]], Token] = partial(tuple.__new__, Token)
"""What `Token._make` does, without a step in Python."""


def analyze(
    text: str, language: str | None = None, passages: Sequence[Passage] | None = None, stems: bool = True
) -> list[Token]:
    """One token a word, in order. Without `stems` the word stands for its stem, which takes half the time.

    `language` (ISO 639-1) takes the whole text as one language; otherwise each passage's is found. `passages`, as
    `analyse_document` gave them, saves finding them again. Raises SearchkitError for a language that is not there.
    """
    tokens: list[Token] = []
    for start, end, code in find_passages(text, language) if passages is None else passages:
        vocabulary = vocabulary_in(code, text, start, end, stems)
        found = matches(text, vocabulary.cut_as, start, end)
        tokens += [_token((surface := match[0], *match.span(), *vocabulary[surface])) for match in found]
    return tokens


def stream(text: str, passages: Sequence[Passage]) -> str:
    """The terms that `analyze` would give, as `TermStreams` has them."""
    made: str = _terms(text, passages, False)[0]
    return made


def rows(text: str, passages: Sequence[Passage]) -> Rows:
    """The terms that `analyze` would give, as `TermRows` has them."""
    made: Rows = _terms(text, passages, True)[0]
    return made


def _terms(text: str, passages: Sequence[Passage], in_rows: bool) -> tuple[Any, dict[str, int]]:
    """The terms, as a stream or in rows, and how many words each language has."""
    form: type[Stretches[Any]] = RowStretches if in_rows else StreamStretches
    parts: list[Any] = []
    counts: dict[str, int] = {}
    for start, end, code in passages:
        vocabulary = vocabulary_in(code, text, start, end)
        part = (vocabulary.rows if in_rows else vocabulary.streams).made(text, start, end)
        words = form.count(part)
        if words:
            parts.append(part)
            counts[code] = counts.get(code, 0) + words
    return form.whole(parts), counts


def find_passages(text: str, language: str | None = None, main: str | None = None) -> list[Passage]:
    """The passages of a text and their languages, covering it; see `text.passages.passages`.

    Raises SearchkitError for a `language` that is not there.
    """
    # Loaded with the first text: a search has them found already.
    from searchkit.analysis.passages import passages

    if language is not None:
        languages.get(language)
    return passages(text, _scripts(), language, main)


def analyse_document(
    document: Document, in_rows: bool = False, known: tuple[list[Passage], list[Passage]] | None = None
) -> AnalysedDocument:
    """The terms of a document's text and title, as streams or in rows, and the languages of its passages.

    A stated `document.language` decides where the text itself does not tell; one that searchkit does not know counts
    as not stated. A title that does not tell is in the text's main language. `known` are the passages of text and title
    that were found before.
    """
    stated = document.language if document.language in languages.codes() else None
    passages = known[0] if known else find_passages(document.text, main=stated)
    text, counts = _terms(document.text, passages, in_rows)
    main = max(counts, key=counts.__getitem__) if counts else stated
    title_passages = known[1] if known else find_passages(document.title, main=main) if document.title else []
    title, title_counts = _terms(document.title, title_passages, in_rows)
    fields = TermRows(text, title) if in_rows else TermStreams(text, title)
    return AnalysedDocument(fields, passages, title_passages, _main_first(counts or title_counts))


def document_languages(text: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The languages of a text, the main one first: every one that has a tenth of the words."""
    return _main_first(_terms(text, passages, False)[1])


def _main_first(counts: Mapping[str, int]) -> tuple[str, ...]:
    least = SHARE * sum(counts.values())
    frequent = [code for code, count in counts.items() if count >= least]
    return tuple(sorted(frequent, key=counts.__getitem__, reverse=True))


# ------------------------------------------------------------------ for people to read
def explain(text: str, language: str | None = None) -> list[Explanation]:
    """Each word of a text: its token and the steps from the surface form to the stem."""
    return [Explanation(token, tuple(_steps(token))) for token in analyze(text, language)]


def _steps(token: Token) -> Iterator[Step]:
    if _is_number(token.text):
        if token.word != token.text:
            yield Step("number", "separators", token.text, token.word)
        return
    letters = clean(token.text)
    if letters != token.text:
        yield Step("letters repaired", "apostrophes, hyphenation, marks", token.text, letters)
    repaired = repair(letters)
    if repaired != letters:
        yield Step("letters repaired", "look-alikes of another script", letters, repaired)
    if repaired != token.word:
        yield Step("normalised", "small letters", repaired, token.word)
    if len(token.word) < LONGEST and script_of(token.word) in _scripts()[token.language]:
        yield from languages.get(token.language).steps(token.word)


# ------------------------------------------------------------------ a word
_DOTLESS_I = frozenset({"tr", "az"})
_MORE_CYRILLIC = {"kk": "ӘәҒғҚқҢңӨөҰұҮүҺһІі", "uz": "ЎўҚқҒғҲҳ"}
"""The letters of an alphabet beside those of Russian."""
_DOTTED_LETTERS = re.compile("[ıİ]")
_KAZAKH_LETTERS = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_UZBEK_LETTERS = re.compile("[ўҳЎҲ]")
_UZBEK_LATIN = re.compile("[ogOG][ʻ‘](?=.)")
_NUMBER = re.compile(r"\d[\d.,\s]*")


@cache
def _scripts() -> Mapping[str, Sequence[str]]:
    """The scripts of each registered language."""
    found: dict[str, list[str]] = {code: [] for code in languages.codes()}
    for script in ("Latn", "Cyrl"):
        for code in languages.for_script(script):
            found[code].append(script)
    return found


_TOGETHER = "\0"


class Vocabulary(dict[str, Entry]):
    """Surface form to what it became, in passages of one language and script; bounded."""

    def __init__(self, code: str, script: str, stems: bool = True) -> None:
        self.code = code
        self.script = script
        self._stems = stems
        self.cut_as = code if script == "Latn" else ""
        """The language by whose rules words are cut: in Cyrillic no letter is written with an apostrophe."""
        language = languages.get(code)
        self._normalise, self._stem = language.normalise, language.stem if stems else str
        self._is_plain = re.compile(_plain_words(code, script)).fullmatch
        self.streams = StreamStretches(self)
        self.rows = RowStretches(self)

    def __missing__(self, surface: str) -> Entry:
        entry = self.look_at(surface)
        if len(surface) <= LONGEST:
            _remember(self, surface, entry)
        return entry

    def look_at(self, surface: str) -> Entry:
        """What a surface form becomes, if it is not remembered here."""
        if not self._is_plain(surface):
            return _entry(surface, self.code, self.script, self._stems)
        # What `_entry` gives for a word that needs no repair and is surely of the passage's language.
        word = self._normalise(surface.lower()) or surface
        stem, name = "", ""
        if word != surface:
            stem = self._known_stem(word)
            name = people.key(surface, word, self.code)
        stem = stem or self._stem(word) or word
        return self.code, word, word if stem == word else stem, name

    def _known_stem(self, word: str) -> str:
        if entry := self.get(word):
            return entry[2]
        if made := self.streams.get(word):
            return terms_of(made)[1]
        in_rows = self.rows.get(word)
        return unescaped(in_rows.stem[2:]) if in_rows else ""


class Stretches(dict[str, T], Generic[T]):
    """What stands among the terms for a stretch of text between blanks: that of each of its words; bounded.

    `together` stands for a stretch that must be cut together with its neighbours.
    """

    together: T

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._cut_as = vocabulary.cut_as
        self._words: dict[str, T] = {}
        """The same for words that are no stretches of their own, such as those with a hyphen or an apostrophe."""

    def made(self, text: str, start: int, end: int) -> T:
        """The terms of the words of `text[start:end]`, a blank before each."""
        if start == 0 or text[start - 1].isspace():
            stretches = text.split() if end - start == len(text) else text[start:end].split()
            made = self._joined(map(self.__getitem__, stretches))
            if not self._has_together(made) and not has_groups(text, start, end):
                return made
        return self._joined(map(self._of_word, surfaces(text, self._cut_as, start, end)))

    def __missing__(self, stretch: str) -> T:
        if is_one_word(stretch):
            made = self._look_at(stretch)
        elif is_cut_alone(stretch, self._cut_as):
            made = self._joined(map(self._of_word, surfaces(stretch, self._cut_as, 0, len(stretch))))
        else:
            made = self.together
        if len(stretch) <= LONGEST:
            _remember(self, stretch, made)
        return made

    def _of_word(self, surface: str) -> T:
        if is_one_word(surface):
            return self[surface]
        made = self._words.get(surface)
        if made is None:
            made = self._look_at(surface)
            if len(surface) <= LONGEST:
                _remember(self._words, surface, made)
        return made

    def _look_at(self, surface: str) -> T:
        _, word, stem, name = self._vocabulary.get(surface) or self._vocabulary.look_at(surface)
        return self._of_terms(word, stem, name)

    def _of_terms(self, word: str, stem: str, name: str) -> T:
        raise NotImplementedError

    @staticmethod
    def _joined(parts: Iterable[T]) -> T:
        raise NotImplementedError

    @staticmethod
    def _has_together(made: T) -> bool:
        raise NotImplementedError

    @staticmethod
    def count(made: T) -> int:
        """How many words there are."""
        raise NotImplementedError

    @staticmethod
    def whole(parts: list[T]) -> T:
        """The terms of several passages, without the first blank."""
        raise NotImplementedError


class StreamStretches(Stretches[str]):
    """As `TermStreams` has them: a blank and a piece for each word."""

    together = _TOGETHER

    def _of_terms(self, word: str, stem: str, name: str) -> str:
        return " " + piece(word, stem, name)

    @staticmethod
    def _joined(parts: Iterable[str]) -> str:
        return "".join(parts)

    @staticmethod
    def _has_together(made: str) -> bool:
        return _TOGETHER in made

    @staticmethod
    def count(made: str) -> int:
        return made.count(" w")

    @staticmethod
    def whole(parts: list[str]) -> str:
        return "".join(parts)[1:]


_WORD, _STEM, _NAME = map(itemgetter, range(3))


class RowStretches(Stretches[Rows]):
    """As `TermRows` has them: a blank and a term in each row for each word."""

    together = Rows(_TOGETHER, _TOGETHER, _TOGETHER)

    def _of_terms(self, word: str, stem: str, name: str) -> Rows:
        return Rows(*(" " + term for term in row_piece(word, stem, name)))

    @staticmethod
    def _joined(parts: Iterable[Rows]) -> Rows:
        found = list(parts)
        return Rows("".join(map(_WORD, found)), "".join(map(_STEM, found)), "".join(map(_NAME, found)))

    @staticmethod
    def _has_together(made: Rows) -> bool:
        return _TOGETHER in made.word

    @staticmethod
    def count(made: Rows) -> int:
        return made.word.count(" ")

    @staticmethod
    def whole(parts: list[Rows]) -> Rows:
        return Rows(*(row[1:] for row in RowStretches._joined(parts)))


def _remember(known: dict[str, T], key: str, value: T) -> None:
    if len(known) >= REMEMBERED:
        # Frequent words come back soon; keeping count of their use would cost more than this.
        known.clear()
    known[key] = value


def _plain_words(code: str, script: str) -> str:
    """A pattern of words whose letters all are of the passage's own alphabet, mean one thing and need no repair."""
    if script not in _scripts().get(code, ()):
        return "(?!)"
    if script == "Latn":
        return f"[A-HJ-Za-z]{{1,{LONGEST}}}" if code in _DOTLESS_I else f"[A-Za-z]{{1,{LONGEST}}}"
    return rf"(?![ХІ]+\Z)[А-яЁё{_MORE_CYRILLIC.get(code, '')}]{{1,{LONGEST}}}"


def vocabulary_of(code: str, script: str, stems: bool = True) -> Vocabulary:
    """The one vocabulary of passages in a language (ISO 639-1) and script (ISO 15924), with stems or without."""
    return _vocabulary(code, script, stems)


_vocabulary = cache(Vocabulary)


def vocabulary_in(code: str, text: str, start: int, end: int, stems: bool = True) -> Vocabulary:
    """The vocabulary of the passage `text[start:end]` in a language."""
    scripts = _scripts().get(code, ())
    script = scripts[0] if len(scripts) == 1 else script_of(text, start, end) or "Latn"
    return _vocabulary(code, script, stems)


def _is_number(surface: str) -> bool:
    return surface[0].isdecimal() and bool(_NUMBER.fullmatch(surface))


def _entry(surface: str, code: str, script: str, stems: bool) -> Entry:
    if surface.isascii():
        if _is_number(surface):
            return _number_entry(surface, code)
        letters = surface
        own_script = "Latn" if surface.isalpha() else script_of(surface)
    else:
        if _is_number(surface):
            return _number_entry(surface, code)
        letters = repair(surface)
        own_script = script_of(letters)
    if own_script != script or own_script == "Cyrl":
        code = _language_of(letters, own_script, code, script)
    language = languages.get(code)
    dotless_i = own_script == "Latn" and (
        code in _DOTLESS_I or (code == "kk" and bool(_DOTTED_LETTERS.search(letters)))
    )
    word = language.normalise(fold(letters, dotless_i)) or surface
    if len(word) > LONGEST:
        word = word[:LONGEST]
        return code, word, word, ""
    if own_script not in language.scripts:
        return code, word, word, ""
    stem = (stems and language.stem(word)) or word
    return code, word, word if stem == word else stem, people.key(letters, word, code)


def _number_entry(surface: str, code: str) -> Entry:
    digits = number(surface)[:LONGEST]
    return code, digits, digits, ""


def _language_of(word: str, own_script: str, code: str, script: str) -> str:
    """The language of a word in a passage of `code` written in `script`.

    A Latin word in a Cyrillic passage is English, or Uzbek where it has oʻ or gʻ. A Cyrillic word in a Latin passage is
    in the passage's language where that has Cyrillic too, else Kazakh, Uzbek or Russian by its letters; and a word with
    letters that the Cyrillic of the passage's language has not is Kazakh or Uzbek as well.
    """
    known = _scripts()
    if own_script == "Cyrl":
        if code in ("kk", "uz") and script == "Latn":
            return code
        if code != "uz" and "uz" in known and _UZBEK_LETTERS.search(word):
            return "uz"
        if code not in ("kk", "uz") and "kk" in known and _KAZAKH_LETTERS.search(word):
            return "kk"
        return code if script == "Cyrl" else _usual("Cyrl", code)
    if own_script == "Latn" and script == "Cyrl":
        return "uz" if "uz" in known and _UZBEK_LATIN.search(word) else _usual("Latn", code)
    return code


def _usual(script: str, otherwise: str) -> str:
    return USUAL[script] if USUAL[script] in _scripts() else otherwise
