"""The story of an exchange as rows of data."""

from __future__ import annotations

import pytest

from pytest_sockets.reports.folding import LONGEST_STORY
from pytest_sockets.reports.row import Row
from pytest_sockets.reports.rows import rows
from pytest_sockets.wire.events import (
    Asked,
    Called,
    Datagram,
    Event,
    Exited,
    Finished,
    Invoked,
    Left,
    Opened,
    Paused,
    Printed,
    Raised,
    Refused,
    Reset,
    Returned,
    Sent,
    Started,
    Typed,
)

from .samples import (
    OURS,
    SOURCES,
    THEIRS,
    accept,
    called,
    opened,
    printed,
    recv,
    send,
    sent,
    short_echo,
)


def labels(told: list[Row]) -> list[str]:
    """Return the label of each row, empty where there is none."""
    return [str(row.label) if row.label else "" for row in told]


def test_a_row_carries_the_students_own_line() -> None:
    """The line's text comes from the source, stripped, with what the call returned."""
    call = rows([sent(b"kq7"), recv(b"kq7")], SOURCES)[0].calls[0]
    assert (call.line, call.source, str(call.outcome)) == (8, "data = conn.recv(1024)", "3 bytes")


def test_a_call_that_took_a_part_says_of_how_much() -> None:
    """What is left is what a single recv misses; several calls together miss nothing."""
    parts = [recv(b"kq"), recv(b"7 0413")]
    told = [rows([sent(b"kq7 0413"), *parts[:count]], SOURCES)[0].calls for count in (1, 2)]
    assert [[str(call.outcome) for call in calls] for calls in told] == [
        ["2 of 8 bytes"],
        ["2 bytes", "6 bytes"],
    ]


@pytest.mark.parametrize("line", [0, 999, None])
def test_a_line_that_is_not_known_is_told_by_its_call(line: int | None) -> None:
    """A forged or missing line number shows the call itself."""
    event = called("recv", line, 0.0, arguments="1024", size=1, result="b'k'", flow="in")
    assert rows([sent(b"k"), event], SOURCES)[0].calls[0].source == "recv(1024)"


def test_rows_are_numbered_without_gaps_by_what_happened() -> None:
    """Only events have numbers: calls of their own row have none."""
    events = [opened(), called("recv", 8, 0.1, error="TimeoutError: timed out"), sent(b"a")]
    assert [row.number for row in rows(events, SOURCES)] == [1, None, 2]


def test_a_piece_that_nobody_took_and_a_reset_answered_is_broken() -> None:
    """The bytes did not arrive, so their arrow does not either, and the reset needs no row."""
    told = rows(short_echo(), SOURCES)
    assert [str(row.broken) for row in told if row.broken] == ["reset"]
    assert "reset" not in [row.event for row in told]


@pytest.mark.parametrize("trace", [[], [recv(b"kq7")]])
def test_a_reset_has_its_own_row_unless_the_piece_is_known_to_be_lost(trace: list[Event]) -> None:
    """Without a trace, or when a call took the bytes, nothing is said to be lost."""
    told = rows([sent(b"kq7"), *trace, Reset(side="program", connection=1)], SOURCES)
    assert [row.event for row in told] == ["sent", "reset"]


def test_a_run_of_small_pieces_is_folded() -> None:
    """Many equal pieces are one row that says how many, and the count goes on behind it."""
    told = rows([sent(b"x") for _ in range(41)], SOURCES)
    assert [row.number for row in told] == [1, 2, 3, None, 41]
    assert labels(told)[3] == "… 37 more pieces of 1 byte"


def test_folded_pieces_keep_their_calls_as_one_with_a_number() -> None:
    """The margin says how often the line took a piece."""
    events: list[Event] = []
    for _ in range(41):
        events += [sent(b"x"), recv(b"x")]
    assert [call.times for call in rows(events, SOURCES)[3].calls] == [37]


def test_a_short_run_is_told_in_full() -> None:
    """Folding starts where reading would end."""
    assert len(rows([sent(b"x") for _ in range(8)], SOURCES)) == 8


def test_pieces_of_different_sizes_are_not_folded() -> None:
    """What differs is worth a row."""
    assert len(rows([sent(b"x" * size) for size in range(1, 21)], SOURCES)) == 20


def test_a_story_that_nobody_would_read_is_shortened_in_the_middle() -> None:
    """A flood of events leaves a beginning, an end, and how much is between."""
    told = rows([sent(b"x" * (number % 7 + 1)) for number in range(500)], SOURCES)
    assert len(told) == LONGEST_STORY + 1
    assert "… 420 more rows" in labels(told)


def test_a_call_that_waited_when_it_failed_is_told_before_the_mark() -> None:
    """That the call returned later, when the test let go of the connection, changes nothing."""
    waits = called("recv", 8, 0.1, entered=True)
    told = rows([opened(), accept(), waits, Finished(at=0.3), recv(b"", at=0.4)], SOURCES, 0.2)
    assert [row.event for row in told] == ["opened", "called", "failed", "finished"]
    assert str(told[1].calls[0].outcome) == "blocked in recv"


def test_a_call_that_was_sending_when_it_failed_did_not_wait() -> None:
    """It had only not come back yet."""
    sends, back = called("send", 9, 0.1, entered=True), send(b"a", at=0.4)
    told = rows([opened(), accept(), sends, sent(b"a", "program", at=0.1), back], SOURCES, 0.2)
    assert [row.event for row in told] == ["opened", "sent", "failed"]


