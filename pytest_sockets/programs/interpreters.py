"""The interpreter that is to run Python programs, as a user names it.

Knows how it is found and how old it may be. Does not know what it will run.
"""

from __future__ import annotations

import shutil
import subprocess

QUESTION = "import sys; print(sys.version_info >= (3, 8))"

PATIENCE = 60.0
"""Seconds in which an interpreter has to answer."""


def interpreter(name: str) -> str | None:
    """Return the path of the interpreter ``name``; None when it is no Python from 3.8 on."""
    found = shutil.which(name)
    if found is None:
        return None
    asked = [found, "-I", "-S", "-c", QUESTION]
    try:
        told = subprocess.run(asked, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return found if told.stdout.strip() == b"True" else None
