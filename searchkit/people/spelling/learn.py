"""Makes `data/letter_groups.tsv`: what each group of Latin letters is as sounds when a name is written in Cyrillic.

    python -m searchkit.people.spelling.learn FILE

FILE has one pair of words a line: Latin letters, a tab, Cyrillic letters (spaces between them do not matter), and
perhaps more columns. The table in the project was made from the file `data/wd_russian_80` of the repository
steveash/NETransliteration-COLING2018: names of people in Wikidata, under CC0. No name stays in the table.

Pairs are cut into the likeliest groups, and the groups counted anew, several times over (expectation maximisation
with the best alignment; Bisani and Ney, "Joint-sequence models for grapheme-to-phoneme conversion", 2008). A word is
set between `<` and `>`, so that a group may tell that it begins or ends one.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

from searchkit.people.spelling.data_files import DATA
from searchkit.people.spelling.phonemes import VOWELS, readings
from searchkit.people.spelling.pronunciation import MOST_LETTERS, MOST_SOUNDS, TABLE, spelled

ROUNDS = 8
WIDENED = (1, 3)
"""The rounds in which neighbouring groups are counted as one as well."""
FEWEST_PAIRS = 2
"""How many people must bear a name, where the file tells: rare pairs are often wrong."""
FEWEST = 6
"""The weight of a group that is kept."""
DOUBT = 2.0
"""Added to the count of the letters of a group: what is seen rarely is not taken for certain."""
DEAREST = 5.5
"""The highest cost that is worth a row, in nats."""
GAIN = 0.25
"""How many nats a longer group must save to be kept beside shorter ones."""
NEVER = 1e9

Pair = tuple[str, str]
Groups = dict[Pair, float]


def pairs_of(lines: Iterable[str]) -> Iterator[tuple[Pair, float]]:
    """(Latin letters between < and >, sounds of the Cyrillic word) of each line that has both, and its weight."""
    for line in lines:
        latin, cyrillic, *rest = line.rstrip("\n").split("\t")
        seen = int(rest[0]) if rest else FEWEST_PAIRS
        if seen < FEWEST_PAIRS:
            continue
        found = readings(cyrillic.replace(" ", ""))
        letters = spelled(latin)
        if found and 3 <= len(letters) - 1 <= 16 and letters[1:-1].isalpha() and len(found[0].sounds) <= 14:
            yield (letters, found[0].sounds), 1 + math.log(seen)


def _first_guess(letters: str, sounds: str) -> float:
    """The cost of a group before anything is learned: letters that read so by the general rules cost least."""
    inner = letters.strip("<>")
    if letters[0] == "<" and letters[-1] == ">":
        return NEVER
    if len(inner) > 2 or len(sounds) > 2:
        return NEVER
    if not inner:
        return NEVER if sounds else 0.0
    own = readings(inner)
    if own and own[0].sounds == sounds:
        return 1.0 * len(inner)
    if not sounds:
        return 4.0 * len(inner)
    alike = (inner[0] in "aeiouy") == (sounds[0] in VOWELS)
    return (4.0 if alike else 8.0) * max(len(inner), len(sounds))


def best_groups(letters: str, sounds: str, costs: Groups) -> list[Pair]:
    """The cheapest way to cut the pair into groups; [] where there is none."""
    width, height = len(sounds) + 1, len(letters) + 1
    grid = [[NEVER] * width for _ in range(height)]
    back: dict[tuple[int, int], tuple[int, int]] = {}
    grid[0][0] = 0.0
    for i in range(height - 1):
        for j in range(width):
            so_far = grid[i][j]
            if so_far >= NEVER:
                continue
            for m in range(i + 1, min(height, i + MOST_LETTERS + 1)):
                for n in range(j, min(width, j + MOST_SOUNDS + 1)):
                    cost = costs.get((letters[i:m], sounds[j:n]))
                    if cost is not None and so_far + cost < grid[m][n]:
                        grid[m][n] = so_far + cost
                        back[m, n] = (i, j)
    if grid[-1][-1] >= NEVER:
        return []
    groups = []
    m, n = height - 1, width - 1
    while m:
        i, j = back[m, n]
        groups.append((letters[i:m], sounds[j:n]))
        m, n = i, j
    return groups[::-1]


def _all_groups(pairs: list[Pair]) -> Groups:
    found: Groups = {}
    for letters, sounds in pairs:
        for i in range(len(letters)):
            for m in range(i + 1, min(len(letters), i + 2) + 1):
                for j in range(len(sounds) + 1):
                    for n in range(j, min(len(sounds), j + 2) + 1):
                        group = letters[i:m], sounds[j:n]
                        if group not in found:
                            found[group] = _first_guess(*group)
    return {group: cost for group, cost in found.items() if cost < NEVER}


def _merged(groups: list[Pair]) -> Iterator[Pair]:
    """The groups, and each two or three beside one another as one."""
    for i in range(len(groups)):
        letters = sounds = ""
        for more_letters, more_sounds in groups[i : i + 3]:
            letters, sounds = letters + more_letters, sounds + more_sounds
            if len(letters) > MOST_LETTERS or len(sounds) > MOST_SOUNDS:
                break
            if not (letters[0] == "<" and letters[-1] == ">"):  # No short name whole.
                yield letters, sounds


def learn(pairs: list[tuple[Pair, float]]) -> list[tuple[str, str, float, float]]:
    """(letters, sounds, how unlikely the sounds are for the letters, and the letters for the sounds), in nats."""
    costs = _all_groups([pair for pair, _ in pairs])
    counts: dict[Pair, float] = {}
    for i in range(ROUNDS):
        counted: defaultdict[Pair, float] = defaultdict(float)
        for pair, weight in pairs:
            groups = best_groups(*pair, costs)
            for group in _merged(groups) if i in WIDENED else groups:
                counted[group] += weight
        counts = {group: count for group, count in counted.items() if count >= FEWEST}
        total = sum(counts.values())
        costs = {group: math.log(total / count) for group, count in counts.items()}
        print(f"round {i + 1}: {len(costs)} groups", file=sys.stderr)
    said, written = _unlikely(counts, 0), _unlikely(counts, 1)
    needed = _needed({group: cost for group, cost in said.items() if cost <= DEAREST})
    return [(*group, said[group], written[group]) for group in sorted(needed)]


def _unlikely(counts: dict[Pair, float], side: int) -> Groups:
    """How unlikely each group is among those of the same letters (side 0) or of the same sounds (side 1), in nats."""
    whole: defaultdict[str, float] = defaultdict(float)
    for group, count in counts.items():
        whole[group[side]] += count
    return {group: -math.log(count / (whole[group[side]] + DOUBT)) for group, count in counts.items()}


def _needed(costs: Groups) -> Groups:
    """Without the groups that shorter ones make up for about the same cost."""
    kept: Groups = {}
    for (letters, sounds), cost in sorted(costs.items(), key=lambda item: len(item[0][0])):
        parts = best_groups(letters, sounds, kept)
        if not parts or sum(kept[part] for part in parts) > cost + GAIN:
            kept[letters, sounds] = cost
    return kept


def main(path: str) -> None:
    with open(path, encoding="utf-8") as lines:
        pairs = list(pairs_of(lines))
    found = learn(pairs)
    head = (DATA / TABLE).read_text(encoding="utf-8").splitlines() if (DATA / TABLE).exists() else []
    comments = [line for line in head if line.startswith("#")]
    rows = [f"{letters}\t{sounds or '-'}\t{said:.2f}\t{written:.2f}" for letters, sounds, said, written in found]
    table = "\n".join([*comments, "letters\tsounds\tsaid\twritten", *rows]) + "\n"
    (DATA / TABLE).write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
