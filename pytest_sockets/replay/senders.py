"""Who has sent datagrams, and what they are called in a script.

Knows addresses and names. Does not know what was sent.
"""

from __future__ import annotations

from collections.abc import Iterable

from pytest_sockets.wire.events import Address, Datagram, Event

FIRST = "sender1"


class Senders:
    """The names of the program's addresses, in the order in which they were heard of.

    ``answered`` are the names of those that a datagram of ours goes to: a script has to
    keep no other.
    """

    def __init__(self, events: Iterable[Event]) -> None:
        datagrams = [event for event in events if isinstance(event, Datagram)]
        theirs = dict.fromkeys(each.local for each in datagrams if each.side != "peer")
        self._names = {address: f"sender{number}" for number, address in enumerate(theirs, 1)}
        self.answered = {self.name(each.remote) for each in datagrams if each.side == "peer"}

    def name(self, address: Address) -> str:
        """Return what ``address`` is called; one that was never heard of is the first."""
        return self._names.get(address, FIRST)
