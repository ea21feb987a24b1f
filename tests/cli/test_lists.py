"""Lists in every form: JSON with a last line, tables as CSV and XLSX, counts, ids, batches, words of context."""

# Tests as well, in searchkit/: display: list_tables xlsx

import csv
import io
import json
import sys

import pytest
from python_calamine import CalamineWorkbook

import searchkit
from searchkit.display import context, list_tables, xlsx
from searchkit.errors import SearchkitError

LISTS = [["search", "memorandum"], ["mentions", "Gaziza Nurgalieva"], ["people"], ["concordance", "memorandum"]]


def rows_of(result):
    return list(csv.reader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("command", "end"),
    [
        (LISTS[0], {"total": 2, "shown": 2, "complete": 2, "relaxed": False, "suggestion": None}),
        ([*LISTS[0], "-n", "1"], {"total": 2, "shown": 1, "complete": 2, "relaxed": False, "suggestion": None}),
        (
            ["search", "ьуьщкфтвгь"],
            {"total": 0, "shown": 0, "complete": 0, "relaxed": False, "suggestion": "memorandum"},
        ),
        (["search", "memorandum zebra"], {"total": 2, "shown": 2, "complete": 0, "relaxed": True, "suggestion": None}),
        (LISTS[1], {"mentions": 2, "documents": 2, "searched": 2, "failed": 0, "scanned_pages": 0}),
        (
            ["mentions", "Nobody Nowhere"],
            {"mentions": 0, "documents": 0, "searched": 2, "failed": 0, "scanned_pages": 0},
        ),
        (LISTS[2], {"people": 1}),
        (LISTS[3], {"places": 2, "documents": 2, "searched": 2, "failed": 0, "scanned_pages": 0}),
        (["failures"], {"failed": 0, "reasons": 0}),
    ],
)
def test_json_ends_with_the_totals(indexed, command, end):
    *_, last = indexed(*command, "--json").stdout.splitlines()
    assert json.loads(last) == {"end": end}


def test_json_has_the_text_of_documents_only_where_it_is_asked_for(indexed):
    (without, _), (with_text, _) = (
        [json.loads(line) for line in indexed("search", "memorandum", "--json", "-n", "1", *more).stdout.splitlines()]
        for more in ([], ["--text"])
    )
    assert "text" not in without["document"]
    assert without["document"]["date"] == "2023-07-27"
    assert with_text["document"]["text"].startswith("A memorandum was signed")


@pytest.mark.parametrize("command", LISTS, ids=lambda command: command[0])
def test_a_workbook_has_the_rows_of_the_table(indexed, tmp_path, command):
    header, *rows = rows_of(indexed(*command, "--csv"))
    assert rows
    result = indexed(*command, "--xlsx", "list.xlsx")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith(f"{len(rows)} row")
    sheet = CalamineWorkbook.from_path(tmp_path / "list.xlsx").get_sheet_by_index(0).to_python()
    assert sheet[0] == header
    assert [row[0] for row in sheet[1:]] == [row[0] for row in rows]
    assert not list(tmp_path.glob("*.part"))


def test_tables_say_on_standard_error_how_far_to_trust_them(indexed, tmp_path):
    (tmp_path / "papers" / "empty.txt").touch()
    indexed("index", "papers")
    result = indexed("mentions", "Gaziza Nurgalieva", "--csv")
    assert "2 mentions in 2 of 2 documents.\n1 file of the collection could not be read" in result.stderr
    assert indexed("search", "memorandum", "--csv").stderr == "2 documents\n"


def add(count):
    with searchkit.open("index", create=True) as index:
        index.add(
            searchkit.Document(f"more{number}", f"Memorandum {number}.", language="en") for number in range(count)
        )


def test_a_table_holds_all_documents_unless_a_page_is_asked_for(indexed):
    add(25)
    assert len(rows_of(indexed("search", "memorandum", "--csv"))) == 1 + 27
    assert len(rows_of(indexed("search", "memorandum", "--csv", "-n", "5", "--page", "2"))) == 1 + 5
    assert len(indexed("search", "memorandum", "--ids").stdout.splitlines()) == 27
    assert indexed("search", "memorandum", "--json").stdout.count("\n") == 10 + 1


