"""Words of sentences in languages that have no module (`languages.names_only`): they get the code of their own language, so that
names are read with its endings. A line is of one such language."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from searchkit.languages import names_only
from searchkit.languages.name_grammar import declining_languages
from searchkit.model import Token
from searchkit.people.names.common_words import is_stop_word
from searchkit.people.spelling.phonemes import is_cyrillic

OWN_SHARE = 0.25
"""Of the words of a line in Latin letters, the share of stop words of the language that it counts as, which shows that it is of that:
an English sentence about Heydər Əliyev."""
FEWEST = 2
"""How many of them there must be."""
_TURKIC = re.compile("[әғқңөұүһҳ]", re.IGNORECASE)


def in_their_own(tokens: Sequence[Token], text: str) -> Sequence[Token]:
    """The tokens of a text, each with the code of the language of its line where that is one without a module."""
    if not names_only.may_be_told(text):
        return tokens
    found: list[Token] = []
    cyrillic = False
    for first, last in _lines(tokens, text):
        line = text[tokens[first].start : tokens[last - 1].end]
        own = tokens[first:last]
        if told := names_only.told(line, "Cyrl"):
            cyrillic = True
            own = [token._replace(language=told) if is_cyrillic(token.text) else token for token in own]
        elif (told := names_only.told(line, "Latn")) and not _is_of_its_language(own):
            own = [token if is_cyrillic(token.text) else token._replace(language=told) for token in own]
        found += own
    if cyrillic and not _TURKIC.search(text):
        # Other lines of such a text are Russian, or too short to tell.
        beside, declining = (*names_only.NAMES, ""), declining_languages()[0]
        found = [
            token if token.language in beside or not is_cyrillic(token.text) else token._replace(language=declining)
            for token in found
        ]
    return found


def _lines(tokens: Sequence[Token], text: str) -> list[tuple[int, int]]:
    """(first token, the one after the last) of each line."""
    if not tokens:
        return []
    found, first = [], 0
    starts = [token.start for token in tokens]
    end = text.find("\n", starts[0], starts[-1])
    while end >= 0:
        after = bisect_right(starts, end)
        if tokens[after - 1].end <= end:
            found.append((first, after))
            first = after
        else:
            after -= 1  # a token with a line break in it
        end = text.find("\n", max(end + 1, starts[after]), starts[-1])
    return [*found, (first, len(tokens))]


def _is_of_its_language(line: Sequence[Token]) -> bool:
    words = [token for token in line if token.text.islower()]
    own = sum(is_stop_word(token.text, token.language) for token in words)
    return own >= FEWEST and own > OWN_SHARE * len(words)
