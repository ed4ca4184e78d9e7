"""What is drawn, written and said of any exchange, whatever bytes and texts are in it."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import datetime, timezone
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from pytest_sockets.likeness import Likeness
from pytest_sockets.messages import LONGEST, Message, message, one_of
from pytest_sockets.reports.cells import to_csv
from pytest_sockets.reports.class_junit import to_junit
from pytest_sockets.reports.class_page import to_class_page
from pytest_sockets.reports.classroom import to_classroom
from pytest_sockets.reports.entries import Entry
from pytest_sockets.reports.gradebook import of_class
from pytest_sockets.reports.gradescope import to_gradescope
from pytest_sockets.reports.html import to_html
from pytest_sockets.reports.json_reader import scorecards
from pytest_sockets.reports.json_report import to_json
from pytest_sockets.reports.ladder import draw, rows
from pytest_sockets.reports.ladder_svg import NARROW, WIDE, Ladder, draw_svg
from pytest_sockets.reports.live import LiveStory
from pytest_sockets.reports.look import Look
from pytest_sockets.reports.terminal import render_overview, render_scorecard
from pytest_sockets.reports.wording import width
from pytest_sockets.results import Line, Outcome, Result, Scorecard
from pytest_sockets.wire.events import (
    Called,
    Datagram,
    Event,
    Exited,
    Finished,
    Invoked,
    Opened,
    Paused,
    Printed,
    Raised,
    Refused,
    Reset,
    Returned,
    Sent,
    Side,
    Started,
    Streamed,
    Typed,
)

from .drawing import Draw, as_text, can_be_written
from .target import target

RUN: dict[str, Any] = {
    "version": "1.0",
    "started": datetime(2026, 1, 1, tzinfo=timezone.utc),
    "seed": 4711,
    "containment": "full",
    "platform": "Linux",
}
RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What no report may hold as it is: controls, what turns text round, lone surrogates."""


def events(draw: Draw) -> list[Event]:
    """Return a story in the order of its times."""
    return [_event(draw, place / 1000) for place in range(draw.number(12))]


def _event(draw: Draw, at: float) -> Event:
    side = draw.one_of(cast(Sequence[Side], ("peer", "program")))
    who: dict[str, Any] = {"at": at, "side": side, "connection": draw.number(3)}
    who["note"] = draw.text(12) or None
    return draw.one_of((carried, ended, acted, _called))(draw, who)


def carried(draw: Draw, who: dict[str, Any]) -> Event:
    """Return something that crossed the wire."""
    local, remote = (draw.text(6), draw.number(9)), (draw.text(6), draw.number(9))
    return draw.made(
        lambda: Sent(**who, data=draw.data(300), piece=bool(draw.number(1))),
        lambda: Opened(**who, local=local, remote=remote),
        lambda: Datagram(**who, local=local, remote=remote, data=draw.data(60)),
    )


def ended(draw: Draw, who: dict[str, Any]) -> Event:
    """Return an end, or nothing that crosses the wire."""
    return draw.made(
        lambda: Finished(**who),
        lambda: Reset(**who),
        lambda: Refused(**who, remote=(draw.text(9), draw.number(9))),
        lambda: Exited(**who, status=draw.number(400) - 200),
        lambda: Paused(**who, seconds=draw.one_of([0.5, float("inf")])),
        lambda: Streamed(**who, size=draw.number(9)),
    )


def acted(draw: Draw, who: dict[str, Any]) -> Event:
    """Return something that the program did, or that was done to it."""
    streams = cast(Sequence[Literal["stdout"]], ("stdout", "stderr"))
    return draw.made(
        lambda: Printed(**who, data=draw.data(200), stream=draw.one_of(streams)),
        lambda: Started(**who, command=draw.text(30), files=((draw.text(9), draw.data(9)),)),
        lambda: Typed(**who, line=draw.text(30)),
        lambda: Invoked(**who, call=draw.text(30)),
        lambda: Returned(**who, **_place(draw), call="f", result=draw.text(20)),
        lambda: Raised(**who, **_place(draw), call="f", result=draw.text(20)),
    )


