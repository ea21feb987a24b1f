"""The Kazakh stemmer: the endings of `data/endings.tsv` and the roots of `data/roots.txt` in the suffix engine.

It works on Cyrillic words. `stemmer` takes them as they should be written; `plain_stemmer` takes words typed without
Kazakh's own letters (казактардын), and finds only roots that are listed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from searchkit import lazy
from searchkit.languages.turkic.stemmer import Costs, Stemmer, read_roots, read_table
from searchkit.languages.wordlists import read_text

OWN_LETTERS = "әғқңөұүһі"
"""The letters of Kazakh that the Russian alphabet lacks, and `PLAIN`, what people type for them."""
PLAIN = "агкноуухи"

_HIDDEN_T = lazy.regex("(?<=[сн]т)(?=[еа]р(?:[ді]|ы|м|г|ғ|л|н|$))")
"""Where the т of a loan and that of its plural are written as one: журналистер."""
_LOANS_IN_T = ("ист", "ент", "ант")

to_plain = str.maketrans(OWN_LETTERS, PLAIN)
"""For str.translate: қазақ → казак."""

_OWN = frozenset(OWN_LETTERS)
_VOWELS = frozenset("аәеиоөуұүыіэюяё")
_COSTS = Costs(unknown={"noun": 4.5, "verb": 7.0}, bare={"verb": 2.2})
_AGENT = ("шы", "ші")
_ABSTRACT = ("лық", "лік", "дық", "дік", "тық", "тік")
_VERBAL = (
    *("ла", "ле", "да", "де", "та", "те"),
    *("лан", "лен", "дан", "ден", "тан", "тен", "лас", "лес", "дас", "дес", "тас", "тес", "лат", "лет", "дат", "дет"),
    *("дыр", "дір", "тыр", "тір", "ғыз", "гіз"),
)


def doubt(tail: str, kind: str) -> float:
    """How unlikely it is that an unknown root ends so (`tail` is its last three letters): 0 for an ordinary end.

    A root has a vowel, which ь may put out of sight (импульс). Verbs that are not listed are mostly made with -ла or with a voice. Agent nouns in -шы and
    abstract nouns in -лық are made freely. ғ stands at no word's end, и and о at few, ш behind no consonant:
    what is left before -ы there is an agent noun in -шы.
    """
    last, before = tail[-1], tail[-2:-1]
    cost = 2.0 if _VOWELS.isdisjoint(tail) and "ь" not in tail else 0.0
    if kind == "verb":
        return cost - 2.0 if tail.endswith(_VERBAL) else cost
    if tail.endswith(_AGENT):
        return cost - 2.0
    if tail.endswith(_ABSTRACT):
        return cost - 1.0
    if last == "ғ":
        return cost + 3.0
    if last in "ио":
        return cost + 1.0
    if last == "ш" and (before == "у" or before not in _VOWELS):
        return cost + 2.0
    return cost


def harmony(tail: str) -> str | None:
    """Roots whose endings are front or back whatever their vowels: loans in к, г, ь, ч, -кт, -ев, -ов, -ель.

    банк-тің, факті-сі, Назарбаев-тың, Мүсірепов-тің. None leaves it to the last vowel.
    """
    return "" if tail[-1] in "ьчкг" or tail.endswith(("кт", "ев", "ов", "ель")) else None


@cache
def stemmer() -> Stemmer:
    """The stemmer, its tables read with the first call."""
    return _make(lambda text: text)


@cache
def plain_stemmer() -> Stemmer:
    """The same with all its tables written in the letters of Russian."""
    return _make(_in_plain)


def _make(spelled: Callable[[str], str]) -> Stemmer:
    table = read_table(spelled(read_text("kk", "endings.tsv")))
    return Stemmer(table, read_roots(spelled(read_text("kk", "roots.txt"))), _COSTS, doubt, harmony)


def _in_plain(text: str) -> str:
    """Like `to_plain`, ten times as fast for a long text."""
    for own, plain in zip(OWN_LETTERS, PLAIN, strict=True):
        text = text.replace(own, plain)
    return text


@cache
def _originals() -> dict[str, list[str]]:
    """Root in Russian letters -> the listed roots that are typed so."""
    roots = list(dict.fromkeys(root for known in stemmer().roots.known.values() for root in known.values()))
    found: dict[str, list[str]] = {}
    for plain, root in zip(_in_plain(" ".join(roots)).split(), roots, strict=True):
        found.setdefault(plain, []).append(root)
    return found


def stem(word: str) -> str:
    """The stem of a Cyrillic word, in Cyrillic.

    A word without any of Kazakh's own letters and without a listed root may have been typed without them (казактардын).
    It is cut accordingly where that leaves a listed root, not of one or two letters, with which half of all Russian
    words begin; the stem stays without these letters. A loan in -ст or -нт is cut from журналистер as from журналисттер.
    """
    best, _, _, known, _, _, cost = stemmer().cut(word)
    if _HIDDEN_T.search(word):
        loan, root, _, listed, _, _, cost_of_loan = stemmer().cut(_HIDDEN_T.sub("т", word, 1))
        if (cost_of_loan < cost or not known) and (listed or root.endswith(_LOANS_IN_T)):
            return loan
    if known:
        return best
    if not _OWN.isdisjoint(word):
        return best
    plain, root, _, known, _, _, _ = plain_stemmer().cut(word)
    return plain if known and plain == root and len(plain) > 2 else best


def restored(word: str) -> list[str]:
    """The listed roots that a word typed without Kazakh's own letters may have; none where its stem is more than a root.

    A root of one letter has none of them.
    """
    if len(word) == 1:
        return []
    plain, root, _, known, _, _, _ = plain_stemmer().cut(word)
    return _originals()[root] if known and plain == root else []
