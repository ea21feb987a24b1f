"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import searchkit
from searchkit.cli.translated import PathType, option
from searchkit.locale import N_

if TYPE_CHECKING:
    from searchkit.collection.index import Index

F = TypeVar("F", bound=Callable[..., Any])


def index_option(command: F) -> F:
    """--index, the folder of the index, as `folder`."""
    return option(
        "--index",
        "folder",
        type=PathType(path_type=Path),
        callback=lambda context, parameter, folder: _folder(folder),
        default="index",
        envvar="SEARCHKIT_INDEX",
        show_default=True,
        show_envvar=True,
        help="Folder of the index, or its address in a cluster.",
    )(command)


def _folder(given: Path) -> Path:
    """The folder that stands for the address of an index in a cluster; any other is the one that was meant."""
    if not str(given).startswith(("http:", "https:")):
        return given
    from searchkit.collection import cluster_index

    return cluster_index.folder_of(given)


def filter_options(command: F) -> F:
    """Those that narrow a command to some documents, in the order of its help."""
    for name, parameter, metavar, text in (
        ("--path", "path", "TEXT", N_("Only documents whose path holds this, or fits it as a glob.")),
        ("--date", "date", "FROM..TO", N_("Only documents of these dates: 2025, 2025-06..2026, ..2024.")),
        ("--lang", "language", "CODE", N_("Only documents that hold this language: en, kk, uz, ru.")),
    ):
        command = option(name, parameter, metavar=metavar, help=text)(command)
    return command


def matching_options(command: F) -> F:
    """How far a word of a query may be from what it matches: `plain` and `match`; `translate` and `transliterate` of old."""
    for each in (
        option(
            "--no-translit",
            "transliterate",
            flag_value=False,
            default=True,
            hidden=True,
            help="Only the alphabet and spelling as typed.",
        ),
        option("--no-translate", "translate", flag_value=False, default=True, hidden=True, help="As --match scripts."),
        option(
            "--match",
            type=click.Choice(["exact", "forms", "scripts", "meanings"]),
            default="meanings",
            show_default=True,
            help="How far to go from what you typed: the very word, its forms, other alphabets and spellings too, or"
            " words of other languages too.",
        ),
        option("--plain", is_flag=True, help="Take the query as words, with no operators."),
    ):
        command = each(command)
    return command


def context_option(command: F) -> F:
    """-C, as `words`."""
    return option(
        "-C",
        "words",
        type=click.IntRange(0, 1_000),
        metavar="N",
        help="Show N words on each side.  [default: the passage]",
    )(command)


def json_option(command: F) -> F:
    """--json, as `as_json`."""
    return option("--json", "as_json", is_flag=True, help="One JSON object a line, for programs.")(command)


def open_index(folder: Path) -> Index:
    """The index in a folder, which must be there."""
    return searchkit.open(folder, create=False)
