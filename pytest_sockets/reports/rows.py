"""The numbered story of an exchange, as rows of data that any report can draw.

Knows how each event is told, and where the story had come to when it failed.
Does not know how rows are drawn.
"""

from __future__ import annotations

import math
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from pytest_sockets.messages import Message, message, size_of
from pytest_sockets.wire.events import Called, Event, Reset, Sent

from .folding import counted, fold_runs, shorten
from .matching import Beside
from .output import printed_at_once
from .parties import COLUMNS, beside, by_name
from .row import Call, Row

Sources = Mapping[str, Sequence[str]]
"""File, as the trace names it, to its lines of source."""

FAILED = message("✗ failed here")
_TOLD_BY_EVENTS = {"accept", "input"}
"""Calls whose result the row itself tells."""


def rows(events: Sequence[Event], sources: Sources, failed_at: float | None = None) -> list[Row]:
    """Return the story of ``events``, which are sorted by ``at``.

    ``Called`` events become the calls beside the rows they belong to, as
    ``matching`` finds them. Calls that failed, or that moved bytes no event shows, have
    rows of their own at their time; calls that never returned come last. What is
    printed in pieces, with nothing else between them, is one row. Long runs of
    equal rows are folded into one, and so is the middle of a long story. A row
    stands where the story had come to at ``failed_at``, in the events' clock.
    """
    events = printed_at_once(events)
    found = beside(events)
    lost = _lost(events, found)
    loose = {id(call) for call in found.loose}
    told: dict[int, Row] = {}
    number = 0
    for index, event in enumerate(events):
        calls = _calls(found.calls.get(index, ()), sources)
        if len(calls) == 1:
            calls = _partly(calls[0], found.calls[index][0], event)
        if isinstance(event, Called):
            if id(event) in loose:
                told[index] = Row(calls=_calls([event], sources))
        elif index in lost:
            told[lost[index]] = replace(told[lost[index]], broken=message("reset"), calls=calls)
        else:
            number += 1
            told[index] = replace(_row(event), number=number, calls=calls)
    verdict = math.inf if failed_at is None else failed_at
    waiting = _waiting_at(verdict, events, found)
    story = [
        *(row for index, row in told.items() if events[index].at <= verdict),
        *(Row(calls=_calls([call], sources)) for call in waiting),
        *([] if failed_at is None else [Row(event="failed", label=FAILED)]),
        *(row for index, row in told.items() if events[index].at > verdict),
        *(Row(calls=_calls([call], sources)) for call in found.open if call not in waiting),
    ]
    return shorten(fold_runs(_joined(story)))


def _waiting_at(verdict: float, events: Sequence[Event], found: Beside) -> list[Called]:
    """Return the calls that the program was in at ``verdict``; those that send are not waiting."""
    if verdict == math.inf:
        return found.open
    then = beside([event for event in events if event.at <= verdict]).open
    return [call for call in then if call in found.open or not call.call.startswith("send")]


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
    return counted(call_of(call, sources) for call in calls)


def _partly(told: Call, call: Called, event: Event) -> tuple[Call, ...]:
    """Return the only call beside ``event``, with what it took where that was not all of it."""
    whole = len(getattr(event, "data", b"")) if event.side != call.side else 0
    if call.flow != "in" or told.times > 1 or not call.size or call.size >= whole:
        return (told,)
    outcome = message("{count} of {all} bytes", count=call.size, all=whole)
    return (replace(told, outcome=outcome),)


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


def _joined(told: list[Row]) -> list[Row]:
    """Join neighbouring rows that only tell calls."""
    joined: list[Row] = []
    for row in told:
        if row.event == "called" and joined and joined[-1].event == "called":
            joined[-1] = replace(joined[-1], calls=counted(joined[-1].calls + row.calls))
        else:
            joined.append(row)
    return joined