def _called(draw: Draw, who: dict[str, Any]) -> Event:
    call = draw.one_of(["recv", "send", "accept", "close", "connect", "bind", "sendto", ""])
    flows = cast(Sequence[Literal["in", "out"] | None], (None, "in", "out"))
    return Called(
        **who, **_place(draw), call=call or draw.text(8), arguments=draw.text(30),
        result=draw.text(20), fd=draw.number(5), size=draw.one_of([None, draw.number(99)]),
        flow=draw.one_of(flows), entered=bool(draw.number(1)), error=draw.text(30) or None,
    )  # fmt: skip


def _place(draw: Draw) -> dict[str, Any]:
    return {
        "file": draw.one_of([None, "server.py", draw.text(9)]),
        "line": draw.number(300) or None,
    }


def sentence(draw: Draw) -> Message | None:
    """Return a sentence about something that was drawn, or none."""
    return draw.made(
        lambda: None,
        lambda: message("{data} back, byte for byte", data=draw.data(90)),
        lambda: message("{what} ({where})", what=draw.text(60), where=(draw.text(9), 80)),
        lambda: message("the program crashed: {error}", error=draw.text(200)),
        lambda: message("the client connects to the server"),
    )


def result(draw: Draw, number: int) -> Result:
    """Return a result with evidence of every kind."""
    story = events(draw)
    return Result(
        id=f"tcp-echo-server/behaviour-{number}",
        behaviour="ECH-01",
        level=draw.one_of(cast(Sequence[Literal["must"]], ("must", "should", "may"))),
        part="basic",
        outcome=draw.one_of([Outcome.FAILED, *Outcome]),
        blocked_by=draw.text(20),
        max_points=draw.number(20),
        title=draw.text(30) or "title",
        why=draw.text(60),
        hint=draw.text(60),
        source="004 §3",
        tutorial=draw.text(20) or None,
        expected=sentence(draw) or message("something"),
        observed=sentence(draw) or message("nothing"),
        because=sentence(draw),
        advice=sentence(draw),
        smallest=sentence(draw),
        reason=sentence(draw) or message("no reason"),
        difference=(draw.data(200), draw.data(200)) if draw.number(1) else None,
        lines=draw.some(
            lambda: Line(draw.text(9), draw.number(99), draw.text(20), draw.text(30)), 3
        ),
        transcript=story,
        steps=[event for event in story if not isinstance(event, Called)],
        printed=draw.data(300),
        errors=draw.data(300),
        labels=[each for each in draw.some(lambda: sentence(draw), 2) if each],
        again=draw.text(60),
        connection=draw.number(3),
        failed_at=draw.one_of([None, 0.004]),
    )


def card(draw: Draw) -> Scorecard:
    """Return a scorecard with a few results and a source."""
    source = [line or " " for line in draw.some(lambda: draw.text(40), 9)]
    return Scorecard(
        target=draw.text(30) or "server.py",
        exercise="tcp-echo",
        role=draw.one_of(cast(Sequence[Literal["server"]], ("server", "client", "pair"))),
        results=[result(draw, number) for number in range(1 + draw.number(3))],
        seed=draw.number(9999),
        network=sentence(draw),
        containment=draw.text(20),
        sources={"server.py": source, draw.text(9): source},
    )


def terminal(data: bytes) -> None:
    """A scorecard fits its columns, holds nothing raw, and can be written."""
    draw = Draw(data)
    columns, shown = 40 + draw.number(60), card(draw)
    for more in ({}, {"ascii": True}, {"verbosity": 1}, {"verbosity": -1}):
        text = render_scorecard(shown, width=columns, show_exchange=True, **more)
        assert not RAW.search(text)
        copied = {each.again for each in shown.results}
        for line in text.split("\n"):
            assert width(line) <= columns or any(
                line.strip()[:20] in _plain(each) for each in copied
            )
    assert not RAW.search(render_overview([shown, shown], width=columns))


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def ladder(data: bytes) -> None:
    """A story is drawn within its width, as text and as XML, at once and while it goes on."""
    draw_from = Draw(data)
    columns, story = 40 + draw_from.number(60), events(draw_from)
    told = rows(story, {"server.py": [draw_from.text(30)] * 3}, draw_from.one_of([None, 0.003]))
    for ascii_only in (False, True):
        text = draw(told, columns, ascii=ascii_only, program=draw_from.text(9))
        assert all(width(line) <= columns for line in text.split("\n"))
        assert not RAW.search(text)
    for shape in (WIDE, NARROW):
        picture = draw_svg(Ladder(rows=told, program=draw_from.text(9)), shape, "one")
        ET.fromstring(re.sub("[\ufffe\uffff]", "", picture))
    live = LiveStory(Look(columns))
    text = "".join(live.text(event) for event in story) + live.end()
    assert not RAW.search(text)


