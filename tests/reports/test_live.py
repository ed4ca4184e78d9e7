"""A ladder that grows while an exchange goes on."""

from __future__ import annotations

import pytest

from pytest_sockets.reports.live import LiveLadder, LiveStory
from pytest_sockets.reports.look import Look
from pytest_sockets.reports.wording import width
from pytest_sockets.wire.events import Event, Finished, Opened, Paused, Printed, Sent

HERE, THERE = ("127.0.0.1", 1), ("127.0.0.1", 2)
EVENTS = [
    Opened(side="client", connection=1, local=HERE, remote=THERE),
    Sent(side="client", connection=1, data=b"hello" * 40),
    Paused(side="server", connection=1, seconds=0.5),
    Sent(side="server", connection=12, data="你好".encode()),
    Finished(side="server", connection=1),
]


def told(events: list[Event], look: Look) -> list[str]:
    """Return the lines of all events, and what remains at the end."""
    ladder = LiveLadder(look)
    return [*(line for event in events for line in ladder.lines(event)), *ladder.rest()]


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_all_rows_have_the_same_columns(columns: int) -> None:
    """They were fixed before anything was known of what will be said."""
    lines = told(EVENTS, Look(columns))
    assert len(lines) == len(EVENTS)
    assert max(map(width, lines)) <= columns
    assert len({tuple(i for i, c in enumerate(line) if c == "│") for line in lines}) == 1
    heads = ["1 #1", "2 #1", "3 #1", "4 #12", "5 #1"]
    assert [" ".join(line.partition("│")[0].split()) for line in lines] == heads


def test_long_runs_are_told_as_one_when_something_else_comes() -> None:
    """So that single bytes do not drown what is behind them; the numbers go on."""
    run: list[Event] = [Sent(side="client", connection=1, data=b"x") for _ in range(100)]
    lines = told([*run, EVENTS[-1]], Look(80))
    assert len(lines) == 8 + 1 + 1
    assert "92 more of the same kind" in lines[8]
    assert lines[9].split()[0] == "101"


def test_the_end_tells_what_a_run_has_left_out() -> None:
    """Also when nothing else came."""
    run: list[Event] = [Sent(side="client", connection=1, data=b"x") for _ in range(9)]
    assert "1 more of the same kind" in told(run, Look(80))[-1]
    assert len(told(run[:8], Look(80))) == 8


def test_rows_begin_on_a_line_of_their_own() -> None:
    """A prompt that waits for an answer ends no line."""
    story = LiveStory(Look(80))
    written = [story.text(event) for event in (_printed(b"> "), EVENTS[0], _printed(b"hi\n"))]
    assert written[0] == "> "
    assert written[1].startswith("\n")
    assert written[1].endswith("│\n")
    assert written[2] == "hi\n"
    assert story.end() == ""
    story.text(_printed(b"> "))
    assert story.end() == "\n"


def test_a_character_in_two_pieces_is_printed_whole() -> None:
    """What a program prints comes in whatever pieces the pipe makes."""
    story = LiveStory(Look(80))
    data = "好".encode()
    assert story.text(_printed(data[:1])) + story.text(_printed(data[1:])) == "好"


def test_what_was_said_can_do_no_harm_to_the_terminal() -> None:
    """Escape sequences are shown and not obeyed."""
    story = LiveStory(Look(80))
    assert story.text(_printed(b"\x1b[31mred\n")) == "\\x1b[31mred\n"


def _printed(data: bytes) -> Printed:
    return Printed(side="client", data=data, stream="stdout")
