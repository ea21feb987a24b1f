"""What each page shows, without a browser."""

# Tests as well, in searchkit/: cli: serve; locale: spoken; web: addresses application charts facet_lists guard holdings listing notes
#   offline originals replies settings; web/api: problems reconcile routes shapes streams; web/pages: values collection
#   full_text home lines people search; locale: catalogue choice compile messages numbers templates

import re
from urllib.parse import quote

import pytest

LANGUAGES = ("en", "kk", "uz", "ru")
PAGES = {
    "home": "/",
    "search": "/search?q=memorandum",
    "search narrowed": "/search?q=memorandum&lang=kk&date=2026",
    "browsing": "/search?lang=uz",
    "nothing found": "/search?q=zzzzqqq&lang=kk",
    "mentions form": "/mentions",
    "mentions": "/mentions?name=Gaziza+Nurgalieva",
    "mentions by person": "/mentions?name=Gaziza+Nurgalieva&group=person",
    "concordance": "/concordance?q=library&sort=left&context=5",
    "people": "/people",
    "collection": "/collection",
    "failures": "/collection/failures",
    "duplicates": "/collection/duplicates",
    "values": "/values?q=library&all=lang",
    "help": "/help",
    "api": "/api",
    "settings": "/settings",
    "query error": "/search?q=lang:xx",
}


def words(element):
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("ui", LANGUAGES)
def test_each_page_in_each_language(ask, address, ui):
    reply = ask(address, cookie=f"ui={ui}")
    assert reply.status == (400 if "xx" in address else 200)
    page = reply.html
    assert page.get("lang") == ui
    [heading] = page.iter("h1")
    assert heading.text_content().strip()
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert not page.xpath("//*[@style] | //*[@onclick] | //*[@tabindex > 0]")
    for element in page.xpath("//a[@href] | //link[@href] | //script | //img | //form"):
        target = element.get("href") or element.get("src") or element.get("action") or "/"
        assert not target.startswith(("//", "http:", "https:", "javascript:")), target
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False)), levels
    labelled = {label.get("for") for label in page.iter("label")}
    for control in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert control.get("id") in labelled or control.getparent().tag == "label", control.get("name")
    for cell in page.xpath("//th"):
        assert cell.get("scope") in ("row", "col")
    for fieldset in page.iter("fieldset"):
        assert fieldset.xpath("./legend")


def test_a_title_says_what_is_shown(ask):
    titles = {ask(address).html.findtext(".//title") for address in PAGES.values()}
    assert len(titles) >= len(PAGES) - 1  # that of two ways to see one list is one
    assert ask("/search?q=memorandum").html.findtext(".//title").startswith("memorandum – 6 documents")


def test_search_finds_in_four_languages_and_marks(ask):
    page = ask("/search?q=memorandum").html
    assert words(page.find(".//h1")).startswith("6 documents")
    marked = {words(mark).lower() for mark in page.xpath("//p[@class='passage']//mark")}
    assert {"memorandumini", "меморандум", "memorandumğa", "меморандумға"} <= marked
    assert set(page.xpath("//p[@class='passage']/@lang")) >= {"kk", "uz", "ru", "en"}
    first = page.xpath("//li[@class='hit']//h2/a/@href")[0]
    assert first.endswith("#m1")
    assert ask(first.partition("#")[0]).html.xpath("//mark[@id='m1']")


def test_facets_say_what_a_choice_gives(ask):
    page = ask("/search?q=memorandum&lang=kk").html
    counts = {
        box.get("value"): int(words(box.getparent().find("span")))
        for box in page.xpath("//input[@name='lang'][@type='checkbox']")
    }
    assert counts == {"kk": 2, "uz": 2, "en": 1, "ru": 1}
    for code, count in counts.items():
        assert words(ask(f"/search?q=memorandum&lang={code}").html.find(".//h1")).startswith(f"{count} document")
    assert words(ask("/search?q=memorandum&lang=-kk").html.find(".//h1")).startswith("4 documents")


