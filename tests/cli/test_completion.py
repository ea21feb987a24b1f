"""searchkit completion."""

import pytest


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(run, shell):
    assert "searchkit" in run("completion", shell).output
