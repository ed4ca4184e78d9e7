"""A call of the program stands beside the event that carried its bytes."""

from __future__ import annotations

import pytest

from pytest_sockets.reports.matching import match
from pytest_sockets.wire.events import (
    Called,
    Datagram,
    Event,
    Exited,
    Finished,
    Opened,
    Started,
    Typed,
)

from .samples import LISTENER, OURS, THEIRS, accept, called, opened, recv, send, sent


def calls_by_event(events: list[Event]) -> dict[int, list[int]]:
    """Return index of an event → indices of the calls beside it."""
    placed = match(events).calls
    return {
        index: [events.index(call) for call in calls] for index, calls in sorted(placed.items())
    }


def test_a_recv_stands_beside_the_piece_that_it_took() -> None:
    """Pieces that arrive before the program reads are told apart by counting bytes."""
    events = [sent(b"kq7"), sent(b" 0413"), recv(b"kq7", at=1.0), recv(b" 0413", at=1.1)]
    assert calls_by_event(events) == {0: [2], 1: [3]}


def test_a_recv_of_two_pieces_stands_beside_the_last_of_them() -> None:
    """Bytes that stuck together can only have been taken after the last piece left."""
    events = [sent(b"kq7"), sent(b" 0413"), recv(b"kq7 0413")]
    assert calls_by_event(events) == {1: [2]}


def test_several_recvs_of_one_piece_stand_beside_it() -> None:
    """A small buffer needs several calls for one piece."""
    events = [sent(b"abcdef"), recv(b"ab"), recv(b"cd", at=0.1), recv(b"ef", at=0.2)]
    assert calls_by_event(events) == {0: [1, 2, 3]}


def test_a_send_stands_beside_the_first_bytes_of_it_that_arrived() -> None:
    """One send that arrives in two pieces is told once, where it began."""
    events = [send(b"abcdef"), sent(b"abc", "program"), sent(b"def", "program")]
    assert calls_by_event(events) == {1: [0]}


def test_two_sends_that_stuck_together_stand_beside_one_piece() -> None:
    """That the program sent twice stays visible."""
    events = [send(b"abc"), send(b"def", at=0.1), sent(b"abcdef", "program")]
    assert calls_by_event(events) == {2: [0, 1]}


def test_a_send_is_found_though_the_trace_is_read_later_than_the_wire() -> None:
    """The order of the two records is not relied upon."""
    events = [sent(b"abc", "program"), send(b"abc", at=0.1)]
    assert calls_by_event(events) == {0: [1]}


def test_the_end_of_the_stream_stands_beside_the_peers_fin() -> None:
    """A recv that returned nothing was answered by FIN, as often as it was called."""
    events = [
        sent(b"a"),
        Finished(side="peer", connection=1),
        recv(b"a"),
        recv(b"", at=0.1),
        recv(b"", at=0.2),
    ]
    assert calls_by_event(events) == {0: [2], 1: [3, 4]}


def test_a_close_stands_beside_the_fin_of_its_own_connection() -> None:
    """Closing the listener sends nothing and stands beside nothing."""
    events = [
        opened(),
        accept(),
        called("close", 11, 0.1, fd=LISTENER),
        called("close", 10, 0.2),
        Finished(side="program", connection=1),
    ]
    assert calls_by_event(events) == {0: [1], 4: [3]}


def test_connections_at_once_are_told_apart_by_their_bytes() -> None:
    """A descriptor is taken for the connection whose bytes it moved."""
    events = [
        sent(b"first", connection=1),
        sent(b"two", connection=2),
        recv(b"two", fd=5),
        recv(b"first", fd=4),
        send(b"two", fd=5),
        send(b"first", fd=4),
        sent(b"first", "program", connection=1),
        sent(b"two", "program", connection=2),
    ]
    assert calls_by_event(events) == {0: [3], 1: [2], 6: [5], 7: [4]}


