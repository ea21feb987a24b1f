"""The base of all commands: help that ends with an example, modules that load late, errors in one sentence."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from searchkit.cli import output
from searchkit.cli.failsafe import ERROR, errors_in_one_line
from searchkit.cli.translated import TranslatedHelp, speak_click
from searchkit.locale import of_environment, spoken
from searchkit.locale.spoken import say

FOUND, NOTHING = 0, 1
"""The exit codes of a command, beside `ERROR`."""

__all__ = ["ERROR", "FOUND", "NOTHING", "Command", "CommandGroup", "finish"]


def finish(failed: bool, found: bool) -> None:
    """End a command that looks for something, with the exit code that says how it went."""
    if failed or not found:
        sys.exit(ERROR if failed else NOTHING)


class Command(TranslatedHelp):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.example:
            with formatter.section(say("Example")):
                for line in self.example.splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class CommandGroup(TranslatedHelp, click.Group):
    """The top of all commands. `sections` has the names of commands under the headings of the help; each is `command` in
    the module of its name in `searchkit.cli`."""

    def __init__(self, *args: Any, sections: Mapping[str, Sequence[str]], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.sections = sections

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(name for names in self.sections.values() for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"searchkit.cli.{cmd_name}").command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        given = args[0]
        if given.startswith("-") or given in self.list_commands(ctx):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(given, self.list_commands(ctx), 1)
        if near:
            advice = say("There is no command %(name)s: did you mean searchkit %(near)s?", name=given, near=near[0])
        else:
            advice = say("There is no command %(name)s: to look for the word, searchkit search %(name)s.", name=given)
        raise click.UsageError(advice, ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(map(len, self.list_commands(ctx)))
        for heading, names in self.sections.items():
            with formatter.section(say(heading)):
                found = [(name, command) for name in names if (command := self.get_command(ctx, name))]
                formatter.write_dl([(f"{name:<{width}}", command.get_short_help_str(80)) for name, command in found])

    def invoke(self, ctx: click.Context) -> Any:
        with errors_in_one_line():
            return super().invoke(ctx)

    def main(self, *args: Any, **settings: Any) -> Any:
        run: Any = super().main
        spoken.speak(of_environment())
        speak_click()
        if not settings.pop("standalone_mode", True):
            output.prepare_streams()
            return run(*args, standalone_mode=False, **settings)
        if not os.environ.get("SEARCHKIT_DEBUG"):
            output.hide_messages_of_libraries()
        output.prepare_streams()
        if not sys.warnoptions and not os.environ.get("SEARCHKIT_DEBUG"):
            warnings.simplefilter(
                "ignore"
            )  # libraries warn in the words of documents, and nobody can do anything about it
        with errors_in_one_line():
            code = run(*args, standalone_mode=False, **settings)
        raise SystemExit(code if isinstance(code, int) else FOUND)
