"""What a document becomes before it is sent."""

from __future__ import annotations

import pytest

from searchkit.engines.opensearch import mapping

from ..conformance import record


def test_the_terms_of_a_word_stand_together() -> None:
    made = mapping.document(record("a", "one _ two", stem="on _ tw", name="_ _ tk", title="head"))
    assert made["text"] == "wone\x1fson - wtwo\x1fstw\x1fntk"
    assert made["title"] == "whead\x1fshead"
    lengths = {name: value for name, value in made.items() if name.startswith("length_")}
    assert lengths == {
        "length_word": 2,
        "length_stem": 2,
        "length_name": 1,
        "length_title_word": 1,
        "length_title_stem": 1,
        "length_title_name": 0,
    }


def test_a_document_without_words_has_no_text() -> None:
    made = mapping.document(record("a"))
    assert "text" not in made
    assert "title" not in made
    assert made["length_word"] == 0


def test_only_what_is_long_is_kept_twice() -> None:
    assert "long" not in mapping.document(record("a", file="folder/file.txt"))
    long = record("ы" * 9_000, file="folder/file.txt")
    made = mapping.document(long)
    assert len(made["id"].encode()) < 32_766
    assert mapping.long_row(made["long"]) == (long.id, long.hash, long.file)


@pytest.mark.parametrize("text", ["", "a", "\ud7ff", "\ud800x", "x\udfff\ue000", "\U0001f600"])
def test_what_is_no_utf_8_is_escaped(text: str) -> None:
    written = mapping.escaped(text)
    written.encode("utf-8")
    assert mapping.unescaped(written) == text


def test_escaping_keeps_the_order() -> None:
    texts = ["\ud7fe", "\ud7ff", "\ud800", "\udfff", "\ue000", "\U0001f600", "a", "ab", "\ud800a"]
    assert sorted(texts, key=mapping.escaped) == sorted(texts)


def test_long_terms_differ_in_what_was_cut() -> None:
    one, two = (mapping.term("word", "a" * 70_000 + end) for end in "bc")
    assert one != two
    assert one[:8_000] == two[:8_000]
    assert len(one) < 8_100