def test_bars_narrow_and_widen(ask):
    page = ask("/search?q=library").html
    years = page.xpath("//section[@class='chart']//table//th[@scope='row']/a/@href")
    narrowed = ask(years[-1]).html
    assert narrowed.xpath("//section[@class='chart']//a[contains(text(), '↑')]")
    months = narrowed.xpath("//section[@class='chart']//table//th[@scope='row']/a")
    assert months
    assert ask(months[0].get("href")).html.xpath("//li[@class='hit']")


def test_what_was_typed_is_read_back(ask):
    page = ask("/search?q=library").html
    chips = {words(chip) for chip in page.xpath("//p[@class='concept']//a[@lang]")}
    assert {"кітапхана", "kutubxona", "библиотека"} <= chips


def test_a_word_of_another_language_is_left_out(ask):
    page = ask("/search?q=library").html
    (chip,) = [one for one in page.find_class("chip") if words(one).split()[0] == "кітапхана"]
    number, leave_out = int(words(chip.find_class("count")[0])), chip.findall("a")[-1].get("href")
    assert number == int(ask(f"/search?q={quote('кітапхана')}&match=scripts").html.findtext(".//h1").split()[0])
    narrowed = ask(leave_out).html
    assert [words(one) for one in narrowed.xpath("//p[@class='active']/a")] == ["not as кітапхана ×"]
    assert not [one for one in narrowed.find_class("chip") if words(one).startswith("кітапхана")]
    marked = {words(mark).casefold() for mark in narrowed.xpath("//p[@class='passage']//mark")}
    assert marked
    assert not [word for word in marked if _is_left_out(word)]
    assert int(narrowed.findtext(".//h1").split()[0]) < int(page.findtext(".//h1").split()[0])
    # Lists, exports and facets go by it too.
    exported = ask("/api/v1/search.ndjson" + leave_out.removeprefix("/search")).lines[-1]["end"]["documents"]
    assert exported == int(narrowed.findtext(".//h1").split()[0])
    places = ask("/api/v1/concordance.json" + leave_out.removeprefix("/search")).json["places"]
    assert not [one for one in places if _is_left_out(one["text"].casefold())]


def _is_left_out(word):
    """Whether a word is a form of кітапхана; a librarian is related to the word that was typed, not to the one left out."""
    return word.startswith(("кітапхана", "kitaphana")) and not word.startswith("кітапханашы")


def test_how_far_a_word_may_be_is_chosen_by_radio_buttons(ask):
    page = ask("/search?q=library&match=forms&lang=en").html
    form = page.xpath("//form[@class='match']")[0]
    assert form.xpath(".//input[@type='radio']/@value") == ["exact", "forms", "scripts", "meanings"]
    assert form.xpath(".//input[@type='radio'][@checked]/@value") == ["forms"]
    assert {(one.get("name"), one.get("value")) for one in form.xpath(".//input[@type='hidden']")} == {
        ("q", "library"),
        ("lang", "en"),
    }


def test_hits_a_page_are_a_choice_of_the_reader(ask):
    chosen = ask("/settings?n=50")
    assert chosen.status == 303
    assert "n=50" in chosen.headers["set-cookie"]
    assert ask("/settings", cookie="n=50").html.xpath("//a[@class='choice'][@aria-current]/@href") == ["/settings?n=50"]
    assert ask("/", cookie="n=50").html.xpath("//header//input[@name='n']/@value") == ["50"]
    assert not ask("/", cookie="n=51").html.xpath("//header//input[@name='n']")
    # An address is the same answer for everybody.
    assert len(ask("/search?lang=", cookie="n=50").html.find_class("hit")) == 10
    assert ask("/search?n=20", cookie="n=50").html.xpath("//header//input[@name='n']/@value") == ["20"]


