"""Makes the two seeds that are not text files, the PDF and the DOCX, in `seeds/`.

    python tests/make_seeds.py FONT BOLD

Their words stand here, so that a change of them can be read in a diff. It is run by hand when they change, and needs
what searchkit itself does not: fpdf2 (LGPL), and the files of a font that has the Hungarian letters, regular and bold,
of which the PDF takes in the letters it uses. The files in `seeds/` were made with DejaVuSans.ttf, DejaVuSans-Bold.ttf.
"""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from pathlib import Path

SEEDS = Path(__file__).resolve().parent.parent / "seeds"

# ------------------------------------------------------------------ the PDF

PDF_NAME = "kazakh-guests-in-budapest.pdf"
PDF_TITLE = "Guests from Kazakhstan at the National Library"
PDF_AUTHOR = "MNMKK OSZK"
PDF_DATE = datetime.datetime(2025, 6, 25, 13, 55, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
PDF_HEAD = (
    "Guests from Kazakhstan at the National Library",
    "Published on Országos Széchényi Könyvtár (https://example.org/oszk)",
)
# One tuple of lines a page. "cooper-" ends a line in the middle of a word, as typesetters do.
PDF_PAGES = (
    (
        "Főoldal » Hírek » Nemzetközi kapcsolatok",
        "",
        "# Guests from Kazakhstan at the National Library",
        "2025/06/25",
        "",
        "Diplomats and orientalists from Kazakhstan came to see us on 17 June 2025.",
        "They wanted to know the library, and to find out what scholars and librarians",
        "of the two countries can do together.",
        "",
        "Judit Gerencsér, Deputy General Director of the National Széchényi Library",
        "(MNMKK OSZK), received the guests. The Embassy of the Republic of Kazakhstan",
        "in Hungary was represented by its First Secretary, Marat Askarov. With him came",
        "three colleagues from the Suleimenov Institute of Oriental Studies:",
        "Duken Mesimkhanuli, who is its Director General; Bolatbek Batirkhan, who heads",
        "the Department for Central Asia and the Middle East; and Nurtas Abdimomunov,",
        "who coordinates research projects.",
        "",
        "[1]",
    ),
    (
        "[2]",
        "",
        "The visit began with a journey through time. Judit Gerencsér told the story of",
        "the library, which is more than two hundred years old: how it was founded, what",
        "it has lately changed in its work, and with whom it maintains international cooper-",
        "ation. In this century, she said, the library is there to explore, preserve and",
        "enrich what Hungarian culture has left us.",
        "",
        "After that the conversation turned to plans. The library and the institute do not",
        "have a single event in mind but a partnership for many years, laid down in writing.",
        "They want to take up research projects together. Each could also help the other",
        "with what it does every day: by mounting exhibitions, by inviting speakers to",
        "conferences, and by publishing books and articles.",
    ),
    (
        "2025/06/25 - 13:55",
        "",
        "Source URL: https://example.org/oszk/en/news/guests-from-kazakhstan",
        "",
        "Links:",
        "[1] https://example.org/oszk/images/guests-1.jpg",
        "[2] https://example.org/oszk/images/guests-2.jpg",
        "[3] https://example.org/oszk/en/news",
    ),
)

_LEFT, _TOP, _LEADING = 20, 22, 6  # millimetres


def pdf(font: Path, bold: Path) -> bytes:
    """A PDF of PDF_PAGES, each page under the running head, with a link wherever an address stands."""
    from fpdf import FPDF

    document = FPDF(format="A4")
    document.set_auto_page_break(False)
    document.set_creation_date(PDF_DATE)
    document.set_title(PDF_TITLE)
    document.set_author(PDF_AUTHOR)
    document.add_font("body", "", font)
    document.add_font("body", "B", bold)
    for number, lines in enumerate(PDF_PAGES, 1):
        document.add_page()
        y = _TOP
        for line in (*PDF_HEAD, f"Page {number} of {len(PDF_PAGES)}", "", *lines):
            heading = line.startswith("# ")
            document.set_font("body", "B" if heading else "", 14 if heading else 10)
            text = line.removeprefix("# ")
            address = text[text.index("https://") :].rstrip(")") if "https://" in text else ""
            if text:
                document.set_xy(_LEFT, y)
                document.cell(text=text, link=address)
            y += _LEADING
    return bytes(document.output())


# ------------------------------------------------------------------ the DOCX

DOCX_NAME = "manuscript-scholars-kazakh.docx"
DOCX_TITLE = "Қолжазбатанушылар Ұлттық кітапханада бас қосты"
DOCX_AUTHOR = "Баспасөз қызметі"
DOCX_DATE = datetime.datetime(2026, 1, 21, 15, 0)
DOCX_PARAGRAPHS = (
    "2026 жылғы 21 қаңтарда Қазақстан Республикасының Ұлттық кітапханасына еліміздің қолжазбатанушылары жиналды. "
    "Қазақстан қолжазбатанушылар қауымдастығының бұл V отырысы Франция Ұлттық кітапханасындағы парсы тіліндегі "
    "қолжазбаларға арналды: олар қалай жиналған, қандай коллекционерлердің қолынан өткен, каталогтарының "
    "ерекшелігі неде?",
    "Мұндай отырыстар рухани мұра мен жазба мәдениетін зерттейтін, сақтайтын және көпшілікке таныстыратын "
    "мамандарды жақындастырады. Қатысушылар қауымдастықтың 2026 жылға арналған жұмыс жоспарын талқылады. "
    "Кітапхана қорына құнды әрі сирек жәдігерлер тапсырылды.",
    "# Екі мекеменің келісімі",
    "Жиында Ғылым ордасының бас директоры Ұлар Мұқажанов пен Ұлттық кітапхананың директоры Ғазиза Нұрғалиева "
    "екіжақты ынтымақтастық туралы меморандумға қол қойды. Енді екі тарап бірлескен көрмелер ұйымдастырады, "
    "қолжазбалар мен сирек кітаптарды зерттейді, пәнаралық жобалар әзірлейді. Бұл жұмысқа Орталық ғылыми "
    "кітапхана, Ғылыми архив және музейлер де қатысады.",
    "Меморандумда цифрландыруға ерекше орын берілген. Сирек қорлардың цифрлық көшірмелері жасалып, ортақ "
    "электрондық дерекқорларға жинақталады. Архив құжаттары ғылыми тұрғыдан сипатталады, ғалымдардың жеке қорлары "
    "анықталып, ғылыми айналымға енгізіледі. Қызметкерлер біліктілігін арттырып, құжаттарды реставрациялау мен "
    "консервациялау тәжірибесімен алмасады.",
    "Қазақстан ғылымы мен мәдениетінің тарихы туралы көптомдық басылым шығару да жоспарда бар. "
    "Меморандумның соңында Ұ. Мұқажановтың және Ғ. Нұрғалиеваның қолы тұр.",
)


def docx() -> bytes:
    """A DOCX of DOCX_PARAGRAPHS with title, author and date in its properties; the same bytes every time."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = DOCX_TITLE, DOCX_AUTHOR, "kk"
    properties.created = properties.modified = DOCX_DATE
    properties.last_modified_by, properties.comments = DOCX_AUTHOR, ""
    document.add_heading(DOCX_TITLE, level=0)
    for paragraph in DOCX_PARAGRAPHS:
        if paragraph.startswith("# "):
            document.add_heading(paragraph.removeprefix("# "), level=1)
        else:
            document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer)


def _undated(archive: io.BytesIO) -> bytes:
    """The same archive with one fixed time of its entries, which would else be the time of the call."""
    out = io.BytesIO()
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, DOCX_DATE.timetuple()[:6])
            target.writestr(entry, source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main(font: Path, bold: Path) -> None:
    (SEEDS / PDF_NAME).write_bytes(pdf(font, bold))
    (SEEDS / DOCX_NAME).write_bytes(docx())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("Name the two font files: python tests/make_seeds.py DejaVuSans.ttf DejaVuSans-Bold.ttf")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
