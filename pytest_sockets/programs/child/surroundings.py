"""The environment of a program, where it is another than that of this process.

Knows the names by which systems and libraries find a home and a place for temporary files.
Does not know what else is in the environment, nor why it was changed.
"""

import os
from typing import Dict, Optional

HOMES = ("HOME",) if os.name == "posix" else ("USERPROFILE", "APPDATA", "LOCALAPPDATA")
TEMPORARY = ("TMPDIR", "TEMP", "TMP")


def variables(folder: str, *, home: bool) -> Dict[str, str]:
    """Return those that name the throw-away ``folder``; as ``home``, too, or not."""
    return dict.fromkeys(TEMPORARY + (HOMES if home else ()), folder)


def change(changed: Dict[str, Optional[str]]) -> None:
    """Give this process the variables that ``changed`` names; None takes one away."""
    for name, value in changed.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
