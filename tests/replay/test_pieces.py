"""What was sent in many pieces is found as one message."""

from __future__ import annotations

from pytest_sockets.replay.pieces import run_of_pieces
from pytest_sockets.wire.events import Event, Finished, Sent


def piece(data: bytes, connection: int = 1) -> Sent:
    """A piece of ours."""
    return Sent(data=data, connection=connection, piece=True)


def answer(data: bytes) -> Sent:
    """What the program sent."""
    return Sent(data=data, connection=1, side="program")


def test_pieces_of_one_size_belong_together() -> None:
    """The last may be shorter; what the program says between them waits until they are sent."""
    events: list[Event] = [piece(b"ab"), answer(b"ab"), piece(b"cd"), piece(b"e"), answer(b"cde")]
    run = run_of_pieces([*events, Finished()])
    assert run is not None
    assert (run.data, run.size, run.length, len(run.between)) == (b"abcde", 2, 4, 1)


def test_a_shorter_piece_ends_the_run() -> None:
    """Behind it another message begins."""
    run = run_of_pieces([piece(b"ab"), piece(b"c"), piece(b"de")])
    assert run is not None
    assert run.data == b"abc"


def test_other_connections_and_other_sizes_are_no_run() -> None:
    """One piece is sent as it is."""
    assert run_of_pieces([piece(b"a"), piece(b"b", connection=2)]) is None
    assert run_of_pieces([piece(b"a"), piece(b"bc")]) is None
    assert run_of_pieces([answer(b"a"), piece(b"b"), piece(b"c")]) is None
    assert run_of_pieces([Finished(), piece(b"b"), piece(b"c")]) is None
