"""What a reader does, in a real browser: Chromium, driven by Playwright.

Skipped where no Chromium is found; with SEARCHKIT_BROWSER=required, as in .ci/run, that is a failure instead. The picture of the
README is made anew with SEARCHKIT_PICTURE=FILE.
"""

import os
import shutil
import socket
import threading
import time
import zipfile
from xml.etree import ElementTree

import pytest

REQUIRED = os.environ.get("SEARCHKIT_BROWSER") == "required"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)


def absent(reason):
    if REQUIRED:
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser():
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("the library playwright is not installed")
    if CHROMIUM is None:
        absent("no Chromium is installed")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=CHROMIUM,
            headless=True,
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(seeds_index, tmp_path_factory):
    """The server, listening; its judgements last as long as this file's tests."""
    uvicorn = pytest.importorskip("uvicorn")
    from searchkit.web import ServerSettings, app

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    host = f"127.0.0.1:{listening.getsockname()[1]}"
    settings = ServerSettings(hosts=(host,), notes=tmp_path_factory.mktemp("notes") / "notes.sqlite")
    server = uvicorn.Server(uvicorn.Config(app(seeds_index, settings), log_level="error", lifespan="off"))
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://{host}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(
    params=[(True, 1280), (False, 1280), (True, 320), (False, 320)], ids=lambda one: f"js={one[0]}-{one[1]}px"
)
def page(request, browser, address):
    script, width = request.param
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 900}, java_script_enabled=script, locale="en-GB"
    )
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.elsewhere = []
    opened.on(
        "request", lambda asked: opened.elsewhere.append(asked.url) if not asked.url.startswith(address) else None
    )
    opened.problems = []
    opened.on("pageerror", lambda error: opened.problems.append(str(error)))
    opened.on("console", lambda said: opened.problems.append(said.text) if said.type == "error" else None)
    yield opened
    assert opened.elsewhere == []
    assert opened.problems == []
    context.close()


def heading(page):
    return " ".join(page.locator("h1").inner_text().split())


def open_filters(page):
    filters = page.locator("details.filters")
    if filters.get_attribute("open") is None:
        filters.locator("> summary").click()


def fits(page):
    """Nothing is cut: the page is no wider than the window."""
    size = page.viewport_size["width"]
    return page.locator("html").bounding_box()["width"] <= size and page.locator("main").bounding_box()["width"] <= size


def test_search_narrow_and_open_at_the_marked_word(page):
    page.goto("/")
    page.fill("#q", "memorandum")
    page.locator("header form.box button").click()
    assert heading(page) == "6 documents for memorandum"
    assert fits(page)
    open_filters(page)
    page.get_by_role("checkbox", name="Kazakh").check()
    page.get_by_role("button", name="Apply").click()
    assert heading(page) == "2 documents for memorandum"
    open_filters(page)
    table = page.locator(".chart details").first
    table.locator("summary").click()
    table.locator("tbody a", has_text="2026").first.click()
    assert heading(page) == "2 documents for memorandum"
    assert "date=2026" in page.url
    page.locator(".hit h2 a").first.click()
    assert page.url.endswith("#m1")
    assert page.locator("#m1").is_visible()
    assert "emorandum" in page.locator("#m1").inner_text() or "еморандум" in page.locator("#m1").inner_text()
    page.locator(".around a", has_text="Next hit").click()
    page.locator(".around a", has_text="To the results").click()
    assert heading(page).endswith("for memorandum")


def test_mentions_judged_and_taken_into_a_workbook(page, tmp_path):
    page.goto("/mentions")
    page.fill("#name", "Gaziza Nurgalieva")
    page.get_by_role("button", name="List every place").click()
    assert heading(page) == "11 mentions for Gaziza Nurgalieva"
    assert "15 documents were searched" in page.locator(".closing").first.inner_text()
    assert fits(page)
    wrong = page.locator("button[data-verdict=wrong]").first
    if wrong.get_attribute("aria-pressed") != "true":  # judged by the same steps at another width
        wrong.click()
    page.locator("button[data-verdict=wrong][aria-pressed=true]").first.wait_for()
    page.locator("details.exports > summary").click()
    with page.expect_download() as started:
        page.locator("details.exports a", has_text="XLSX").click()
    file = tmp_path / "mentions.xlsx"
    started.value.save_as(file)
    rows = list(read_workbook(file))
    assert len(rows) == 1 + 11
    assert "judgement" in rows[0]
    assert [row[rows[0].index("judgement")] for row in rows[1:]].count("wrong") == 1
    assert "Ғ. Нұрғалиеваның" in {row[rows[0].index("text")] for row in rows[1:]}


