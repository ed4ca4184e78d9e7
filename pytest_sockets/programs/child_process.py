"""A child that was started: its process id, its streams, its end.

Two ways of starting give the same thing: forked from a warm interpreter, or
spawned. Knows descriptors and statuses; does not know what the child says.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone
from pathlib import Path
from typing import Protocol

from .request import Request

KEPT = {
    "PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "LANGUAGE", "TERM", "NO_COLOR",
    # Where libraries, certificates and interpreters of other languages are.
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "SSL_CERT_FILE",
    "SSL_CERT_DIR", "VIRTUAL_ENV", "CONDA_PREFIX", "PYENV_ROOT", "PYENV_VERSION", "RBENV_ROOT",
    "RBENV_VERSION", "NVM_DIR", "NODE_PATH", "JAVA_HOME", "GOROOT", "GOFLAGS", "DOTNET_ROOT",
    "RUSTUP_HOME", "GEM_HOME", "GEM_PATH", "PERL5LIB", "PYTHONUTF8", "PYTHONIOENCODING",
    "PYTHONDONTWRITEBYTECODE",
    # Without these Windows starts nothing.
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "OS", "PROGRAMFILES",
    "PROGRAMFILES(X86)", "PROGRAMDATA", "ALLUSERSPROFILE", "NUMBER_OF_PROCESSORS",
    "PROCESSOR_ARCHITECTURE",
}  # fmt: skip
"""The variables that programs inherit, with those of the locale: none of them holds a secret."""

COLOURS = ("FORCE_COLOR", "PYTHON_COLORS", "CLICOLOR_FORCE")

ZONE = timezone(timedelta(hours=8))
"""The local time of programs, away from UTC: so their clock can be told from UTC's.

It goes by its name where the system knows names of zones (other languages ask
for one), and by POSIX's notation (XBD 8.3) elsewhere.
"""

ZONE_NAME, ZONE_POSIX = "Asia/Shanghai", "CST-8"
ZONE_FILE = "/usr/share/zoneinfo/Asia/Shanghai"


class LauncherGone(OSError):  # noqa: N818 - it says what happened
    """What starts programs was ended from outside, or does not answer any more."""


@dataclass(frozen=True)
class Child:
    """A running child.

    ``stdin`` is the writing end of its keyboard; ``stdout``, ``stderr`` and
    ``trace`` are the reading ends of what it writes. ``wait`` blocks until the
    program ended and returns its exit status, negative for a signal, or None
    when nobody was left to tell it; ``end`` kills the program with everything
    it started and returns when all is gone, False when who had to watch over it was.
    """

    pid: int
    stdin: int
    stdout: int
    stderr: int
    trace: int
    wait: Callable[[], int | None]
    end: Callable[[], bool]


class Launcher(Protocol):
    """Something that starts children in one network."""

    @property
    def abilities(self) -> Mapping[str, bool]:
        """What programs that it starts can be kept from; see ``containment``."""

    @property
    def network(self) -> bool:
        """True where its programs have a network of their own."""

    @property
    def bounded(self) -> Path | None:
        """The folder, bounded as a whole, for the throw-away folders of its programs."""

    def run(self, request: Request) -> Child:
        """Start the program of ``request``.

        Raises:
            LauncherGone: nothing can be started here any more.
            OSError: the system would not start it.
        """

    def close(self) -> None:
        """Let go of everything; children still running are not waited for."""


def environment(*, clean: bool = True) -> dict[str, str]:
    """Return the environment of programs: what they need of ours, in the time zone ``ZONE``.

    Tokens, agents and whatever else is only ours stays here; where it is not to be
    ``clean``, nothing does but what asks for colours.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT or name.startswith("LC_") or not (clean or name in COLOURS)
    }
    return kept | {"TZ": ZONE_NAME if os.path.exists(ZONE_FILE) else ZONE_POSIX}


class Inherited:
    """The environment that a warm interpreter was started with, and what is to be changed in it."""

    def __init__(self, *, clean: bool = True) -> None:
        self.variables = environment(clean=clean)
        self._clean = clean

    def changes(self) -> dict[str, str | None]:
        """Return what a program that is started now inherits otherwise; None for what is gone."""
        now = environment(clean=self._clean)
        if now == self.variables:
            return {}
        gone: dict[str, str | None] = dict.fromkeys(self.variables.keys() - now.keys())
        return gone | dict(now.items() - self.variables.items())
