"""Which datagrams a fault is for: chosen by number, or by a seeded chance.

The choice depends on the seed and on the number only, so the same seed chooses
the same datagrams whenever they come.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from pytest_sockets.messages import message
from pytest_sockets.wire.events import Datagram, Event

from .checked import Checked
from .fault import DATAGRAM, Medium

C = TypeVar("C", bound="Chosen")


@dataclass(frozen=True)
class Chosen(Checked):
    """A fault for some datagrams of one direction: those with ``numbers``, or by chance.

    ``rate`` is a probability from 0 to 1, ``numbers`` count from 1.

    Raises:
        ValueError: not exactly one of ``rate`` and ``numbers`` is given, ``rate`` is no
            probability, or a number is below 1.
    """

    rate: float | None = None
    numbers: tuple[int, ...] = ()
    seed: int = 0
    passed: int = 0
    """How many datagrams have gone by already."""

    media: ClassVar[frozenset[Medium]] = DATAGRAM

    def __post_init__(self) -> None:
        super().__post_init__()
        name = type(self).__name__
        if (self.rate is None) == (not self.numbers):
            raise ValueError(str(message("{fault} needs either a rate or numbers", fault=name)))
        if self.rate is not None and not 0 <= self.rate <= 1:
            raise ValueError(
                str(message("{fault}: a rate is from 0 to 1, not {n}", fault=name, n=self.rate))
            )
        if any(number < 1 for number in self.numbers):
            raise ValueError(
                str(
                    message(
                        "{fault}: datagrams count from 1, not from {n}",
                        fault=name,
                        n=min(self.numbers),
                    )
                )
            )

    def chooses(self, number: int) -> bool:
        """Tell whether the datagram with that number, from 1, is one of those."""
        if self.rate is None:
            return number in self.numbers
        return generator(type(self).__name__, self.seed, number).random() < self.rate

    def numbered(self, events: Sequence[Event]) -> list[tuple[Event, int]]:
        """Return each event with its number among the datagrams, 0 for another event."""
        found, number = [], self.passed
        for event in events:
            number += isinstance(event, Datagram)
            found.append((event, number if isinstance(event, Datagram) else 0))
        return found

    def then(self: C, events: Sequence[Event]) -> C:
        """Return the fault that counts on behind ``events``."""
        return replace(self, passed=self.passed + count(events))


def count(events: Sequence[Event]) -> int:
    """Return how many of ``events`` are datagrams."""
    return sum(isinstance(event, Datagram) for event in events)


def generator(name: str, seed: int, number: int) -> random.Random:
    """Return the random numbers that belong to ``number``: the same every time."""
    return random.Random(f"{name} {seed} {number}")  # noqa: S311 - nothing secret
