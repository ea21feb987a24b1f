"""What the README shows is what the commands print.

After a change of output: python tests/test_readme.py writes the README anew.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)


def printed(command, folder):
    """What a command line that begins with `searchkit` prints, run beside seeds/."""
    run = f"{sys.executable} -c 'from searchkit.cli import main; main(prog_name=\"searchkit\")' "
    environment = {**os.environ, "NO_COLOR": "1", "SEARCHKIT_INDEX": str(folder / "index"), "PYTHONIOENCODING": "utf-8"}
    line = command.replace("searchkit ", run, 1)
    return subprocess.run(
        ["sh", "-c", line], capture_output=True, cwd=folder, env=environment, check=False
    ).stdout.decode()


def sessions_as_printed(text):
    """The text with the output of each `$ command` of its console blocks put in place."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(
            ROOT / "seeds", folder / "seeds"
        )  # not a link, whose documents would be named by where it leads

        def session(match):
            commands = [line for line in match[1].splitlines() if line.startswith("$ ")]
            shown = [f"{command}\n{printed(command[2:], folder)}" for command in commands]
            return "```console\n" + "\n".join(shown) + "```"

        return SESSION.sub(session, text)


def test_the_output_in_the_readme_is_real():
    text = README.read_text(encoding="utf-8")
    assert "$ searchkit search" in text
    assert sessions_as_printed(text) == text, "run: python tests/test_readme.py"


if __name__ == "__main__":
    README.write_text(sessions_as_printed(README.read_text(encoding="utf-8")), encoding="utf-8")
