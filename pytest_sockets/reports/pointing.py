"""Which row of a story is the one where it went wrong, as far as the bytes show it.

Knows the bytes that were compared. Guesses nothing: where they don't tell, no row
is pointed at.
"""

from __future__ import annotations

from collections.abc import Sequence

from pytest_sockets.results import Result

from .difference import place_of
from .row import Row


def failing_row(result: Result, story: Sequence[Row]) -> int | None:
    """Return the index of the row in which the first wrong byte came, or the end came too early.

    It is found by the observed bytes, so they must have come once in the story.
    """
    if result.difference is None or result.difference[0] == result.difference[1]:
        return None
    observed = result.difference[1]
    place = place_of(*result.difference)
    if place == len(observed):
        return _end(story)
    return _carrier(observed, place, story)


def _end(story: Sequence[Row]) -> int | None:
    ends = [
        index
        for index, row in enumerate(story)
        if row.side == "program" and row.event in ("finished", "reset")
    ]
    return ends[0] if len(ends) == 1 else None


def _carrier(observed: bytes, place: int, story: Sequence[Row]) -> int | None:
    """Return the row that carried the byte at ``place`` of ``observed``."""
    told = [(index, row.data or b"") for index, row in enumerate(story) if _carries(row)]
    stream = b"".join(data for _, data in told)
    start = stream.find(observed)
    if start < 0 or stream.find(observed, start + 1) >= 0:
        return None
    wrong = start + place
    for index, data in told:
        if wrong < len(data):
            return index
        wrong -= len(data)
    return None


def _carries(row: Row) -> bool:
    return row.arrow and row.side == "program" and row.event in ("sent", "datagram")
