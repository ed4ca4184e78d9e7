"""What Gradescope and GitHub Classroom are given keeps to the forms that they publish."""

from __future__ import annotations

import json
import re
import shlex
from base64 import b64encode
from datetime import datetime, timezone
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from pytest_sockets import catalogue
from pytest_sockets.messages import message
from pytest_sockets.reports.classroom import (
    MOST_BYTES,
    to_autograding,
    to_classroom,
)
from pytest_sockets.reports.feedback import MOST, bounded
from pytest_sockets.reports.gradescope import MOST_IN_ALL, to_gradescope
from pytest_sockets.results import Outcome, Scorecard
from pytest_sockets.ungraded import ungraded
from pytest_sockets.wire.events import Printed

from .samples import failed, result, scorecard, upper_case

EXERCISES = catalogue.exercises()
HOSTILE = "\x00\x1b[31m\u202eevil\ud800<script>alert(1)</script>\r\n=1+1"
RUN: dict[str, Any] = {
    "version": "0.1.0",
    "started": datetime(2024, 5, 1, 12, tzinfo=timezone.utc),
    "seed": 4711,
    "containment": "full",
    "platform": "linux",
}


def validator(name: str) -> jsonschema.Draft202012Validator:
    """Return what validates by the schema ``name``."""
    text = (files("pytest_sockets.reports") / f"{name}.schema.json").read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(text))
    return jsonschema.Draft202012Validator(json.loads(text))


GRADESCOPE, CLASSROOM = validator("gradescope"), validator("classroom")
AUTOGRADING = validator("autograding")


def never_started() -> Scorecard:
    """Return the scorecard of a program that can't be started: one failure blocks the rest."""
    asked = ungraded(EXERCISES["tcp-echo"], "server", "server.py", message("no")).results
    first = failed(max_points=asked[0].max_points)
    rest = [
        result(each.slug, Outcome.BLOCKED, max_points=each.max_points, blocked_by=first.id)
        for each in asked[1:]
    ]
    return scorecard(first, *rest)


def everything(outcome: Outcome, **more: Any) -> Scorecard:
    """Return a scorecard of tcp-echo's server with one outcome for all."""
    asked = ungraded(EXERCISES["tcp-echo"], "server", "server.py", message("no")).results
    return scorecard(
        *(result(each.slug, outcome, max_points=each.max_points, **more) for each in asked)
    )


def hostile() -> Scorecard:
    """Return the failure of a program that prints whatever could do harm, and much of it."""
    flood = b"\xff\xfe\x1b]0;evil\x07" * 400
    one = failed(
        observed=message("{text}", text=HOSTILE),
        expected=message("{text}", text=HOSTILE * 500),
        printed=flood,
        errors=flood,
        transcript=[Printed(data=flood, stream="stdout", side="program")] * 20,
        again=HOSTILE * 1_000,
    )
    return scorecard(one, target=HOSTILE, sources={})


CARDS = {
    "everything passed": everything(Outcome.PASSED),
    "everything failed": everything(
        Outcome.FAILED, expected=message("an echo"), observed=message("nothing")
    ),
    "never started": never_started(),
    "not judged": everything(Outcome.NOT_JUDGED, reason=message("no\nnetwork")),
    "info only": everything(Outcome.INFO, observed=message("it decodes as utf-8")),
    "one of each": scorecard(),
    "hostile": hostile(),
    "Chinese": scorecard(failed(observed=message("收到 {data}", data="粘包".encode()))),
}


def gradescope(*cards: Scorecard, **more: Any) -> dict[str, Any]:
    """Return the parsed results.json, which is valid."""
    parsed: dict[str, Any] = json.loads(to_gradescope(cards, **{**RUN, **more}))
    GRADESCOPE.validate(parsed)
    return parsed


def classroom(*cards: Scorecard, **more: Any) -> dict[str, Any]:
    """Return the parsed result, which is valid."""
    parsed: dict[str, Any] = json.loads(to_classroom(cards, **{**RUN, **more}))
    CLASSROOM.validate(parsed)
    return parsed


@pytest.mark.parametrize("name", CARDS)
def test_totals_are_those_of_the_profile(name: str) -> None:
    """Whatever came of the behaviours, what could be reached with all of them stays the same."""
    card = CARDS[name]
    possible = sum(each.max_points for each in card.results)
    told, handed = gradescope(card), classroom(card)
    assert sum(test["max_score"] for test in told["tests"]) == possible
    assert told["extra_data"]["max_score"] == handed["max_score"] == possible
    assert told["score"] == sum(test["score"] for test in told["tests"]) == card.score
    assert sum(test["score"] for test in handed["tests"]) == card.score
    assert len(told["tests"]) == len(handed["tests"]) == len(card.results)


@pytest.mark.parametrize("name", CARDS)
def test_what_is_written_stays_small_and_plain(name: str) -> None:
    """A flood of output, control characters and broken text become a short and harmless one."""
    for text, most in (
        (to_gradescope([CARDS[name]], **RUN), 2 * MOST_IN_ALL),
        (to_classroom([CARDS[name]], **RUN), MOST_BYTES),
    ):
        assert len(text.encode()) <= most
        for shown in _texts(json.loads(text)):
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e\ud800-\udfff]", shown), shown


