"""A command line, taken apart into words and put together as the system's shell has it.

Knows the quotes of POSIX shells and those of Windows, where a backslash is part of a path.
Does not know what a shell does beside: variables, patterns, redirection.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterable

LONGEST = 128 << 10
"""Characters of a command line: more than Linux takes as one argument (execve(2)).

Words are read letter by letter, the longer the slower.
"""


def split(line: str, *, system: str = sys.platform) -> list[str]:
    r"""Return the words of ``line``, without the quotes around them.

    >>> split(r'"C:\my files\python.exe" server.py', system="win32")
    ['C:\\my files\\python.exe', 'server.py']

    Raises:
        ValueError: a quote is not closed.
    """
    words = shlex.shlex(line, posix=True, punctuation_chars=False)
    words.whitespace_split = True
    words.commenters = ""
    if system == "win32":
        words.escape, words.quotes = "", '"'
    return list(words)


def join(words: Iterable[str], *, system: str = sys.platform) -> str:
    """Return ``words`` as one line, with quotes where they are needed."""
    words = list(words)
    return subprocess.list2cmdline(words) if system == "win32" else shlex.join(words)