def test_what_is_printed_says_where_and_when_it_was_asked(ask):
    (line,) = ask("/search?q=library&lang=kk").html.xpath("//footer/p[@class='printed']")
    assert words(line).startswith("http://127.0.0.1/search?q=library&lang=kk · ")


def test_a_document_is_whole_and_its_marks_are_linked(ask, seeds_index, by_name):
    id = by_name["library-accord-russian.txt"]
    page = ask(f"/document?id={quote(id)}&q=memorandum&hit=2").html
    text = "".join(section.text_content() for section in page.xpath("//div[@class='text']"))
    assert text.replace("‹", "").replace("›", "") == seeds_index[id].text
    places = page.xpath("//ol[@class='places']/li/a/@href")
    assert [place.rpartition("#")[2] for place in places] == [f"m{number}" for number in range(1, 6)]
    assert page.xpath("//mark[@id='m2']/following-sibling::span[@class='step']/a/@href")[:2] == ["#m1", "#m3"]
    assert page.xpath("//nav[@class='around']//a[@data-key='previous']")
    assert page.xpath("//nav[@class='around']//a[@data-key='next']")


def test_a_permalink_leads_to_the_passage(ask, seeds_index, by_name):
    id = by_name["library-accord-russian.txt"]
    document = seeds_index[id]
    start = document.text.index("Газиза")
    reply = ask(f"/p/{document.fingerprint}?at={start}-{start + 6}")
    assert reply.status == 303
    page = ask(reply.headers["location"].partition("#")[0]).html
    assert words(page.xpath("//mark[@id='m1']")[0]) == "Газиза"
    gone = ask("/p/0123456789abcdef")
    assert gone.status == 404
    assert "No document has this text any more" in gone.text


def test_mentions_in_every_spelling_with_a_closing_line(ask):
    page = ask("/mentions?name=Gaziza+Nurgalieva").html
    found = {words(mark) for mark in page.xpath("//td[@class='keyword']/mark")}
    assert {"Газиза Нургалиева", "Г. Нургалиевой", "Ғ. Нұрғалиеваның", "G‘aziza Nurg‘aliyeva", "Ğ. Nūrğalieva"} <= found
    [closing, again] = [words(line) for line in page.xpath("//p[@class='closing']")]
    assert closing == again == "11 mentions in 5 documents; 15 documents were searched."
    initials = ask("/mentions?name=Gaziza+Nurgalieva&kind=initials").html
    assert all("." in words(mark) for mark in initials.xpath("//td[@class='keyword']/mark"))


def test_lines_sort_from_the_keyword_outward(ask):
    page = ask("/concordance?q=library&sort=left&context=3&n=100").html
    left = [re.findall(r"\w+", words(cell).casefold())[::-1] for cell in page.xpath("//tbody//td[@class='left']")]
    assert len(left) > 5
    assert left == sorted(left)
    sample = "/concordance?q=library&sample=5&seed=7"
    assert ask(sample).text == ask(sample).text
    assert len(ask(sample).html.xpath("//tbody/tr[@data-step]")) == 5


def test_people_by_a_part_of_the_name_in_any_alphabet(ask):
    for typed in ("nurgali", "нургали", "Нұрғали", "Nūrğali"):
        names = [words(link) for link in ask(f"/people?q={quote(typed)}").html.xpath("//tbody/tr/th/a")]
        assert [name for name in names if re.fullmatch("Ғазиза Нұ?у?рғалиева", name)], typed


