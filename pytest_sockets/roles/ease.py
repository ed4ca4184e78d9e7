"""How much easier a behaviour is asked while the smallest failing input is looked for.

Holds the limits of one attempt, and what the behaviour can be made easier in.
Does not know which limits are worth a try.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..faults import Fragment

Unit = Literal["bytes", "characters", "clients", "messages", "pieces"]
"""What there may be less of."""

MANY = 64
"""Pieces that stand for as many as there are."""

NOWHERE = 1 << 40
"""An offset in bytes behind the end of every message."""


@dataclass
class Ease:
    """The limits of one attempt; without any it is the behaviour itself.

    ``asked`` has the least and the most of each unit that the behaviour can be
    asked with; it is empty when the behaviour can't be made easier.
    """

    limits: Mapping[Unit, int] = field(default_factory=dict)
    asked: dict[Unit, tuple[int, int]] = field(default_factory=dict)

    def up_to(self, most: int, unit: Unit, *, least: int = 1) -> int:
        """Return ``most``, the number of ``unit`` that the behaviour is about, or less.

        It is less when the behaviour has failed and is asked again, of fresh
        programs, to tell where the failure begins. With less than ``least`` it
        would make no sense.
        """
        before = self.asked.get(unit, (least, most))
        self.asked[unit] = max(before[0], min(least, most)), max(before[1], most)
        return max(min(most, self.limits.get(unit, most)), min(least, most))

    def in_pieces(self, fragment: Fragment) -> Fragment:
        """Return ``fragment``, or one with fewer cuts, or with none; see ``up_to``."""
        most = len(fragment.at) + 1 if fragment.at else MANY
        pieces = self.up_to(most, "pieces")
        if pieces == most:
            return fragment
        size = fragment.size or 0
        cuts = fragment.at or tuple(size * number for number in range(1, pieces))
        return Fragment(at=cuts[: pieces - 1] or (NOWHERE,))
