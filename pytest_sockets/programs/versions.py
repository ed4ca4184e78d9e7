"""Which version of Python runs the targets, and which one a program was written for.

Knows the errors by which an older program is recognised. Does not judge.
"""

from __future__ import annotations

import functools
import platform
import re
import subprocess
import sys

WRITTEN_FOR = (
    (r"Missing parentheses in call to '(print|exec)'", "Python 2"),
    (r"multiple exception types must be parenthesized", "Python 2"),
    (r"name '(raw_input|unicode|xrange)' is not defined", "Python 2"),
    (r"No module named '(SocketServer|Queue|thread|BaseHTTPServer|urllib2)'", "Python 2"),
    (r"'(iteritems|has_key)'", "Python 2"),
    (r"Missing required (argument|parameter) 'digestmod'", "Python 3.7 or older"),
    (r"unexpected keyword argument 'encoding'", "Python 3.8 or older"),
    (r"No module named '(asyncore|asynchat)'", "Python 3.11 or older"),
)


def written_for(error: str) -> str | None:
    """Return the version that a program with this error was written for, None in doubt."""
    return next((old for pattern, old in WRITTEN_FOR if re.search(pattern, error)), None)


@functools.cache
def version_of(python: str) -> str:
    """Return the version of an interpreter, such as ``3.11.7``; empty when it does not tell."""
    if python == sys.executable:
        return platform.python_version()
    asked = [python, "-I", "-S", "-c", "import platform; print(platform.python_version())"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout.strip()
