"""A stop is told so that it can be read, at any width, and copied."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_sockets.messages import message
from pytest_sockets.reports.terminal import render_scorecard
from pytest_sockets.reports.wording import width
from pytest_sockets.results import Outcome, Result, Scorecard

from .samples import called, scorecard, send, upper_case

CODE = '''"""Title.

Hint: try.
"""

import socket

client = socket.socket()
client.connect(("127.0.0.1", 8000))
client.send(b"hello")
'''.splitlines()
DIFFERS = message("this machine differs from what the tutorial says")
SHOWN: dict[str, Any] = {
    "level": "may",
    "max_points": 0,
    "title": "A stop of the tour",
    "tutorial": "it is otherwise",
    "printed": b"send ->  5\nas the tutorial says: False\n",
    "differs": DIFFERS,
    "file": "conformance/tour/stop.py",
    "again": "pytest --target tour -k stop",
    "source": "004 §3",
    "why": "That is how it is.",
    "hint": "look closer.",
}


def stop(**more: Any) -> Result:
    """Return a stop that was shown."""
    values = {**SHOWN, "id": "tour/stop", "behaviour": "API-01", "part": "basic",
              "outcome": Outcome.INFO, **more}  # fmt: skip
    return Result(**values)


def tour(*results: Result) -> Scorecard:
    """Return the scorecard of a tour."""
    sources = {"stop.py": CODE}
    return scorecard(*results, target="tour", exercise="tour", role="tour", sources=sources)


def exchange() -> list[Any]:
    """Return a connection with one message."""
    calls = [called("listen", 8, 0.1, fd=3), called("connect", 9, 0.2), send(b"hello", 10, 0.3)]
    return [type(call)(**{**vars(call), "file": "stop.py"}) for call in calls]


def test_everything_about_a_stop_is_told() -> None:
    """What the tutorial says and where, what was seen here, why, and what to try."""
    text = render_scorecard(tour(stop(transcript=exchange())))

    for told in (
        "i A stop of the tour",
        "  tutorial   it is otherwise",
        "  see        004 §3",
        "  here       send ->  5\n             as the tutorial says: False",
        f"  note       {DIFFERS}",
        '│  9   client.connect(("127.',
        "── b'hello' ──",
        "  why        That is how it is.",
        "  try        look closer.",
        "  code       conformance/tour/stop.py",
        "  again      pytest --target tour -k stop",
        "\ntour   1 shown in ",
    ):
        assert told in text
    assert "client " in text.split("│")[0]
    assert " of 0" not in text


def test_what_agrees_is_not_noted() -> None:
    """A note on every stop would be one on none."""
    assert "note" not in render_scorecard(tour(stop(differs=None)))


def test_a_stop_without_an_exchange_has_no_diagram() -> None:
    """Not even an empty one."""
    text = render_scorecard(tour(stop(transcript=[called("bind", 8, 0.1)])))

    assert "│" not in text
    assert "  why " in text


def test_verbose_shows_the_code_with_its_numbers() -> None:
    """But for the docstring, whose parts are told above."""
    text = render_scorecard(tour(stop()), verbosity=1)

    assert "   6  import socket\n   7\n   8  client = socket.socket()\n" in text
    assert "Hint:" not in text


def test_quiet_is_a_line_for_each_stop_and_one_where_it_differs() -> None:
    """And the sum."""
    lines = render_scorecard(tour(stop(), stop(differs=None)), verbosity=-1).split("\n")

    assert lines[:3] == ["i A stop of the tour", f"  {DIFFERS}", "i A stop of the tour"]
    assert lines[3].startswith("tour   2 shown in ")


def test_what_could_not_be_shown_says_why() -> None:
    """It stands at the end, with its reason."""
    missing = stop(outcome=Outcome.NOT_JUDGED, printed=b"", reason=message("no IPv6"))
    text = render_scorecard(tour(stop(), missing))

    assert text.endswith("1 not judged, 1 shown in 0.0 s")
    assert "  ? A stop of the tour\n      no IPv6\n" in text


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
@pytest.mark.parametrize("verbosity", [-1, 0, 1])
def test_a_tour_fits_its_width(columns: int, verbosity: int) -> None:
    """Only what is there to be copied may be longer."""
    long = stop(transcript=exchange(), printed=b"a word " * 40 + b"\n", title="Very " * 30 + "long")
    lines = render_scorecard(tour(long), width=columns, verbosity=verbosity).split("\n")
    copied = (SHOWN["again"], SHOWN["file"])

    assert [line for line in lines if width(line) > columns and line.strip() not in copied] == []


def test_a_tour_can_be_drawn_in_ascii_and_in_colour() -> None:
    """Signs become ASCII; colour changes nothing else."""
    card = tour(stop(transcript=exchange(), source="004, 3"))
    plain = render_scorecard(card, ascii=True)
    painted = render_scorecard(card, ascii=True, colour=True)

    assert plain.isascii()
    assert "\x1b[" not in plain
    assert "\x1b[33m" in painted


def test_every_sentence_is_translated() -> None:
    """What the stop printed, and its code, stay what they are."""
    text = render_scorecard(tour(stop(transcript=exchange())), translate=upper_case)

    for told in ("A STOP OF THE TOUR", "IT IS OTHERWISE", "THIS MACHINE DIFFERS", "LOOK CLOSER"):
        assert told in text
    assert "send ->  5" in text
    assert "CLIENT" in text
