"""The JSON result keeps to its schema, and the schema to its word."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import datetime, timezone
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from pytest_sockets.reports.json_report import to_json
from pytest_sockets.results import Line, Outcome, Scorecard
from pytest_sockets.wire.events import (
    Asked,
    Called,
    Datagram,
    Event,
    Exited,
    Invoked,
    Paused,
    Printed,
    Raised,
    Refused,
    Returned,
    Started,
    Typed,
)

from .samples import (
    OURS,
    THEIRS,
    failed,
    printed,
    recv,
    result,
    scorecard,
    sent,
    short_echo,
    upper_case,
)

SCHEMA = json.loads((files("pytest_sockets.reports") / "result.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)


def document(*scorecards: Scorecard, **more: Any) -> dict[str, Any]:
    """Return the parsed document of ``scorecards``."""
    values: dict[str, Any] = {
        "version": "0.1.0",
        "started": datetime(2024, 5, 1, 12, tzinfo=timezone.utc),
        "seed": 4711,
        "containment": "full",
        "platform": "linux",
        **more,
    }
    parsed: dict[str, Any] = json.loads(to_json(scorecards, **values))
    return parsed


def transcript(*events: Event) -> list[dict[str, Any]]:
    """Return the transcript of one result that kept ``events``."""
    made = document(scorecard(failed(transcript=events)))
    VALIDATOR.validate(made)
    told: list[dict[str, Any]] = made["scorecards"][0]["results"][0]["transcript"]
    return told


def test_the_schema_is_a_schema() -> None:
    """The schema file itself is right."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_allows_no_other_keys_and_misses_none() -> None:
    """Every object of the form is closed and complete."""
    objects = [SCHEMA, *SCHEMA["$defs"].values()]
    assert all(each["additionalProperties"] is False for each in objects)
    assert all(each["required"] == list(each["properties"]) for each in objects)


def test_a_run_with_every_outcome_validates() -> None:
    """What is rendered keeps to the schema, several scorecards or none."""
    VALIDATOR.validate(document(scorecard(), scorecard(result("a"))))
    VALIDATOR.validate(document())


BREAKS: dict[str, Callable[[dict[str, Any]], object]] = {
    "another key": lambda run: run.update(more=1),
    "a missing key": lambda run: run.pop("seed"),
    "another schema": lambda run: run.update(schema="pytest-sockets/2"),
    "an unknown role": lambda run: run["scorecards"][0].update(role="proxy"),
    "a missing result key": lambda run: run["scorecards"][0]["results"][0].pop("hint"),
    "another result key": lambda run: run["scorecards"][0]["results"][0].update(labels=[]),
    "an unknown outcome": lambda run: run["scorecards"][0]["results"][0].update(outcome="error"),
    "points of a failure": lambda run: run["scorecards"][0]["results"][1].update(points=1),
    "a failure without cause": lambda run: run["scorecards"][0]["results"][1].update(observed=None),
    "blocked by nothing": lambda run: run["scorecards"][0]["results"][2].update(blocked_by=None),
    "not judged for no reason": lambda run: run["scorecards"][0]["results"][3].update(reason=None),
    "an id by position": lambda run: run["scorecards"][0]["results"][0].update(id="3"),
    "an unknown event": lambda run: run["scorecards"][0]["results"][1]["transcript"][0].update(
        event="called"
    ),
    "bytes that are no base64": lambda run: run["scorecards"][0]["results"][1]["transcript"][
        1
    ].update(data="kq7!"),
    "an end with bytes": lambda run: run["scorecards"][0]["results"][1]["transcript"][-1].update(
        data=""
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_document_that_breaks_the_form_does_not_validate(name: str) -> None:
    """The schema notices what it is there to notice."""
    made = document(scorecard())
    VALIDATOR.validate(made)
    BREAKS[name](made)
    assert not VALIDATOR.is_valid(made)


def test_scores_are_told_as_the_scorecard_has_them() -> None:
    """Sums are numbers, and what was not judged makes the card incomplete."""
    card = document(scorecard())["scorecards"][0]
    assert (card["score"], card["max_score"], card["complete"]) == (5.0, 25.0, False)
    assert [each["points"] for each in card["results"]] == [5, 0, 0, 0, 0]


def test_the_transcript_is_the_wire_without_the_programs_own_claims() -> None:
    """Traced calls are no part of it: they are told as lines."""
    told = transcript(*short_echo())
    assert [event["event"] for event in told] == [
        each.name for each in short_echo() if not isinstance(each, Called)
    ]


def test_lines_are_told_with_call_and_source() -> None:
    """The student's lines come as they were given."""
    line = Line("server.py", 8, "recv(1024) → 3 bytes", "data = conn.recv(1024)")
    made = document(scorecard(failed(lines=[line])))
    VALIDATOR.validate(made)
    assert made["scorecards"][0]["results"][0]["lines"] == [vars(line)]


@pytest.mark.parametrize(
    ("event", "note"),
    [
        (Exited(status=1), "status 1"),
        (Exited(status=-9, note="killed"), "status -9; killed"),
        (Started(command="python server.py"), "python server.py"),
        (Refused(remote=("::1", 80)), "[::1]:80"),
        (Paused(seconds=0.5), "0.5 s"),
        (Typed(line="hi"), "hi"),
        (Invoked(call="url('x')"), "url('x')"),
        (Returned(call="url('x')", result="80"), "80"),
        (Raised(call="url('x')", result="ValueError: x"), "ValueError: x"),
        (Asked(), None),
    ],
)
def test_an_event_without_bytes_has_no_data(event: Event, note: str | None) -> None:
    """Data is null, and the note says what else the event holds."""
    (told,) = transcript(event)
    assert (told["data"], told["note"]) == (None, note)


@pytest.mark.parametrize(
    "event",
    [
        sent(b"\x00\xff"),
        printed(b"\x00\xff"),
        Printed(data=b"", stream="stderr"),
        Datagram(data=b"\x00\xff", local=OURS, remote=THEIRS),
    ],
)
def test_bytes_come_back_as_they_were(event: Any) -> None:
    """Base64 keeps every byte, an empty datagram too."""
    (told,) = transcript(event)
    assert b64decode(told["data"]) == event.data


def test_sentences_are_translated_and_ids_are_not() -> None:
    """The document is in the report's language, its keys are not."""
    made = document(scorecard(), translate=upper_case)
    VALIDATOR.validate(made)
    first = made["scorecards"][0]["results"][0]
    assert (first["title"], first["id"]) == (
        "TAKES ITS FIRST CLIENT",
        "tcp-echo-server/takes-its-first-client",
    )


def test_a_name_that_utf_8_cannot_hold_is_replaced() -> None:
    """A file name may hold bytes that are no text; the document stays readable for everyone."""
    made = document(scorecard(result("a", Outcome.PASSED), target="s\udc80.py"))
    assert made["scorecards"][0]["target"] == "s\ufffd.py"


def test_a_start_without_time_zone_is_refused() -> None:
    """A moment that nobody can place is no moment."""
    with pytest.raises(ValueError, match="time zone"):
        document(started=datetime(2024, 5, 1))


def test_a_duration_that_json_cannot_hold_is_refused() -> None:
    """JSON has no NaN, so none is written."""
    with pytest.raises(ValueError, match="JSON compliant"):
        document(scorecard(result("a", Outcome.PASSED, duration=float("nan"))))


def test_a_call_alone_leaves_no_transcript() -> None:
    """Only calls were kept: nothing happened on the wire."""
    assert transcript(recv(b"a")) == []
