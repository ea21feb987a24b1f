"""What all commands have in common: help that ends with an example, modules that load late, errors in one sentence."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from searchkit.cli import output
from searchkit.cli.failsafe import ERROR, errors_in_one_line

FOUND, NOTHING = 0, 1
"""The exit codes of a command, beside `ERROR`."""

__all__ = ["ERROR", "FOUND", "NOTHING", "Command", "Group", "finish"]


def finish(failed: bool, found: bool) -> None:
    """End a command that looks for something, with the exit code that says how it went."""
    if failed or not found:
        sys.exit(ERROR if failed else NOTHING)


class Command(click.Command):
    """A command whose help ends with an example."""

    def __init__(self, *args: Any, example: str = "", **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.example:
            with formatter.section("Example"):
                for line in self.example.splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


class Group(click.Group):
    """The top of all commands. `modules` says for the name of each in which module of `searchkit.cli` it is `command`."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = self.modules.get(cmd_name)
        if module is None:
            return None
        found: click.Command = import_module(f"searchkit.cli.{module}").command
        return found

    def invoke(self, ctx: click.Context) -> Any:
        with errors_in_one_line():
            return super().invoke(ctx)

    def main(self, *args: Any, **settings: Any) -> Any:
        output.prepare_streams()
        run: Any = super().main
        if not settings.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **settings)
        if not sys.warnoptions and not os.environ.get("SEARCHKIT_DEBUG"):
            warnings.simplefilter(
                "ignore"
            )  # libraries warn in the words of documents, and nobody can do anything about it
        with errors_in_one_line():
            code = run(*args, standalone_mode=False, **settings)
        raise SystemExit(code if isinstance(code, int) else FOUND)
