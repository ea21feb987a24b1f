"""Makes the small office files in `tests/documents/files/` that only an office program can make.

    python tests/make_samples.py

Their words stand here. It is run by hand when they change, and needs LibreOffice (`soffice`) and DjVuLibre (`c44`, `djvused`)
and ImageMagick (`convert`) on the PATH.
"""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from pathlib import Path

FILES = Path(__file__).resolve().parent / "documents" / "files"

LETTER = """<html><head><meta charset="utf-8"><title>Меморандум музеев</title><meta name="author" content="Айжан Серикова"></head>
<body><h1>Меморандум музеев</h1>
<p>Музей города Тараза и областной архив подписали меморандум 14 мая 2019 года.</p>
<p>Қолжазбалар қорға тапсырылды, оларды Ғалия Әбенова қабылдады.</p>
<p>Oʻzbekiston tarixi muzeyi ham qatnashdi.</p>
<table><tr><td>Опись</td><td>17</td></tr><tr><td>Дело</td><td>204</td></tr></table></body></html>"""

SLIDES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>
<draw:page draw:name="1"><draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="3cm"><draw:text-box><text:p>Сирек қорлар көрмесі</text:p>
<text:p>Меморандумның мақсаты</text:p></draw:text-box></draw:frame></draw:page>
<draw:page draw:name="2"><draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="3cm"><draw:text-box><text:p>Рукописи и карты</text:p></draw:text-box>
</draw:frame></draw:page></office:presentation></office:body></office:document>"""

TABLE = "Инвентарный номер,Автор,Название\nКП-1024/3,Мұхтар Тілеуов,Жетісу картасы\nКП-1025,Зухра Каримова,Письма из Ташкента\n"


def main() -> None:
    FILES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "letter.html").write_text(LETTER, encoding="utf-8")
        (folder / "slides.fodp").write_text(SLIDES, encoding="utf-8")
        (folder / "table.csv").write_text(TABLE, encoding="utf-8")
        _convert(folder, "letter.html", "odt:writer8", "--infilter=HTML (StarWriter)")
        for kind in ("doc:MS Word 97", "rtf:Rich Text Format"):
            _convert(folder, "letter.odt", kind)
        for kind in ("odp", "ppt", "pptx"):
            _convert(folder, "slides.fodp", kind)
        for kind in ("xls", "xlsx", "ods"):
            _convert(folder, "table.csv", kind, "--infilter=CSV:44,34,76,1")
        _book(folder)
        with zipfile.ZipFile(
            FILES / "slides.zip", "w", zipfile.ZIP_DEFLATED
        ) as archive:  # as it is, it takes half a megabyte
            archive.writestr(zipfile.ZipInfo("slides.ppt"), (folder / "slides.ppt").read_bytes(), zipfile.ZIP_DEFLATED)
        for file in folder.iterdir():
            if file.suffix in (".odt", ".doc", ".rtf", ".odp", ".pptx", ".xls", ".xlsx", ".ods", ".djvu"):
                (FILES / file.name).write_bytes(file.read_bytes())


def _convert(folder: Path, name: str, kind: str, *options: str) -> None:
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", *options]
    subprocess.run([*command, "--convert-to", kind, "--outdir", str(folder), str(folder / name)], check=True)


def _book(folder: Path) -> None:
    """A DjVu file of one white page with a hidden text layer, as OCR leaves it."""
    picture, book, script = folder / "page.ppm", folder / "book.djvu", folder / "layer.txt"
    picture.write_bytes(b"P6\n64 64\n255\n" + b"\xff" * (64 * 64 * 3))
    script.write_text(
        'select 1\nset-txt\n(page 0 0 64 64 (line 0 40 64 60 "Летопись Семиречья, том второй"))\n.\nsave\n', "utf-8"
    )
    subprocess.run(["c44", str(picture), str(book)], check=True)
    subprocess.run(["djvused", "-f", str(script), str(book)], check=True)


if __name__ == "__main__":
    main()