def test_a_judgement_is_kept_outside_the_index(ask, tmp_path):
    page = ask("/mentions?name=Gaziza+Nurgalieva").html
    form = page.xpath("//td[@class='judge']/form")[0]
    fields = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    body = "&".join(f"{name}={quote(value)}" for name, value in {**fields, "verdict": "wrong"}.items()).encode()
    reply = ask("/judge", "POST", body, content_type="application/x-www-form-urlencoded", origin="http://127.0.0.1")
    assert reply.status == 303
    assert reply.headers["location"].startswith("/mentions?name=Gaziza")
    assert (tmp_path / "notes.sqlite").exists()
    after = ask("/mentions?name=Gaziza+Nurgalieva&judged=wrong").html
    assert len(after.xpath("//tbody/tr[@data-step]")) == 1
    assert after.xpath("//button[@aria-pressed='true']/@data-verdict") == ["wrong"]
    exported = ask("/api/v1/mentions?name=Gaziza+Nurgalieva").lines
    assert [line["judgement"] for line in exported[:-1]].count("wrong") == 1
    assert ask("/judge", "POST", b"name=x", origin="http://127.0.0.1").status == 400


def test_unknown_parameters_are_said(ask):
    assert "mean nothing here: foo" in ask("/search?q=library&foo=1").text


def test_the_language_of_the_page(ask):
    assert ask("/help", accept_language="de, ru;q=0.8, kk;q=0.9").html.get("lang") == "kk"
    assert ask("/help", accept_language="de").html.get("lang") == "en"
    chosen = ask("/help?ui=uz", cookie="ui=ru")
    assert chosen.html.get("lang") == "uz"
    assert "ui=uz" in chosen.headers["set-cookie"]


