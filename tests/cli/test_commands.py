"""All commands: exit codes, JSON, help with an example."""

# Tests as well, in searchkit/: cli: asked command convert document facet_counts options place_lists progress recent
#   searches stats verify

import json

import click
import pytest

from searchkit import cli

from .reading import entries


def test_nothing_found_exits_with_1(indexed):
    result = indexed("search", "zebra")
    assert (result.exit_code, result.output) == (1, "Nothing found.\n")
    assert indexed("mentions", "Nobody Nowhere").exit_code == 1
    assert indexed("show", "absent").exit_code == 1


def test_json_is_one_object_a_line_named_as_in_the_api(indexed):
    hits = entries(indexed("search", "--json", "memorandum"))
    assert {hit["id"] for hit in hits} == {"papers/one.txt", "papers/two.txt"}
    snippet = hits[0]["snippets"][0]
    highlight = snippet["highlights"][0]
    assert snippet["text"][highlight["start"] : highlight["end"]] in ("memorandum", "меморандумға")
    mention = json.loads(indexed("mentions", "--json", "Gaziza Nurgalieva").output.splitlines()[0])
    assert mention["document_id"] == "papers/one.txt"
    assert mention["text"] == "Gaziza Nurgaliyeva"
    report = json.loads(indexed("index", "--json", "papers").output)
    assert report["unchanged"] == 2
    assert json.loads(indexed("stats", "--json").output)["documents"] == 2
    assert json.loads(indexed("show", "--json", "papers/one.txt").output)["date"] == "2023-07-27"
    words = [json.loads(line) for line in indexed("analyze", "--json", "Кітапханасында").output.splitlines()]
    assert words[0]["token"]["stem"] == "kitaphana"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["search", "--index", "absent", "x"], "There is no index in absent: make one"),
        (["verify", "--index", "absent"], "There is no index in absent: make one"),
        (["search", "lang:xx"], "xx"),
        (["search", "--date", "soon", "x"], "soon"),
        (["index", "absent"], "absent: does not exist: check the spelling"),
        (["analyze", "--lang", "xx", "x"], "xx"),
    ],
)
def test_errors_are_one_sentence_and_exit_code_2(indexed, arguments, sentence):
    result = indexed(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "Traceback" not in result.output + result.stderr


def commands(group, path=()):
    """Every command below a group: (its path of names, the command)."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


@pytest.mark.parametrize(("path", "command"), list(commands(cli.main)), ids=lambda value: str(value))
def test_every_command_has_help_with_an_example(run, path, command):
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert f"searchkit {' '.join(path)}" in result.output.split("Example", 1)[1]
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help, f"--{parameter.name} has no help"


@pytest.mark.parametrize("path", [(), ("lexicon",)])
def test_the_list_of_commands_says_each_in_a_whole_line(run, path):
    shown = run(*path, "--help").output
    assert "..." not in shown.partition("Options:")[2]
    group = cli.main.get_command(click.Context(cli.main), *path) if path else cli.main
    for name in group.list_commands(click.Context(group)):
        assert f"\n  {name} " in shown


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("serch", "There is no command serch: did you mean searchkit search?"),
        ("mention", "There is no command mention: did you mean searchkit mentions?"),
        ("memorandum", "There is no command memorandum: to look for the word, searchkit search memorandum."),
    ],
)
def test_a_command_that_is_not_there(run, given, sentence):
    result = run(given)
    assert result.exit_code == 2
    assert f"Error: {sentence}\n" in result.stderr
