"""A program that plays both ends is told as two ends, from its own calls alone."""

from __future__ import annotations

import errno
from typing import Any

import pytest

from pytest_sockets.reports.both_ends import both_ends
from pytest_sockets.reports.row import Row
from pytest_sockets.wire.events import Called, Event

from .samples import SOURCES, called

LISTENER, CLIENT, SERVER = 3, 4, 5


def story(*calls: Event) -> list[Row]:
    """Return the rows of ``calls``, which happened one after the other."""
    return both_ends(calls, SOURCES)


def arrows(*calls: Event) -> list[tuple[int | None, str, object]]:
    """Return number, side and what it is of each row with an arrow."""
    rows = [row for row in story(*calls) if row.arrow]
    return [(row.number, row.side, row.data if row.data is not None else str(row.label))
            for row in rows]  # fmt: skip


def on(fd: int, call: str, **more: Any) -> Called:
    """Return a call on descriptor ``fd``."""
    return called(call, 1, 0.0, fd=fd, **more)


def sends(fd: int, data: bytes, call: str = "sendall") -> Called:
    """Return a call that sent ``data``."""
    return on(fd, call, arguments=repr(data), size=len(data), flow="out")


LISTENING = (on(LISTENER, "bind"), on(LISTENER, "listen"))
CONNECTED = (*LISTENING, on(CLIENT, "connect"), on(LISTENER, "accept", result="('127.0.0.1', 5)"))


def test_what_connected_is_the_client_and_stands_on_the_left() -> None:
    """Both directions are told in their order, with numbers."""
    told = arrows(*CONNECTED, sends(CLIENT, b"hello"), sends(SERVER, b"hi"), on(SERVER, "close"))

    assert told == [
        (1, "peer", "connects"),
        (2, "peer", b"hello"),
        (3, "program", b"hi"),
        (4, "program", "closes"),
    ]


def test_every_call_is_told_once_and_in_order() -> None:
    """Calls that sent nothing stand beside the row before them, or in one of their own."""
    rows = story(*CONNECTED, sends(CLIENT, b"hello"), on(SERVER, "recv", size=5, result="b'hello'"))

    assert [[call.source for call in row.calls] for row in rows] == [
        [SOURCES["server.py"][0]] * 2,
        [SOURCES["server.py"][0]],
        [SOURCES["server.py"][0]],
        [SOURCES["server.py"][0]],
        [SOURCES["server.py"][0]],
    ]
    assert [row.arrow for row in rows] == [False, True, False, True, False]


def test_a_descriptor_that_was_closed_is_another_socket() -> None:
    """The system gives its number to the next one."""
    closed = on(CLIENT, "close")
    told = arrows(*CONNECTED, closed, sends(CLIENT, b"from the next"))

    assert told[1:] == [(2, "peer", "closes"), (3, "program", b"from the next")]


def test_a_client_may_bind_before_it_connects() -> None:
    """It is the client all the same, and closing it is told."""
    told = arrows(*LISTENING, on(CLIENT, "bind"), *CONNECTED[2:], on(CLIENT, "close"))

    assert told == [(1, "peer", "connects"), (2, "peer", "closes")]


def test_who_sends_datagrams_unbound_is_the_client() -> None:
    """Nothing is connected there, and closing sends nothing."""
    bound = on(SERVER, "bind")
    told = arrows(
        bound,
        sends(CLIENT, b"", "sendto"),
        sends(SERVER, b"answer", "sendto"),
        on(CLIENT, "close"),
        on(SERVER, "close"),
    )

    assert told == [(1, "peer", b""), (2, "program", b"answer")]


@pytest.mark.parametrize(
    "refused",
    [
        on(CLIENT, "connect", error="ConnectionRefusedError: no"),
        on(CLIENT, "connect_ex", result=str(errno.ECONNREFUSED)),
    ],
)
def test_a_refused_connection_is_a_broken_arrow(refused: Called) -> None:
    """Whether it was raised or returned."""
    (row,) = story(refused)

    assert (row.arrow, str(row.label), str(row.broken)) == (True, "connects", "refused")


@pytest.mark.parametrize(
    "call",
    [
        on(CLIENT, "sendall", arguments="b'x'", error="TimeoutError: timed out"),
        on(CLIENT, "connect", error="TimeoutError: timed out"),
        on(CLIENT, "connect_ex", result="11"),
        on(CLIENT, "shutdown", arguments="SHUT_RD"),
        sends(CLIENT, b""),
        on(LISTENER, "close"),
    ],
)
def test_what_sent_nothing_has_no_arrow(call: Called) -> None:
    """It is told all the same."""
    rows = story(*LISTENING, call)

    assert [row.arrow for row in rows] == [False]
    assert len(rows[0].calls) == len(LISTENING) + 1


def test_a_half_close_is_a_fin() -> None:
    """It is sent at once by shutdown."""
    told = arrows(*CONNECTED, on(CLIENT, "shutdown", arguments="SHUT_WR"))

    assert told[1:] == [(2, "peer", "FIN")]


def test_bytes_that_the_trace_has_cut_are_counted() -> None:
    """No byte is told that was not seen."""
    cut = on(CLIENT, "send", arguments=repr(bytes(48)), size=1000, flow="out")
    view = on(CLIENT, "send", arguments="<memory at 0x1>", size=1, flow="out")

    assert [what for _, _, what in arrows(*CONNECTED, cut, view)[1:]] == ["1000 bytes", "1 byte"]


def test_a_long_run_is_folded() -> None:
    """Two hundred datagrams are not two hundred lines."""
    rows = story(on(SERVER, "bind"), *(sends(CLIENT, b"x", "sendto") for _ in range(200)))

    assert len(rows) == 6
    assert rows[-1].number == 200
