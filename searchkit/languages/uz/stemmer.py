"""The Uzbek stemmer: the endings of `data/endings.tsv` and the roots of `data/roots.tsv` in the suffix engine,
before it letters that people leave out, and after it words with several spellings (`data/spellings.tsv`).

It works on words in the shared Latin alphabet (`uz_alphabets.to_shared`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, combinations

from searchkit import lazy
from searchkit.languages.turkic.stemmer import Costs, Stemmer, read_roots, read_table
from searchkit.languages.uz.alphabets import to_shared
from searchkit.languages.wordlists import read_lines, read_text

_VOWELS = frozenset("aeiouö")
_SONORANTS = frozenset("lrmnvyj")
_VERBAL = ("la", "lan", "ash", "tir", "dir", "ira", "ay", "ar", "lat")

_TS = lazy.regex("(?<=[nkp])ts")
_SHORTEST_MENDED = 4
_MOST_RESPELLED = 5
_TYPED_WITHOUT_APOSTROPHE = {"o": "ö", "g": "ğ"}
_COSTS = Costs(unknown={"noun": 4.5, "verb": 5.0}, letter=1.7, bare={"verb": 0.6})


def doubt(tail: str, kind: str) -> float:
    """How unlikely it is that an unknown root ends so (`tail` is its last three letters): 0 for an ordinary end.

    A root has a vowel. Short verbs are all listed, and those that are not are mostly made with -la, -lan, -lash, -tir.
    Of two consonants at the end the second is no sonorant, save in the Arabic nouns that are listed; and k or q stands
    behind a vowel (yurak), not g or ğ, which are k and q before -i (yuragi), save in loans (geologi).
    """
    last = tail[-1]
    if _VOWELS.isdisjoint(tail):
        return 2.0
    if kind == "verb":
        if len(tail) < 3:
            return 3.0
        return 0.0 if tail.endswith(_VERBAL) else 0.5
    if last in _VOWELS or len(tail) == 1:
        return 0.0
    before = tail[-2]
    if before in _VOWELS:
        return 1.5 if last in "gğ" and tail not in ("log", "gog") else 0.0
    if tail.endswith(("sh", "ng")):
        return 0.0
    if tail.endswith("ch"):
        return 0.0 if tail[0] in _VOWELS or tail[0] == "n" else 3.0
    if last in "kqgğ":
        return 1.5
    return 1.5 if last in _SONORANTS else 1.0 if before == last else 0.3


@cache
def stemmer() -> Stemmer:
    """The stemmer, its tables read with the first call."""
    roots = read_roots(to_shared(read_text("uz", "roots.tsv")))
    roots.known["noun"].update(_spellings())
    return Stemmer(read_table(read_text("uz", "endings.tsv")), roots, _COSTS, doubt)


@cache
def _listed() -> frozenset[str]:
    return frozenset(chain.from_iterable(known.values() for known in stemmer().roots.known.values()))


@cache
def _spellings() -> dict[str, str]:
    rows = (to_shared(line).split() for line in read_lines("uz", "spellings.tsv"))
    return {other: stem for stem, *others in rows for other in others}


def stem(word: str, mending: bool = True) -> str:
    """The stem of a word in the shared alphabet; with `mending` of what `mend` makes of it."""
    if word in _spellings():
        return _spellings()[word]
    found, _, _, known, _, _, _ = stemmer().cut(word)
    if mending and not known and found not in _listed():
        mended = _mended(word)
        if mended != word:
            found = stemmer().stem(mended)
    return settle(found)


def settle(stem: str) -> str:
    """One spelling for a stem that has several: sentyabr is sentabr, kontsert is konsert (ц after n, k, p is s)."""
    if "ts" in stem:
        stem = _TS.sub("s", stem)
    return _spellings().get(stem, stem)


def mend(word: str) -> str:
    """The word with ö, ğ or ye where o, g or e was typed for them, if its root is not listed and then is.

    So ozbek is oʻzbek and etkazdi is yetkazdi. Roots of fewer than `_SHORTEST_MENDED` letters are too easily found in
    names and foreign words (Bogota is no bogʻ), and are left to `readings`. Among several the first with fewest
    letters changed is taken; if there is none, kh, gh and zh are read as h, ğ and j (`_without_digraphs`).
    """
    return word if stemmer().cut(word)[3] else _mended(word)


_DIGRAPHS = (("kh", "h"), ("gh", "ğ"), ("zh", "j"))


def _without_digraphs(word: str) -> str:
    """A word of ALA-LC or of Russian fashion with kh, gh, zh as h, ğ, j: each of them where its root is listed then, kh
    always, since no other spelling of Uzbek has k before h."""
    changed = word
    for digraph, letter in _DIGRAPHS:
        if digraph in changed:
            other = changed.replace(digraph, letter)
            if digraph == "kh" or stemmer().cut(other)[3]:
                changed = other
    return changed


def _mended(word: str) -> str:
    """The same for a word whose root is not listed."""
    if len(word) < _SHORTEST_MENDED:
        return word
    with_y = ("y" + word,) if word[0] == "e" else ()
    for spelling in chain(respellings(word, _TYPED_WITHOUT_APOSTROPHE), with_y):
        _, root, _, known, _, _, _ = stemmer().cut(spelling)
        if known and len(root) >= _SHORTEST_MENDED:
            return spelling
    return _without_digraphs(word)


def respellings(word: str, letters: Mapping[str, str]) -> Iterator[str]:
    """The word with one or more of the letters replaced, fewest first; at most 2**_MOST_RESPELLED - 1 words."""
    places = [place for place, letter in enumerate(word) if letter in letters][:_MOST_RESPELLED]
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            spelling = list(word)
            for place in chosen:
                spelling[place] = letters[spelling[place]]
            yield "".join(spelling)
