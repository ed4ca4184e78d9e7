"""Whether only that is to be used which every system has, as somebody may want to try on Linux.

Knows one variable of the environment.
"""

from __future__ import annotations

import os

PORTABLE = "PYTEST_SOCKETS_PORTABLE"


def portable() -> bool:
    """Tell whether everything that only some systems have is to be left unused."""
    return os.environ.get(PORTABLE, "") not in ("", "0")
