"""Query tokens to a parsed tree, without recursion.

Precedence, tightest first: NOT, AND, words side by side, OR. Side by side means AND by default; a caller whose search
found nothing asks again with `default="or"`, where plain words become alternatives while filters and +words stay
required and -words forbidden. Brackets, quotes and operators that miss their partner are closed or passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from searchkit import lazy
from searchkit.errors import QueryError
from searchkit.query import column_words, filtering, lexer
from searchkit.query.clauses import Clause, join_all, join_any
from searchkit.terms.query_tree import Everything, Node, Or, Phrase, Word
from searchkit.text.words import words as split_words

MAX_LENGTH = 200_000
"""Code points of a query."""
MAX_WORDS = 1024
MAX_WIDE = 32
"""Words with * or ~, each of which an engine looks for among all words of the index."""
MAX_PHRASE = 100
"""Words of one phrase."""
MAX_PLAIN_WORDS = 256
"""Distinct words of a plain query; the rest are left out."""

ANY_WORD = Word("*")
"""Stands in a phrase for any one word."""

_DISTANCE = lazy.regex(r"~([0-9]?)(?:\.[0-9]{1,3})?$")
_STAR_INSIDE = lazy.regex(r"\w\*+\w")

Default = Literal["and", "or"]


def parse(query: str, default: Default = "and") -> Node:
    """The tree of a query in the query language. Raises QueryError, one sentence that says what to do.

    `default` is how words side by side are joined.
    """
    if len(query) > MAX_LENGTH:
        raise QueryError(f"The query has {len(query):,} letters: use at most {MAX_LENGTH:,}.")
    parser = _Parser(default)
    for token in lexer.tokens(query):
        parser.take(token)
    return parser.finish()


def words(text: str) -> Node:
    """Any text as a query for any of its words, no operators. Never raises; no words give an Or that matches nothing."""
    found: dict[str, Word] = {}
    for word in _plain_words(text):
        found.setdefault(word.casefold(), Word(word))
        if len(found) == MAX_PLAIN_WORDS:
            break
    return Or(tuple(found.values()))


def _plain_words(text: str) -> Iterator[str]:
    readable = text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
    for word in split_words(readable[:MAX_LENGTH]):
        yield word.text


# Plain classes: making a dataclass takes longer than reading a query.
class _SignsBefore:
    """The signs before a word, phrase or bracket."""

    def __init__(self) -> None:
        self.negated = False
        self.required = False
        self.exact = False
        self.field = ""


class _Level:
    """Parses the inside of brackets: runs joined by OR, of chains side by side, of clauses joined by AND."""

    def __init__(self, signs: _SignsBefore, name: str = "", exact: bool = False) -> None:
        self.signs = signs
        self.name = name
        self.exact = exact
        self.runs: list[list[list[Clause]]] = [[]]
        self.operator = ""


class _Parser:
    def __init__(self, default: Default) -> None:
        self._default = default
        self._levels = [_Level(_SignsBefore())]
        self._signs = _SignsBefore()
        self._count = 0
        self._wide = 0

    def take(self, token: lexer.QueryToken) -> None:
        """One token after the other."""
        signs = self._signs
        if signs.field and token.kind not in ("word", "phrase", "open", "exact"):
            raise _missing_value(signs.field)
        if token.kind == "not":
            signs.negated = not signs.negated
        elif token.kind == "plus":
            signs.required = True
        elif token.kind == "exact":
            signs.exact = True
        elif token.kind == "field":
            signs.field = token.text
        elif token.kind in ("and", "or"):
            self._levels[-1].operator = token.kind
        elif token.kind == "open":
            above = self._levels[-1]
            self._levels.append(_Level(signs, signs.field or above.name, signs.exact or above.exact))
            self._signs = _SignsBefore()
        elif token.kind == "close":
            self._signs = _SignsBefore()
            if len(self._levels) > 1:
                self._close()
        elif token.kind == "slop":
            raise QueryError("A phrase takes no ~: leave it out, or write * inside the phrase for any one word.")
        else:
            self._leaf(token)

    def finish(self) -> Node:
        """The tree, after the last token."""
        if self._signs.field:
            raise _missing_value(self._signs.field)
        while len(self._levels) > 1:
            self._close()
        whole = self._combine(self._levels[0])
        if whole is None:
            raise QueryError("There is nothing to search for: write at least one word.")
        return whole.node

    def _leaf(self, token: lexer.QueryToken) -> None:
        level, signs = self._levels[-1], self._signs
        self._signs = _SignsBefore()
        name, exact = signs.field or level.name, signs.exact or level.exact
        filtered = name in ("lang", "date", "path") or column_words.is_file_date(name)
        node = self._filter(name, token.text) if filtered else self._text(token, name, exact)
        if node is not None:
            is_filter = column_words.is_column(name) or not isinstance(node, (Word, Phrase))
            self._add(Clause(node, 2 if isinstance(node, Or) else 1, signs.required, signs.negated, is_filter))

    def _filter(self, name: str, value: str) -> Node:
        self._count += 1
        self._count_words([])
        if name == "lang":
            return filtering.in_language(value)
        if column_words.is_file_date(name):
            return filtering.file_dates(value)
        return filtering.date_range(value) if name == "date" else filtering.in_path(value)

    def _text(self, token: lexer.QueryToken, name: str, exact: bool) -> Node | None:
        if token.kind == "word":
            if token.text == "*":
                return Word("*", name) if column_words.is_column(name) else Everything()
            word = _word(token.text, name, exact)
            self._count_words([word] if word else [])
            return word
        parts = lexer.words_of_phrase(token.text)
        found = [ANY_WORD if part == "*" else _word(part, name, exact) for part in parts]
        phrase = _without_edges([word for word in found if word])
        self._count_words(phrase)
        if len(phrase) > MAX_PHRASE:
            raise QueryError(f"A phrase has more than {MAX_PHRASE} words: shorten it, or leave out its quotes.")
        if len(phrase) < 2:
            return phrase[0] if phrase else None
        return Phrase(tuple(phrase), name)

    def _count_words(self, words: list[Word]) -> None:
        self._count += len(words)
        self._wide += sum(1 for word in words if word.prefix or word.distance)
        if self._count > MAX_WORDS:
            raise QueryError(f"The query has more than {MAX_WORDS:,} words: leave some out.")
        if self._wide > MAX_WIDE:
            raise QueryError(f"The query has more than {MAX_WIDE} words with * or ~: leave some out.")

    def _add(self, clause: Clause) -> None:
        level = self._levels[-1]
        if level.operator == "or" and level.runs[-1]:
            level.runs.append([])
        run = level.runs[-1]
        if run and (level.operator == "and" or self._default == "and"):
            run[-1].append(clause)
        else:
            run.append([clause])
        level.operator = ""

    def _close(self) -> None:
        level = self._levels.pop()
        inside = self._combine(level)
        if inside is not None:
            self._add(inside._replace(required=level.signs.required, negated=level.signs.negated))

    def _combine(self, level: _Level) -> Clause | None:
        runs = [combined for run in level.runs if (combined := self._combine_run(run))]
        return join_any(runs) if runs else None

    def _combine_run(self, run: list[list[Clause]]) -> Clause | None:
        chains = [join_all(chain) if len(chain) > 1 else chain[0] for chain in run]
        if len(chains) < 2:
            return join_all(chains) if chains else None
        firm = [clause for clause in chains if clause.required or clause.negated or clause.filter]
        free = [clause for clause in chains if not (clause.required or clause.negated or clause.filter)]
        if not free:
            return join_all(firm)
        if any(clause.required for clause in firm):
            # What is required decides which documents answer; the other words only rank them.
            free.append(Clause(Everything(), 1))
        return join_all([join_any(free), *firm])


def _word(text: str, name: str, exact: bool) -> Word | None:
    """A word with its marks read off: pre*, wor~, wor~2. None for a text without a letter or digit."""
    if not any(map(str.isalnum, text)):
        return None
    marked = text.rstrip(".,;:!?…")
    distance = _DISTANCE.search(marked, max(0, len(marked) - 6))
    if distance:
        marked = marked[: distance.start()]
    bare = marked.rstrip("*")
    star = bare != marked
    if star:
        bare = bare.lstrip("*")
    if bare.startswith("*") or _STAR_INSIDE.search(bare):
        raise QueryError(
            f"In “{filtering.shortened(text)}” the * must stand at the end: write the beginning of the word, as in memor*."
        )
    if star:
        if sum(map(str.isalnum, bare)) < 2:
            raise QueryError(
                f"“{filtering.shortened(text)}” would match too much: write at least two letters before the *."
            )
        return Word(bare, name, exact, prefix=True)
    if distance and any(map(str.isalnum, bare)):
        return Word(bare, name, exact, distance=min(int(distance[1] or 1), 2))
    return Word(text, name, exact)


def _without_edges(phrase: list[Word]) -> list[Word]:
    """A phrase needs a word at either end: * there says nothing."""
    while phrase and phrase[0] is ANY_WORD:
        phrase = phrase[1:]
    while phrase and phrase[-1] is ANY_WORD:
        phrase = phrase[:-1]
    return phrase


def _missing_value(name: str) -> QueryError:
    example = {"lang": "lang:kk", "date": "date:2025", "path": "path:reports", "title": "title:library"}.get(
        name, f"{name[1:]}:word"
    )
    return QueryError(
        f"Something is missing after {name.removeprefix(column_words.FIELD)}: — write it directly after the colon, as in {example}."
    )
