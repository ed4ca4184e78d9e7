"""What a peer takes in without judging it: all that comes, or all that comes in time."""

from __future__ import annotations

import pytest

from .other_end import connected


def test_everything_is_all_up_to_the_end_of_the_stream() -> None:
    """Pieces are joined, and the end is seen."""
    with connected() as both:
        both.then(both.says(b"one "), both.says(b"two"), both.finishes)
        assert both.peer.everything() == b"one two"
        assert both.peer.at_end


def test_everything_ends_where_the_program_rests() -> None:
    """A connection that stays open is not waited for."""
    with connected() as both:
        both.then(both.says(b"one"))
        assert both.peer.everything() == b"one"
        assert not both.peer.over


def test_a_program_that_waits_for_good_is_heard_no_longer() -> None:
    """What it said before is returned, although there is time left."""
    with connected() as both:
        both.then(both.says(b"name"))
        assert both.peer.heard_within(1e9) == b"name"


def test_the_end_of_the_stream_ends_the_hearing() -> None:
    """Nothing can come after it."""
    with connected() as both:
        both.script.proved = False
        both.then(both.says(b"name"), both.finishes)
        assert both.peer.heard_within(1e9) == b"name"


def test_hearing_ends_in_time() -> None:
    """A program that only sleeps is not waited for, and what it says later is kept for later."""
    with connected() as both:
        both.script.proved = False
        assert both.peer.heard_within(0) == b""
        both.then(both.says(b"late"))
        both.peer.expect(b"late")


def test_patience_goes_with_every_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each piece the program is given the same time again."""
    with connected() as both:
        asked: list[float | None] = []

        def watch(patience: float | None = None, *, one_round: bool = False) -> object:
            asked.append(patience)
            return both.script

        monkeypatch.setattr(both.script, "watch", watch)
        both.then(both.says(b"hel"), both.says(b"lo"))
        both.peer.expect(b"hello", patience=0.25)
        assert set(asked) == {0.25}
        assert len(asked) > 1
