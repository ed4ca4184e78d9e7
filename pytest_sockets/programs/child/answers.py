"""Keeps the suite's own files, which hold the answers, from programs that may read beside them.

Knows where this package is installed, and that Landlock can allow and not forbid: where a
folder that is open to programs holds the package, all that lies around it is allowed one by
one. Names can be listed there, contents can't be read.
"""

import os
from typing import Iterable, Iterator, Optional

from . import landlock

OURS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
"""The folder of the package."""

READ = landlock.EXECUTE | landlock.READ_FILE
"""What is forbidden: names have to be listed, or nothing would be found there to import."""


def hidden(
    version: int, allowed: Iterable[str], places: str, ours: str = OURS
) -> Optional[landlock.Rules]:
    """Return rules by which everything but ``ours`` can be read.

    None where it does not lie in an ``allowed`` folder, so that no rules are needed, and
    where it lies in ``places``, whose folders come and go and have to be open as a whole.
    """
    if not any(is_within(ours, folder) for folder in allowed) or is_within(ours, places):
        return None
    rules = landlock.Rules(version, handled=READ)
    for path in [places, *_beside(ours)]:
        rules.allow(path, READ)
    return rules


def _beside(ours: str) -> Iterator[str]:
    """Yield everything but ``ours`` and the folders that lead there.

    A link is no way to what it names: that is allowed where it lies, or not at all.
    """
    folder = os.sep
    for onward in ours.strip(os.sep).split(os.sep):
        with os.scandir(folder) as entries:
            yield from (e.path for e in entries if e.name != onward and not e.is_symlink())
        folder = os.path.join(folder, onward)


def is_within(path: str, folder: str) -> bool:
    """Tell whether ``path`` lies in ``folder``, or is it."""
    return (path + os.sep).startswith(folder.rstrip(os.sep) + os.sep)
