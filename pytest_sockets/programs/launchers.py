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

    With ``private``, programs have a network of their own, all of them the same; with
    ``clean`` their environment is. A warm interpreter that was ended from outside is
    started anew.
    """

    def __init__(
        self, python: str, *, portable: bool, private: bool = False, clean: bool = True
    ) -> None:
        self.portable = portable
        self._private = private
        self._clean = clean
        self._python = python
        self._sites: dict[bool, Site] = {}
        self._nursery: Nursery | None = None
        self._spawner = Spawner(python, clean=clean)

    @property
    def programs(self) -> Site | Spawner:
        """What starts any program."""
        return self._site(private=self._private)

    @property
    def shared(self) -> Site | Spawner:
        """What starts programs of ours in the machine's own network."""
        return self._site(private=False)

    def _site(self, *, private: bool) -> Site | Spawner:
        site = self._sites.get(private)
        if site is not None and not site.alive:
            self._sites.pop(private).close()
        if private not in self._sites and not self.portable:
            try:
                self._sites[private] = Site.start(self._python, private=private, clean=self._clean)
            except OSError:
                self.portable = True
        return self._spawner if self.portable else self._sites[private]

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
        for site in self._sites.values():
            site.close()
        self._sites.clear()
        self._spawner.close()
        if self._nursery is not None:
            self._nursery.close()
        self._nursery = None
