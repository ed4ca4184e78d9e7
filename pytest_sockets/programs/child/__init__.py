"""The child side: what runs inside the interpreter of the program under test.

Standard library only, Python 3.8 or newer, loaded by path and not through
pytest_sockets. It maps addresses, reports the program's socket calls and runs
the program as it stands. What it reports can be forged by the program, so it
explains and never decides.
"""

from typing import FrozenSet

at_start: FrozenSet[str] = frozenset()
"""The modules that the interpreter had loaded before any of ours; set by the start point."""
