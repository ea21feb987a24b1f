"""Letters, mailboxes and what is attached to them."""

import io
from email.message import EmailMessage

import pytest

from searchkit.documents.readers import formats
from searchkit.errors import DocumentError
from searchkit.model import Document, Failure, Notice

from ..samples import make_ole


def read(name, data):
    return list(formats.read_open(io.BytesIO(data), name, name))


def letter(text="Жіберемін: меморандум.", subject="Көрме туралы", attach=()):
    message = EmailMessage()
    message["From"], message["To"] = "Айша Оспанова <aisha@example.org>", "museum@example.org"
    message["Subject"], message["Date"] = subject, "Tue, 14 May 2019 09:30:00 +0600"
    message.set_content(text)
    for name, content in attach:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_letter():
    (document,) = read("a.eml", letter())
    assert document.title == "Көрме туралы"
    assert document.date == "2019-05-14"
    assert document.text.startswith("From: Айша Оспанова <aisha@example.org>\nTo: museum@example.org\n\nЖіберемін")
    assert document.metadata["author"] == "Айша Оспанова <aisha@example.org>"


def test_attachments_are_documents_of_their_own():
    attached = [("опись.txt", "Опись дел".encode("cp1251")), ("photo.jpg", b"\xff\xd8"), ("broken.pdf", b"nothing")]
    found = read("a.eml", letter(attach=attached))
    assert [item.id for item in found if isinstance(item, Document)] == ["a.eml", "a.eml/опись.txt"]
    (failure,) = (item for item in found if isinstance(item, Failure))
    assert failure.reason.startswith("holds broken.pdf, which is not a PDF")
    (notice,) = (item for item in found if isinstance(item, Notice))
    assert notice.text == "holds files of formats that are not read: 1 .jpg"


def test_letter_of_html_alone():
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("<html><body><p>Ассалому алайкум, ҳужжат илова қилинди.</p></body></html>", subtype="html")
    (document,) = read("a.eml", message.as_bytes())
    assert "ҳужжат илова қилинди" in document.text


def test_raw_letters_in_headers_and_body():
    raw = "Subject: Отчёт музея\nFrom: x@example.org\n\nОтчёт музея за год. Приложений нет, всё в тексте.".encode(
        "cp1251"
    )
    (document,) = read("a.eml", raw)
    assert document.title == "Отчёт музея"
    assert "Приложений нет" in document.text


def test_a_letter_within_a_letter():
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.set_content("see below")
    inner = EmailMessage()
    inner["Subject"] = "Ішкі хат"
    inner.set_content("Ішкі мәтін")
    outer.add_attachment(inner)
    found = read("a.eml", outer.as_bytes())
    assert [item.title for item in found] == ["Fwd", "Ішкі хат"]


def test_mailbox():
    first, second = letter("first\n>From the museum", "one"), letter("second", "two")
    data = b"From a@example.org Tue May 14 09:30:00 2019\n" + first
    data += b"\n\nFrom b@example.org Tue May 14 09:31:00 2019\n" + second
    found = read("a.mbox", data)
    assert [item.id for item in found] == ["a.mbox/1.eml", "a.mbox/2.eml"]
    assert "\nFrom the museum" in found[0].text


@pytest.mark.parametrize("name", ["a.eml", "a.mbox", "a.msg"])
def test_no_letter(name):
    with pytest.raises(DocumentError, match="is not a|is not an"):
        read(name, b"\n\njust some words of text, no letter\n")


def outlook(**more):
    def text(value):
        return value.encode("utf-16-le")

    streams = {
        "__properties_version1.0": bytes(32),
        "__substg1.0_0037001F": text("Келісім"),
        "__substg1.0_0C1A001F": text("Нұрлан Әлиев"),
        "__substg1.0_0E04001F": text("архив"),
        "__substg1.0_1000001F": text("Меморандум қоса берілді."),
        "__substg1.0_007D001F": text("Date: Tue, 14 May 2019 09:30:00 +0600\n"),
        "__attach_version1.0_#00000000/__substg1.0_3707001F": text("тізім.txt"),
        "__attach_version1.0_#00000000/__substg1.0_37010102": "Қорлар тізімі".encode(),
    }
    return make_ole({**streams, **more})


def test_outlook():
    document, attached = read("a.msg", outlook())
    assert (document.title, document.date) == ("Келісім", "2019-05-14")
    assert document.text == "From: Нұрлан Әлиев\nTo: архив\n\nМеморандум қоса берілді."
    assert (attached.id, attached.text) == ("a.msg/тізім.txt", "Қорлар тізімі")


def test_outlook_before_unicode():
    properties = bytes(32) + b"\x03\x00\xfd\x3f" + bytes(4) + (1251).to_bytes(4, "little") + bytes(4)
    data = make_ole(
        {
            "__properties_version1.0": properties,
            "__substg1.0_0037001E": "Отчёт".encode("cp1251"),
            "__substg1.0_1000001E": "Текст письма".encode("cp1251"),
        }
    )
    (document,) = read("a.msg", data)
    assert (document.title, document.text) == ("Отчёт", "Текст письма")
