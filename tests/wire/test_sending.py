"""What a peer sends, how long it is silent, and how a connection is ended."""

from __future__ import annotations

import select
import socket

import pytest
from facilities import linux

from pytest_sockets import Finding
from pytest_sockets.wire import stream
from pytest_sockets.wire.events import Sent

from .other_end import Conversation, Resting, connected, sent


def test_messages_arrive_in_order() -> None:
    """The other end receives all bytes, and the transcript has the messages."""
    with connected() as both:
        both.peer.send(b"one", b"two")
        both.peer.finish()
        assert both.received() == b"onetwo"
        assert sent(both) == [b"one", b"two"]


def test_the_bytes_that_left_are_counted() -> None:
    """The count is what a proof compares with the kernel's."""
    with connected() as both:
        both.peer.send(b"one", b"two")
        assert both.peer.sent == 6


def test_a_half_closed_connection_still_receives() -> None:
    """After finish the other end sees the end of the stream and may go on talking."""
    with connected() as both:
        both.peer.finish()
        assert both.received() == b""
        both.then(both.says(b"still here"))
        both.peer.expect(b"still here")
        assert both.told == ["peer finished", "program sent"]


def test_finishing_twice_sends_one_fin() -> None:
    """The transcript has one FIN of ours, also when the connection is closed later."""
    with connected() as both:
        both.peer.finish()
        both.peer.finish()
        both.peer.close()
        assert both.told == ["peer finished"]


def test_nothing_can_be_sent_behind_fin() -> None:
    """Such a behaviour is wrong, and is told so."""
    with connected() as both:
        both.peer.finish()
        with pytest.raises(ValueError, match=r"^nothing can be sent after finish\(\)$"):
            both.peer.send(b"more")


def test_a_reset_is_seen_as_a_reset() -> None:
    """The other end's next recv raises ConnectionResetError."""
    with connected() as both:
        both.peer.reset()
        with pytest.raises(ConnectionResetError):
            both.received()
        assert both.told == ["peer reset"]


def test_closing_after_unread_data_is_no_reset() -> None:
    """What has come is read first, so that the other end sees FIN and not RST."""
    with connected() as both:
        both.says(b"never asked for")()
        both.peer.close()
        assert both.received() == b""
        assert both.told == ["program sent", "peer finished"]


def test_leaving_the_block_closes_the_connection() -> None:
    """A peer is a context manager."""
    with connected() as both:
        with both.peer:
            pass
        assert both.peer.closed
        assert both.received() == b""


def test_closing_twice_is_closing_once() -> None:
    """The second close finds nothing to do."""
    with connected() as both:
        both.peer.close()
        both.peer.close()
        assert both.told == ["peer finished"]


def test_a_connection_that_was_reset_gets_no_fin() -> None:
    """Behind an RST the system sends nothing, and the transcript claims nothing."""
    with connected() as both:
        both.aborts()
        both.peer.close()
        assert both.told == ["program reset"]


def test_sending_into_a_reset_connection_accuses_nobody() -> None:
    """The reset is known afterwards, and nothing is told to have been sent."""
    with connected() as both:
        both.aborts()
        both.peer.send(b"hello?")
        assert both.peer.was_reset
        assert both.told == ["program reset"]


def test_a_reset_found_while_sending_is_not_taken_for_the_end_of_the_stream() -> None:
    """The failing send consumes the error; recv alone would report an orderly end."""
    with connected() as both:
        both.says(b"last words")()
        both.peer.send(b"unread")
        both.closes()
        both.peer.send(b"hello?")
        assert both.peer.was_reset
        assert not both.peer.at_end
        both.peer.expect(b"last words")


def test_sending_after_the_program_has_closed_accuses_nobody() -> None:
    """What is expected next tells; the story has FIN and then our bytes."""
    with connected() as both:
        both.closes()
        both.peer.send(b"hello?")
        assert sent(both) == [b"hello?"]
        with pytest.raises(Finding):
            both.peer.expect(b"hello?")


def narrow(both: Conversation) -> None:
    """Make the buffers small, so that a long message does not fit into them."""
    both.ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    both.theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)


LONG = bytes(range(256)) * 8192
HUGE = LONG * 8


def test_room_that_a_resting_program_has_made_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that has read all so far and waits for more gets the rest of the message."""
    with connected() as both:
        received = bytearray()

        def read_and_rest() -> Resting:
            while not select.select([], [both.ours], [], 0)[1]:
                received.extend(both.theirs.recv(65536))
            return Resting()

        monkeypatch.setattr(both.script, "step", read_and_rest)
        both.ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        both.peer.send(HUGE)
        both.peer.finish()
        assert received
        assert bytes(received) + both.received() == HUGE


def test_a_program_that_rests_without_reading_gets_a_part() -> None:
    """The transcript has exactly the part that the system took, and says so."""
    with connected() as both:
        narrow(both)
        both.peer.send(LONG)
        (event,) = both.script.transcript.of(Sent)
        assert LONG.startswith(event.data)
        assert len(event.data) == both.peer.sent < len(LONG)
        assert event.note == "cut short"


def test_a_program_that_never_comes_to_rest_is_not_written_to_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However busy it is, a message has a longest time."""
    monkeypatch.setattr(stream, "LONGEST", 0.0)
    with connected() as both:
        narrow(both)
        both.then(*[lambda: None] * 1000)
        both.peer.send(LONG)
        assert both.script.steps
        assert both.peer.sent < len(LONG)


def test_what_the_program_sends_meanwhile_is_kept() -> None:
    """A program that answers before it has read everything is heard."""
    with connected() as both:
        narrow(both)
        both.then(both.says(b"stop!"))
        both.peer.send(LONG)
        both.peer.expect(b"stop!")


def test_a_pause_says_how_the_program_rested() -> None:
    """The end that was found is returned."""
    with connected() as both:
        end = both.peer.pause(3600)
        assert end is not None
        assert end.proved


def test_a_pause_ends_with_the_connection() -> None:
    """There is nobody to be silent towards any more."""
    with connected() as both:
        both.then(both.finishes)
        assert both.peer.pause(3600) is None


def test_a_pause_without_a_proof_lasts_its_time() -> None:
    """That nothing was heard for a shorter while is no reason to go on."""
    with connected() as both:
        both.script.proved = False
        both.peer.pause(0.05)
        assert both.script.transcript.now() - both.events[0].at >= 0.05


def test_an_answer_is_never_told_before_its_question() -> None:
    """A message carries the time at which its sending began."""
    with connected() as both:
        both.then(both.says(b"pong"))
        before = both.script.transcript.now()
        both.peer.send(b"ping")
        both.peer.expect(b"pong")
        assert both.told == ["peer sent", "program sent"]
        assert before <= both.events[0].at <= both.events[1].at


@linux
def test_what_has_come_is_acknowledged_at_once() -> None:
    """A delayed ACK would hold back the next small send of a program (Nagle)."""
    with connected() as both:
        for _ in range(40):
            both.says(b"ping")()
            both.peer.expect(b"ping")
            both.peer.send(b"pong")
            assert both.theirs.recv(100) == b"pong"
        both.says(b"ping")()
        both.peer.expect(b"ping")
        assert both.ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK) == 1
