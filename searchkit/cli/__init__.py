"""The command line: arguments in, text or JSON out, no logic. A module a command, loaded when the command is given.

Exit codes: 0 found or done, 1 nothing found, 2 error, 130 interrupted.
"""

from __future__ import annotations

import gc

import click

import searchkit
from searchkit.cli.command import CommandGroup
from searchkit.cli.failsafe import end_on_signals
from searchkit.cli.translated import Option
from searchkit.locale import N_

_BRIEF = frozenset({"search", "show", "stats", "analyze", "completion"})
"""Commands that are over before garbage could pile up, and that change nothing which a signal could leave half done."""


@click.group(
    cls=CommandGroup,
    sections={
        N_("Find"): ("search", "concordance", "mentions", "people"),
        N_("Read"): ("show", "open", "cite", "serve"),
        N_("Keep the index"): ("index", "verify", "stats", "failures", "duplicates", "convert"),
        N_("Words"): ("analyze", "lexicon"),
        N_("Other"): ("completion",),
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(searchkit.__version__, prog_name="searchkit", cls=Option)
def main() -> None:
    """Search documents in English, Kazakh, Uzbek and Russian, in Cyrillic and Latin.

    Index a folder, then search it, or list every mention of a person:

    \b
        searchkit index seeds
        searchkit search memorandum
        searchkit mentions "Gaziza Nurgaliyeva"
    """
    context = click.get_current_context()
    if context.invoked_subcommand not in _BRIEF:
        end_on_signals()
    elif gc.isenabled():
        # What such a command makes lasts as long as it does. To look for garbage in it, at the end too, takes a tenth of
        # its time.
        gc.disable()
        context.call_on_close(_resume_collection)


def _resume_collection() -> None:
    """Look for garbage in what is made from now on."""
    gc.freeze()
    gc.enable()
