"""Every fault says how true to the real thing it is."""

from __future__ import annotations

import sys

import pytest

from pytest_sockets import faults
from pytest_sockets.faults.fault import NAMES, media

KINDS = [
    getattr(faults, name)
    for name in faults.__all__
    if name != "Fault" and hasattr(getattr(faults, name), "plan")
]


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_of_a_fault_says_how_faithful_it_is(kind: type) -> None:
    """It is the first thing that the file tells, behind what the fault is."""
    docstring = sys.modules[kind.__module__].__doc__ or ""
    assert docstring.startswith(kind.__name__) or " and " in docstring.partition(":")[0]
    assert "aithful" in docstring


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not faults.After])
def test_a_fault_says_where_it_fits(kind: type) -> None:
    """There is a name for it, so that a misuse can be told."""
    assert media(kind) in NAMES  # type: ignore[arg-type]
