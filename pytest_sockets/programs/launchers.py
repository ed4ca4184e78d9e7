"""What starts programs with one interpreter for a whole session, made at first use.

Knows which ways there are on this system, and that a warm interpreter may have been
ended from outside. Does not know targets.
"""

from __future__ import annotations

import contextlib

from .nursery import Nursery
from .spawn import Spawner
from .warm import Site


class Launchers:
    """The ways to start programs; ``portable`` leaves the one that every system has.

    A warm interpreter that was ended from outside is started anew.
    """

    def __init__(self, python: str, *, portable: bool) -> None:
        self.portable = portable
        self._python = python
        self._site: Site | None = None
        self._nursery: Nursery | None = None
        self._spawner = Spawner(python)

    @property
    def programs(self) -> Site | Spawner:
        """What starts any program in the machine's own network."""
        if self.portable:
            return self._spawner
        if self._site is not None and not self._site.alive:
            self._site.close()
            self._site = None
        if self._site is None:
            try:
                self._site = Site.start(self._python)
            except OSError:
                self.portable = True
                return self._spawner
        return self._site

    @property
    def references(self) -> Nursery | None:
        """What starts reference programs; None where they are started like all others."""
        if self._nursery is not None and not self._nursery.alive:
            self._nursery.close()
            self._nursery = None
        if self._nursery is None and not self.portable:
            with contextlib.suppress(OSError):
                self._nursery = Nursery.start(self._python)
        return self._nursery

    def close(self) -> None:
        """End the warm interpreters."""
        for warm in (self._site, self._nursery):
            if warm is not None:
                warm.close()
        self._site = self._nursery = None
