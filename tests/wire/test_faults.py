"""What faults make of a conversation, and the receipts that they took effect."""

from __future__ import annotations

import socket

import pytest

from pytest_sockets import Coalesce, Delay, Fragment, HalfClose, NotJudged, Reset, Stall, Truncate
from pytest_sockets.wire import events, speech, stream
from pytest_sockets.wire.events import Paused

from .other_end import Conversation, connected, sent


def test_each_piece_waits_until_the_one_before_was_taken() -> None:
    """The program reads exactly the planned pieces."""
    with connected(Fragment(size=4)) as both:
        both.script.reads = both.reads_pieces
        both.peer.send(b"hello world")
        assert both.pieces == [b"hell", b"o wo", b"rld"] == sent(both)


def test_a_message_in_one_piece_is_not_waited_for() -> None:
    """Only a boundary needs its receipt."""
    with connected(Fragment(size=100)) as both:
        both.script.reads = both.reads_pieces
        both.peer.send(b"hello")
        assert both.pieces == []


def test_a_program_that_rests_without_taking_a_piece_gets_the_next() -> None:
    """Not reading is the program's doing and no reason to wait for ever."""
    with connected(Fragment(at=(2,))) as both:
        both.script.reads = lambda: 0
        both.peer.send(b"hello")
        both.peer.finish()
        assert both.received() == b"hello"


def test_pieces_without_a_receipt_are_not_judged() -> None:
    """Where nothing shows that a piece was taken, no verdict may rest on the boundary."""
    with connected(Fragment(size=1)) as both, pytest.raises(NotJudged, match="apart"):
        both.peer.send(b"hello")


def test_messages_stick_together_while_the_program_is_stopped() -> None:
    """The program is stopped, finds all bytes at once, and goes on."""
    with connected(Coalesce()) as both:
        queue: list[int] = []

        def look() -> int:
            peeked = _waiting(both)
            queue.append(peeked)
            return peeked

        both.script.queue = look
        both.peer.send(b"one", b"two")
        assert both.script.signals == ["stop", "go on"]
        assert queue[-1] == 6
        assert both.theirs.recv(100) == b"onetwo"
        assert sent(both) == [b"onetwo"]


def test_what_waited_before_does_not_count_as_stuck_together() -> None:
    """Unread bytes of an earlier message are no receipt for the later ones."""
    with connected(Coalesce()) as both:
        queue = iter([7, 7, 7 + 5, 7 + 6])
        both.script.queue = lambda: next(queue)
        both.peer.send(b"one", b"two")
        assert list(queue) == []


def _waiting(both: Conversation) -> int:
    """Return how many bytes the other end could read at once."""
    both.theirs.setblocking(False)
    try:
        return len(both.theirs.recv(65536, socket.MSG_PEEK))
    except BlockingIOError:
        return 0
    finally:
        both.theirs.settimeout(30)


def test_messages_that_do_not_stick_are_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the receipt there is no verdict, and the program goes on all the same."""
    monkeypatch.setattr(speech, "TOGETHER_LOOKS", 3)
    with connected(Coalesce()) as both:
        both.script.queue = lambda: 0
        with pytest.raises(NotJudged, match="arrive together"):
            both.peer.send(b"one", b"two")
        assert both.script.signals == ["stop", "go on"]


def test_half_close_finishes_behind_what_was_sent() -> None:
    """FIN arrives with the message, and a close adds none."""
    with connected(HalfClose()) as both:
        both.peer.send(b"one", b"two")
        assert both.received() == b"onetwo"
        both.peer.close()
        assert both.told == ["peer sent", "peer sent", "peer finished"]


def test_a_reset_after_so_many_bytes_lets_those_through() -> None:
    """The program gets the bytes before the reset, then the reset."""
    with connected(Reset(after=4)) as both:
        both.peer.send(b"hello")
        assert both.theirs.recv(100) == b"hell"
        with pytest.raises(ConnectionResetError):
            both.theirs.recv(100)
        assert both.peer.closed


@pytest.mark.parametrize("end", ["finish", "close"])
def test_a_reset_takes_the_place_of_the_close(end: str) -> None:
    """Whether the peer finishes or closes, the program sees RST."""
    with connected(Reset()) as both:
        both.peer.send(b"hello")
        getattr(both.peer, end)()
        assert both.theirs.recv(100) == b"hello"
        with pytest.raises(ConnectionResetError):
            both.theirs.recv(100)
        assert both.told == ["peer sent", "peer reset"]


def test_behind_a_reset_nothing_is_sent() -> None:
    """What comes later is left out, in the transcript too."""
    with connected(Reset(after=1)) as both:
        both.peer.send(b"a", b"b")
        both.peer.send(b"c")
        assert both.told == ["peer sent", "peer reset"]


def test_a_delay_is_told_and_cut_short_by_a_proof() -> None:
    """A program that is seen to wait for as long as it takes is not kept waiting."""
    with connected(Delay(3600)) as both:
        both.peer.send(b"a")
        assert [event.seconds for event in both.script.transcript.of(Paused)] == [3600]
        assert both.theirs.recv(100) == b"a"


def test_the_events_of_a_conversation_carry_its_number() -> None:
    """Events of several connections can be told apart."""
    with connected(HalfClose(), Fragment(size=1)) as both:
        both.script.reads = both.reads_pieces
        both.then(both.says(b"x"), both.finishes)
        both.peer.send(b"ab")
        both.peer.received_so_far()
        assert {event.connection for event in both.events} == {1}
        assert isinstance(both.events[-1], events.Finished)


def test_a_stall_is_over_once_the_program_rests() -> None:
    """A silence without end ends with the proof that nothing else will happen."""
    with connected(Stall(after=2)) as both:
        both.peer.send(b"hello")
        both.peer.finish()
        assert both.received() == b"hello"
        assert sent(both) == [b"he", b"llo"]
        (pause,) = both.script.transcript.of(Paused)
        assert pause.seconds == stream.LONGEST


def test_a_truncated_message_ends_the_stream() -> None:
    """The program gets the beginning and FIN; the rest is never sent."""
    with connected(Truncate(2)) as both:
        both.peer.send(b"hello")
        assert both.received() == b"he"
        assert both.told == ["peer sent", "peer finished"]
