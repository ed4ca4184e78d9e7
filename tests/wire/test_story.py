"""Two transcripts become one story, in which everything that crossed the wire is told once."""

from __future__ import annotations

from dataclasses import replace

from pytest_sockets.wire.events import Event, Finished, Printed, Sent
from pytest_sockets.wire.story import NOT_ARRIVED, told_together

SAID = Sent(at=1.0, side="program", connection=1, data=b"abcdef")


def given(data: bytes, at: float) -> Sent:
    """Return bytes that we have handed over."""
    return Sent(at=at, side="peer", connection=1, data=data)


def brief(events: list[Event]) -> list[tuple[str, bytes, str | None]]:
    """Return side, bytes and note of each event."""
    return [(event.side, getattr(event, "data", b""), event.note) for event in events]


def test_what_was_said_is_told_as_it_arrived() -> None:
    """In two pieces, as the client's own words, and not a third time as it was sent."""
    told = told_together([SAID], [given(b"abc", 2.0), given(b"def", 3.0)])
    assert brief(told) == [("client", b"abc", None), ("client", b"def", None)]


def test_what_did_not_arrive_is_told_behind_what_did() -> None:
    """In either direction."""
    told = told_together([given(b"abc", 2.0)], [SAID])
    assert brief(told) == [("server", b"abc", None), ("server", b"def", NOT_ARRIVED)]


def test_both_ends_of_the_wire_are_told_once() -> None:
    """A FIN of the server's is told when the client was given it."""
    fin = Finished(at=1.0, side="program", connection=1)
    told = told_together([replace(fin, side="peer", at=2.0)], [fin])
    assert [(event.side, event.at) for event in told] == [("server", 2.0)]


def test_what_a_program_does_by_itself_is_its_own() -> None:
    """In the order of time, whoever it was."""
    one = Printed(at=1.0, side="program", data=b"1", stream="stdout")
    two = replace(one, at=2.0, data=b"2")
    assert [event.side for event in told_together([two], [one])] == ["server", "client"]
