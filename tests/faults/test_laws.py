"""What holds for every fault, whatever it is asked to plan."""

from __future__ import annotations

import copy
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.faults import After, Corrupt, Fault, HalfClose, Receipt, Reset, Truncate
from pytest_sockets.faults.fault import plan, then
from pytest_sockets.faults.receipt import receipt, tally
from pytest_sockets.wire.events import Event

from .stories import (
    bytes_of,
    datagram_faults,
    exchanges,
    faults,
    late,
    law,
    stepwise,
    stories,
)


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
    """What is sent is the beginning of what was to be sent, but for bytes that Corrupt changes.

    Only Reset and Truncate make it shorter.
    """
    planned, wanted = bytes_of(fault.plan(story)), bytes_of(story)
    inner = fault.fault if isinstance(fault, After) else fault
    assert wanted.startswith(planned) or isinstance(inner, Corrupt)
    assert len(planned) == len(wanted) or isinstance(inner, (Reset, Truncate))


@law
@given(stepwise | late, stories(), stories())
def test_a_stream_is_planned_in_parts_as_it_is_whole(
    fault: Fault, first: list[Event], second: list[Event]
) -> None:
    """What is behind depends on what has gone by, and on nothing else."""
    second = [replace(event, connection=first[0].connection) for event in second if first]
    assert fault.plan(first) + then(fault, first).plan(second) == fault.plan([*first, *second])


@law
@given(datagram_faults, exchanges(), st.integers(0, 10))
def test_datagrams_are_planned_in_parts_as_they_are_whole(
    fault: Fault, story: list[Event], border: int
) -> None:
    """It makes no difference how many datagrams are planned at a time."""
    first, second = story[:border], story[border:]
    assert fault.plan(first) + then(fault, first).plan(second) == fault.plan(story)


@law
@given(st.one_of(faults, datagram_faults), stories() | exchanges())
def test_a_receipt_says_what_was_done(fault: Fault, story: list[Event]) -> None:
    """It counts what was given, what came of it, and whether anything was changed."""
    planned = fault.plan(story)
    found = receipt(story, planned)
    assert (found.given, found.made) == (tally(story), tally(planned))
    assert found.times == (planned != story)
    assert found.lost == max(0, found.given.size - found.made.size)


@law
@given(st.lists(stories(), max_size=4), faults)
def test_receipts_add_up(story: list[list[Event]], fault: Fault) -> None:
    """The receipt of all steps is the sum of the receipts of each."""
    total = sum((receipt(part, fault.plan(part)) for part in story), Receipt())
    assert total.times == sum(fault.plan(part) != part for part in story)
    assert total.given.size == sum(len(bytes_of(part)) for part in story)


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
