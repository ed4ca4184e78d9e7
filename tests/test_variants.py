"""Correct programs in other styles are not accused of anything they do not do."""

from __future__ import annotations

import pytest
from corpus import Homework, corpus, grade, unreasonable

from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome

VARIANTS = list(corpus("variants", "Loses"))


@pytest.mark.parametrize("program", VARIANTS, ids=lambda program: program.name)
def test_a_benign_variant_loses_only_what_it_says(program: Homework, runner: Runner) -> None:
    """What the variant declares to lose fails; everything else is passed.

    Where the system proves less, some of it may be not judged, with the reason.
    """
    results = grade(program, runner)
    lost = {r.behaviour for r in results if r.outcome in (Outcome.FAILED, Outcome.BLOCKED)}
    unjudged = {r.behaviour for r in results if r.outcome is Outcome.NOT_JUDGED}

    observed = [(r.id, str(r.observed)) for r in results if r.observed]
    assert lost <= program.declared <= lost | unjudged, observed
    assert not unreasonable([r for r in results if r.behaviour not in program.declared], runner)
