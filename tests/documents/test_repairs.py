"""What is mended in documents of every format, and what is said of it."""

import io
import json

from searchkit.documents import repairs
from searchkit.documents.readers import formats
from searchkit.model import Document

TEXT = "Опись фонда\n\nОпись составлена 5 марта 1987 года в областном архиве."
GARBLED = TEXT.encode().decode("cp1252", "ignore")
LATIN_1 = TEXT.encode("cp1251").decode("latin-1")


def test_text_title_and_metadata():
    document = Document("a", LATIN_1, title="Îïèñü ôîíäà", metadata={"author": "Îáëàñòíîé àðõèâ", "pages": 3})
    mended = repairs.mend(document)
    assert (mended.text, mended.title, mended.date) == (TEXT, "Опись фонда", "1987-03-05")
    assert mended.metadata == {"author": "Областной архив", "pages": 3, "repairs": [repairs.GARBLED]}


def test_title_and_date_are_found_in_the_mended_text():
    mended = repairs.mend(Document("a", LATIN_1))
    assert (mended.title, mended.date) == ("Опись фонда", "1987-03-05")


def test_a_title_is_judged_together_with_the_text():
    mended = repairs.mend(Document("a", "Бўл кітап ґзен жаѓасында жазылѓан, ќаланыѕ тарихы.", title="Ґзен"))
    assert (mended.title, repairs.of(mended)) == ("Өзен", [repairs.OLD_FONT])


def test_right_documents_are_not_touched():
    document = Document("a", TEXT, title="Опись", metadata={"repairs": ["by the reader"]})
    assert repairs.mend(document) is document


def test_every_format_is_mended():
    page = f"<html><head><meta charset=utf-8></head><body><p>{LATIN_1}</p></body></html>"
    table = 'id,text\n1,"' + LATIN_1 + '"\n'
    for name, content in {
        "a.txt": LATIN_1,
        "a.md": LATIN_1,
        "a.html": page,
        "a.csv": table,
        "a.jsonl": json.dumps({"text": LATIN_1}),
    }.items():
        (document,) = formats.read_open(io.BytesIO(content.encode()), name, name)
        assert "областном архиве" in document.text
        assert repairs.of(document) == [repairs.GARBLED]
