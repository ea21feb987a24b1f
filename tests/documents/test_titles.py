"""Titles: sensible or empty."""

import pytest

from searchkit.documents.titles import LONGEST, find_markdown_title, find_title, meaningful, unmarked, without_site


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("## Kazakh delegation received\n\n2025/06/25\n\nText.", "Kazakh delegation received"),
        ("Ұлттық кітапхана\n\nБүгін отырыс өтті.", "Ұлттық кітапхана"),
        ("\n\n«Ғылым ордасы» келді\n\nМәтін.", "«Ғылым ордасы» келді"),
        ("2025/06/25\n\nThe news\n\nText.", "The news"),  # a date may stand before the title
        ("home > ACTIVITY > Cooperation\n\nThe International Cooperation\n\nText", "The International Cooperation"),
        ("Is this a title?\n\nText.", "Is this a title?"),
        ("7th meeting of ministers\n\nText.", "7th meeting of ministers"),
        # Place and date directly below it.
        ("Подписан меморандум\n«Огни Алатау», 24 мая 2011 г.\n\nТекст.", "Подписан меморандум"),
        ("Bosh vazir Pekinga bordi\n2024-yil 12-sentabr, Toshkent\nMatn davom etadi.", "Bosh vazir Pekinga bordi"),
        ("ПРИКАЗ № 31\nг. Алма-Ата 3 сентября 1987 года\n\nО ремонте", "ПРИКАЗ № 31"),
        ("Library signs accord\nBy our reporter, May 21, 2011\nALMATY - The library", "Library signs accord"),
        ("П Р И К А З  № 12\n\nг. Алма-Ата", "П Р И К А З № 12"),
        # A heading further down, where the first line is none.
        ("Page 1 of 3, printed by us.\n## **The heading** of [it](http://x.y) ##\nText", "The heading of it"),
        # Not titles:
        ("redactor redactor\n\nDeputies met", ""),  # no capital: something off a page
        (" date 2025-12-04 Images | gov.kz\n\nTell a friend\n\nThe capital hosted", ""),  # a menu
        ("A sentence that ends as one does.\n\nText.", ""),
        ("Title directly followed\nby its text, as poems are.", ""),
        ("В письме директора музея от\n5 мая 1921 г.\nсказано иначе", ""),
        ("The committee met in Almaty\n5 May 2024 and decided.\nIt was late", ""),
        ("One line and a date\n5 May 2024", ""),
        ("One line alone", ""),
        ("One line alone\n\n", ""),
        ("Dear colleagues,\n\nText.", ""),
        ("Write to editor@example.org\n\nText.", ""),
        ("12345 67890 12345\n\nText.", ""),
        ("Word " * 60 + "\n\nText.", ""),
        ("", ""),
    ],
)
def test_title_of_plain_text(text, title):
    assert find_title(text) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("home > news\n\n# The title\n\n## Part\n", "The title"),
        ("## Part before\n\n# The title\n", "The title"),
        ("The title\n=========\n\nText\n", "The title"),
        ("Part\n----\n\n# The title\n", "The title"),
        ("```\n# a comment\n```\n\n## The title\n", "The title"),
        ("#hashtag\n\nText\n", ""),
        ("- item\n---\n", ""),
        ("# `code` and *stress* and __more__\n", "code and stress and more"),
    ],
)
def test_title_of_markdown(text, title):
    assert find_markdown_title(text) == title


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Annual report of the library", "Annual report of the library"),
        ("Microsoft Word - Annual report of the library", "Annual report of the library"),
        ("Microsoft Word - report.doc", ""),
        ("otchet_2024.indd", ""),
        ("report_2024_final", ""),
        ("Untitled-1", ""),
        ("Документ1", ""),
        ("Презентация PowerPoint", ""),
        ("12345", ""),
        ("  ", ""),
        ("Меморандум", "Меморандум"),
    ],
)
def test_titles_stated_by_programs(stated, title):
    assert meaningful(stated) == title


@pytest.mark.parametrize(
    ("title", "site", "headings", "expected"),
    [
        ("Library news | gov.kz", "", [], "Library news"),
        ("Library news - Kazinform", "Kazinform", [], "Library news"),
        ("Kazinform: library news", "Kazinform", [], "Kazinform: library news"),
        ("Kazinform | library news", "kazinform", [], "library news"),
        ("Almaty - city of apples", "", [], "Almaty - city of apples"),
        ("Library news — Inform Agency", "", ["Library news"], "Library news"),
        ("The news of the library", "", ["news of the library"], "The news of the library"),
        ("Plain title", "", ["Another heading"], "Plain title"),
    ],
)
def test_title_without_the_name_of_the_site(title, site, headings, expected):
    assert without_site(title, site, headings) == expected


def test_long_titles_are_cut_at_a_word():
    title = find_title("# " + "word " * 100)
    assert len(title) <= LONGEST + 1
    assert title.endswith("word…")


def test_marks_that_mean_nothing_stay():
    assert unmarked("2 * 3 and snake_case_name") == "2 * 3 and snake_case_name"
