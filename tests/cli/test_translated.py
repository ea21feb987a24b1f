"""Help and usage errors in the user's language: no English sentence is left, in any command."""

import inspect
import re

import click
import pytest

import searchkit
from searchkit.cli import main
from searchkit.cli.translated import WORDS, Option, words_of
from searchkit.locale import LANGUAGES, spoken
from searchkit.locale.compile import of_click

FOREIGN = [code for code in LANGUAGES if code != "en"]
CYRILLIC = [code for code in FOREIGN if code != "uz"]
LITERAL = re.compile(
    r"'[^']*'|\"[^\"]*\"|\[[a-z|]+\]|\{[a-z|]+\}|--?[\w-]+|\b[A-Z]+(?:_[A-Z]+)+\b|https?://\S+"
    r"|searchkit(?: [a-z]+)*|\b(?:AND|OR|NOT)\b|pip install \S+|[\w./-]*[.:=~*/|\[][\w./:~*-]*|\bxargs\b|RDF/XML|Ctrl-C"
)
"""What is typed as it stands, in any language."""
ENGLISH = re.compile(
    r"\b(?:the|of|and|with|is|are|this|that|these|for|which|from|there|not|only|when|show|give|such|missing|default|usage|"
    r"required|options?|invalid|unexpected|try)\b",
    re.IGNORECASE,
)
"""Words without which English sentences hardly get along, and which are none of Uzbek."""


def commands():
    """All commands by what is typed for them."""

    def below(typed, command):
        yield typed, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                yield from below([*typed, name], command.get_command(context, name))

    return list(below([], main))


COMMANDS = commands()


@pytest.fixture(autouse=True)
def english_again():
    yield
    spoken.speak("en")


@pytest.fixture
def said(monkeypatch, capsys, tmp_path):
    """What a command line prints in a language."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def run(language, *arguments):
        monkeypatch.setenv("SEARCHKIT_LANG", language)
        with pytest.raises(SystemExit):
            main(list(arguments), prog_name="searchkit")
        printed = capsys.readouterr()
        return printed.out + printed.err

    return run


def english_in(text, language):
    """The English that is left in a text."""
    without_examples = re.split(r"\n\S+:\n  searchkit ", text)[0]
    rest = LITERAL.sub(" . ", re.sub(r"\n +searchkit .*", "", without_examples))
    rest = re.sub(r"(?m)^  [a-z]+  +", " . ", rest)  # the names in a list of commands
    if language in CYRILLIC:
        return re.findall(r"[A-Za-z]{2,} [A-Za-z]{2,}", rest)
    return ENGLISH.findall(rest)


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize(("typed", "command"), COMMANDS, ids=[" ".join(typed) for typed, _ in COMMANDS])
def test_no_english_is_left_in_any_help(said, language, typed, command):
    shown = said(language, *typed, "--help")
    assert english_in(shown, language) == []
    # Each paragraph, each option and each heading is another than in English.
    english = said("en", *typed, "--help")
    same = set(map(str.strip, shown.splitlines())) & set(map(str.strip, english.splitlines()))
    assert [line for line in same if re.search(r"[a-z]{3,} [a-z]{2,}", LITERAL.sub(".", line))] == []
    del command


WRONG = [
    ("serch",),
    ("qqqq",),
    ("search", "--nope"),
    ("search", "--sor", "x"),
    ("search", "-n", "many", "word"),
    ("search", "-n", "0", "word"),
    ("search", "--sort", "oldish", "word"),
    ("search", "--sort"),
    ("search",),
    ("search", "--json", "--csv", "word"),
    ("search", "--json=1", "word"),
    ("search", "--from", "absent.txt"),
    ("mentions",),
    ("show",),
    ("show", "a", "b"),
    ("show", "a", "b", "c"),
    ("cite", "a", "--as", "paper"),
    ("convert",),
    ("completion", "dosshell"),
    ("lexicon",),
    ("lexicon", "lookup"),
    ("lexicon", "nothing"),
    ("index", "--exclude", "*.x"),
    ("index", "--watch", "--force", "."),
    ("serve", "--port", "99999"),
    ("serve", "--password-file", "absent"),
    ("serve", "--password-file", "."),
]


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("typed", WRONG, ids=" ".join)
def test_no_english_is_left_in_any_usage_error(said, language, typed):
    shown = said(language, *typed)
    assert shown != said("en", *typed)
    assert english_in(shown, language) == []


def test_the_next_run_speaks_its_own_language(said):
    assert "Использование:" in said("ru", "search", "--help")
    assert "Usage:" in said("en", "search", "--help")
    assert "Show this message and exit." in said("en", "search", "--help")
    assert "Shu yordam" in said("uz", "search", "--help")


def test_every_option_and_every_word_for_a_value_is_ours():
    for typed, command in COMMANDS:
        context = [click.Context(command)] if "ctx" in inspect.signature(click.Option.make_metavar).parameters else []
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert isinstance(parameter, Option), (typed, parameter.name)
            if not getattr(parameter, "is_flag", False):
                assert set(words_of(parameter.make_metavar(*context))) <= set(WORDS), (typed, parameter.name)


def test_what_this_click_says_is_in_the_list():
    """Of the parts of click whose sentences users meet."""
    from pathlib import Path

    from babel.messages.extract import extract_from_file

    known = {one if isinstance(one, str) else one[0] for one in of_click()}
    for module in ("formatting", "exceptions"):
        file = Path(click.__file__).with_name(f"{module}.py")
        found = extract_from_file("python", str(file), keywords={"_": None, "ngettext": (1, 2)})
        for _, message, _, _ in found:
            assert (message if isinstance(message, str) else message[0]) in known


def test_the_steps_of_a_word_are_named_in_the_users_language(said):
    shown = {code: said(code, "analyze", "Кітапханаларымызда", "--lang", "kk") for code in ("en", *FOREIGN)}
    assert "ending: locative" in shown["en"]
    assert "the stem: known root кітапхана; shared Latin alphabet" in shown["en"]
    assert "жалғау: жатыс септік" in shown["kk"]
    assert "qoʻshimcha: egalik, 1-shaxs koʻplik" in shown["uz"]
    assert "основа: известный корень кітапхана; общий латинский алфавит" in shown["ru"]
    # One that is named by its form keeps it.
    assert "окончание: -дай: подобно" in said("ru", "analyze", "қаладай", "--lang", "kk")


def test_what_a_query_looks_for_is_said_in_the_users_language(said, tmp_path):
    with searchkit.open(tmp_path / "index", create=True) as index:
        index.add([searchkit.Document("a", "A library.")])
    shown = said("ru", "search", "--explain", "library -lang:kk date:2025..2026 path:papers")
    for part in ("всё из", "перевод", "без\n", "язык: kk", "дата: 2025 – 2026", "в пути есть: papers"):
        assert part in shown
    assert not re.findall(r"translation|all of|in language|dated", shown)
    assert "аударма" in said("kk", "search", "--explain", "library")
