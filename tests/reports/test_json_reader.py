"""What is read from a JSON document tells the same as what was written to it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_sockets.messages import message
from pytest_sockets.reports.entries import Entry
from pytest_sockets.reports.gradebook import of_class
from pytest_sockets.reports.json_reader import scorecards
from pytest_sockets.reports.json_report import to_json
from pytest_sockets.results import Diagnosis, Line, Scorecard

from .samples import failed, scorecard
from .test_gradescope_and_classroom import CARDS, RUN

MISTAKES = {"recv-once": message("calls recv once")}


def again(card: Scorecard) -> Scorecard:
    """Return a scorecard after it was written and read."""
    sources = {result.id: result.source for result in card.results}
    (read,) = scorecards(json.loads(to_json([card], **RUN)), sources, MISTAKES)
    return read


def told(card: Scorecard) -> list[dict[str, Any]]:
    """Return what reports tell of each result, without its exchange."""
    left_out = {"transcript", "difference", "labels", "printed", "errors", "again", "steps",
                "connection", "failed_at", "duration", "lines"}  # fmt: skip
    return [
        {name: str(value) for name, value in vars(result).items() if name not in left_out}
        for result in card.results
    ]


@pytest.mark.parametrize("name", sorted(set(CARDS) - {"hostile"}))
def test_results_come_back_as_they_were(name: str) -> None:
    """Outcome, points, sentences and what blocks them."""
    card = CARDS[name]
    assert told(again(card)) == told(card)
    assert (again(card).score, again(card).complete) == (card.score, card.complete)


def test_a_gradebook_from_documents_is_that_of_the_run() -> None:
    """Byte for byte: a class can be told anew from what is kept of it."""
    entries = [Entry(student=name, scorecards=[card]) for name, card in CARDS.items()]
    read = [Entry(student=name, scorecards=[again(card)]) for name, card in CARDS.items()]
    assert of_class(read) == of_class(entries)


def test_lines_and_what_a_program_behaves_like_come_back() -> None:
    """A known mistake is found by its name; one that is not known is left out."""
    line = Line("server.py", 8, "recv(1024) → 3 bytes", "data = conn.recv(1024)")
    failure = failed(lines=[line])
    for slug, known in (("recv-once", True), ("of another version", False)):
        likely = Diagnosis(slug, message("calls recv once"), failure.id)
        read = again(scorecard(failure, diagnosis=likely))
        assert list(read.results[0].lines) == [line]
        assert read.diagnosis == (likely if known else None)
