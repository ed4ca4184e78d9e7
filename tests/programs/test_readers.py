"""What reads a program's streams: several of them, each to its own end."""

from __future__ import annotations

import os

import pytest

from pytest_sockets.programs.rest import FIRST_PAUSE, LAST_PAUSE, pauses
from pytest_sockets.programs.streams import Reader, serve


class Pipe:
    """A stream of a program: what is written to ``end`` is ``read`` as it comes."""

    def __init__(self, limit: int = 100) -> None:
        ours, self.end = os.pipe()
        self.read = b""
        self.reader = Reader(ours, self._take, limit)

    def _take(self, data: bytes) -> None:
        self.read += data


@pytest.fixture
def pipes() -> tuple[Pipe, Pipe]:
    """Return two streams that are read together."""
    both = Pipe(), Pipe()
    serve([pipe.reader for pipe in both])
    return both


def test_a_stream_that_ends_ends_no_other(pipes: tuple[Pipe, Pipe]) -> None:
    """The others are read on, to their own ends."""
    first, second = pipes
    os.close(first.end)
    first.reader.close()
    os.write(second.end, b"still here")
    os.close(second.end)
    second.reader.close()

    assert (first.read, second.read) == (b"", b"still here")


def test_what_lies_beyond_the_limit_is_not_read(pipes: tuple[Pipe, Pipe]) -> None:
    """A stream is full with its last byte; what is written to the other is read as ever."""
    first, second = pipes
    os.write(first.end, bytes(101))
    first.reader.close()
    os.write(second.end, b"more")
    os.close(second.end)
    second.reader.close()
    os.close(first.end)

    assert (first.read, second.read) == (bytes(100), b"more")
    assert (first.reader.full, second.reader.full) == (True, False)


def test_what_was_written_before_it_was_drained_is_known(pipes: tuple[Pipe, Pipe]) -> None:
    """Draining needs no end of the stream, where an empty pipe can be seen to be empty."""
    first, second = pipes
    os.write(first.end, b"said")
    first.reader.drain(60.0)

    assert first.read == b"said" or os.name != "posix"
    for pipe in (first, second):
        os.close(pipe.end)
        pipe.reader.close()


def test_looks_at_a_program_become_rarer_up_to_a_bound() -> None:
    """The first comes soon, and none later than the bound."""
    pause = pauses()
    told = [next(pause) for _ in range(10)]

    assert told == sorted(told)
    assert (told[0], told[-1]) == (FIRST_PAUSE, LAST_PAUSE)