def test_back_costs_nothing(ask):
    first = ask("/search?q=memorandum")
    again = ask("/search?q=memorandum", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert ask("/search?q=memorandum", if_none_match=first.headers["etag"], cookie="ui=ru").status == 200


def test_an_empty_index_says_how_to_fill_it(tmp_path):
    import searchkit
    from tests.web.conftest import made

    with searchkit.open(tmp_path / "index", create=True) as index:
        assert "searchkit index FOLDER" in made(index)("/").text


def test_a_hit_says_which_word_it_lacks(ask):
    page = ask("/search?q=memorandum+library+zebra").html
    assert "No document holds all the words" in page.text_content()
    lacking = page.xpath("//p[@class='why'][s]")
    assert {words(line.find("s")) for line in lacking} >= {"zebra"}
    assert lacking[0].find("a").get("href").startswith("/search?q=memorandum%20library%20zebra%20%2B")


def test_language_date_and_folder_of_a_hit_lead_to_what_is_like_it(ask):
    first = ask("/search?q=memorandum").html.find_class("hit")[0]
    links = first.find_class("facts")[0].findall(".//a")
    assert [words(link).endswith("seeds/") for link in links] == [False, False, True]
    for link in links:
        assert int(ask(link.get("href")).html.findtext(".//h1").split()[0]) > 0


def test_reference_managers_find_the_hits(ask):
    spans = ask("/search?q=memorandum").html.xpath("//span[@class='Z3988']/@title")
    assert len(spans) == 6
    assert "rft.date=2026-01-21" in spans[0]


def test_all_values_of_a_facet(tmp_path):
    import searchkit
    from tests.web.conftest import made

    with searchkit.open(tmp_path / "index", create=True) as index:
        for number in range(12):
            (tmp_path / "papers" / f"box {number}").mkdir(parents=True)
            (tmp_path / "papers" / f"box {number}" / "a.txt").write_text("A memorandum.")
        index.sync([tmp_path / "papers"], jobs=1)
        ask = made(index)
        page = ask("/search?q=memorandum").html
        assert len(page.xpath("//input[@name='folder'][@type='radio']")) == 8
        [more] = [link for link in page.xpath("//fieldset//a") if words(link) == "all 12"]
        whole = ask(more.get("href")).html
        assert len(whole.xpath("//input[@name='folder'][@type='radio']")) == 13  # and the one that they lie in
        filtered = ask(more.get("href") + "&find=BOX+1").html
        labels = [words(one) for one in filtered.xpath("//fieldset//label/bdi")]
        assert [label.rpartition("/")[2] for label in labels] == ["box 1", "box 10", "box 11"]
        assert ask(filtered.xpath("//fieldset//a/@href")[2]).html.findtext(".//h1").startswith("1 document")
        assert "No value fits" in ask(more.get("href") + "&find=zzz").text
        folder = ask("/search?q=memorandum").html.xpath("//input[@name='folder']/@value")[0]
        assert ask(f"/search?q=memorandum&folder={quote(folder)}").html.findtext(".//h1").startswith("1 document")


def test_the_values_of_a_facet_by_their_letters(ask):
    page = ask("/values?q=memorandum&all=lang&lang=kk").html
    assert words(page.find(".//h1")) == "Language – 4 values for memorandum"
    assert [words(one) for one in page.xpath("//nav[@class='letters']/a")] == ["E", "K", "R", "U"]
    letter = ask("/values?q=memorandum&all=lang&lang=kk&letter=U").html
    assert letter.xpath("//fieldset//input/@value") == ["uz"]
    # What is chosen and not in sight is not lost.
    form = letter.xpath("//form[@action='/search#count']")[0]
    assert form.xpath(".//input[@type='hidden'][@name='lang']/@value") == ["kk"]
    assert ask("/values?q=memorandum&all=zzz").status == 404
    assert ask("/values?q=lang:xx&all=lang").status == 400


def test_a_long_text_is_whole_for_printing(tmp_path):
    import searchkit
    from searchkit import Document
    from tests.web.conftest import made

    text = "".join(f"Sentence {number} of the memorandum.\n" for number in range(6_000))
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([Document("long", text)])
        ask = made(index)
        part = ask("/document?id=long&q=5999").html
        [whole] = [link for link in part.xpath("//nav[@class='pager']/a") if words(link) == "all parts, to print"]
        page = ask(whole.get("href")).html
        assert page.xpath("//div[@class='text']")[0].text_content().replace("‹", "").replace("›", "") == text
        places = page.xpath("//ol[@class='places']//a/@href")
        assert places == [whole.get("href") + "#m1"]
        assert words(part.xpath("//p[@class='printed']")[0]).startswith("part 1 of ")


def test_persons_among_the_hits(ask, seeds_index):
    link = [
        one for one in ask("/search?q=memorandum").html.xpath("//a") if words(one) == "Persons named in these documents"
    ]
    page = ask(link[0].get("href")).html
    names = [words(one) for one in page.xpath("//tbody/tr/th/a")]
    assert any("азиза" in name for name in names)
    assert len(names) < len(seeds_index.people())
    assert [person.name for person in seeds_index.people_in("memorandum", 5)] == names[:5]
    counts = {person.name: person.documents for person in seeds_index.people_in("memorandum", language="kk")}
    assert max(counts.values()) <= seeds_index.search("memorandum", language="kk").total
    assert ask("/people?of=lang:xx").status == 400


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Kazakh 0 ×", "without a date 0 ×"]),
        ("kk", ["қазақ тілі 0 ×", "күні жоқ 0 ×"]),
        ("uz", ["qozoq tili 0 ×", "sanasiz 0 ×"]),
    ],
)
def test_active_filters_are_named_in_the_readers_language(ask, language, names):
    page = ask(f"/search?q=zzzqqq&lang=kk&date=none&ui={language}").html
    assert [one.text_content().strip() for one in page.xpath("//p[@class='active']/a")] == names
    # A value that is chosen stays, by its name, at 0.
    (chosen,) = page.xpath("//input[@name='lang'][@checked]/..")
    assert " ".join(chosen.text_content().split()) == names[0][:-2]


def test_an_active_filter_says_in_how_many_documents_it_is(ask):
    def chips(address):
        return [words(one) for one in ask(address).html.xpath("//p[@class='active']/a")]

    assert chips("/search?q=memorandum&lang=kk") == ["Kazakh 2 ×"]
    assert chips("/search?q=memorandum&lang=kk,ru&date=2026") == ["Kazakh 2 ×", "Russian 1 ×", "2026 3 ×"]
    assert chips("/search?q=memorandum&lang=-kk") == ["without Kazakh ×"]


