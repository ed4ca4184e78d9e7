"""Lose, Duplicate and Reorder do to datagrams what they were told."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.faults import Duplicate, Fault, Lose, Reorder
from pytest_sockets.faults.fault import then
from pytest_sockets.wire.events import Datagram, Event

from .stories import datagrams_of, exchanges, law, numbers, rates, seeds

ENDS = {"local": ("127.0.0.1", 1), "remote": ("127.0.0.1", 2)}


def numbered(count: int) -> list[Event]:
    """Return datagrams that hold their numbers, from 1."""
    return [Datagram(data=b"%d" % n, local=ENDS["local"], remote=ENDS["remote"])
            for n in range(1, count + 1)]  # fmt: skip


def test_the_named_datagrams_are_lost() -> None:
    """They count from 1 and over all plans."""
    lose = Lose(numbers=(1, 3))
    assert datagrams_of(lose.plan(numbered(2))) == [b"2"]
    assert datagrams_of(then(lose, numbered(2)).plan(numbered(2))) == [b"2"]


def test_the_named_datagrams_come_several_times() -> None:
    """One after the other, without anything between."""
    assert datagrams_of(Duplicate(numbers=(2,), times=3).plan(numbered(3))) == [
        b"1", b"2", b"2", b"2", b"3",
    ]  # fmt: skip


@pytest.mark.parametrize(("by", "order"), [(1, b"2 1 3 4"), (2, b"2 3 1 4"), (3, b"2 3 4 1")])
def test_a_datagram_comes_behind_others(by: int, order: bytes) -> None:
    """So many go by before it goes on its way."""
    assert datagrams_of(Reorder(numbers=(1,), by=by).plan(numbered(4))) == order.split()


def test_what_is_held_back_is_told_and_released() -> None:
    """A datagram with nothing behind it is only late."""
    held = then(Reorder(numbers=(1,)), numbered(1))
    assert isinstance(held, Reorder)
    assert datagrams_of(held.held) == [b"1"]
    assert held.released().held == ()


@law
@given(exchanges(), numbers | rates, seeds, st.integers(1, 3))
def test_reordering_loses_and_invents_nothing(
    story: list[Event], which: tuple[int, ...] | float, seed: int, by: int
) -> None:
    """What was planned and what is held back are all there was, each once."""
    fault = (
        Reorder(rate=which, seed=seed, by=by)
        if isinstance(which, float)
        else Reorder(numbers=which, by=by)
    )
    planned = datagrams_of([*fault.plan(story), *fault.then(story).held])
    assert sorted(planned) == sorted(datagrams_of(story))


@law
@given(exchanges(), rates, seeds)
def test_losing_keeps_the_order(story: list[Event], rate: float, seed: int) -> None:
    """What arrives are some of the datagrams, in the order in which they were sent."""
    arrived = Lose(rate, seed=seed).plan(story)
    assert arrived == [event for event in story if event in arrived]


def test_a_rate_of_0_and_of_1_leave_nothing_to_chance() -> None:
    """None is lost, or every one."""
    assert Lose(0.0).plan(numbered(5)) == numbered(5)
    assert Lose(1.0).plan(numbered(5)) == []


def test_another_seed_loses_others() -> None:
    """Nothing but the seed tells two runs apart."""
    plans = [Lose(0.5, seed=seed).plan(numbered(50)) for seed in (1, 1, 2)]
    assert plans[0] == plans[1] != plans[2]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (Lose, "Lose needs either a rate or numbers"),
        (lambda: Lose(0.5, (1,)), "Lose needs either a rate or numbers"),
        (lambda: Duplicate(1.5), "Duplicate: a rate is from 0 to 1, not 1.5"),
        (lambda: Reorder(numbers=(0,)), "Reorder: datagrams count from 1, not from 0"),
        (lambda: Duplicate(1, times=1), "Duplicate delivers twice or more often, not 1"),
        (lambda: Reorder(1, by=0), "Reorder lets 1 datagram or more go by, not 0"),
        (lambda: Reorder(1, patience=-1), "Reorder waits for 0 s of silence or more, not -1"),
        (
            lambda: Reorder(1, patience=math.nan),
            "Reorder waits for 0 s of silence or more, not nan",
        ),
    ],
)
def test_what_makes_no_sense_is_named(make: Callable[[], Fault], said: str) -> None:
    """An error tells the fault, what it takes and what it was given."""
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()
