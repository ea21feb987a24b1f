"""The language of pieces of a text for which the rules (`identify`) are not certain, from what stands around them.

A piece takes the language of the piece of its script before it, or else after it. Where the rules speak for another language
than that, or nothing precedes or follows, the words that a language knows decide (`known_words`), then the model (`guess`).
"""

from __future__ import annotations

from dataclasses import dataclass

from searchkit import languages
from searchkit.analysis.guess import guess, knows
from searchkit.analysis.identify import CERTAIN, Finding, is_alien
from searchkit.analysis.known_words import known_words
from searchkit.analysis.language_facts import GRAMMAR_WORD

_TWO_WORDS = 2
SENTENCE_LENGTH = 40
"""In code points: a longer piece is no heading, and one word of grammar in it is trusted."""


@dataclass(slots=True)
class Piece:
    """`text[start:end]` in one script, "" where it has no letters, and what is found of its language."""

    start: int
    end: int
    script: str
    finding: Finding


def settle(text: str, pieces: list[Piece], fallback: dict[str, str], stated: bool) -> None:
    """Give every piece a language of which the rules were not certain."""
    for script in languages.scripts():
        of_script = [piece for piece in pieces if piece.script == script]
        certain = [piece for piece in of_script if piece.finding.lead >= CERTAIN]
        long = next((piece.finding.code for piece in certain if _is_long(piece)), "") or fallback.get(script, "")
        context = long or (certain[0].finding.code if certain else "")
        for piece in of_script:
            if piece.finding.lead < CERTAIN:
                code = _weigh(text, piece, context, firm=bool(long), stated=stated)
                piece.finding = Finding(code, 0)
                context = context or code
            elif _is_long(piece):
                context = long = piece.finding.code


def _is_long(piece: Piece) -> bool:
    return piece.end - piece.start >= SENTENCE_LENGTH


def _weigh(text: str, piece: Piece, context: str, firm: bool, stated: bool) -> str:
    """The language of a piece from the rules' weak finding and from what stands around it.

    The context is firm where it is a sentence's or a stated language, not a heading's.
    """
    code, lead = piece.finding
    if code and code == context:
        return code
    if lead >= GRAMMAR_WORD and (_is_long(piece) or not firm):
        return code
    if by_words := _by_words(text[piece.start : piece.end], piece, context):
        return by_words
    if context and (stated or not code):
        return context
    likely = context or (code if lead > 1 else "")
    if likely and not knows(likely, piece.script):
        return likely  # Kazakh in Latin letters: the model could not confirm it
    second_opinion = "" if stated else _guess(text[piece.start : piece.end], piece.script)
    if context:
        return code if second_opinion == code else context
    return second_opinion or code


def _by_words(text: str, piece: Piece, context: str) -> str:
    """The language that knows more of a piece's words than any other, two at least; "" where none does.

    One that the rules were for needs no more than the language around it.
    """
    known = known_words(text, piece.script)
    most = max(known.values(), default=0)
    leaders = [code for code, count in known.items() if count == most]
    if most >= _TWO_WORDS and len(leaders) == 1 and not is_alien(text, piece.script, leaders[0], least=1):
        return leaders[0]
    code, lead = piece.finding
    return code if lead >= GRAMMAR_WORD and known.get(code, 0) >= known.get(context, 0) else ""


def _guess(text: str, script: str) -> str:
    """The model's guess; where that cannot be, the language that the model does not know (Kazakh in Latin letters)."""
    code = guess(text, script)
    if code and is_alien(text, script, code):
        return next((other for other in languages.for_script(script) if not knows(other, script)), code)
    return code
