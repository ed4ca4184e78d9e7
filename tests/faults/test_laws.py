"""What holds for every fault, whatever it is asked to plan."""

from __future__ import annotations

import copy

from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.faults import Fault, HalfClose, Reset
from pytest_sockets.faults.fault import plan
from pytest_sockets.wire.events import Event

from .stories import bytes_of, faults, law, stories


@law
@given(faults, stories())
def test_planning_does_not_change_what_was_to_happen(fault: Fault, story: list[Event]) -> None:
    """The argument of plan is the same list of the same events afterwards."""
    before = copy.deepcopy(story)
    fault.plan(story)
    assert story == before


@law
@given(faults, stories())
def test_a_plan_is_the_same_every_time(fault: Fault, story: list[Event]) -> None:
    """A fault has no memory: two plans of one story are equal."""
    assert fault.plan(story) == fault.plan(story)


@law
@given(faults, stories())
def test_no_byte_is_invented_or_reordered(fault: Fault, story: list[Event]) -> None:
    """What is sent is the beginning of what was to be sent; only Reset makes it shorter."""
    planned, wanted = bytes_of(fault.plan(story)), bytes_of(story)
    assert wanted.startswith(planned)
    assert len(planned) == len(wanted) or isinstance(fault, Reset)


@law
@given(faults, stories())
def test_a_plan_stays_on_its_connection(fault: Fault, story: list[Event]) -> None:
    """Every planned event belongs to the connection and the side of the story."""
    told = {(event.side, event.connection) for event in story}
    assert {(event.side, event.connection) for event in fault.plan(story)} <= told


@law
@given(st.lists(faults, max_size=4), stories())
def test_faults_apply_in_turn(chain: list[Fault], story: list[Event]) -> None:
    """A chain of faults is the last one's plan of what the others planned."""
    planned = plan(chain, story)
    assert planned == (chain[-1].plan(plan(chain[:-1], story)) if chain else story)


@law
@given(faults)
def test_nothing_comes_of_nothing(fault: Fault) -> None:
    """Where nothing was to happen, no fault makes anything happen."""
    assert fault.plan([]) == []


@law
@given(stories())
def test_half_closing_twice_is_half_closing_once(story: list[Event]) -> None:
    """A FIN is sent at most once."""
    assert plan([HalfClose(), HalfClose()], story) == HalfClose().plan(story)
