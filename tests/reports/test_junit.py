"""A JUnit file is told of points and outcome."""

from __future__ import annotations

import pytest

from pytest_sockets.reports.junit import properties
from pytest_sockets.results import Outcome

from .samples import one_of_each, result


def test_every_outcome_has_the_same_properties() -> None:
    """A reader of the file finds the same names everywhere, and only text as values."""
    told = [properties(each) for each in one_of_each()]
    assert len({tuple(name for name, _ in each) for each in told}) == 1
    assert all(isinstance(value, str) for each in told for _, value in each)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("outcome", ["passed", "failed", "blocked", "not-judged", "info"]),
        ("points", ["5", "0", "0", "0", "0"]),
        ("max_points", ["5", "15", "5", "5", "0"]),
        ("blocked_by", ["", "", "tcp-echo-server/echoes-pieces-whole", "", ""]),
        ("reason", ["", "", "", "no TIME_WAIT could be made on this machine", ""]),
    ],
)
def test_properties_say_what_came_of_each_behaviour(name: str, values: list[str]) -> None:
    """The values are those of the result."""
    assert [dict(properties(each))[name] for each in one_of_each()] == values


def test_attempts_are_told() -> None:
    """A verdict that was confirmed says so."""
    assert dict(properties(result("a", Outcome.PASSED, attempts=2)))["attempts"] == "2"