def test_languages_within_a_sentence_and_a_citation_are_the_readers(ask, by_name):
    note = ask("/search?q=lang:xx&ui=ru").html.find_class("note")[0].text
    assert "kk (казахский)" in note
    assert "Kazakh" not in note
    id = by_name["library-accord-uz-latin.txt"]
    for language, seen in (
        ("en", "(seen "),
        ("kk", "(қаралған күні: "),
        ("uz", "(koʻrilgan sana: "),
        ("ru", "(дата обращения: "),
    ):
        assert seen in ask(f"/document?id={id}&ui={language}").html.get_element_by_id("cited").text
        assert seen in ask(f"/cite?id={id}&ui={language}").text


@pytest.mark.parametrize("query", ["memorandum", 'zzzqqq OR "memorandum', "memorandum) kutubxona"])
def test_persons_among_the_hits_lead_to_every_mention_of_them(ask, query):
    page = ask(f"/search?q={quote(query)}").html
    (heading,) = [one for one in page.findall(".//h2") if one.text == "Persons in these documents"]
    links = heading.getparent().findall(".//li/a")
    assert 0 < len(links) <= 8
    for link in links:
        number = int(link.getparent().find_class("count")[0].text)
        assert len(set(ask(link.get("href")).html.xpath("//tbody//a/@href"))) >= number


def test_a_permalink_of_a_text_that_changed_leads_to_the_document_now(tmp_path):
    import searchkit
    from tests.web.conftest import made

    file = tmp_path / "papers" / "a.txt"
    file.parent.mkdir()
    with searchkit.open(tmp_path / "index", create=True) as index:
        file.write_text("The first text.")
        index.sync([file.parent], jobs=1)
        (id,) = index.ids()
        link = f"/p/{index[id].fingerprint}?at=4-9"
        file.write_text("The second text.")
        index.sync([file.parent], jobs=1)
        reply = made(index)(link)
        assert reply.status == 404
        assert "The text has changed since the link was made" in reply.text
        [now] = reply.html.xpath("//main//li/a/@href")
        assert made(index)(now).status == 200


def test_the_collection_says_what_the_last_update_did(tmp_path):
    import searchkit
    from tests.web.conftest import made

    folder = tmp_path / "papers"
    folder.mkdir()
    with searchkit.open(tmp_path / "index", create=True) as index:

        def said():
            index.sync([folder], jobs=1)
            text = words(made(index)("/collection").html.xpath("//dl")[0])
            return text.partition("Last update")[2].partition("Not read")[0]

        (folder / "a.txt").write_text("A memorandum.")
        (folder / "b.txt").write_text("A library.")
        assert said().rstrip().endswith(": 2 added")
        (folder / "a.txt").write_text("Another memorandum.")
        (folder / "b.txt").unlink()
        assert said().rstrip().endswith(": 1 updated, 1 removed")
        assert said().rstrip().endswith(": nothing has changed")
        (tmp_path / "index" / "last_update.json").write_text("[]")
        assert made(index)("/collection").status == 200


def test_what_was_added_last_comes_first(ask, seeds_index, tmp_path):
    import searchkit
    from tests.web.conftest import made

    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([searchkit.Document(name, "A memorandum.", date="2025") for name in ("a", "b", "c")])
        page = made(index)("/search?q=memorandum&sort=added").html
        assert [words(link) for link in page.xpath("//p[@class='order']/a[@aria-current]")] == ["added last first"]
        assert len(page.find_class("hit")) == 3
    assert ask("/search?q=memorandum&sort=zzz").status == 400
    assert ask("/api/v1/search?q=memorandum&sort=added").json["total"] == 6
