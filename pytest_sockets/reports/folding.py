"""How a story that is too long to be read is told in fewer rows.

Knows which rows are alike. Does not know what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pytest_sockets.messages import Message, message

from .row import Call, Row

LONGEST_RUN = 8
"""More equal rows than this are folded."""
SHOWN_OF_RUN = 3
LONGEST_STORY = 80
SHOWN_AT_END = 20


def counted(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Return ``calls`` with neighbours that are equal told once, with their number."""
    told: list[Call] = []
    for call in calls:
        if told and replace(told[-1], times=call.times) == call:
            told[-1] = replace(call, times=told[-1].times + call.times)
        else:
            told.append(call)
    return tuple(told)


def likeness(row: Row) -> tuple[object, ...]:
    """Return what rows have in common that are told as one."""
    size = len(row.data) if row.data is not None else -1
    return row.event, row.side, row.connection, size, row.broken is None


def fold_runs(told: list[Row]) -> list[Row]:
    """Fold what is in the middle of each long run of equal rows."""
    folded: list[Row] = []
    start = 0
    while start < len(told):
        stop = start
        while stop < len(told) and likeness(told[stop]) == likeness(told[start]):
            stop += 1
        run = told[start:stop]
        if len(run) > LONGEST_RUN:
            middle = run[SHOWN_OF_RUN:-1]
            run = [*run[:SHOWN_OF_RUN], _folded(middle, _more(middle)), run[-1]]
        folded += run
        start = stop
    return folded


def shorten(told: list[Row]) -> list[Row]:
    """Fold the middle of a story, and the end of a row's calls, that are too long to be read."""
    told = [replace(row, calls=_few(row.calls)) for row in told]
    if len(told) <= LONGEST_STORY:
        return told
    head = LONGEST_STORY - SHOWN_AT_END
    count = len(told) - LONGEST_STORY
    gap = Row(event="folded", label=message("… {count} more rows", count=count))
    return [*told[:head], gap, *told[-SHOWN_AT_END:]]


def _few(calls: tuple[Call, ...]) -> tuple[Call, ...]:
    if len(calls) <= LONGEST_RUN:
        return calls
    rest = message("… {count} more calls", count=len(calls) - LONGEST_RUN)
    return (*calls[:LONGEST_RUN], Call(file=None, line=None, source="", outcome=rest))


def _folded(middle: list[Row], label: Message) -> Row:
    first = middle[0]
    calls = counted(call for row in middle for call in row.calls)
    return Row(
        event="folded", side=first.side, connection=first.connection, label=label, calls=calls
    )


def _more(middle: list[Row]) -> Message:
    count, data = len(middle), middle[0].data
    if data is None:
        return message("… {count} more of the same kind", count=count)
    if middle[0].event == "datagram":
        return message("… {count} more datagrams of {size} bytes", count=count, size=len(data))
    if len(data) == 1:
        return message("… {count} more pieces of 1 byte", count=count)
    return message("… {count} more pieces of {size} bytes", count=count, size=len(data))