def test_long_lists_are_fetched_in_parts(indexed, monkeypatch):
    from searchkit.cli import searches

    monkeypatch.setattr(searches, "FETCHED", 4)
    add(11)
    ids = indexed("search", "memorandum", "--ids").stdout.splitlines()
    assert len(ids) == len(set(ids)) == 13
    assert indexed("search", "memorandum", "--ids", "-n", "6", "--page", "2").stdout.splitlines() == ids[6:12]


@pytest.mark.parametrize("command", LISTS, ids=lambda command: command[0])
def test_one_form_is_chosen(indexed, command):
    result = indexed(*command, "--json", "--csv")
    assert result.exit_code == 2
    assert "Choose one of --json, --csv and --xlsx." in result.stderr


def test_a_workbook_without_its_library_says_what_to_install(indexed, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    result = indexed("people", "--xlsx", "people.xlsx")
    assert result.exit_code == 2
    assert "pip install 'searchkit[xlsx]'" in result.stderr
    assert not (tmp_path / "people.xlsx").exists()


@pytest.mark.parametrize("file", ["", ".", "papers"])
def test_a_folder_is_no_workbook(indexed, file):
    result = indexed("people", "--xlsx", file)
    assert result.exit_code == 2
    assert "Unexpected" not in result.stderr


def test_a_workbook_runs_nothing_and_keeps_every_letter(tmp_path):
    cells = ["=1+1", "http://example.org", "Қазақ ўзбек", "\x1b[31m", "0042", "x" * 40_000, "\U0001f4da" * 20_000]
    xlsx.write(tmp_path / "a.xlsx", list_tables.DataTable(("a", "b"), ((cell, 1.5) for cell in cells)))
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python()
    shown = [row[0] for row in rows[1:]]
    assert shown[:5] == ["=1+1", "http://example.org", "Қазақ ўзбек", "␛[31m", "0042"]
    assert shown[5] == "x" * 32_766 + "…"
    assert shown[6] == "\U0001f4da" * 16_383 + "…"
    assert {row[1] for row in rows[1:]} == {1.5}


def test_more_rows_than_a_sheet_holds_go_on_to_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 4)
    table = list_tables.DataTable(("n",), ([number] for number in range(7)))
    assert xlsx.write(tmp_path / "a.xlsx", table) == 7
    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    sheets = [book.get_sheet_by_index(number).to_python() for number in range(3)]
    assert sheets == [[["n"], [0.0], [1.0], [2.0]], [["n"], [3.0], [4.0], [5.0]], [["n"], [6.0]]]


def test_an_interrupted_workbook_leaves_the_old_one(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"old")

    def rows():
        yield [1]
        raise SearchkitError("stop")

    with pytest.raises(SearchkitError):
        xlsx.write(file, list_tables.DataTable(("n",), rows()))
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.xlsx", b"old")]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+7 701", "'+7 701"),
        ("-5", "'-5"),
        ("@home", "'@home"),
        ("\t=1", "'=1"),
        ("\r@x", "'@x"),
        ("  =1", "'=1"),
        ("a=1", "a=1"),
        ("two\nlines", "two lines"),
        ('a "word", b', '"a ""word"", b"'),
        (-5, "-5"),
        (None, ""),
    ],
)
def test_cells_of_csv_are_inert(cell, written):
    lines = "".join(list_tables.csv_lines(list_tables.DataTable(("a", "b"), [(cell, 1)])))
    assert lines == f"\ufeffa,b\r\n{written},1\r\n"


def test_a_table_without_rows_has_its_header():
    assert "".join(list_tables.csv_lines(list_tables.DataTable(("a", "b"), []))) == "\ufeffa,b\r\n"


def test_counts(indexed):
    assert indexed("search", "memorandum", "--count").stdout == "2\n"
    assert (indexed("search", "zebra", "--count").exit_code, indexed("search", "zebra", "--count").stdout) == (1, "0\n")
    assert json.loads(indexed("search", "memorandum", "--count", "--json").stdout) == {
        "query": "memorandum",
        "documents": 2,
    }


def test_ids_for_other_programs(indexed):
    assert indexed("search", "memorandum", "--ids").stdout == "papers/one.txt\npapers/two.txt\n"
    assert indexed("search", "memorandum", "--ids", "-0").stdout == "papers/one.txt\0papers/two.txt\0"
    assert indexed("search", "zebra", "--ids").exit_code == 1