def read_workbook(file):
    """The cells of the first sheet, row by row, as a spreadsheet reads them."""
    space = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(file) as book:
        names = book.namelist()
        shared = []
        if "xl/sharedStrings.xml" in names:
            strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = ["".join(one.itertext()) for one in strings.findall("s:si", space)]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    for row in sheet.iterfind(".//s:row", space):
        cells = {}
        for cell in row.findall("s:c", space):
            column = 0
            for letter in "".join(filter(str.isalpha, cell.get("r"))):
                column = column * 26 + ord(letter) - 64
            text = "".join(cell.itertext())
            cells[column] = shared[int(text)] if cell.get("t") == "s" else text
        yield [cells.get(number, "") for number in range(1, 16)]


def test_switching_to_kazakh(page):
    page.goto("/search?q=memorandum")
    page.locator(".tongues a", has_text="Қазақша").click()
    assert heading(page).startswith("6 құжат")
    assert page.locator("html").get_attribute("lang") == "kk"
    page.locator(".menu a", has_text="Қор").click()  # and it stays so
    assert heading(page) == "Қор"
    assert fits(page)


@pytest.mark.parametrize("page", [(True, 1280)], indirect=True, ids=["js-1280px"])
def test_by_the_keyboard_alone(page):
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"  # the skip link comes first
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Slash")
    page.keyboard.type("memorandum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=memorandum*")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyJ")
    assert page.locator("[data-step].here").get_attribute("id") == "h2"
    page.keyboard.press("Enter")
    page.wait_for_url("**/document?**")
    page.keyboard.press("KeyU")
    page.wait_for_url("**/search?**")
    page.goto("/mentions?name=Ular+Muqajanov")
    page.keyboard.press("KeyJ")
    page.keyboard.press("KeyY")
    page.locator("button[data-verdict=right][aria-pressed=true]").first.wait_for()
    page.keyboard.press("Shift+Slash")
    page.wait_for_url("**/help")


@pytest.mark.parametrize("page", [(True, 1280)], indirect=True, ids=["js-1280px"])
def test_the_focus_is_on_the_count_after_apply(page):
    page.goto("/search?q=memorandum")
    page.get_by_role("checkbox", name="Uzbek").check()
    page.get_by_role("button", name="Apply").click()
    page.wait_for_url("**#count")
    page.wait_for_function("document.activeElement.id === 'count'")


STATES = {
    "home": "/",
    "search": "/search?q=memorandum",
    "narrowed": "/search?q=library&lang=kk&date=2026",
    "nothing": "/search?q=zzzzqqq&lang=kk",
    "mentions": "/mentions?name=Gaziza+Nurgalieva",
    "concordance": "/concordance?q=library&group=document",
    "people": "/people",
    "collection": "/collection",
    "failures": "/collection/failures",
    "duplicates": "/collection/duplicates",
    "values": "/values?q=library&all=lang",
    "help": "/help",
    "error": "/search?q=lang:xx",
    "document": None,
    "page": None,
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def axe():
    try:
        import axe_playwright_python
    except ImportError:
        absent("the library axe-playwright-python is not installed")
    from pathlib import Path

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("ui", ["en", "kk", "uz", "ru"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_no_fault_and_nothing_is_cut(browser, address, axe, by_name, ui, width, scheme):
    from urllib.parse import quote

    documents = {
        "document": f"/document?id={quote(by_name['library-accord-russian.txt'])}&q=memorandum&hit=1",
        "page": f"/pages?id={quote(by_name['kazakh-guests-in-budapest.pdf'])}&q=library",
    }
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900}, color_scheme=scheme)
    opened = context.new_page()
    for name, path in STATES.items():
        opened.goto((path or documents[name]) + ("&" if "?" in (path or "?") else "?") + f"ui={ui}")
        opened.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        wide = opened.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name}: {wide} px wide"
        opened.evaluate(axe)
        found = opened.evaluate("(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES)
        assert found["passes"]
        faults = [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found["violations"]]
        assert not faults, (name, faults)
    context.close()


def test_text_may_be_spaced_and_printed(browser, address):
    context = browser.new_context(base_url=address, viewport={"width": 320, "height": 900})
    opened = context.new_page()
    opened.goto("/mentions?name=Gaziza+Nurgalieva")
    # WCAG 1.4.12
    opened.evaluate(
        "() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important;"
        " word-spacing: .16em !important } p { margin-bottom: 2em !important }'); document.adoptedStyleSheets = [sheet]; }"
    )
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320
    opened.emulate_media(media="print")
    assert not opened.locator("header.top").is_visible()
    assert opened.locator("table.kwic").is_visible()
    context.close()


@pytest.mark.skipif(
    "SEARCHKIT_PICTURE" not in os.environ, reason="only where a picture is asked for: SEARCHKIT_PICTURE=FILE"
)
def test_the_picture_of_the_readme(browser, address):
    context = browser.new_context(base_url=address, viewport={"width": 1200, "height": 760})
    opened = context.new_page()
    opened.goto("/search?q=manuscript")
    opened.screenshot(path=os.environ["SEARCHKIT_PICTURE"])
    context.close()
