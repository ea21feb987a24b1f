"""What documents, paths, metadata and reasons hold never reaches a terminal as anything but text.

Every command is run, in every format, on a collection made to attack the reader: escape sequences, hyperlinks, a
title of the window, signs of direction, ends of lines, halves of characters.
"""

import csv
import io
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import searchkit
from searchkit import cli
from searchkit.cli import output
from searchkit.display import screen

ATTACKS = {
    "colour": "\x1b[31mred",
    "clear screen": "\x1b[2J\x1b[H",
    "hyperlink": "\x1b]8;;http://example.org\x1b\\click\x1b]8;;\x1b\\",
    "window title": "\x1b]0;title\x07",
    "eight-bit": "\x9b31mred\x9d0;title\x9c",
    "next line": "a\x85b\u2028c\u2029d",
    "override": "\u202egnp.exe",
    "isolate": "\u2066abc\u2069 \u200f\u061c",
    "erase": "good\b\b\b\bbad\x7f",
    "null": "a\x00b",
    "forged line": "real\n2 documents\r\nError: forged",
    "markup": "]]><script>alert(1)</script>",
    "formula": "=HYPERLINK(1)",
    "own signs": "\ufdd0bold\ufdd3\ufdd2",
}
ALL = " ".join(ATTACKS.values())
NAME = "Gaziza Nurgaliyeva"
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
OURS = re.compile(r"\x1b\[(?:0|1|2|33)m")