def page(data: bytes) -> None:
    """A page of any results can be written, and no value becomes a script or an element."""
    shown = card(Draw(data))
    for text in (to_html([shown], **RUN), to_html([shown, shown], **RUN)):
        assert not RAW.search(text)
        assert "<script" not in text
        assert text.count("<svg") <= 4 * len(shown.results)


def document(data: bytes) -> None:
    """The JSON of any results keeps to its schema, and can be read again."""
    shown = card(Draw(data))
    text = to_json([shown], **RUN)
    assert can_be_written(text)
    told = json.loads(text)
    _schema().validate(told)
    again = scorecards(told, {}, {})
    assert [each.outcome for each in again[0].results] == [each.outcome for each in shown.results]
    of_class([Entry(student="a", scorecards=again)])


def for_machines(data: bytes) -> None:
    """What systems are handed is in their form, whatever is in it."""
    draw = Draw(data)
    shown = card(draw)
    entry = Entry(student=draw.text(20) or "a", ids={"id": draw.text(9)}, scorecards=[shown],
                  notices=[sentence(draw) or message("n")])  # fmt: skip
    for text in (to_gradescope([shown], **RUN), to_classroom([shown])):
        assert can_be_written(text)
        assert len(json.loads(text)["tests"]) == len(shown.results)
    xml = to_junit([entry])
    assert can_be_written(xml)
    assert len(ET.fromstring(xml).findall("testsuite/testcase")) == len(shown.results)
    read = list(csv.reader(io.StringIO(of_class([entry]).removeprefix("\ufeff"), newline="")))
    assert [len(row) for row in read] == [len(read[0])] * 2
    of_all = to_class_page(
        [entry, entry], title=draw.text(20), version="1", started=RUN["started"],
        alike=[Likeness(entry.student, draw.text(9), 0.9, identical=False)],
    )  # fmt: skip
    assert not RAW.search(of_all)


def cells(data: bytes) -> None:
    """A table has the rows and columns it was given, and no cell is taken for a formula."""
    draw = Draw(data)
    table = draw.some(lambda: [draw.text(20), draw.text(9), str(draw.number(9)), ""], 5)
    text = to_csv(table)
    assert can_be_written(text)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [len(row) for row in read] == [4] * len(table)
    for cell in (cell for row in read for cell in row):
        bare = cell.lstrip(" \"'")
        number = re.fullmatch(r"[+-]?\d+([.,]\d+)?", cell)
        formula = len(bare) > 1 and bare[0] in "=+-@|%" and not number
        assert not formula or cell.startswith("'")
        assert "\n" not in cell


def said(data: bytes) -> None:
    """A sentence can be said whatever its values are, braces too, and has an end."""
    draw = Draw(data)
    values: list[object] = [
        draw.text(90),
        draw.data(90),
        (draw.text(9), draw.text(3)),
        draw.number(9),
    ]
    for value in values:
        text = str(message("{first}; {second}", first=value, second=one_of(values)))
        assert len(text) < 4 * LONGEST
    text = as_text(data)
    assert str(message("{text}", text=text)) == (
        text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    )


@cache
def _schema() -> Draft202012Validator:
    text = (files("pytest_sockets.reports") / "result.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


LONG = st.binary(min_size=60, max_size=1200)
WORDS = st.lists(
    st.sampled_from(
        [b"\x00", b"\x01", b"\x03", b"\x08", b"\x20", b"\xff", b"kq7", b"=cmd|' /C calc'!A0",
         b"<script>", b"]]>", b"\x1b[31m", "你好".encode(), b"{", b"}", b"{0}", b"\xed\xa0\x80",
         "\u202e".encode(), "\ufffe".encode(), "e\u0301".encode(), b"('127.0.0.1', 80)", b"1024",
         b"'\"\\", b'"""', b"\r\n", b"\t"]
    ),
    max_size=200,
).map(b"".join)  # fmt: skip
TARGETS = {
    name: target(check, bytes(range(256)) * 2, inputs=LONG | WORDS)
    for name, check in {
        "terminal": terminal,
        "ladder": ladder,
        "page": page,
        "document": document,
        "for-machines": for_machines,
        "cells": cells,
        "said": said,
    }.items()
}
