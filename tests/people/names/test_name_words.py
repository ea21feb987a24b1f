"""The words of a text as names: lists of any length."""

import pytest

from searchkit.analysis.analyse import analyze
from searchkit.people.recognition.document_names import document_names

# Lists whose every line may go on in the next.
LISTS = {
    "words in capitals": [f"ABORT{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}" for number in range(2_000)],
    "names": [f"Marat{chr(97 + number % 26)}" for number in range(2_000)],
    "words for son": ["Ұлы"] * 2_000,
    "words for daughter": ["Қызы Асан"] * 2_000,
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_long_list_is_read_to_its_end(kind):
    text = "\n".join(LISTS[kind])
    assert analyze(text)
    document_names([(text, [(0, len(text), "kk")])])