COMMANDS = [
    ["search", "memorandum"],
    ["search", "memorandum", "--snippets", "9", "-n", "1", "--page", "2"],
    ["search", "memorandum", "--page", "99"],
    ["search", "memorandvm"],
    ["search", "--explain", f"memorandum {ALL}".replace("\x00", "")],
    ["search", "--plain", ALL],
    ["search", "lang:\x1b[31m"],
    ["search", "--date", "\x1b[31m\u202e", "x"],
    ["search", "--index", "\x1b[31m", "x"],
    ["search", "--sort", "\x1b[31m", "x"],
    ["mentions", NAME],
    ["mentions", NAME, "--by", "form"],
    ["mentions", NAME, "--by", "date"],
    ["mentions", NAME, "--by", "context"],
    ["mentions", NAME, "--csv"],
    ["mentions", NAME, "--by", "context", "--csv"],
    ["mentions", ALL],
    ["mentions", NAME, "-C", "3"],
    ["mentions", "--from", "names.txt"],
    ["mentions", "--from", "names.txt", "--csv"],
    ["concordance", "memorandum"],
    ["concordance", "memorandum", "-C", "5"],
    ["concordance", "memorandum", "--csv"],
    ["concordance", ALL],
    ["search", "memorandum", "--csv"],
    ["search", "memorandum", "--ids"],
    ["search", "memorandum", "--facets"],
    ["search", "memorandum", "-C", "4"],
    ["search", "--from", "names.txt"],
    ["search", "--from", "names.txt", "--count"],
    ["search", "memorandum", "--xlsx", "\x1b[31m.xlsx"],
    ["serve", "--get", "/search?q=memorandum"],
    ["serve", "--get", "/api/v1/search?q=memorandum"],
    ["duplicates"],
    ["duplicates", "--csv"],
    ["failures"],
    ["failures", "--csv"],
    ["people", "--csv"],
    ["people"],
    ["show", f"id {ALL}"],
    ["show", f"id {ALL}", "--query", "memorandum"],
    ["show", "absent \x1b[31m"],
    ["show", "1"],
    ["show", "id"],
    ["cite", f"id {ALL}"],
    ["cite", f"id {ALL}", "--as", "ris"],
    ["cite", f"id {ALL}", "--as", "bibtex"],
    ["cite", f"id {ALL}", "--as", "csl-json", "--collection", ALL.replace("\x00", "")],
    ["open", f"id {ALL}"],
    ["open", "\x1b[31m", "--where"],
    ["verify"],
    ["verify", "--repair"],
    ["stats"],
    ["analyze", ALL],
    ["convert", "--engine", "\x1b[31m"],
    ["lexicon", "lookup", "frobnicator"],
    ["lexicon", "check", "words.tsv"],
    ["lexicon", "check", "\x1b[31m.tsv"],
    ["lexicon", "import", "wrong.tsv"],
    ["index", "bad"],
    ["index", "\x1b[31m absent"],
    ["completion", "bash"],
    ["completion", "\x1b[31m"],
    ["\x1b[31m"],
    ["search", "--\x1b[31m"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An index of hostile documents, beside files with hostile names that cannot be read, and a hostile word list."""
    folder = tmp_path_factory.mktemp("hostile")
    text = f"A memorandum by {NAME}, {ALL}. memorandum{ALL}"
    documents = [
        searchkit.Document(
            id=f"id {ALL}",
            text=text,
            title=f"memorandum {ALL} {NAME}",
            source=ALL,
            metadata={f"key {ALL}": ALL, "list": [ALL]},
        ),
        searchkit.Document(id="=cmd|x", text=f"+1 {text}", title=f"@{ALL}", date="2025"),
        searchkit.Document(id=f"copy {ALL}", text=text),
        searchkit.Document(id="long", text="x" * 300_000 + f" {text}"),
    ]
    (folder / "bad").mkdir()
    for number, attack in enumerate(ATTACKS.values()):
        try:
            (folder / "bad" / f"{number}{attack.replace('/', '')}.txt").touch()
        except (OSError, ValueError):
            continue
    (folder / "names.txt").write_text(f"{NAME}\nmemorandum {ALL}\nlang:\x1b[31m\n", "utf-8", "replace")
    (folder / "words.tsv").write_text(f"pos\ten\tkk\n{ALL[:40]}\tfrobnicator\tтұғырнама\n", "utf-8")
    (folder / "wrong.tsv").write_text(f"en\t\x1b[31m\u202e{ALL[:9]}\n", "utf-8")
    with searchkit.open(folder / "index", create=True) as index:
        index.sync([folder / "bad"])
        assert index.add(documents) == 4
    return folder


@pytest.fixture
def run(folder, monkeypatch):
    monkeypatch.chdir(folder)

    def invoke(arguments):
        result = CliRunner().invoke(cli.main, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), arguments
        return result

    return invoke


def forms(command):
    """A command line, and as JSON where it has that."""
    yield command
    words = list(command)
    group = cli.main
    for word in words:
        group = group.get_command(click.Context(group), word) if isinstance(group, click.Group) else group
    if "--csv" in command or "--xlsx" in command or "--ids" in command:
        return
    if group is not None and any("--json" in parameter.opts for parameter in group.params):
        yield [*command, "--json"]


LINES = [form for command in COMMANDS for form in forms(command)]


@pytest.mark.parametrize("styled", [False, True], ids=["plain", "styled"])
@pytest.mark.parametrize("arguments", LINES, ids=lambda arguments: ascii(" ".join(arguments))[1:60])
def test_no_output_steers_the_terminal(run, arguments, styled, monkeypatch):
    monkeypatch.setattr(output, "styled", lambda err=False: styled)
    result = run(arguments)
    for stream in (result.stdout_bytes, result.stderr_bytes):
        shown = stream.decode("utf-8")
        if "--csv" in arguments:
            shown = shown.removeprefix("\ufeff").replace("\r\n", "\n")
        found = HIDDEN.search(OURS.sub("", shown) if styled and "--json" not in arguments else shown)
        assert found is None, f"{found[0]!r} in {shown[max(0, found.start() - 50) : found.end() + 20]!r}"


def test_every_command_is_attacked():
    def names(group, path=()):
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            yield from names(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]

    attacked = {tuple(command[: len(path)]) for command in COMMANDS for path in names(cli.main)}
    assert set(names(cli.main)) <= attacked


def test_json_gives_every_character_back(run):
    result = run(["show", f"id {ALL}", "--json"])
    shown = json.loads(result.stdout)
    assert shown["id"] == f"id {ALL}"
    assert shown["metadata"] == {f"key {ALL}": ALL, "list": [ALL]}
    assert result.stdout.count("\n") == 1


def test_a_table_holds_no_formula_and_a_row_a_mention(run):
    result = run(["mentions", NAME, "--csv"])
    shown = result.stdout_bytes.decode("utf-8")
    assert shown.startswith("\ufeffdocument_id,")
    assert shown.count("\r\n") == shown.count("\n")
    header, *rows = csv.reader(io.StringIO(shown.removeprefix("\ufeff"), newline=""))
    assert rows
    for row in rows:
        assert len(row) == len(header)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert "'=cmd|x" in {row[0] for row in rows}


def test_one_hit_is_not_taken_for_another(run):
    """An end of a line in a title or an id does not begin a line of the output."""
    lines = run(["search", "memorandum"]).stdout.splitlines()
    assert "2 documents" not in lines
    assert not any(line.startswith("Error: forged") for line in lines)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain words", "plain words"),
        ("Қазақша, o‘zbekcha — “да”", "Қазақша, o‘zbekcha — “да”"),
        ("a\tb", "a\tb"),
        ("\x1b[31m", "␛[31m"),
        ("\x00\x07\x7f", "␀␇␡"),
        ("\x9b", "\\u009b"),
        ("\u202egnp", "\\u202egnp"),
        ("\ud800", "\\ud800"),
        ("a\nb", "a␊b"),
    ],
)
def test_what_is_unsafe_is_shown_and_the_rest_stays(text, shown):
    assert screen.safe(text) == shown


def test_the_progress_bar_shows_no_name_as_it_is():
    from searchkit.display import update

    for attack in ATTACKS.values():
        assert not HIDDEN.search(update.progress(f"{attack * 30}.txt"))


def test_no_module_prints_past_the_screen():
    """`output` alone calls click.echo, and nothing prints."""
    for file in (Path(searchkit.__file__).parent / "cli").glob("*.py"):
        if file.name != "output.py":
            assert not re.search(
                r"click\.(secho|echo|style)\b|\bprint\(|sys\.std(out|err)\.write", file.read_text("utf-8")
            ), file