def test_queries_from_a_file_and_from_standard_input(indexed, tmp_path):
    (tmp_path / "queries.txt").write_text("\ufeffmemorandum\n\n  zebra  \nмеморандум\n", encoding="utf-8")
    expected = "2\tmemorandum\n0\tzebra\n2\tмеморандум\n"
    assert indexed("search", "--from", "queries.txt", "--count").stdout == expected
    lines = "memorandum\nzebra\nмеморандум".encode()
    assert indexed("search", "-", "--count", input=lines).stdout == expected
    assert indexed("search", "--from", "-", "--count", input=lines).stdout == expected
    shown = indexed("search", "--from", "queries.txt").stdout
    assert shown.startswith("memorandum:\n2 documents\n")
    assert "\n\nzebra:\nNothing found.\n\nмеморандум:\n" in shown


def test_a_batch_says_which_query_each_row_answers(indexed, tmp_path):
    (tmp_path / "names.txt").write_text("Gaziza Nurgalieva\nNobody Nowhere\n", encoding="utf-8")
    header, *rows = rows_of(indexed("mentions", "--from", "names.txt", "--csv"))
    assert header[:2] == ["query", "document_id"]
    assert [row[:2] for row in rows] == [["Gaziza Nurgalieva", id] for id in ("papers/one.txt", "papers/two.txt")]
    *found, last = map(json.loads, indexed("mentions", "--from", "names.txt", "--json").stdout.splitlines())
    assert [entry["query"] for entry in found] == ["Gaziza Nurgalieva"] * 2
    assert [(end["query"], end["mentions"]) for end in last["end"]["queries"]] == [
        ("Gaziza Nurgalieva", 2),
        ("Nobody Nowhere", 0),
    ]


@pytest.mark.parametrize("command", ["search", "mentions", "concordance"])
@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_a_query_that_cannot_be_understood_costs_the_others_nothing(indexed, tmp_path, command, form):
    wrong = "12345" if command == "mentions" else "lang:xx memorandum"
    (tmp_path / "queries.txt").write_text(f"{wrong}\nGaziza Nurgalieva\n", encoding="utf-8")
    result = indexed(command, "--from", "queries.txt", *form)
    assert result.exit_code == 2
    assert f"Error: {wrong}: " in result.stderr
    assert "papers/one.txt" in result.stdout


@pytest.mark.parametrize("command", ["search", "mentions", "concordance"])
def test_what_a_batch_is_read_from(indexed, tmp_path, command):
    (tmp_path / "empty.txt").write_text("\n \n")
    (tmp_path / "old.txt").write_text("кітап", encoding="cp1251", errors="replace")
    for arguments, sentence in [
        (["--from", "empty.txt"], "There is no line in empty.txt"),
        (["--from", "old.txt"], "old.txt is not in UTF-8"),
        (["--from", "absent.txt"], "absent.txt: there is no such file"),
        (["word", "--from", "empty.txt"], "or --from FILE, one of the two"),
        ([], "or --from FILE, one of the two"),
    ]:
        result = indexed(command, *arguments)
        assert result.exit_code == 2
        assert sentence in result.stderr


AROUND = "one two three four five six seven"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (0, "four"),
        (1, "three four five"),
        (2, "two three four five six"),
        (9, AROUND),
    ],
)
def test_as_many_words_on_each_side_as_are_asked_for(words, shown):
    start, end = context.around(AROUND, 14, 18, words)
    assert AROUND[start:end] == shown


def test_words_of_context_in_every_list(indexed):
    assert "   …**memorandum** was…\n" not in indexed("search", "memorandum").stdout
    assert "   A **memorandum** was…\n" in indexed("search", "memorandum", "-C", "1").stdout
    assert ": by **Gaziza Nurgaliyeva** on  (" in indexed("mentions", "Gaziza Nurgalieva", "-C", "1").stdout
    assert ": A **memorandum** was\n" in indexed("concordance", "memorandum", "-C", "1").stdout
    (first, *_) = indexed("concordance", "memorandum", "-C", "2", "--json").stdout.splitlines()
    place = json.loads(first)
    start = place["start"] - place["context_start"]
    assert place["context"] == "A memorandum was signed"
    assert place["context"][start : start + place["end"] - place["start"]] == place["text"] == "memorandum"
