"""Whatever strangers write is read without an error of ours, and what comes of it is sound.

The examples are the same in every run. ``make fuzz`` tries many more, and other ones
each time: ``--hypothesis-profile thorough``.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from .every import CORPUS, TARGETS, saved
from .large import LARGE

THOROUGH = settings.get_profile("thorough")
REPEATABLE = settings(THOROUGH, derandomize=True, max_examples=60)

ROOM = 96 << 20
TIMES = 400
"""Bytes of memory for each byte of input, beyond ``ROOM``: a tree of Python's needs some."""


def asked_for() -> settings:
    """Return how much is tried: as much as the profile says that was asked for."""
    return THOROUGH if settings.default is THOROUGH else REPEATABLE


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", TARGETS)
def test_any_input_is_borne(name: str) -> None:
    """A reader keeps its promises for whatever it is given."""

    @asked_for()
    @given(TARGETS[name].inputs)
    def check(data: bytes) -> None:
        TARGETS[name].check(data)

    check()


@pytest.mark.parametrize("path", saved(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_saved_input_is_borne(path: Path) -> None:
    """What is real, and what has broken a reader once, is read in bounded memory."""
    in_bounds(TARGETS[path.parent.name].check, path.read_bytes())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("what", LARGE)
def test_a_large_input_is_borne(what: str) -> None:
    """What is large takes no square of its size, neither in time nor in memory."""
    name, made = LARGE[what]
    in_bounds(TARGETS[name].check, made())


def in_bounds(check: Callable[[bytes], None], data: bytes) -> None:
    """Check ``data``, and that it took no more memory than it may."""
    tracemalloc.start()
    try:
        check(data)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < ROOM + TIMES * len(data)


def test_every_target_has_saved_inputs_and_no_other_folder_is_there() -> None:
    """A folder that no target reads is never tried."""
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert {path.parent.name for path in saved()} == set(TARGETS)
