"""Stems on forms and lemmas of real text, which lie beside the project and not in it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from searchkit import languages
from searchkit.text.normalise import fold

ROWS = Path(__file__).parents[2] / ".." / "shared" / "eval" / "stems"


def pairs(groups: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in groups.values())


def stems(code: str, text: str) -> str:
    return " ".join(
        languages.get(code).stem(languages.get(code).normalise(fold(word)))
        for word in re.split(r"[-.\s]+", text)
        if word
    )


@pytest.mark.parametrize(
    ("name", "least_precision", "least"),
    [("kk_ud", 0.94, 0.9), ("kk_unimorph", 0.94, 0.98), ("uz_ud", 0.95, 0.94), ("uz_unimorph", 0.95, 0.99)]
    + [("ru_ud", 0.975, 0.965), ("ru_names", 0.98, 0.985), ("en_ud", 0.93, 0.91)],
)
def test_two_forms_have_one_stem_if_and_only_if_they_share_a_lemma(
    name: str, least_precision: float, least: float
) -> None:
    path = ROWS / f"{name}.tsv"
    if not path.exists():
        pytest.skip("the evaluation rows are not beside the project")
    lemmas: dict[str, Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        form, lemma, _ = line.split("\t")
        lemmas.setdefault(form, Counter())[lemma] += 1
        lemmas.setdefault(lemma, Counter())[lemma] += 1
    gold = {form: counts.most_common(1)[0][0] for form, counts in lemmas.items()}
    got = {form: stems(name[:2], form) for form in gold}
    both = pairs(Counter((gold[form], got[form]) for form in gold))
    precision = both / pairs(Counter(got.values()))
    recall = both / pairs(Counter(gold.values()))
    assert precision >= least_precision
    assert 2 * precision * recall / (precision + recall) >= least
