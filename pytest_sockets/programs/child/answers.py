"""Keeps the suite's own files, which hold the answers, from programs that may read beside them.

Knows where this package is installed, and that Landlock can allow and not forbid: where a
folder that is open to programs holds the package, all that lies around it is allowed one by
one. Names can be listed there, contents can't be read. A rule counts where its folder is met
on the way up from a file; a folder that a mount covers is not met. So what a program sees in a
``/tmp`` of its own is allowed for that program.
"""

import os
from typing import Iterable, Iterator, List, Optional

from . import landlock

OURS = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
"""The folder of the package."""

BESIDE = ("conformance", "reference", "tests")

READ = landlock.EXECUTE | landlock.READ_FILE | landlock.REFER
"""What is forbidden: names have to be listed, or nothing would be found there to import.

Rules that don't speak of it forbid to move files from folder to folder, whatever they are about.
"""


def folders() -> List[str]:
    """Return the folders that hold the suite, the reference programs and the tests of both.

    They are in the package, and lie beside it where it was not installed.
    """
    beside = [os.path.join(os.path.dirname(OURS), name) for name in BESIDE]
    installed = os.path.isdir(os.path.join(OURS, BESIDE[0]))
    return [OURS] if installed else [OURS, *filter(os.path.isdir, beside)]


def around(allowed: Iterable[str], ours: str = OURS) -> Optional[List[str]]:
    """Return all that lies around ``ours``, and what is ``allowed`` besides.

    None where it does not lie in an ``allowed`` folder, or is covered by a mount, so that
    no rules are needed.

    Raises:
        OSError: a folder on the way to it can't be listed.
    """
    if not any(is_within(ours, folder) for folder in allowed) or not os.listdir(ours):
        return None
    return [*(each for each in allowed if not is_within(ours, each)), *_beside(ours)]


def hidden(version: int, readable: Iterable[str], ours: str = OURS) -> landlock.Rules:
    """Return rules by which nothing but what is ``readable`` can be read.

    A folder that ``ours`` lies in is not: what lies around it has to be named.
    """
    rules = landlock.Rules(version, handled=READ)
    for path in readable:
        if not is_within(ours, path):
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
