"""What a test needs of the system, as marks that skip it with the reason where that is not there.

With PYTEST_SOCKETS_PORTABLE=1 nothing of it is there, on Linux neither.
"""

from __future__ import annotations

import sys

import pytest

from pytest_sockets.kernel import sock_diag, threads, unix_diag
from pytest_sockets.kernel.portable import portable

LINUX = sys.platform == "linux" and not portable()
"""Whether programs are forked and kept apart as only Linux can."""

linux = pytest.mark.skipif(not LINUX, reason="what it is about is turned off, or not Linux")

PROVED = sock_diag.available() and threads.available()
"""Whether the kernel shows that a program rests, and what it waits in."""

proved = pytest.mark.skipif(
    not PROVED,
    reason="nothing proves here that a program rests, nor shows what it waits in",
)

LISTED = sock_diag.available()
"""Whether the kernel lists who listens."""

listed = pytest.mark.skipif(not LISTED, reason="nothing lists here who listens, without connecting")

unix_listed = pytest.mark.skipif(
    not unix_diag.available(), reason="nothing lists here who listens on a socket file"
)
"""Marks for tests of what the kernel shows."""
