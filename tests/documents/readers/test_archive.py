"""Archives: their members are documents, within limits."""

# Tests as well, in searchkit/: documents/readers: members

import io
import sys
import zipfile

import pytest

from searchkit.documents.readers import archive, formats, members
from searchkit.errors import DocumentError, MissingReaderError
from searchkit.model import Document, Failure, Notice


def packed(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files:
            package.writestr(name, content)
    return data.getvalue()


def read(data, name="a.zip"):
    return list(formats.read_open(io.BytesIO(data), f"/docs/{name}", name))


def ids(found):
    return [item.id for item in found if isinstance(item, Document)]


def reasons(found):
    return [item.reason for item in found if isinstance(item, Failure)]


def test_members_are_documents():
    found = read(packed([("folder/a.txt", "first"), ("b.csv", "id,text\n7,second"), ("c.jpg", "x")]))
    assert ids(found) == ["a.zip/folder/a.txt", "a.zip/b.csv#7"]
    assert found[0].source == "/docs/a.zip/folder/a.txt"
    assert [item.text for item in found if isinstance(item, Notice)] == [
        "holds files of formats that are not read: 1 .jpg"
    ]


def test_archives_in_archives_up_to_a_depth():
    data = packed([("text.txt", "deep")])
    for level in range(6):
        data = packed([("inner.zip", data), (f"{level}.txt", "text")])
    found = read(data)
    assert len(ids(found)) == members.DEEPEST
    assert "too deep to be opened" in reasons(found)[0]


def test_a_broken_member_costs_itself():
    found = read(packed([("a.pdf", "no pdf"), ("b.txt", "good"), ("empty.txt", "")]))
    assert ids(found) == ["a.zip/b.txt"]
    assert reasons(found)[0].startswith("holds a.pdf, which is not a PDF")


def test_an_archive_without_files_is_said():
    with pytest.raises(DocumentError, match="without files"):
        read(packed([]))
    assert reasons(read(packed([("inner.zip", packed([]))]))) == ["holds inner.zip, which is an archive without files"]


def test_names_of_ms_dos():
    data = packed([("aaaaa.txt", "text")]).replace(b"aaaaa", "опись".encode("cp866"))
    assert ids(read(data)) == ["a.zip/опись.txt"]


def test_names_that_lead_elsewhere_or_repeat():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(
            [("../../etc/a.txt", "x"), ("b.txt", "1"), ("b.txt", "2"), ("__MACOSX/c.txt", "x"), (".d.txt", "x")]
        )
    assert ids(read(data)) == ["a.zip/etc/a.txt", "a.zip/b.txt", "a.zip/b~2.txt"]


def test_encrypted_members():
    data = bytearray(packed([("a.txt", "secret")]))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    assert reasons(read(bytes(data))) == [
        "holds a.txt, which is encrypted: give its password with --password, or unpack it"
    ]


def test_bombs(monkeypatch):
    with pytest.raises(DocumentError, match="zip bomb"):
        read(packed([("a.txt", bytes(64 << 20))]))
    monkeypatch.setattr(members, "MOST", 3)
    found = read(packed([(f"{number}.txt", "text") for number in range(5)]))
    assert len(ids(found)) == 3
    assert reasons(found) == ["holds more files, or larger ones, than are read of one archive: unpack it"]


def test_a_member_larger_than_its_entry_says(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_MEMBER", 3)
    assert reasons(read(packed([("a.txt", "text")])))[0].startswith("holds a.txt, which unpacks to more than")


@pytest.mark.parametrize("name", ["a.zip", "a.7z", "a.rar"])
def test_no_archive(name):
    if name.endswith("7z"):
        pytest.importorskip("py7zr")
    with pytest.raises(DocumentError, match="is not a"):
        read(b"memorandum " * 50, name)


@pytest.mark.parametrize(("name", "library"), [("a.7z", "py7zr"), ("a.rar", "rarfile")])
def test_libraries_that_are_missing(monkeypatch, name, library):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingReaderError, match=f"needs {library}"):
        read(b"x", name)


def test_seven_zip():
    py7zr = pytest.importorskip("py7zr")
    data = io.BytesIO()
    with py7zr.SevenZipFile(data, "w") as package:
        package.writestr("меморандум", "дело/опись.txt")
    (document,) = read(data.getvalue(), "a.7z")
    assert (document.id, document.text) == ("a.7z/дело/опись.txt", "меморандум")


def test_a_missing_library_does_not_stop_the_other_members(monkeypatch):
    monkeypatch.setitem(sys.modules, "djvu_rs", None)
    reading = formats.read_open(io.BytesIO(packed([("a.djvu", "AT&TFORM"), ("b.txt", "good")])), "a.zip", "a.zip")
    assert next(reading).id == "a.zip/b.txt"
    with pytest.raises(MissingReaderError, match="holds a.djvu, which needs djvu-rs"):
        next(reading)
