"""A profile sums to 100, and every exercise of the suite is complete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

import pytest

from pytest_sockets import Profile, Server, behaviour, catalogue, message, profile
from pytest_sockets.behaviours import Ask, behaviour_of
from pytest_sockets.exercises import Exercise, Weighed


def asked(name: str) -> Ask:
    """Return a behaviour of a server with that name."""

    def ask(server: Server) -> None:
        """Title.

        Why.

        Hint: how.
        """

    ask.__name__ = name
    return behaviour("ABC-01", source="")(ask)


A, B, C = asked("test_a"), asked("test_b"), asked("test_c")


def test_a_profile_keeps_the_order_of_its_behaviours() -> None:
    """Basic ones come first, then robust ones, then those for information."""
    made = profile(basic={B: 60, A: 10}, robust={C: 30}, one_shot=True)
    told = [(each.behaviour.ask, each.points, each.part) for each in made.behaviours]
    assert told == [(B, 60, "basic"), (A, 10, "basic"), (C, 30, "robust")]


def test_what_is_for_information_has_no_points() -> None:
    """It is asked all the same."""
    made = profile(basic={A: 100}, info=(B,), one_shot=True)
    assert made.behaviours[1] == Weighed(behaviour_of(B), 0, "robust")


@pytest.mark.parametrize("points", [99, 101, 0])
def test_the_points_of_a_profile_sum_to_100(points: int) -> None:
    """Any other sum is an error that names it."""
    with pytest.raises(ValueError, match=rf"sum to 100, not to {points}$"):
        profile(basic={A: points}, one_shot=True)


def test_facts_of_the_contract_are_kept() -> None:
    """Shared behaviours find in a profile what differs between exercises."""
    made = profile(basic={A: 100}, one_shot=False, greeting=b"hello")
    assert (made.facts["greeting"], made.one_shot) == (b"hello", False)


def test_an_exercise_has_hints_of_its_own() -> None:
    """A behaviour that is shared may be met by other means here; where not, its own hint stays."""
    made = profile(basic={A: 50, B: 50}, one_shot=True, hints={A: message("with a class.")})
    assert [made.hint(each.behaviour) for each in made.behaviours] == ["with a class.", "how."]


def test_a_role_that_an_exercise_has_not_is_an_error() -> None:
    """There is nothing to be graded for."""
    exercise = Exercise("x", "S00", "tcp", "x: nothing.", {})
    with pytest.raises(KeyError):
        exercise.profile("server")


@pytest.mark.parametrize("points", [50.0, "50", None, True])
def test_points_are_whole_numbers(points: Any) -> None:
    """They are added up, and shown."""
    with pytest.raises(ValueError, match=r"a has a number of points, not"):
        profile(basic={A: points}, one_shot=True)


def test_points_below_0_are_refused() -> None:
    """Though the sum be 100."""
    with pytest.raises(ValueError, match="b has a number of points, not -10"):
        profile(basic={A: 110, B: -10}, one_shot=True)


def test_a_behaviour_stands_in_a_profile_once() -> None:
    """Its result would count twice."""
    with pytest.raises(ValueError, match="a stands in a profile 2 times"):
        profile(basic={A: 90}, robust={A: 10}, one_shot=True)


@pytest.mark.parametrize(
    ("name", "transport", "role", "said"),
    [
        ("tcp bad/..", "tcp", "server", "name is words with - between them, not 'tcp bad/..'"),
        ("x", "sctp", "server", "a transport is one of tcp, udp, unix, none, not 'sctp'"),
        ("x", "tcp", "boss", "a role is one of server, client, .*, not 'boss'"),
        ("x", "tcp", "client", "a is asked of a server, and stands in the profile of a client"),
    ],
)
def test_an_exercise_that_could_not_be_graded_is_refused(
    name: str, transport: Any, role: Any, said: str
) -> None:
    """A misspelled word must not end in a pass."""
    with pytest.raises(ValueError, match=said):
        Exercise(name, "", transport, "x: nothing.", {role: profile(basic={A: 100}, one_shot=True)})


# The suite

PROFILES = {
    f"{exercise.name}-{role}": found
    for exercise in catalogue.exercises().values()
    for role, found in exercise.profiles.items()
}


def needed(found: Profile) -> Iterator[tuple[Ask, tuple[Ask, ...]]]:
    """Yield each behaviour of a profile with what it needs, and what that needs in turn."""
    waiting = [each.behaviour.ask for each in found.behaviours]
    while waiting:
        ask = waiting.pop()
        yield ask, behaviour_of(ask).needs
        waiting += behaviour_of(ask).needs


@pytest.mark.parametrize("name", PROFILES)
def test_the_total_of_a_profile_is_100(name: str) -> None:
    """Points are whole numbers, none below 0."""
    points = [each.points for each in PROFILES[name].behaviours]
    assert sum(points) == PROFILES[name].total == 100
    assert all(isinstance(each, int) and each >= 0 for each in points)


@pytest.mark.parametrize("name", PROFILES)
def test_ids_are_unique_within_a_profile(name: str) -> None:
    """Neither the slug nor the catalogue's id stands for two behaviours."""
    asked = [each.behaviour for each in PROFILES[name].behaviours]
    assert len({each.slug for each in asked}) == len(asked)
    assert len({each.catalogue for each in asked}) == len(asked)


@pytest.mark.parametrize("name", PROFILES)
def test_behaviours_are_asked_of_the_role_of_their_profile(name: str) -> None:
    """A question to a server has no place in a client's profile."""
    assert {each.behaviour.role for each in PROFILES[name].behaviours} == {name.rpartition("-")[2]}


@pytest.mark.parametrize("name", PROFILES)
def test_every_behaviour_has_its_words(name: str) -> None:
    """Title, explanation, hint, source and the catalogue's id are there."""
    for each in (weighed.behaviour for weighed in PROFILES[name].behaviours):
        assert re.fullmatch(r"[A-Z]{3}-\d\d", each.catalogue)
        assert all([each.title, each.why, each.hint, each.source])


@pytest.mark.parametrize("name", PROFILES)
def test_needs_run_in_no_circle(name: str) -> None:
    """What a behaviour needs can be judged before it."""
    graph: dict[Ask, set[Ask]] = {}
    for ask, needs in needed(PROFILES[name]):
        graph.setdefault(ask, set()).update(needs)
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("name", PROFILES)
def test_what_is_for_information_costs_nothing(name: str) -> None:
    """A behaviour of level may has no points in any profile."""
    assert not [w for w in PROFILES[name].behaviours if w.behaviour.level == "may" and w.points]


@pytest.mark.parametrize("name", catalogue.exercises())
def test_a_contract_begins_with_the_name_and_one_sentence(name: str) -> None:
    """Who is given the task learns first what it is."""
    exercise = catalogue.exercises()[name]
    first, _, rest = exercise.contract.partition("\n\n")
    assert re.fullmatch(rf"{name}: [^\n]+\.", first)
    assert "Source: " in " ".join(rest.split())
    assert re.fullmatch(r"S\d\d[ab]?", exercise.system)
    prefix = name.partition("-")[0]
    if prefix in ("tcp", "udp", "unix"):
        assert exercise.transport == prefix


@pytest.mark.parametrize("name", catalogue.names())
def test_a_program_named_by_the_rule_is_found_by_its_name(name: str) -> None:
    """Exercise and role make the name, also with words behind it and in other letters."""
    asked = catalogue.names()[name]
    assert catalogue.by_name(name) == asked
    assert catalogue.by_name(f"{name.upper()}-2 (copy)") == asked
    assert catalogue.by_name(f"my_{name}") is None
