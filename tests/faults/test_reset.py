"""Reset aborts after so many bytes, or instead of the close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.faults import Reset
from pytest_sockets.wire import events
from pytest_sockets.wire.events import Event, Finished, Sent

from .stories import bytes_of, law, messages, stories


@law
@given(messages, st.integers(0, 80))
def test_exactly_so_many_bytes_go_out(data: list[bytes], after: int) -> None:
    """The reset comes when ``after`` bytes were sent, and not at all when there are fewer."""
    told = [Sent(data=each) for each in data]
    planned = Reset(after=after).plan(told)
    if told and len(bytes_of(told)) >= after:
        assert (bytes_of(planned), planned[-1]) == (bytes_of(told)[:after], events.Reset())
    else:
        assert planned == told


@law
@given(stories())
def test_without_a_count_only_the_close_is_replaced(story: list[Event]) -> None:
    """All bytes go out; RST comes where FIN would have come."""
    planned = Reset().plan(story)
    assert [e for e in planned if not isinstance(e, events.Reset)] == [
        e for e in story if not isinstance(e, Finished)
    ]
    assert isinstance(story[-1] if story else None, Finished) == any(
        isinstance(e, events.Reset) for e in planned
    )


@law
@given(stories(), st.none() | st.integers(0, 60))
def test_nothing_comes_after_a_reset(story: list[Event], after: int | None) -> None:
    """The connection is gone: a reset is the last event of its plan."""
    planned = Reset(after=after).plan(story)
    assert not any(isinstance(event, events.Reset) for event in planned[:-1])


def test_a_reset_after_less_than_nothing_is_an_error() -> None:
    """A negative number of bytes is refused."""
    with pytest.raises(ValueError, match=r"^Reset comes after 0 bytes or more, not -1$"):
        Reset(after=-1)
