"""Single endings, as a trie read from their ends, letter by letter: which of them may stand before what.

`Before` is what may stand before an ending, or before the end of the word: a dictionary from a letter to the `TrieNode` in
those endings that are written with this letter at their end. A node leads from the next letter to the left to the next
node. Both are filled by the first look-up. Endings that demand the same of what is before them share one `Before`, and
the same endings one `TrieNode`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from searchkit.languages.turkic.ending_tables import EITHER, Form, Table

_Part = tuple[str, Form]
"""An ending, and those of its letters that are still to be read."""


class TrieNode(dict[str, "TrieNode | None"]):
    """A place in one or more endings: `done` begin here, `unread` go on. `floor` is what the cheapest of them costs."""

    __slots__ = ("done", "floor", "unread")

    def __init__(self, parts: Sequence[_Part]) -> None:
        self.done = [form for text, form in parts if not text]
        self.unread = [part for part in parts if part[0]]
        self.floor = min([form.row.cost for _, form in parts])

    def __missing__(self, letter: str) -> TrieNode | None:
        parts = [(text[:-1], form) for text, form in self.unread if text[-1] == letter]
        node = self[letter] = TrieNode(parts) if parts else None
        return node


class Before(dict[str, "TrieNode | None"]):
    """The nodes of what may precede `ending`, where harmony `needs` it so; before the end of the word where that is None.

    `kinds` are the kinds of roots that may.
    """

    __slots__ = ("_trie", "ending", "kinds", "needs")

    done: tuple[Form, ...] = ()
    """No ending begins at the end of those that may stand here."""

    def __init__(self, trie: EndingTrie, ending: Form | None, needs: int, kinds: list[str]) -> None:
        self._trie = trie
        self.ending = ending
        self.needs = needs
        self.kinds = kinds

    def __missing__(self, letter: str) -> TrieNode | None:
        node = self[letter] = self._trie.find(self, letter)
        return node


class EndingTrie:
    """The endings of a table, and what may stand before them."""

    def __init__(self, table: Table, kinds: Iterable[str]) -> None:
        self._kinds = tuple(kinds)
        self._ending_with: dict[str, list[Form]] = {}
        for form in table.forms:
            self._ending_with.setdefault(form.text[-1], []).append(form)
        self._nodes: dict[tuple[int, ...], TrieNode] = {}
        self._befores: dict[tuple[object, ...], Before] = {}
        self.last = Before(self, None, EITHER, [])

    def before(self, ending: Form, needs: int) -> Before:
        """The node of what may precede an ending, the first of a chain that needs this harmony."""
        demands = (ending.row.after, ending.letters, ending.lost, ending.vowel, needs)
        before = self._befores.get(demands)
        if before is None:
            kinds = [kind for kind in self._kinds if kind in ending.row.after]
            before = self._befores[demands] = Before(self, ending, needs, kinds)
        return before

    def find(self, before: Before, letter: str) -> TrieNode | None:
        """The node in the endings of `before` that are written there with this letter at their end."""
        ending = before.ending
        if ending is None:
            return self._node(
                [form for form in self._ending_with.get(letter, ()) if not (form.row.inner or form.changed)], ""
            )
        lost = ending.lost
        last = lost[-1] if lost else letter
        if ending.letters is not None and last not in ending.letters:
            return None
        after, needs, vowel = ending.row.after, before.needs, ending.vowel
        forms = [
            form
            for form in self._ending_with.get(last, ())
            if form.row.slot in after
            and (form.offers or EITHER) & needs
            and (form.changed == vowel or not (form.changed or form.hard))
        ]
        if lost:
            forms = [form for form in forms if form.text.endswith(letter + lost)]
        return self._node(forms, lost)

    def _node(self, forms: list[Form], lost: str) -> TrieNode | None:
        """The node before the last letter that these forms keep; `lost` are letters behind it that they do not."""
        if not forms:
            return None
        key = (len(lost), *map(id, forms))
        node = self._nodes.get(key)
        if node is None:
            kept = -1 - len(lost)
            node = self._nodes[key] = TrieNode([(form.text[:kept], form) for form in forms])
        return node