def test_a_descriptor_that_comes_back_after_close_is_another_connection() -> None:
    """Descriptors are used again, and mean something else then."""
    events = [
        opened(connection=1),
        accept(),
        sent(b"abc", connection=1),
        recv(b"abc"),
        called("close", 10, 0.1),
        Finished(side="program", connection=1),
        opened(connection=2),
        accept(0.2),
        sent(b"abc", connection=2),
        recv(b"abc", at=0.3),
        called("close", 10, 0.4),
        Finished(side="program", connection=2),
    ]
    assert calls_by_event(events) == {
        0: [1], 2: [3], 5: [4], 6: [7], 8: [9], 11: [10],
    }  # fmt: skip


def test_bytes_that_a_closed_connection_left_unread_are_not_the_next_ones() -> None:
    """A program that closes too early leaves bytes behind, which its next socket never sees."""
    events = [
        sent(b"abc rest", connection=1),
        recv(b"abc"),
        called("close", 10, 0.1),
        sent(b"abc", connection=2, at=0.2),
        recv(b"abc", at=0.3),
    ]
    assert calls_by_event(events) == {0: [1], 3: [4]}


def test_a_descriptor_that_comes_back_without_close_is_another_connection() -> None:
    """A socket that became garbage is closed without a call that the trace could see."""
    events = [
        opened(connection=1),
        accept(),
        sent(b"abc", connection=1),
        recv(b"abc"),
        opened(connection=2),
        accept(0.2),
        sent(b"abc", connection=2),
        recv(b"abc", at=0.3),
    ]
    assert calls_by_event(events) == {0: [1], 2: [3], 4: [5], 6: [7]}


def test_a_client_programs_connect_stands_beside_the_connection() -> None:
    """Who connects decides which call is meant."""
    events = [called("connect", 3, 0.0), Opened(side="program", local=OURS, remote=THEIRS)]
    assert calls_by_event(events) == {1: [0]}


def test_datagrams_are_matched_by_their_size() -> None:
    """A datagram that got lost leaves no call, and the others keep theirs."""
    events: list[Event] = [
        Datagram(data=b"lost one", local=OURS, remote=THEIRS),
        Datagram(data=b"", local=OURS, remote=THEIRS),
        Datagram(data=b"here", local=OURS, remote=THEIRS),
        recv(b"", line=1),
        recv(b"here", line=2),
    ]
    assert calls_by_event(events) == {1: [3], 2: [4]}


def test_a_typed_line_stands_beside_input() -> None:
    """What was typed is what input returned."""
    events = [Typed(line="hi"), called("input", 3, 0.1, result="'hi'")]
    assert calls_by_event(events) == {0: [1]}


def test_what_no_event_shows_is_loose() -> None:
    """Bytes that never arrived, and calls that failed, are not hung on something else."""
    unseen, broken = send(b"abc"), called("send", 9, 0.1, error="BrokenPipeError: no")
    quiet = called("setsockopt", 4, 0.2)
    assert match([unseen, broken, quiet]).loose == [unseen, broken]


def test_a_call_that_was_not_heard_of_again_is_open() -> None:
    """A call that entered is open until its line is heard of again."""
    entered = [called("recv", 8, at, entered=True, flow="in") for at in (0.0, 0.2)]
    returned: list[Called] = [recv(b"a", at=0.1)]
    assert match([entered[0], *returned]).open == []
    assert match([entered[0], *returned, entered[1]]).open == [entered[1]]


@pytest.mark.parametrize("ending", [Exited(at=1.0, status=0), Started(at=1.0, command="again")])
def test_a_program_that_ended_leaves_no_call_open(ending: Event) -> None:
    """After its end, and after a new start, only what was entered since is open."""
    entered = [called("recv", 8, at, entered=True, flow="in") for at in (0.5, 1.5)]
    assert match([entered[0], ending]).open == []
    assert match([entered[0], ending, entered[1]]).open == [entered[1]]


def test_a_long_stream_of_small_pieces_is_matched_one_by_one() -> None:
    """Every piece finds its call, however many there are."""
    pieces = [sent(b"x") for _ in range(5000)]
    takes = [recv(b"x", at=number) for number in range(5000)]
    placed = match([*pieces, *takes]).calls
    assert [len(calls) for calls in placed.values()] == [1] * 5000
