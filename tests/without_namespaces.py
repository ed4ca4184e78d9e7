"""Runs a command where namespaces are refused, as in most containers: ``python … COMMAND``.

A filter on system calls stands in for the settings of such a machine.
"""

from __future__ import annotations

import os
import sys

from pytest_sockets.programs.child import linux, seccomp
from pytest_sockets.programs.child.machine import PR_SET_NO_NEW_PRIVS

# What makes namespaces is refused, and nothing else.
seccomp.REFUSED = tuple(  # type: ignore[assignment]
    name for name in seccomp.REFUSED if name in ("unshare", "setns", "mount", "pivot_root")
)
seccomp.ABSENT = ("clone3",)  # type: ignore[assignment]
seccomp.FAMILIES = tuple(range(46))  # type: ignore[assignment]

if __name__ == "__main__":
    linux.prctl(PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(seccomp.program(os.uname().machine))
    os.execvp(sys.argv[1], sys.argv[1:])
