"""Whether only that is to be used which every system has, as somebody may want to try on Linux.

Knows one variable of the environment. Whoever uses something that only Linux has asks
here first, so that the other way is tried that is taken where there is no Linux.
"""

from __future__ import annotations

import os

PORTABLE = "PYTEST_SOCKETS_PORTABLE"


def portable() -> bool:
    """Tell whether everything that only some systems have is to be left unused."""
    return os.environ.get(PORTABLE, "") not in ("", "0")
