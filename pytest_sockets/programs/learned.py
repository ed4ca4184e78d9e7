"""What is learned of a target once, before it is graded, by running it for a moment.

Knows where to run it. What is looked for is known elsewhere: where a command
goes (see ``destination``), and how a script is told its address (see ``manner``).
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from ..findings import NotJudged
from ..targets import Target
from ..wire.transcript import Transcript
from .destination import AF_PACKET, EVERY_PROTOCOL, Destination, watch_first
from .manner import Manner, Role, learn
from .request import write_placeholders
from .rest import Look

if TYPE_CHECKING:
    from .place import Place, Runner


class Learned:
    """Remembers what was learned of each target in one session."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._learning = threading.Lock()
        self._destinations: dict[Target, Destination | None] = {}
        self._manners: dict[tuple[Target, Role], Manner] = {}

    def destination(self, target: Target) -> Destination | None:
        """Return where a client that is not told its server goes; None when it goes nowhere.

        Raises:
            NotJudged: this machine does not let us see it.
        """
        with self._learning:
            if target not in self._destinations:
                with contextlib.closing(self._runner.place(target)) as place:
                    self._destinations[target] = self._look_where_it_goes(place)
            return self._destinations[target]

    def manner(self, target: Target, role: Role) -> Manner:
        """Return how ``target`` has to be started to act in its role.

        Only for a script is it tried; others say themselves what they are given.
        """
        if target.kind != "script" or target.told:
            return Manner(target.arguments)
        with self._learning:
            if (target, role) not in self._manners:
                with contextlib.closing(self._runner.place(target)) as place:
                    self._manners[target, role] = self._try(place, target, role)
            return self._manners[target, role]

    def _look_where_it_goes(self, place: Place) -> Destination | None:
        try:
            packets = place.socket(AF_PACKET, socket.SOCK_DGRAM, EVERY_PROTOCOL)
        except OSError as error:
            raise NotJudged(write_placeholders(str(error))) from error
        with packets:
            program = place.launch(Transcript(), Manner())
            return watch_first(program, packets, self._runner.quiet)

    def _try(self, place: Place, target: Target, role: Role) -> Manner:
        look = Look(kernel=place.kernel, quiet=self._runner.quiet)
        return learn(
            target.text,
            role,
            # Nobody listens there: a program that connects or sends harms nobody.
            lambda manner: place.launch(Transcript(), manner, peers=place.ports[:1]),
            look,
            target.arguments,
        )
