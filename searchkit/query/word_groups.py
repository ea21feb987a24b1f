"""The words and phrases of a query as groups of index terms.

Steps for a word:
1. It is cut into tokens as documents are; "3.5" or a hyphenated word may give several, which must stand side by side.
2. Each token gets its alternatives from `expanders`, in all languages of its script, since nobody tags a short query.
3. They are written for the text's fields and the title's, or the title's alone (title:word).
4. Without transliteration a second group, which scores nothing, asks for a form in the script of the query.
5. A stop word among other words counts little, unless it was asked for by =.

A word without a token (a lone symbol) is left out. Nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, islice

from searchkit.query import dates, expanders, person_names, shelf_marks, stopwords, translation
from searchkit.query.parser import ANY_WORD, MAX_PHRASE
from searchkit.query.query_word import Alternative, Alternatives, Options, QueryWord, in_title, query_word
from searchkit.terms.query_tree import And, Fuzzy, Group, Node, Or, Phrase, Prefix, Sequence, Term, Word, leaves
from searchkit.text.words import words as cut_words

STOP_WORD_BOOST = 0.2
"""The weight of a stop word among other words."""
MAX_PHRASE_VARIANTS = 16
"""How many ways are tried to put alternatives of several words each into a phrase."""

Slot = tuple[Term | Prefix | Fuzzy, ...]


class WordGroups:
    """The words and phrases of one parsed tree as groups; what one of them stands for may depend on the others.

    `tokens` are those of each word, `options` those given and the languages that the query is likely to be in.
    """

    def __init__(self, tree: Node, options: Options) -> None:
        self.options = options
        words = list(words_of(tree))
        self.tokens: Mapping[Word, list[QueryWord]] = {
            word: query_words(word, options) for word in dict.fromkeys(words)
        }
        self._several = len(self.tokens) > 1
        plain = [word for word in words if not (word.exact or word.prefix or word.distance)]
        only_words = len(plain) == len(words) and not any(isinstance(leaf, Phrase) for leaf in leaves(tree))
        if self.options.translate:
            every = [token for word in words for token in self.tokens[word]]
            self.options = self.options._replace(likely=translation.likely(every, self.options.lexicon))
        self.known_names = frozenset(self._known_as_names(tree))
        self._stop_words = stopwords.down_weighted(
            [token for word in plain for token in self.tokens[word] if token not in self.known_names], only_words
        )

    def _known_as_names(self, tree: Node) -> Iterator[QueryWord]:
        """The words of names that the collection knows, in words side by side that make no term of the lexicon."""
        if self.options.engine is None:
            return
        children = tree.children if isinstance(tree, (And, Or)) else ()
        for plain, run in groupby(children, lambda one: isinstance(one, Word) and not one.field):
            tokens = [token for word in run if isinstance(word, Word) for token in self.tokens[word]] if plain else []
            taken = {at for start, end in translation.spans(tokens, self.options.lexicon) for at in range(start, end)}
            free = [None if at in taken else token for at, token in enumerate(tokens)]
            for is_word, part in groupby(free, lambda token: token is not None):
                words = [token for token in part if token] if is_word else []
                yield from person_names.known_as_names(words, self.options.engine, self.options.lexicon)

    def _alternatives(self, word: QueryWord, parts: bool = True) -> Alternatives:
        """A name is not translated, nor read as a form of another word."""
        if word not in self.known_names:
            grammar = parts and self._several and translation.is_stop_word(word, self.options.likely)
            return expanders.alternatives(word, self.options._replace(parts=parts, grammar=grammar))
        found = expanders.alternatives(word, self.options._replace(translate=False))
        forms = word.words()

        def is_of_the_name(one: Alternative) -> bool:
            return not isinstance(one, Term) or one.text in forms or not translation.is_stem_of_a_word(one.text)

        return Alternatives(tuple(filter(is_of_the_name, found.text)), tuple(filter(is_of_the_name, found.title)))

    def is_stop_word(self, word: Word) -> bool:
        """Whether the word counts little beside the others."""
        tokens = self.tokens[word]
        return not word.exact and len(tokens) == 1 and tokens[0] in self._stop_words

    def word(self, word: Word) -> Node | None:
        """The group of a word; None where it has no token."""
        tokens = self.tokens[word]
        if not tokens:
            return None
        if len(tokens) == 1:
            found = self._alternatives(tokens[0]).of(word.field)
        else:
            found = self.side_by_side([tokens], word.field) + self._other_forms(word, tokens)
        boost = STOP_WORD_BOOST if self.is_stop_word(word) else 1.0
        group = Group(found, word.text, boost)
        if self.options.transliterate or len(tokens) > 1 or tokens[0].exact or word.prefix:
            return group
        return And((group, Group(expanders.own_script(tokens[0]).of(word.field), word.text, boost=0.0)))

    def phrase(self, phrase: Phrase) -> Group | None:
        """The group of a phrase; None where it has no token."""
        rows = [[] if word == ANY_WORD else self.tokens[word] for word in phrase.words]
        found = self.side_by_side(
            [row for word, row in zip(phrase.words, rows, strict=True) if row or word == ANY_WORD], phrase.field
        )
        label = " ".join(word.text for word in phrase.words)
        return Group(found + self.dates(label, phrase.field), label) if any(rows) else None

    def _other_forms(self, word: Word, tokens: list[QueryWord]) -> tuple[Alternative, ...]:
        """The other forms of what was typed as one and is cut into several: a date, an inventory number."""
        found = self.dates(word.text, word.field)
        if not self.options.transliterate:
            return found
        marks = tuple(shelf_marks.joined(word.text, [token.words()[0] for token in tokens]))
        titles = tuple(map(in_title, marks))
        return (*found, *titles) if word.field == "title" else (*found, *marks, *titles)

    def dates(self, text: str, field: str) -> tuple[Alternative, ...]:
        """The other forms of a date, unless spellings are to be taken as they are."""
        found = dates.of_text(text) if self.options.transliterate else ()
        title = tuple(map(in_title, found))
        return title if field == "title" else (*found, *title)

    def _in_place(self, word: QueryWord) -> Alternatives:
        """The alternatives of a word of a sequence, in which a second group cannot rule out other scripts."""
        found = self._alternatives(word, parts=False)
        if self.options.transliterate or word.exact or word.prefix:
            return found
        own = expanders.own_script(word)
        return Alternatives(
            (*(one for one in found.text if isinstance(one, Sequence) or one.field != "stem"), *own.text),
            (*(one for one in found.title if isinstance(one, Sequence) or one.field != "title_stem"), *own.title),
        )

    def side_by_side(self, rows: list[list[QueryWord]], field: str) -> tuple[Alternative, ...]:
        """Sequences of the tokens, an empty row being any one word, in the text's fields and the title's."""
        any_word: list[QueryWord | None] = [None]
        tokens = [token for row in rows for token in (row or any_word)][:MAX_PHRASE]
        positions = [self._in_place(token) if token else Alternatives((), ()) for token in tokens]
        longer = list(self._translated(tokens))
        longer += [
            (position, position + 1, one)
            for position, found in enumerate(positions)
            for one in found.text
            if isinstance(one, Sequence)
        ]
        in_text = _sequences([found.text for found in positions], longer)
        title = [(start, end, in_title(one)) for start, end, one in longer]
        titles = _sequences([found.title for found in positions], title)
        return titles if field == "title" else in_text + titles

    def _translated(self, tokens: list[QueryWord | None]) -> Iterator[tuple[int, int, Alternative]]:
        """Translations of neighbouring words of a phrase, with the positions that they take the place of."""
        if not self.options.translate:
            return
        at = 0
        for is_word, run in groupby(tokens, lambda token: token is not None):
            words = [token for token in run if token] if is_word else []
            for start, end in translation.spans(words, self.options.lexicon):
                for one in translation.of_term(words[start:end], self.options.lexicon):
                    yield at + start, at + end, one
            at += len(words) or 1


def words_of(tree: Node) -> Iterator[Word]:
    """All words of a parsed tree, those of phrases too."""
    for leaf in leaves(tree):
        if isinstance(leaf, Word):
            yield leaf
        elif isinstance(leaf, Phrase):
            yield from leaf.words


def query_words(word: Word, options: Options) -> list[QueryWord]:
    """The tokens of a query word, cut as the words of a document are."""
    cut = [span.text for span in islice(cut_words(word.text), MAX_PHRASE)]
    return [query_word(text, word, options, position == len(cut)) for position, text in enumerate(cut, 1)]


def _sequences(
    positions: list[tuple[Alternative, ...]], longer: list[tuple[int, int, Alternative]]
) -> tuple[Alternative, ...]:
    """Sequences of what may stand at each position.

    The first takes the terms as they are; for each of `longer` there is one more, with it in place of some positions:
    (from, to, what stands there), of the heaviest of them. What takes the place of all positions stands alone.
    """
    slots: list[Slot] = [tuple(one for one in found if not isinstance(one, Sequence)) for found in positions]
    sequences: list[Alternative] = [Sequence(tuple(slots))]
    for start, end, one in sorted(longer, key=lambda other: -other[2].weight)[:MAX_PHRASE_VARIANTS]:
        if end - start == len(slots):
            sequences.append(one)
            continue
        there: tuple[Slot, ...] = one.slots if isinstance(one, Sequence) else ((one,),)
        sequences.append(Sequence((*slots[:start], *there, *slots[end:]), one.weight, one.reason))
    return tuple(sequences)
