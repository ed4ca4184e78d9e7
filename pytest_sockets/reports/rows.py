"""The numbered story of an exchange, as rows of data that any report can draw.

Knows how each event is told and when equal rows are told as one. Does not know
how rows are drawn.
"""

from __future__ import annotations

import math
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

from pytest_sockets.messages import Message, message, size_of
from pytest_sockets.wire.events import Called, Event, Reset, Sent

from .matching import Beside
from .output import printed_at_once
from .parties import COLUMNS, beside, by_name

Sources = Mapping[str, Sequence[str]]
"""File, as the trace names it, to its lines of source."""

LONGEST_RUN = 8
"""More equal rows than this are folded."""
SHOWN_OF_RUN = 3
LONGEST_STORY = 80
SHOWN_AT_END = 20
_TOLD_BY_EVENTS = {"accept", "input"}
"""Calls whose result the row itself tells."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """A call of the program beside a row, with the student's own line.

    ``source`` is the line's text, or the call itself when the text is not
    known; ``outcome`` what the call returned or raised; ``times`` how often the
    same happened in a row.
    """

    file: str | None
    line: int | None
    source: str
    outcome: Message | None
    failed: bool = False
    times: int = 1


@dataclass(frozen=True, kw_only=True)
class Row:
    """One step of the story.

    ``number`` is None where only calls are told, or several events are folded.
    ``event`` is the event's name, ``called`` or ``folded``. With an ``arrow`` the
    row is something that left ``side``: ``data``, or what ``label`` names;
    ``broken`` says why it did not arrive, ``piece`` that a fault cut it. Without an arrow
    ``label`` is a remark at ``side``, or in the margin when ``side`` is ``harness``.
    """

    event: str = "called"
    number: int | None = None
    side: Literal["peer", "program", "harness"] = "harness"
    connection: int = 0
    arrow: bool = False
    data: bytes | None = None
    piece: bool = False
    label: Message | None = None
    broken: Message | None = None
    note: str | None = None
    calls: tuple[Call, ...] = ()


def rows(events: Sequence[Event], sources: Sources) -> list[Row]:
    """Return the story of ``events``, which are sorted by ``at``.

    ``Called`` events become the calls beside the rows they belong to, as
    ``matching`` finds them. Calls that failed, or that moved bytes no event shows, have
    rows of their own at their time; calls that never returned come last. What is
    printed in pieces, with nothing else between them, is one row. Long runs of
    equal rows are folded into one, and so is the middle of a long story.
    """
    events = printed_at_once(events)
    found = beside(events)
    lost = _lost(events, found)
    loose = {id(call) for call in found.loose}
    told: dict[int, Row] = {}
    number = 0
    for index, event in enumerate(events):
        calls = _calls(found.calls.get(index, ()), sources)
        if isinstance(event, Called):
            if id(event) in loose:
                told[index] = Row(calls=_calls([event], sources))
        elif index in lost:
            told[lost[index]] = replace(told[lost[index]], broken=message("reset"), calls=calls)
        else:
            number += 1
            told[index] = replace(_row(event), number=number, calls=calls)
    still_open = [Row(calls=_calls([call], sources)) for call in found.open]
    return _shorten(fold_runs(_joined([*told.values(), *still_open])))


def _lost(events: Sequence[Event], found: Beside) -> dict[int, int]:
    """Return the index of each reset that answered a piece no call took, with the piece's index.

    Without a single call in the trace nothing is known of what was taken.
    """
    wire = [index for index, event in enumerate(events) if not isinstance(event, Called)]
    if len(wire) == len(events):
        return {}
    return {
        second: first
        for first, second in pairwise(wire)
        if _answers(events[first], events[second]) and not found.calls.get(first)
    }


def _answers(sent: Event, reset: Event) -> bool:
    return (
        isinstance(sent, Sent)
        and isinstance(reset, Reset)
        and (sent.side, reset.side) == ("peer", "program")
        and sent.connection == reset.connection
    )


def _row(event: Event) -> Row:
    row = _TELL[event.name](event)
    label = by_name(event.side, row.label) if row.side == "harness" and row.label else row.label
    return replace(row, event=event.name, side=COLUMNS[row.side], label=label,
                   connection=event.connection, note=event.note)  # fmt: skip


def _arrow(event: Any, label: Message) -> Row:
    return Row(side=event.side, arrow=True, label=label)


def _bytes(event: Any) -> Row:
    return Row(side=event.side, arrow=True, data=event.data, piece=getattr(event, "piece", False))


def _refused(event: Any) -> Row:
    return replace(_arrow(event, message("connects")), broken=message("refused"))


def _paused(event: Any) -> Row:
    said = message("silent for {seconds:.3g} s", seconds=event.seconds)
    if event.seconds == math.inf:
        said = message("silent until the fault ends")
    return Row(side=event.side, label=said)


def _printed(event: Any) -> Row:
    text = event.data.decode("utf-8", "replace")
    if event.stream == "stderr":
        # An error stands in the last line; a traceback's beginning is the same for all.
        last = text.rstrip().rpartition("\n")[2]
        return Row(label=message("prints to stderr {text}", text=repr(last)))
    return Row(label=message("prints {text}", text=repr(text)))


def _exited(event: Any) -> Row:
    if event.status >= 0:
        return Row(label=message("exited with status {status}", status=event.status))
    try:
        name = signal.Signals(-event.status).name
    except ValueError:
        name = str(-event.status)
    return Row(label=message("ended by signal {name}", name=name))


_TELL: dict[str, Callable[[Any], Row]] = {
    "started": lambda event: Row(label=message("started: {command}", command=event.command)),
    "opened": lambda event: _arrow(event, message("connects")),
    "refused": _refused,
    "sent": _bytes,
    "streamed": lambda event: _arrow(event, message("{size} bytes more", size=event.size)),
    "finished": lambda event: _arrow(event, Message("FIN")),
    "reset": lambda event: _arrow(event, Message("RST")),
    "datagram": _bytes,
    "paused": _paused,
    "printed": _printed,
    "asked": lambda _: Row(label=message("waits for the keyboard")),
    "typed": lambda event: Row(label=message("typed {line}", line=repr(event.line))),
    "invoked": lambda event: _arrow(event, Message("{call}", {"call": event.call})),
    "returned": lambda event: _arrow(event, message("returns {value}", value=event.result)),
    "raised": lambda event: _arrow(event, message("raises {error}", error=event.result)),
    "exited": _exited,
}


def _calls(calls: Iterable[Called], sources: Sources) -> tuple[Call, ...]:
    return _counted(call_of(call, sources) for call in calls)


def call_of(call: Called, sources: Sources) -> Call:
    """Return what is told of a call beside a row."""
    lines = sources.get(call.file or "", ())
    known = call.line is not None and 0 < call.line <= len(lines)
    return Call(
        file=call.file,
        line=call.line,
        source=lines[(call.line or 0) - 1].strip() if known else f"{call.call}({call.arguments})",
        outcome=_outcome(call),
        failed=call.error is not None,
    )


def _outcome(call: Called) -> Message | None:
    if call.entered:
        return message("blocked in {call}", call=call.call)
    if call.error is not None:
        return Message("{error}", {"error": call.error})
    if call.size is not None and call.result:
        if call.size == 1:
            return message("1 byte")
        return size_of(call.size)
    if call.result and call.call not in _TOLD_BY_EVENTS:
        return Message("{result}", {"result": call.result})
    return None


def _counted(calls: Iterable[Call]) -> tuple[Call, ...]:
    """Return ``calls`` with neighbours that are equal told once, with their number."""
    counted: list[Call] = []
    for call in calls:
        if counted and replace(counted[-1], times=call.times) == call:
            counted[-1] = replace(call, times=counted[-1].times + call.times)
        else:
            counted.append(call)
    return tuple(counted)


def _joined(told: list[Row]) -> list[Row]:
    """Join neighbouring rows that only tell calls."""
    joined: list[Row] = []
    for row in told:
        if row.event == "called" and joined and joined[-1].event == "called":
            joined[-1] = replace(joined[-1], calls=_counted(joined[-1].calls + row.calls))
        else:
            joined.append(row)
    return joined


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


def _shorten(told: list[Row]) -> list[Row]:
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
    calls = _counted(call for row in middle for call in row.calls)
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
