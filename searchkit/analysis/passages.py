"""The language of each passage of a text.

1. The text is cut into sentences and lines; out of each, runs of two or more words in the other script, and quotations
   that are certainly in another language.
2. Each piece is identified by rules (`identify`).
3. A piece for which the rules are not certain is settled by what stands around it (`neighbours`).
4. Languages without a module of ours are treated as their nearest relative that has one, or else as the usual language
   of their script. Neighbours of one language and script become one passage.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from searchkit import languages
from searchkit.analysis.identify import CERTAIN, OPEN, Finding, identify, may_be_plain, plainly
from searchkit.analysis.language_facts import GRAMMAR_WORD, other_languages
from searchkit.analysis.neighbours import SENTENCE_LENGTH, Piece, settle
from searchkit.text.normalise import APOSTROPHE_LETTERS, APOSTROPHE_SIGNS, INVISIBLE
from searchkit.text.scripts import CYRILLIC, CYRILLIC_LETTERS, LATIN, LATIN_LETTERS, script_of
from searchkit.text.sentences import starts

Passage = tuple[int, int, str]
"""Start and end (code points of the text) and the ISO 639-1 code."""

_IN_WORD = rf"{APOSTROPHE_SIGNS}{APOSTROPHE_LETTERS}{INVISIBLE}\u0300-\u036f"
_RUNS = {
    script: re.compile(
        rf"[{letters}](?<!\w.)[{letters}{_IN_WORD}]*(?:[ \u00a0.,&/–-]{{1,3}}[{letters}][{letters}{_IN_WORD}]*)+(?![\w{_IN_WORD}])"
    )
    for script, letters in (("Latn", LATIN_LETTERS), ("Cyrl", CYRILLIC_LETTERS))
}
_OTHER = {"Latn": "Cyrl", "Cyrl": "Latn"}
_QUOTATION = re.compile('«[^«»\n]{6,}»|“[^“”\n]{6,}”|„[^„“”\n]{6,}[“”]|"[^"\n]{6,}"')
_SPECIAL = re.compile(f'[{LATIN_LETTERS}«“„"]')
_SMALL_LATIN_WORD = re.compile(r"(?<!\w)[a-z]{3,}(?!\w)")
"""A word that is no name."""


def passages(
    text: str, known: Mapping[str, Collection[str]], language: str | None = None, main: str | None = None
) -> list[Passage]:
    """The passages of a text, in order; together they cover it. An empty text has none.

    `known` gives the scripts of each language that passages may have. With `language` the whole text counts as that
    language, but for passages in a script that it is not written in. `main` is the language that the text is mostly in,
    where that is known. With either, the model is not asked.
    """
    given = dict.fromkeys(known.get(language, ()), language) if language else {}
    pieces = _pieces(text, given)
    for piece in pieces:
        if piece.finding.lead < CERTAIN and piece.script:
            fallback = dict.fromkeys(known.get(main, ()), main) if main else {}
            settle(text, pieces, fallback, stated=bool(language or main))
            break
    return _merged(text, pieces, known, language or main)


def _pieces(text: str, given: Mapping[str, str]) -> list[Piece]:
    """The pieces of all sentences; certain ones of one language and script are one piece already.

    `given` is the language of a script, where that needs no identification.
    """
    found: list[Piece] = []
    begins = starts(text)
    plain = "Cyrl" not in given and may_be_plain(text)
    special = -1  # where the next Latin letter or quotation mark is: searched for again only once passed
    for start, end in zip(begins, [*begins[1:], len(text)], strict=False):
        if special < start:
            special = _next_special(text, start)
        if special >= end and plain and (code := plainly(text, start, end)):
            # Most sentences of a Kazakh text end here.
            if found and (last := found[-1]).finding == (code, CERTAIN) and last.script == "Cyrl":
                last.end = end
            else:
                _append(found, Piece(start, end, "Cyrl", Finding(code, CERTAIN)))
            continue
        sentence = text[start:end]
        latin = quoted = mixed = False
        if special < end:
            latin = LATIN.search(sentence) is not None
            quoted = "«" in sentence or "“" in sentence or '"' in sentence or "„" in sentence
        if CYRILLIC.search(sentence):
            mixed = latin
            script = "Cyrl" if not mixed else script_of(sentence) if given else _main_script(sentence)
        elif latin:
            script = "Latn"
        else:
            _append(found, Piece(start, end, "", OPEN))
            continue
        inner = _runs(sentence, script) if mixed and _OTHER[script] not in given else []
        if script in given:
            finding = Finding(given[script], CERTAIN)
        elif quoted and (quotations := list(_QUOTATION.finditer(sentence))):
            finding = identify(_without(quotations, sentence), script)
            inner += _foreign(quotations, script, finding)
        elif mixed and not quoted and script == "Cyrl" and plain and (code := plainly(text, start, end)):
            finding = Finding(code, CERTAIN)
        else:
            finding = identify(sentence, script)
        if inner:
            _add(found, sentence, Piece(start, end, script, finding), inner)
        else:
            _append(found, Piece(start, end, script, finding))
    return found


def _next_special(text: str, start: int) -> int:
    found = _SPECIAL.search(text, start)
    return found.start() if found else len(text)


def _main_script(sentence: str) -> str:
    """The script of a sentence in both: Latin names often outweigh the few Cyrillic words around them."""
    script = script_of(sentence)
    return "Cyrl" if script == "Latn" and not _SMALL_LATIN_WORD.search(sentence) else script


def _append(found: list[Piece], piece: Piece) -> None:
    if found:
        last = found[-1]
        same = last.finding.code == piece.finding.code and last.script == piece.script
        if same and min(last.finding.lead, piece.finding.lead) >= CERTAIN:
            last.end = piece.end
            return
    found.append(piece)


def _runs(sentence: str, script: str) -> list[Piece]:
    """Two or more words in the other script, but for names in Latin letters: analysis knows single foreign words."""
    other = _OTHER[script]
    found = []
    for run in _RUNS[other].finditer(sentence):
        finding = identify(run.group(), other)
        if other == "Cyrl" or finding.lead >= CERTAIN or run.end() - run.start() >= SENTENCE_LENGTH:
            found.append(Piece(run.start(), run.end(), other, finding))
    return found


def _without(quotations: list[re.Match[str]], sentence: str) -> str:
    """The sentence without its quotations, where enough is left to tell its language."""
    around = _QUOTATION.sub(" ", sentence).strip()
    return around if len(around) >= SENTENCE_LENGTH // 2 else sentence


def _foreign(quotations: list[re.Match[str]], script: str, around: Finding) -> list[Piece]:
    """Quotations of several words in the sentence's script that are in another language than it."""
    found = []
    for quotation in quotations:
        inside = quotation.group()[1:-1].strip()
        if " " not in inside or script_of(inside) != script:
            continue
        finding = identify(inside, script)
        if finding.lead >= GRAMMAR_WORD and finding.code != around.code:
            found.append(Piece(quotation.start(), quotation.end(), script, Finding(finding.code, CERTAIN)))
    return found


