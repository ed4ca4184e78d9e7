"""The reference programs have full marks, through the same questions as everybody's programs."""

from __future__ import annotations

import pytest
from corpus import Homework, grade, references, unreasonable

from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome

REFERENCES = list(references())


@pytest.mark.parametrize("program", REFERENCES, ids=lambda program: program.name)
def test_a_reference_program_has_full_marks(program: Homework, runner: Runner) -> None:
    """Everything that has points is judged, and passed; the portable way has a test of its own."""
    if not runner.kernel:
        pytest.skip("what is not judged here is the next test's")
    lost = [
        (result.id, str(result.outcome), str(result.observed or result.reason))
        for result in grade(program, runner)
        if result.outcome not in (Outcome.PASSED, Outcome.INFO)
    ]

    assert not lost


@pytest.mark.parametrize("program", REFERENCES, ids=lambda program: program.name)
def test_the_portable_way_accuses_no_reference_program(
    program: Homework, portable_runner: Runner
) -> None:
    """Without the kernel's proofs a reference passes as well, or is not judged, with a reason."""
    results = grade(program, portable_runner)
    accused = [
        (result.id, str(result.outcome), str(result.observed or result.reason))
        for result in results
        if result.outcome in (Outcome.FAILED, Outcome.BLOCKED)
    ]

    assert not accused
    assert not unreasonable(results, portable_runner)
