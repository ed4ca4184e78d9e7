"""What holds for every fault, whatever it is asked to plan."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.faults import (
    After,
    Coalesce,
    Corrupt,
    Delay,
    Duplicate,
    Fault,
    Fragment,
    HalfClose,
    Lose,
    Receipt,
    Reorder,
    Reset,
    ShortSend,
    Stall,
    Throttle,
    Truncate,
)
from pytest_sockets.faults.fault import plan, then
from pytest_sockets.faults.receipt import receipt, tally
from pytest_sockets.findings import Misuse
from pytest_sockets.wire.events import Datagram, Event, Paused, Sent

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

HERE = ("127.0.0.1", 1)


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


WRONG: dict[str, Callable[[], object]] = {
    "Fragment: size is a whole number, not 1.5": lambda: Fragment(size=1.5),  # type: ignore[arg-type]
    "Fragment: size is a whole number, not '1'": lambda: Fragment(size="1"),  # type: ignore[arg-type]
    "Fragment: size is a whole number, not True": lambda: Fragment(size=True),
    "Fragment: at is a tuple of whole numbers, such as (3,), not 3": lambda: Fragment(at=3),  # type: ignore[arg-type]
    "Reset: after is a whole number, not 1.5": lambda: Reset(after=1.5),  # type: ignore[arg-type]
    "Truncate: after is a whole number, not 2.5": lambda: Truncate(2.5),  # type: ignore[arg-type]
    "Truncate: after is a whole number, not None": lambda: Truncate(None),  # type: ignore[arg-type]
    "Stall: after is a whole number, not 'x'": lambda: Stall("x"),  # type: ignore[arg-type]
    "Stall: seconds is a number, not '1'": lambda: Stall(seconds="1"),  # type: ignore[arg-type]
    "Coalesce: size is a whole number, not 2.5": lambda: Coalesce(2.5),  # type: ignore[arg-type]
    "Throttle: rate is a number, not None": lambda: Throttle(None),  # type: ignore[arg-type]
    "Corrupt: at is a tuple of whole numbers, such as (3,), not (1.5,)": (
        lambda: Corrupt(at=(1.5,))  # type: ignore[arg-type]
    ),
    "Corrupt: at is a tuple of whole numbers, such as (3,), not 3": lambda: Corrupt(at=3),  # type: ignore[arg-type]
    "Corrupt: rate is a number, not 'x'": lambda: Corrupt("x"),  # type: ignore[arg-type]
    "Delay: seconds is a number, not '1'": lambda: Delay("1"),  # type: ignore[arg-type]
    "Duplicate: times is a whole number, not 2.5": lambda: Duplicate(1, times=2.5),  # type: ignore[arg-type]
    "Lose: numbers is a tuple of whole numbers, such as (3,), not '12'": (
        lambda: Lose(numbers="12")  # type: ignore[arg-type]
    ),
    "Reorder: by is a whole number, not 1.5": lambda: Reorder(1, by=1.5),  # type: ignore[arg-type]
    "ShortSend: most is a whole number, not 'a'": lambda: ShortSend("a"),  # type: ignore[arg-type]
    "After: count is a whole number, not 1.5": lambda: After(1.5, Reset()),  # type: ignore[arg-type]
    "After: 5 is no fault, such as Delay(0.1) or Fragment(size=1)": lambda: After(1, 5),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("said", WRONG)
def test_what_a_fault_is_made_of_is_checked_when_it_is_made(said: str) -> None:
    """Not when the first byte comes: the error names the fault, what it takes and what it got."""
    with pytest.raises(Misuse, match=f"^{re.escape(said)}$"):
        WRONG[said]()


def test_a_list_or_a_range_of_numbers_will_do() -> None:
    """As long as they are whole."""
    assert Corrupt(at=[0, 1]).plan([Sent(data=b"ab")]) != [Sent(data=b"ab")]  # type: ignore[arg-type]
    assert Lose(numbers=range(1, 3)).chooses(2)  # type: ignore[arg-type]
    assert Stall(seconds=1).seconds == 1


def test_a_receipt_tells_one_from_many() -> None:
    """And what a size does not show: bytes of another value, messages in another order."""
    one, other = Datagram(data=b"a", local=HERE, remote=HERE), Sent(data=b"bc")
    paused = Paused(seconds=1)
    assert str(receipt([one], [paused, one])) == (
        "1 message (1 byte) became 1 message (1 byte), 1 pause (1 s)"
    )
    assert str(receipt([one, other], [])) == "2 messages (3 bytes) became 0 messages (0 bytes)"
    assert str(receipt([other], [Sent(data=b"bd")])) == (
        "1 message (2 bytes) became 1 message (2 bytes); 1 byte altered"
    )


def test_a_receipt_tells_what_came_in_another_order() -> None:
    """Those that went behind others; one that was only late is none of them."""
    early, late = (Datagram(data=each, local=HERE, remote=HERE) for each in (b"a", b"b"))
    held = receipt([early], [], 1)
    assert str(held + receipt([late], [late, early], -1)) == (
        "2 messages (2 bytes) became 2 messages (2 bytes); 1 message reordered"
    )
    assert (held + receipt([], [early], -1)).reordered == 0
