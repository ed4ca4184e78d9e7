"""Where a failure begins: the same behaviour is asked again with less of something.

Knows which limits are worth a try, in which order, and when to stop. Does not
know how a behaviour is asked, and decides nothing: what it finds explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .messages import Message, message
from .roles import Unit

MOST_RUNS = 8
"""How often a behaviour is asked again, at most."""

SHORT: Mapping[Unit, int] = {
    "bytes": 100, "characters": 40, "clients": 1, "messages": 1, "pieces": 1,
}  # fmt: skip
"""What every program takes at once that does not fail for another reason."""

LENGTHS: frozenset[Unit] = frozenset({"bytes", "characters"})

FEW = 8
"""With more pieces than this it matters where they are cut, and not how many they are."""

NEAR = 64
"""Between amounts that are no further apart the border is looked for one by one."""

ORDER: Sequence[Unit] = ("pieces", "messages", "clients", "bytes", "characters")

ONE: Mapping[Unit, Message] = {
    "bytes": message("1 byte"),
    "characters": message("1 character"),
    "clients": message("1 client"),
    "messages": message("1 message"),
    "pieces": message("one piece"),
}
MANY: Mapping[Unit, Message] = {
    "bytes": message("{count} bytes"),
    "characters": message("{count} characters"),
    "clients": message("{count} clients"),
    "messages": message("{count} messages"),
    "pieces": message("{count} pieces"),
}

Limits = Mapping[Unit, int]
Passes = Callable[[Limits], "bool | None"]
"""Asks with these limits; None when that could not be judged, or takes too long."""


class _Enough(Exception):  # noqa: N818 - it is no error
    """No more runs: what is known by then has to do."""


@dataclass
class _Search:
    """The runs that are left, and what they have shown: the most that is right, the least wrong."""

    passes: Passes
    hints: Sequence[int]
    runs: int = MOST_RUNS

    def right(self, limits: Limits) -> bool:
        if not self.runs:
            raise _Enough
        self.runs -= 1
        passed = self.passes(limits)
        if passed is None:
            raise _Enough
        return passed

    def border(self, base: Limits, unit: Unit, right: int, wrong: int) -> tuple[int, int]:
        """Return the most that was found right and the least that was found wrong."""
        often = self._often(unit, right)
        try:
            while wrong - right > 1:
                hinted = next((n for n in often if right < n < wrong), 0)
                amount = hinted or _between(right, wrong)
                if not self.right({**base, unit: amount}):
                    wrong = amount
                elif hinted or amount > right + 1 or wrong - right <= NEAR:
                    right = amount
                else:
                    break
        except _Enough:
            pass
        return right, wrong

    def from_few(self, base: Limits, unit: Unit, most: int) -> tuple[int, int] | None:
        """Return an amount that is right and one that is wrong; None where all are right."""
        tries = [most] if unit in LENGTHS else [base[unit] + 1, most]
        right = base[unit]
        for amount in tries:
            if amount > right:
                if not self.right({**base, unit: amount}):
                    return right, amount
                right = amount
        return None

    def _often(self, unit: Unit, right: int) -> Iterator[int]:
        """Yield the amounts at which programs often begin to fail."""
        if unit not in LENGTHS:
            yield from (right + 1, right + 2)
        elif unit == "bytes":
            yield from (amount for hint in self.hints for amount in (hint, hint + 1))


def smallest(
    asked: Mapping[Unit, tuple[int, int]], passes: Passes, hints: Sequence[int] = ()
) -> Message | None:
    """Return what is right and what is wrong, as close together as a few runs can tell.

    ``asked`` has the least and the most of each unit; with the most of all the
    behaviour has failed. ``hints`` are numbers of bytes that the program uses.
    None when nothing of it makes a difference, or nothing could be told.
    """
    search = _Search(passes, hints)
    base = {unit: max(least, min(most, SHORT[unit])) for unit, (least, most) in asked.items()}
    full = {unit: most for unit, (_, most) in asked.items()}
    try:
        found = _what_matters(search, asked, base, full)
    except _Enough:
        return None
    if found is None:
        return None
    unit, right, wrong = found
    right, wrong = search.border(base, unit, right, wrong)
    if unit == "pieces" and right > FEW:
        return None
    return _told(unit, right, wrong, one_piece="pieces" in asked)


def _what_matters(
    search: _Search,
    asked: Mapping[Unit, tuple[int, int]],
    base: dict[Unit, int],
    full: dict[Unit, int],
) -> tuple[Unit, int, int] | None:
    """Return what makes the difference, with an amount that is right and one that is wrong."""
    present = [unit for unit in ORDER if unit in asked]
    if base != full and search.right(base):
        for unit in present:
            found = search.from_few(base, unit, full[unit])
            if found is not None:
                return unit, *found
        return None
    for unit in present:
        least = asked[unit][0]
        if least < base[unit] and search.right({**base, unit: least}):
            return unit, least, base[unit]
    return None


def _between(right: int, wrong: int) -> int:
    """Return what to try next: a power of two; where none is left, the border itself.

    Buffers have round sizes. How many bytes one recv returns of very many is chance:
    far from a round size the border is not looked for any closer.
    """
    power = 1 << (right.bit_length() + wrong.bit_length()) // 2
    if right < power < wrong:
        return power
    return right + 1 if wrong - right > NEAR else (right + wrong) // 2


def _told(unit: Unit, right: int, wrong: int, *, one_piece: bool) -> Message:
    amounts = {"right": _amount(unit, right), "wrong": _amount(unit, wrong)}
    if unit == "pieces":
        return message("right in {right}, wrong in {wrong}", **amounts)
    if one_piece:
        return message("right with {right} in one piece, wrong with {wrong}", **amounts)
    return message("right with {right}, wrong with {wrong}", **amounts)


def _amount(unit: Unit, count: int) -> Message:
    return ONE[unit] if count == 1 else MANY[unit].of(count=count)
