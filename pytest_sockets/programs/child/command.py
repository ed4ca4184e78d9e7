"""Turns this process into a command: a program in any language.

Knows exec and the words of a shell for what can't be started. Does not map
addresses: a command has a network of its own or is told where to go.
"""

import errno
import json
import os
import signal
from typing import Any, Dict, List

from . import confine, surroundings

NOT_FOUND, NOT_EXECUTABLE = 127, 126


def main(arguments: List[str]) -> None:
    """Become the command of the request that is the one argument, in JSON; does not return."""
    request = json.loads(arguments[0])
    confine.confine(request)
    execute(request)


def execute(request: Dict[str, Any]) -> None:
    """Become the command of ``request``, or end with the status of a shell; does not return."""
    # Python ignores these two, and what is ignored stays so in the new program.
    for name in ("SIGPIPE", "SIGXFSZ"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    os.environ["PYTHONUNBUFFERED"] = "1"
    home = request["confinement"] is not None
    os.environ.update(surroundings.variables(request["temporary"], home=home))
    try:
        os.chdir(request["folder"])
        os.execvp(request["arguments"][0], request["arguments"])  # noqa: S606 - no shell is wanted
    except OSError as error:
        missing = error.errno == errno.ENOENT
        why = "command not found" if missing else error.strerror
        text = "{}: {}\n".format(request["arguments"][0], why)
        os.write(2, text.encode("utf-8", "replace"))
        os._exit(NOT_FOUND if missing else NOT_EXECUTABLE)
