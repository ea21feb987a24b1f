"""Help and usage errors in the user's language, click's own sentences and ours alike.

What a command says of itself stands in English in its module and is translated where it is shown: paragraph by paragraph, and the
words in capitals that stand for what is typed (QUERY) wherever they stand alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from searchkit import lazy
from searchkit.locale import N_
from searchkit.locale.spoken import paragraphs, say, spoken

F = TypeVar("F", bound=Callable[..., Any] | click.Command)
WORDS = (
    *(N_("OPTIONS"), N_("COMMAND"), N_("ARGS"), N_("QUERY"), N_("NAME"), N_("PATH"), N_("PATHS"), N_("ID"), N_("WORD")),
    *(N_("TEXT"), N_("FILE"), N_("DIRECTORY"), N_("INTEGER"), N_("INTEGER RANGE"), N_("FROM"), N_("TO"), N_("CODE")),
    *(N_("CODES"), N_("ROLE"), N_("GLOB"), N_("ADDRESS"), N_("N"), N_("SHELL"), N_("PLACE")),
)
"""Words that stand for what is typed, ours and click's."""
_CAPITALS = lazy.regex(r"[A-Z]{2,}(?: [A-Z]{2,})*|\bN\b")
"""A word that stands for what is typed."""
_NOTE = lazy.regex(r" (?=\[[^\]]*\]$)")


def speak_click() -> None:
    """Have click speak the chosen language.

    click asks gettext for a domain that holds for the whole process, in the language of the environment as it is then; ours is
    chosen for each run, also by SEARCHKIT_LANG. So its modules, which name gettext's two functions `_` and `ngettext`, get those
    of the chosen catalogue.
    """
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "click":
            for function, own in (("_", say), ("ngettext", spoken().plural)):
                if hasattr(module, function):
                    setattr(module, function, own)


def words_of(metavar: str) -> list[str]:
    """The words in a metavar such as [QUERY]... that are translated."""
    return _CAPITALS.findall(metavar)


def said(metavar: str) -> str:
    """A metavar such as [QUERY]... with its words translated."""
    return _CAPITALS.sub(lambda word: say(word[0]), metavar)


class TranslatedHelp(click.Command):
    """A command or group whose help is translated."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        english = self.help
        if english:
            self.help = "\n\n".join(one if one.startswith("\b") else say(one) for one in paragraphs(english))
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = english

    def get_short_help_str(self, limit: int = 45) -> str:
        """The line for a list of commands."""
        return say(self.short_help) if self.short_help else super().get_short_help_str(limit)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the name of the command in the line on its usage."""
        return [said(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """--help, which click makes once and keeps."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("Show this message and exit.")
        return option


class PathType(click.Path):
    """`click.Path`, which calls what it takes a file, a directory or a path in the language of now, not of when it was made."""

    @property
    def name(self) -> str:
        """What it takes."""
        if self.file_okay and self.dir_okay:
            return say("path")
        return say("file") if self.file_okay else say("directory")

    @name.setter
    def name(self, name: str) -> None:
        del name


class Option(click.Option):
    """An option whose help is translated."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its help, for the list of options."""
        english = self.help
        if english:
            (line,) = paragraphs(english)
            # As click has it, two spaces stand before what is said in brackets at the end.
            self.help = _NOTE.sub("  ", say(line))
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english

    def make_metavar(self, *context: Any, **named: Any) -> str:
        """What stands for the value."""
        return said(super().make_metavar(*context, **named))


class Argument(click.Argument):
    """An argument whose name is translated."""

    def make_metavar(self, *context: Any, **named: Any) -> str:
        """What stands for the value."""
        return said(super().make_metavar(*context, **named))


def option(*declarations: str, **settings: Any) -> Callable[[F], F]:
    """`click.option` of ours."""
    return click.option(*declarations, cls=Option, **settings)


def argument(*declarations: str, **settings: Any) -> Callable[[F], F]:
    """`click.argument` of ours."""
    return click.argument(*declarations, cls=Argument, **settings)
