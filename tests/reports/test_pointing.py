"""The row in which it went wrong is pointed at when the bytes tell it, and else none is."""

from __future__ import annotations

import pytest

from pytest_sockets.reports.pointing import failing_row
from pytest_sockets.reports.rows import rows
from pytest_sockets.wire.events import Event, Finished

from .samples import SOURCES, failed, opened, sent, short_echo

END = Finished(side="program", connection=1)


@pytest.mark.parametrize(
    ("difference", "events", "row"),
    [
        ((b"abcd", b"abXd"), [opened(), sent(b"ab", "program"), sent(b"Xd", "program")], 2),
        ((b"abcd", b"Xbcd"), [opened(), sent(b"Xb", "program"), sent(b"cd", "program")], 1),
        ((b"ab", b"abc"), [opened(), sent(b"ab", "program"), sent(b"c", "program")], 2),
        ((b"b", b"X"), [sent(b"a", "program"), sent(b"b"), sent(b"X", "program")], 2),
        ((b"abcd", b"ab"), [opened(), sent(b"ab", "program"), END], 2),
        ((b"abcd", b""), [opened(), END], 1),
        ((b"kq7 0413 zu", b"kq7"), short_echo(), 3),
    ],
)
def test_the_row_with_the_first_wrong_byte_or_the_early_end_is_found(
    difference: tuple[bytes, bytes], events: list[Event], row: int
) -> None:
    """Also where the bytes came in pieces, or after others."""
    story = rows(events, SOURCES)
    assert failing_row(failed(difference=difference, transcript=events), story) == row


@pytest.mark.parametrize(
    ("difference", "events"),
    [
        (None, [opened(), END]),
        ((b"a", b"a"), [sent(b"a", "program")]),
        ((b"ab", b"X"), [sent(b"X", "program"), sent(b"X", "program")]),
        ((b"ab", b"X"), [sent(b"XX", "program")]),
        ((b"ab", b"X"), [sent(b"Y", "program")]),
        ((b"ab", b"X"), [sent(b"X", "peer")]),
        ((b"ab", b"a"), [sent(b"a", "program")]),
        ((b"ab", b"a"), [sent(b"a", "program"), END, END]),
    ],
)
def test_where_the_bytes_do_not_tell_no_row_is_pointed_at(
    difference: tuple[bytes, bytes] | None, events: list[Event]
) -> None:
    """Nothing compared, nothing different, bytes that came twice or not at all, no one end."""
    story = rows(events, {})
    assert failing_row(failed(difference=difference, transcript=events), story) is None
