import os
import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def base(tmp_path):
    """A folder in memory, where there is one: nothing here needs a disk, and hundreds of syncs take their time on one."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)
