"""The variables that give a program a home and a place for temporary files of its own.

Knows the names that systems and libraries look at. Does not know what else is in the
environment.
"""

import os
from typing import Dict

HOMES = ("HOME",) if os.name == "posix" else ("USERPROFILE", "APPDATA", "LOCALAPPDATA")
TEMPORARY = ("TMPDIR", "TEMP", "TMP")


def variables(folder: str, *, home: bool) -> Dict[str, str]:
    """Return those that name the throw-away ``folder``; as ``home``, too, or not."""
    return dict.fromkeys(TEMPORARY + (HOMES if home else ()), folder)
