"""`studyllm serve` in a process of its own."""

import os
import subprocess
import sys


def served(*args: str) -> subprocess.Popen[str]:
    """A server on a free port, without models."""
    return subprocess.Popen(
        [sys.executable, "-m", "studyllm", "serve", "--port", "0", *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "STUDYLLM_LANGUAGE_MODEL": "off",
            "STUDYLLM_EMBEDDING_MODEL": "off",
            "STUDYLLM_INTERFACE": "en",
            "SECRET": "of the shell",
        },
    )