def _texts(value: Any) -> list[str]:
    """Return every text within a parsed document."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def test_an_outcome_that_gradescope_has_no_word_for_has_no_status() -> None:
    """Neither passed nor failed is said of what was not judged, or only shown."""
    tests = gradescope(scorecard())["tests"]
    assert [test.get("status") for test in tests] == ["passed", "failed", "failed", None, None]
    assert tests[3]["name"] == "can be started again at once (not judged)"
    assert tests[3]["tags"][-1] == "not-judged"


def test_a_failure_shows_its_evidence_and_a_success_nothing() -> None:
    """Expected, observed, the exchange and what to try: as in the terminal."""
    tests = gradescope(scorecard())["tests"]
    assert tests[0]["output"] == ""
    for word in ("expected", "observed", "conn.recv(1024)", "try"):
        assert word in tests[1]["output"]
    assert tests[2]["output"] == "blocked by: echoes pieces whole; mend that first"
    assert tests[3]["output"] == "no TIME_WAIT could be made on this machine"


def test_an_incomplete_score_says_so() -> None:
    """Whoever reads 5 of 30 must know what was never judged."""
    assert "worth 5 points were not judged" in gradescope(scorecard())["output"]
    assert "worth 5 points were not judged" in classroom(scorecard())["message"]
    assert "incomplete" not in gradescope(CARDS["everything passed"])["output"]


def test_what_was_not_judged_for_one_reason_tells_it_once() -> None:
    """A file that was not handed in is named at the top."""
    card = ungraded(EXERCISES["tcp-echo"], "client", "client.py", message("no client.py"))
    assert gradescope(card)["output"].splitlines()[-1] == "nothing was judged: no client.py"


def test_several_programs_are_told_apart() -> None:
    """Names and numbers say which scorecard a test belongs to."""
    cards = scorecard(), scorecard(target="other.py")
    tests = gradescope(*cards)["tests"]
    assert [test["number"] for test in tests[4:6]] == ["1.5", "2.1"]
    assert tests[5]["name"] == "tcp-echo server: other.py: takes its first client"
    assert len({test["name"] for test in tests}) == len(tests)
    assert gradescope(*cards)["score"] == 10


def test_a_behaviour_is_seen_when_the_instructor_says() -> None:
    """By its id; all others are visible."""
    told = gradescope(
        scorecard(), visibility={"tcp-echo-server/echoes-pieces-whole": "after_due_date"}
    )
    assert [test["visibility"] for test in told["tests"]][:2] == ["visible", "after_due_date"]
    assert told["stdout_visibility"] == "hidden"


@pytest.mark.parametrize("render", [gradescope, classroom])
def test_sentences_are_translated_and_words_of_the_form_are_not(render: Any) -> None:
    """A test's name is in the report's language."""
    test = render(scorecard(), translate=upper_case)["tests"][1]
    assert (test["name"], test["status"][:4]) == ("ECHOES PIECES WHOLE", "fail")


def test_nothing_graded_is_a_valid_file() -> None:
    """A run that had no time to find a program leaves a file as well."""
    assert gradescope()["score"] == classroom()["max_score"] == 0


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("everything passed", "pass"),
        ("everything failed", "fail"),
        ("not judged", "error"),
        ("info only", "pass"),
        ("one of each", "fail"),
    ],
)
def test_classroom_is_told_the_worst_of_all(name: str, status: str) -> None:
    """What could not be judged is an error and no failure."""
    assert classroom(CARDS[name])["status"] == status


def test_classroom_is_told_where_the_program_was_last() -> None:
    """The line in the log leads to the student's own."""
    test = classroom(scorecard())["tests"][1]
    assert (test["filename"], test["line_no"], test["duration"]) == ("server.py", 11, 50.0)
    assert test["message"].startswith("expected: b'kq7 0413 zu' back")


def test_many_long_failures_fit_into_an_environment_variable() -> None:
    """Linux allows 128 KiB for each: texts give way, tests and points don't."""
    cards = [everything(Outcome.FAILED, expected=message("包" * 5_000), observed=message("no"))] * 6
    text = to_classroom(cards, **RUN)
    assert len(b64encode(text.encode())) < 128 * 1024 - 100
    assert json.loads(text)["max_score"] == 600


def test_the_older_list_has_a_test_for_every_point() -> None:
    """Each asks for one behaviour, and their points are those of the profile."""
    exercise = EXERCISES["tcp-echo"]
    told = json.loads(to_autograding(exercise, [("server", "server.py")], setup="pip install x"))
    AUTOGRADING.validate(told)
    assert sum(test["points"] for test in told["tests"]) == 100
    assert [test["setup"] for test in told["tests"]][:2] == ["pip install x", ""]


@pytest.mark.parametrize("name", EXERCISES)
def test_the_older_list_chooses_each_behaviour_alone(name: str) -> None:
    """No test of it runs a behaviour whose name only contains the one that is meant."""
    exercise = EXERCISES[name]
    for role in exercise.profiles:
        told = json.loads(to_autograding(exercise, [(role, "x.py")]))
        names = [each.behaviour.slug for each in exercise.profiles[role].behaviours]
        for test in told["tests"]:
            chosen, *others = shlex.split(test["run"])[-1].split(" and not ")
            found = [n for n in names if chosen in n and not any(o in n for o in others)]
            assert found == [chosen]


def test_a_text_that_is_cut_keeps_both_ends() -> None:
    """The beginning says what was expected, the end what to try."""
    text = bounded("a" * MOST + "z" * MOST, MOST, str)
    assert len(text) <= MOST
    assert (text[0], text[-1]) == ("a", "z")
    assert f"{MOST} characters are left out" in text
