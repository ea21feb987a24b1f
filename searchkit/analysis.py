"""Text in, tokens out: what `text`, `languages` and `people` know, put together.

For each passage the words are cut (`text.words`), and each distinct word is looked at once per language and script of a
passage:

1. numbers: 10,000 is 10000, and word and stem are the same;
2. look-alike letters are repaired (`text.lookalikes`);
3. its language: the passage's, but for a word in a script or with letters that the passage's language has not (see
   `_language_of`);
4. `text.normalise.fold`, then the language's `normalise` and `stem`;
5. the key under which it may name a person (`people.key`).

What a word became is remembered for `REMEMBERED` distinct words a language and script.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from searchkit import languages, people
from searchkit.engines.base import FIELDS
from searchkit.languages.base import Step
from searchkit.model import Document, Token
from searchkit.text.lookalikes import repair
from searchkit.text.normalise import clean, fold, number
from searchkit.text.scripts import USUAL, script_of
from searchkit.text.words import matches, surfaces

REMEMBERED = 100_000
"""Distinct words remembered for each language and script, about 40 MB."""
LONGEST = 64
"""Longer words, in code points, are no words of any language: their terms are cut at this length and not stemmed."""
SHARE = 0.1
"""A document is in every language that has this share of its words."""

Passage = tuple[int, int, str]
"""Start and end (code points of the text) and the ISO 639-1 code."""
Terms = tuple[list[str], list[str], list[str]]
"""The terms of the fields word, stem and name, a position each; "" where a word has none."""
Entry = tuple[str, str, str, str]
"""What a word became: language, word, stem, name."""


class AnalysedDocument(NamedTuple):
    """`fields` maps each of `engines.base.FIELDS` to its terms; `languages` has the main one first."""

    fields: Mapping[str, list[str]]
    passages: list[Passage]
    title_passages: list[Passage]
    languages: tuple[str, ...]


class Explanation(NamedTuple):
    """A token and how it came about; the first step begins with the surface form."""

    token: Token
    steps: tuple[Step, ...]


# ------------------------------------------------------------------ text to tokens
def analyze(text: str, language: str | None = None, passages: Sequence[Passage] | None = None) -> list[Token]:
    """One token a word, in order.

    `language` (ISO 639-1) takes the whole text as one language; otherwise each passage's is found. `passages`, as
    `analyse_document` gave them, saves finding them again. Raises SearchkitError for a language that is not there.
    """
    tokens: list[Token] = []
    make = Token._make
    for start, end, code in find_passages(text, language) if passages is None else passages:
        vocabulary = vocabulary_in(code, text, start, end)
        for found in matches(text, vocabulary.cut_as, start, end):
            surface = found.group()
            tokens.append(make((surface, *found.span(), *vocabulary[surface])))
    return tokens


def terms(text: str, passages: Sequence[Passage]) -> Terms:
    """The terms that `analyze` would give, without making tokens."""
    return _terms(text, passages)[0]


def _terms(text: str, passages: Sequence[Passage]) -> tuple[Terms, dict[str, int]]:
    """The terms, and how many words each language has."""
    all_words: list[str] = []
    all_stems: list[str] = []
    all_names: list[str] = []
    counts: dict[str, int] = {}
    for start, end, code in passages:
        vocabulary = vocabulary_in(code, text, start, end)
        found = surfaces(text, vocabulary.cut_as, start, end)
        if found:
            _, words_, stems, names = zip(*map(vocabulary.__getitem__, found), strict=True)
            all_words += words_
            all_stems += stems
            all_names += names
            counts[code] = counts.get(code, 0) + len(found)
    return (all_words, all_stems, all_names), counts


def find_passages(text: str, language: str | None = None, main: str | None = None) -> list[Passage]:
    """The passages of a text and their languages, covering it; see `text.passages.passages`.

    Raises SearchkitError for a `language` that is not there.
    """
    if language is not None:
        languages.get(language)
    return _passages()(text, _scripts(), language, main)


@cache
def _passages() -> Callable[..., list[Passage]]:
    """What finds passages, loaded with the first text: a search has them found already."""
    from searchkit.text.passages import passages

    return passages


def analyse_document(document: Document) -> AnalysedDocument:
    """The terms of a document's text and title, and the languages of its passages.

    A stated `document.language` decides where the text itself does not tell; one that searchkit does not know counts
    as not stated. A title that does not tell is in the text's main language.
    """
    stated = document.language if document.language in languages.codes() else None
    passages = find_passages(document.text, main=stated)
    text_terms, counts = _terms(document.text, passages)
    main = max(counts, key=counts.__getitem__) if counts else stated
    title_passages = find_passages(document.title, main=main) if document.title else []
    title_terms, title_counts = _terms(document.title, title_passages)
    return AnalysedDocument(
        dict(zip(FIELDS, (*text_terms, *title_terms), strict=True)),
        passages,
        title_passages,
        _main_first(counts or title_counts),
    )


def document_languages(text: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The languages of a text, the main one first: every one that has a tenth of the words."""
    return _main_first(_terms(text, passages)[1])


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


class Vocabulary(dict[str, Entry]):
    """Surface form to what it became, in passages of one language and script; bounded."""

    def __init__(self, code: str, script: str) -> None:
        self.code = code
        self.script = script
        self.cut_as = code if script == "Latn" else ""
        """The language by whose rules words are cut: in Cyrillic no letter is written with an apostrophe."""
        language = languages.get(code)
        self._normalise, self._stem = language.normalise, language.stem
        self._is_plain = re.compile(_plain_words(code, script)).fullmatch

    def __missing__(self, surface: str) -> Entry:
        if self._is_plain(surface):
            # What `_entry` gives for a word that needs no repair and is surely of the passage's language.
            word = self._normalise(surface.lower()) or surface
            known, name = None, ""
            if word != surface:
                known = self.get(word)
                name = people.key(surface, word, self.code)
            stem = known[2] if known else self._stem(word) or word
            entry = (self.code, word, word if stem == word else stem, name)
        else:
            entry = _entry(surface, self.code, self.script)
            if len(surface) > LONGEST:
                return entry
        if len(self) >= REMEMBERED:
            # Frequent words come back soon; keeping count of their use would cost more than this.
            self.clear()
        self[surface] = entry
        return entry


def _plain_words(code: str, script: str) -> str:
    """A pattern of words whose letters all are of the passage's own alphabet, mean one thing and need no repair."""
    if script not in _scripts().get(code, ()):
        return "(?!)"
    if script == "Latn":
        return f"[A-HJ-Za-z]{{1,{LONGEST}}}" if code in _DOTLESS_I else f"[A-Za-z]{{1,{LONGEST}}}"
    return rf"(?![ХІ]+\Z)[А-яЁё{_MORE_CYRILLIC.get(code, '')}]{{1,{LONGEST}}}"


@cache
def vocabulary_of(code: str, script: str) -> Vocabulary:
    """The one vocabulary of passages in a language (ISO 639-1) and script (ISO 15924)."""
    return Vocabulary(code, script)


def vocabulary_in(code: str, text: str, start: int, end: int) -> Vocabulary:
    """The vocabulary of the passage `text[start:end]` in a language."""
    scripts = _scripts().get(code, ())
    script = scripts[0] if len(scripts) == 1 else script_of(text, start, end) or "Latn"
    return vocabulary_of(code, script)


def _is_number(surface: str) -> bool:
    return surface[0].isdecimal() and bool(_NUMBER.fullmatch(surface))


def _entry(surface: str, code: str, script: str) -> Entry:
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
    stem = language.stem(word) or word
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
