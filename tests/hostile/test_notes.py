"""What is named as a note and is none."""

import os
from pathlib import Path

import pytest

from studyllm.errors import InputError
from studyllm.notes.files import load

ENDLESS = Path("/proc/kmsg")


@pytest.mark.skipif(not os.access(ENDLESS, os.R_OK), reason="only root reads the kernel's messages, on Linux")
def test_a_file_without_end_is_not_waited_for() -> None:
    with pytest.raises(InputError, match="cannot be read: it has no end"):
        load(ENDLESS)
