"""The soak notices what differs, and can repeat it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent.parent))

from benchmarks.graded import Verdict, programs
from benchmarks.soak import Asked, Soak, drawn, stretches
from benchmarks.stresses import STRESSES, NotInForce, proof


@pytest.fixture
def mistake() -> tuple[str, str]:
    """The name of a wrong program, and the id of what it fails."""
    return next(
        (name, min(each.declared))
        for name, each in programs().items()
        if each.kind == "mistake" and each.declared
    )


@pytest.mark.parametrize(
    ("changed", "differs", "without_room"),
    [
        ({}, False, False),
        ({"x/wrong": "passed"}, True, True),
        ({"x/right": "failed"}, True, True),
        ({"x/right": "not-judged"}, True, False),
        ({"x/wrong": "not-judged"}, True, False),
        ({"x/behind": "passed"}, True, False),
    ],
)
def test_another_outcome_is_noticed(
    changed: dict[str, str], differs: bool, without_room: bool, mistake: tuple[str, str]
) -> None:
    """Than is declared, or than there was before; without room it may be left unjudged."""
    name, wrong = mistake
    first = {"x/wrong": "failed", "x/right": "passed", "x/behind": "blocked"}
    ids = {"x/wrong": wrong, "x/right": "RIGHT", "x/behind": "BEHIND"}
    soak, asked = Soak(), Asked(1, name, 5)
    assert not list(soak.compare(asked, Verdict(first, ids, {}), room=True))
    again = Verdict(first | changed, ids, {})

    assert bool(list(soak.compare(asked, again, room=True))) == differs
    assert bool(list(soak.compare(asked, again, room=False))) == without_room


def test_a_grade_is_the_same_whichever_others_are_asked_for() -> None:
    """By its number and the seed: so it can be repeated alone, under the same stresses."""
    every = list(drawn(7, range(1, 61), ""))
    (alone,) = drawn(7, [43], "")
    (stretch,) = stretches(7, [alone], [])

    assert every[42] == alone
    assert len({each.program for each in every}) > 30
    assert {each.program.partition("/")[0] for each in every} >= {"reference", "mistake", "variant"}
    assert stretch.stresses == list(stretches(7, every, []))[2].stresses


def test_a_stress_is_proved_and_goes() -> None:
    """Its receipt is to be had as long as it is switched on."""
    with STRESSES["cpu"]() as receipt:
        assert proof(receipt)[0]
    assert proof(receipt) == (False, "not in force: a loop has ended")


def test_a_stress_that_is_not_there_has_no_receipt() -> None:
    """The reason is told in its place."""

    def receipt() -> str:
        raise NotInForce("forbidden here")

    assert proof(receipt) == (False, "not in force: forbidden here")
