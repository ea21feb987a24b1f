"""searchkit completion: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click

from searchkit.cli import output
from searchkit.cli.command import Command
from searchkit.cli.translated import argument


@click.command(
    "completion",
    cls=Command,
    short_help="The completion script of a shell.",
    example='eval "$(searchkit completion bash)"',
)
@argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    from click.shell_completion import get_completion_class

    completer = get_completion_class(shell)
    assert completer is not None
    script = completer(context.find_root().command, {}, "searchkit", "_SEARCHKIT_COMPLETE").source()
    output.echo_all(script.splitlines())
