"""docs/commands.md is what the commands say of themselves.

After a change of a command: python tests/cli/test_documentation.py writes the page anew.
"""

from pathlib import Path

import click

from searchkit import cli

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"
HEAD = """# The commands

What each command does and takes, as `searchkit COMMAND --help` prints it. `python -m searchkit` is the same program.

A command ends with exit code 0 when it found or did something, 1 when nothing was found, 2 after an error and 130 after
Ctrl-C. Errors are one sentence on standard error; SEARCHKIT_DEBUG=1 shows more. Output into files and pipes is UTF-8, without
colours; NO_COLOR=1 leaves them out on a terminal too.
"""


def commands(group, context):
    """Every command below a group, groups left out: its context and itself."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inner = click.Context(command, info_name=name, parent=context, help_option_names=["-h", "--help"])
        if isinstance(command, click.Group):
            yield from commands(command, inner)
        elif not command.hidden:
            yield inner, command


def page():
    top = click.Context(cli.main, info_name="searchkit", terminal_width=100, max_content_width=100)
    parts = [HEAD]
    for context, command in commands(cli.main, top):
        name = context.command_path.removeprefix("searchkit ")
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def test_the_page_of_commands_is_what_help_prints():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/cli/test_documentation.py"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
