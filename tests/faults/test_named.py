"""Faults by name: ``fragment:size=1``."""

from __future__ import annotations

import re

import pytest

from pytest_sockets import faults
from pytest_sockets.faults import (
    After,
    Corrupt,
    Fault,
    Fragment,
    HalfClose,
    Lose,
    Reorder,
    Reset,
    Stall,
    Throttle,
)
from pytest_sockets.faults.fault import PROGRAM
from pytest_sockets.faults.named import NAMED, fault_named, usage
from pytest_sockets.findings import Misuse


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("half-close", HalfClose()),
        ("fragment:size=3", Fragment(size=3)),
        ("Fragment: at=2+5", Fragment(at=(2, 5))),
        ("reset", Reset()),
        ("reset:after=7", Reset(after=7)),
        ("stall:seconds=0.5", Stall(seconds=0.5)),
        ("throttle:rate=100,tick=0.1", Throttle(100, 0.1)),
        ("lose:numbers=1+3", Lose(numbers=(1, 3))),
        ("reorder:rate=0.5,seed=7,by=2", Reorder(rate=0.5, seed=7, by=2)),
        ("fragment:size=1,after=10", After(10, Fragment(size=1))),
        ("corrupt:at=0", Corrupt(at=(0,))),
    ],
)
def test_a_fault_is_made_of_its_name_and_what_it_takes(text: str, fault: Fault) -> None:
    """Whatever can be said in Python can be said on a command line."""
    assert fault_named(text) == fault


def test_every_fault_of_a_wire_has_a_name_but_the_one_that_wraps_others() -> None:
    """After is ``after=N`` of the fault that it delays; some faults are none of a wire."""
    others = {"After", "Fault", "Receipt", "Tally"}
    others |= {name for name in faults.__all__ if _media(name) == PROGRAM}
    kinds = {kind.__name__ for kind in NAMED.values()}
    assert kinds == set(faults.__all__) - others


def _media(name: str) -> object:
    return getattr(getattr(faults, name), "media", None)


@pytest.mark.parametrize("name", NAMED)
def test_what_usage_names_is_taken(name: str) -> None:
    """And what a fault keeps for itself is not offered."""
    keys = re.findall(r"(\w+)=", usage(name))
    assert not {"passed", "waiting"} & set(keys)
    for key in keys:
        with pytest.raises(Misuse, match=f"{key} is a number"):
            fault_named(f"{name}:{key}=x")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fragmen", "there is no fault fragmen; did you mean fragment?"),
        ("xyz", "there is no fault xyz; there are coalesce, "),
        ("", "there is no fault ; there are coalesce, "),
        ("fragment:3", "fragment: '3' is not key=value, as in fragment:size=1"),
        ("fragment:sise=3", "fragment takes no sise; it takes size, at, after"),
        ("lose:passed=3", "lose takes no passed"),
        ("fragment", "fragment: Fragment needs either a size or offsets"),
        ("fragment:size=0", "Fragment cuts after 1 byte or more, not 0"),
        ("delay", "delay: it needs seconds"),
        ("fragment:size=1,after=-1", "After lets 0 bytes or more go by, not -1"),
        ("delay:seconds=nan", "Delay waits 0 seconds or more, not nan"),
    ],
)
def test_what_is_no_fault_is_said_to_be_none(text: str, told: str) -> None:
    """With the name, what was wrong with it, and what there is."""
    with pytest.raises(Misuse, match=re.escape(told)):
        fault_named(text)
