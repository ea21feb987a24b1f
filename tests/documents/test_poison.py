"""Documents made to do harm, and files with odd names: each costs itself at most, and its reason is a sentence of ours."""

import io
import json
import os
import sys
import zipfile

import docx
import pytest

from searchkit.documents.readers import formats
from searchkit.documents.walk import Entry, walk
from searchkit.documents.workers.pool import Job, read_files

# The transform of an update, so that the analysis meets them as well.
TRANSFORM = "searchkit.collection.records:of_file"
LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


def word(body, prolog=""):
    """A Word file whose document has this XML."""
    original, changed = io.BytesIO(), io.BytesIO()
    docx.Document().save(original)
    with zipfile.ZipFile(original) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "word/document.xml":
                namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
                data = f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
            new.writestr(entry.filename, data)
    return changed.getvalue()


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"a" * (64 << 20))
    return file.getvalue()


PARAGRAPH = "<w:p><w:r><w:t>tulips {}</w:t></w:r></w:p>"
CELL = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
NESTED = "<w:p/>"
for _ in range(2000):
    NESTED = CELL.format(NESTED)

# Name of the file, its bytes, how many documents it gives, the beginning of what else is said of it ("" for nothing).
POISON = [
    # Entities that unpack to a thousand million letters.
    ("laughs.docx", word(PARAGRAPH.format("&j;"), LAUGHS + "]>"), 1, ""),
    ("external.docx", word(PARAGRAPH.format("&x;"), "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"), 1, ""),
    ("laughs.html", f"{LAUGHS}]><html><body><p>tulips &j;</p></body></html>".encode(), 1, ""),
    ("bomb.docx", bomb(), 0, "unpacks to 64 MB"),
    ("nested.docx", word(PARAGRAPH.format("") + NESTED), 1, ""),
    ("nested.html", b"<html><body>" + b"<div>" * 50_000 + b"tulips", 1, ""),
    ("attributes.html", b"<html><body><p " + b"a=1 " * 50_000 + b">tulips</p></body></html>", 1, ""),
    ("unclosed.html", b"<html><body><p>tulips<!-- <script>" + b"<a" * 20_000, 1, ""),
    ("nested.jsonl", b"[" * 100_000 + b'\n{"text": "tulips"}', 1, "line 1 is not JSON"),
    (
        "number.jsonl",
        b'{"text": "tulips", "pages": ' + b"9" * 100_000 + b'}\n{"text": "roses", "n": 1e999}',
        1,
        "line 1",
    ),
    ("infinite.jsonl", b'{"text": "tulips", "a": NaN, "b": -Infinity}', 1, ""),
    ("keys.jsonl", json.dumps({"text": "tulips", **{f"k{n}": "" for n in range(50_000)}}).encode(), 1, ""),
    ("half.jsonl", b'{"id": "\\ud800", "text": "tulips \\udfff"}', 1, "halves of characters"),
    ("quote.csv", b'id,text\n1,tulips\n2,"' + b"never closed, " * 50_000, 1, "line 3 is broken"),
    ("nul.csv", b"id,text\n1,tul\0ips" + b" grow here" * 9 + b"\n\0\n", 1, ""),
    ("field.csv", b"id,text\n1,tulips\n2," + b"x" * (33 << 20) + b"\n3,roses\n", 2, "line 3 is broken"),
    ("columns.csv", b"text" + b"," * 100_000 + b"\ntulips\n", 1, ""),
    ("line.txt", b"tulips and roses " * 60_000, 1, ""),
    ("word.txt", b"tulips " + b"x" * 1_000_000, 1, ""),
    ("marks.txt", ("tulips a" + "\u0301" * 100_000).encode(), 1, ""),
    ("nul.txt", b"tul\0ips\0 grow\0 here" * 2 + b" among roses" * 20, 1, ""),
    ("directions.txt", "tulips \u202e gro\u2066w\u2069 \x1b[31m here \x07 among roses and violets".encode(), 1, ""),
    ("cut.txt", "tulips und Veilchen für Zoë".encode()[:-1], 1, "a letter cut in two"),
    ("emphasis.md", b"# tulips\n\n" + b"**" * 50_000 + b"[" * 50_000, 1, ""),
    ("front.md", b"---\n" + b"title: x\n" * 50_000, 1, ""),
]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What is read of all of them, by name, in one run with a good file before and after."""
    folder = tmp_path_factory.mktemp("poison")
    files = [("a.txt", b"tulips", 1, ""), *POISON, ("z.txt", b"tulips", 1, "")]
    for name, data, *_ in files:
        (folder / name).write_bytes(data)
    found = {name: (0, []) for name, *_ in files}
    for result in read_files([Job(str(folder / name), name) for name, *_ in files], transform=TRANSFORM):
        number, said = found[result.id]
        said = [*said, *(failure.reason for failure in result.failures), *(notice.text for notice in result.notices)]
        found[result.id] = number + len(result.documents), said
    return found


@pytest.mark.parametrize(("name", "documents", "said"), [(name, number, said) for name, _, number, said in POISON])
def test_poison_costs_itself_alone(results, name, documents, said):
    assert results["a.txt"] == results["z.txt"] == (1, [])
    number, reasons = results[name]
    assert number == documents, reasons
    assert [reason[: len(said)] for reason in reasons] == ([said] if said else [])
    assert all(len(reason) < 300 and "please report" not in reason for reason in reasons)


def test_no_file_is_drawn_in_from_elsewhere(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    for name, data in {
        "a.docx": word(PARAGRAPH.format("&x;"), f"<!DOCTYPE d [<!ENTITY x SYSTEM '{secret.as_uri()}'>]>"),
        "a.html": f"<!DOCTYPE html [<!ENTITY x SYSTEM '{secret.as_uri()}'>]><p>tulips &x;</p>".encode(),
    }.items():
        assert all("secret" not in document.text for document in formats.read_open(io.BytesIO(data), name, name))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems allow few such names")
def test_files_with_odd_names_are_read(tmp_path):
    names = [
        "new\nline",
        "back\\slash",
        "bidi\u202e",
        "-rf",
        " ",
        "*",
        "a#b",
        "'\";&|$(x)",
        "\x1b[31m",
        "x" * 250,
        "🫖",
        "%s",
    ]
    for name in names:
        (tmp_path / f"{name}.txt").write_text("tulips")
    with open(os.fsencode(tmp_path) + b"/\xff\xfe.txt", "w") as file:
        file.write("tulips")
    items = list(walk([tmp_path]))
    entries = [item for item in items if isinstance(item, Entry)]
    assert len(items) == len(entries) + 1 == len(names) + 1
    results = list(read_files([Job(entry.path, entry.name) for entry in entries], transform=TRANSFORM))
    assert {result.documents[0].id for result in results} == {f"{tmp_path}/{name}.txt" for name in names}