def _add(found: list[Piece], sentence: str, whole: Piece, inner: list[Piece]) -> None:
    """Append a sentence, cut where pieces of another script or language stand in it."""
    at = 0
    for piece in sorted(inner, key=lambda piece: piece.start):
        if piece.start < at:
            continue
        _add_rest(found, sentence, whole, at, piece.start)
        _append(found, Piece(whole.start + piece.start, whole.start + piece.end, piece.script, piece.finding))
        at = piece.end
    _add_rest(found, sentence, whole, at, len(sentence))


def _add_rest(found: list[Piece], sentence: str, whole: Piece, start: int, end: int) -> None:
    """Append what lies between two pieces of a sentence; signs alone belong to no language."""
    if start < end:
        has_letters = script_of(sentence, start, end) != ""
        script, finding = (whole.script, whole.finding) if has_letters else ("", OPEN)
        _append(found, Piece(whole.start + start, whole.start + end, script, finding))


def _merged(text: str, pieces: list[Piece], known: Mapping[str, Collection[str]], stated: str | None) -> list[Passage]:
    """The passages that the pieces make; pieces without letters belong to the passage before them, or else after."""
    if len(pieces) == 1 and pieces[0].script:
        return [(0, len(text), _nearest(pieces[0].finding.code, pieces[0].script, known))]
    begins: list[tuple[int, str]] = []
    last = ("", "")
    for piece in pieces:
        if piece.script:
            code = _nearest(piece.finding.code, piece.script, known)
            if (code, piece.script) != last:
                begins.append((piece.start if begins else 0, code))
                last = (code, piece.script)
    if text and not begins:
        begins.append((0, stated or _nearest("", "Latn", known)))
    ends = [*(start for start, _ in begins[1:]), len(text)]
    return [(start, end, code) for (start, code), end in zip(begins, ends, strict=False)]


def _nearest(code: str, script: str, known: Mapping[str, Collection[str]]) -> str:
    """The language itself where it is known, else a relative, else the usual language of the script, else any."""
    if script in known.get(code, ()):
        return code
    other = other_languages().get((code, script))
    for candidate in (other.nearest if other else "", languages.usual_for(script)):
        if script in known.get(candidate, ()):
            return candidate
    return next((candidate for candidate, scripts in known.items() if script in scripts), next(iter(known)))
