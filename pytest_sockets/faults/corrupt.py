"""Corrupt: some bytes arrive changed.

Not faithful to a network: the checksums of TCP and UDP would have such a packet
dropped. It is what a broken middlebox, or a peer with a bug, does, and what a
check in the application's own protocol (a length, an HMAC) is there to notice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Datagram, Event, Sent

from .chance import generator
from .checked import Checked
from .fault import ANY, Medium

BLOCK = 4096
"""Bytes whose changes are drawn together: they do not depend on how the bytes are cut."""


@dataclass(frozen=True)
class Corrupt(Checked):
    """Change each byte with the probability ``rate``, or the bytes at the offsets ``at``.

    Offsets count the bytes of one direction, datagrams one behind the other,
    from 0. A changed byte never keeps its value.

    Raises:
        ValueError: not exactly one of ``rate`` and ``at`` is given, ``rate`` is no
            probability, or an offset is negative.
    """

    rate: float | None = None
    at: tuple[int, ...] = ()
    seed: int = 0
    passed: int = 0
    """How many bytes have gone by already."""

    media: ClassVar[frozenset[Medium]] = ANY

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.rate is None) == (not self.at):
            raise ValueError(str(message("Corrupt needs either a rate or offsets")))
        if self.rate is not None and not 0 <= self.rate <= 1:
            raise ValueError(str(message("Corrupt: a rate is from 0 to 1, not {n}", n=self.rate)))
        if any(offset < 0 for offset in self.at):
            raise ValueError(
                str(message("Corrupt: offsets count from 0, not from {n}", n=min(self.at)))
            )

    def plan(self, events: Sequence[Event]) -> list[Event]:
        """Return ``events`` with some of their bytes changed."""
        planned: list[Event] = []
        offset = self.passed
        for event in events:
            if isinstance(event, (Sent, Datagram)):
                planned.append(self._corrupted(event, offset))
                offset += len(event.data)
            else:
                planned.append(event)
        return planned

    def then(self, events: Sequence[Event]) -> Corrupt:
        """Return the fault that counts on behind ``events``."""
        gone = sum(len(e.data) for e in events if isinstance(e, (Sent, Datagram)))
        return replace(self, passed=self.passed + gone)

    def _corrupted(self, event: Sent | Datagram, start: int) -> Event:
        data = bytearray(event.data)
        for offset, mask in self._changes(start, start + len(data)):
            data[offset - start] ^= mask
        return replace(event, data=bytes(data))

    def _changes(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the offsets from ``start`` up to ``end`` to change, and the bits to flip."""
        if self.rate is None:
            for offset in sorted(set(self.at)):
                if start <= offset < end:
                    yield offset, generator("Corrupt at", self.seed, offset).randrange(1, 256)
            return
        for block in range(start // BLOCK, -(-end // BLOCK)):
            for offset, mask in self._drawn(block):
                if start <= offset < end:
                    yield offset, mask

    def _drawn(self, block: int) -> Iterator[tuple[int, int]]:
        """Yield the changes of one block: the gaps between them are geometric."""
        if not self.rate:
            return
        chance = generator("Corrupt", self.seed, block)
        scale = math.log1p(-self.rate) if self.rate < 1 else -math.inf
        offset = block * BLOCK - 1
        while True:
            gap = math.log(1 - chance.random()) / scale if scale != -math.inf else 0
            # A tiny rate makes a gap that is longer than any stream.
            offset += 1 + int(min(gap, BLOCK))
            if offset >= (block + 1) * BLOCK:
                return
            yield offset, chance.randrange(1, 256)