def test_without_a_failure_there_is_no_mark() -> None:
    """What passed has none."""
    assert "failed" not in [row.event for row in rows(short_echo(), SOURCES)]


def test_a_flood_of_forged_calls_stays_short() -> None:
    """A program cannot drown the report in calls of its own making."""
    flood = [called("send", line, 0.0, error="OSError: no") for line in range(1000)]
    told = rows(flood, SOURCES)
    assert len(told) == 1
    assert len(told[0].calls) == 9
    assert str(told[0].calls[-1].outcome) == "… 992 more calls"


def test_the_same_failure_again_and_again_is_told_once() -> None:
    """A polling loop is one call with a number."""
    polls = [called("recv", 8, at, error="TimeoutError: timed out") for at in range(100)]
    (row,) = rows(polls, SOURCES)
    assert [call.times for call in row.calls] == [100]


def test_a_call_that_never_returned_comes_last() -> None:
    """Where the program stands at the end is the last thing one reads."""
    events = [called("recv", 8, 0.1, entered=True, flow="in"), sent(b"late", "program", at=0.2)]
    last = rows(events, SOURCES)[-1]
    assert (last.event, str(last.calls[0].outcome)) == ("called", "blocked in recv")


def test_a_program_that_has_ended_is_blocked_in_nothing() -> None:
    """What it never returned from is not shown: the story ends with its end."""
    events = [called("recv", 8, 0.1, entered=True, flow="in"), Exited(at=0.2, status=-9)]
    (row,) = rows(events, SOURCES)
    assert (row.event, row.calls) == ("exited", ())


def test_what_is_printed_in_pieces_is_told_at_once() -> None:
    """Text and newline are two writes and one row, whatever the program called meanwhile."""
    pieces = [printed(b"hello", 0.1), recv(b"", at=0.15), printed(b"\n", 0.2), opened(0.3)]
    told = labels(rows([*pieces, printed(b"bye\n", 0.4)], SOURCES))
    assert [label for label in told if label] == [
        r"prints 'hello\n'",
        "connects",
        r"prints 'bye\n'",
    ]


def test_the_two_streams_are_told_apart() -> None:
    """Only output of the same stream is joined."""
    events = [printed(b"a", 0.1), Printed(at=0.2, stream="stderr", data=b"b")]
    assert labels(rows(events, SOURCES)) == ["prints 'a'", "prints to stderr 'b'"]


def test_what_is_written_to_stderr_is_told_by_its_last_line() -> None:
    """A traceback's first line is the same for all: the error stands in the last."""
    data = b"Traceback (most recent call last):\n  ...\nValueError: no\n"
    told = labels(rows([Printed(stream="stderr", data=data)], SOURCES))
    assert told == ["prints to stderr 'ValueError: no'"]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (Started(command="python server.py"), "started: python server.py"),
        (Opened(local=OURS, remote=THEIRS), "connects"),
        (Refused(remote=THEIRS), "connects"),
        (Finished(), "FIN"),
        (Reset(), "RST"),
        (Paused(seconds=0.25), "silent for 0.25 s"),
        (printed(b"hi\x1b[2J\n"), r"prints 'hi\x1b[2J\n'"),
        (Printed(data=b"no", stream="stderr"), "prints to stderr 'no'"),
        (Asked(), "waits for the keyboard"),
        (Typed(line="hi"), "typed 'hi'"),
        (Invoked(call="url('x')"), "url('x')"),
        (Returned(call="url('x')", result="80"), "returns 80"),
        (Raised(call="url('x')", result="ValueError: x"), "raises ValueError: x"),
        (Exited(status=1), "exited with status 1"),
        (Exited(status=-9), "ended by signal SIGKILL"),
        (Exited(status=-250), "ended by signal 250"),
    ],
)
def test_each_event_is_told(event: Event, told: str) -> None:
    """Every event without payload has its words."""
    (row,) = rows([event], {})
    assert (row.event, str(row.label)) == (event.name, told)


@pytest.mark.parametrize("event", [Sent(data=b"x"), Datagram(data=b"x", local=OURS, remote=THEIRS)])
def test_bytes_are_told_by_themselves(event: Event) -> None:
    """Streams and datagrams show their bytes."""
    (row,) = rows([event], {})
    assert (row.arrow, row.data) == (True, b"x")


@pytest.mark.parametrize("kind", [Returned, Raised])
def test_the_end_of_a_function_has_its_line_beside_it(kind: type[Left]) -> None:
    """What came of it is told by the row itself, not once more by the call."""
    event = kind(side="program", call="url('x')", result="80", file="server.py", line=8)
    (row,) = rows([event], SOURCES)
    (call,) = row.calls
    assert (row.arrow, call.line, call.source, call.outcome) == (
        True,
        8,
        "data = conn.recv(1024)",
        None,
    )


def test_no_kind_of_event_is_forgotten() -> None:
    """A new event needs words before it can be reported."""
    from pytest_sockets.reports.rows import _TELL

    kinds = [*Event.__subclasses__(), *Left.__subclasses__()]
    names = {kind.__name__.lower() for kind in kinds if kind not in (Called, Left)}
    assert names == set(_TELL)


def test_an_accept_tells_no_address_twice() -> None:
    """The row itself says who connects."""
    assert rows([opened(), accept()], SOURCES)[0].calls[0].outcome is None
