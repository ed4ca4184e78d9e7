"""Where rest can't be proved, a time that was measured here stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_sockets.programs import calibration
from pytest_sockets.programs.calibration import FACTOR, LEAST, MOST, quiet_time
from pytest_sockets.programs.place import Runner
from pytest_sockets.programs.spawn import Spawner

from .conftest import Make


def test_a_quick_machine_waits_the_least_time(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program really answers, and its time has to exceed the least one to count."""
    monkeypatch.setattr(calibration, "FACTOR", 0.0)

    assert quiet_time(runner.launcher) == LEAST


def test_a_slow_machine_waits_a_multiple_of_the_slowest_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Four programs are started; the slowest one counts, up to a limit."""
    times = iter([0.1, 0.9, 0.2, 0.1, 50.0, 0.1, 0.1, 0.1])
    monkeypatch.setattr(calibration, "_answer_time", lambda launcher: next(times))

    assert quiet_time(Spawner("python")) == pytest.approx(FACTOR * 0.9)
    assert quiet_time(Spawner("python")) == MOST


def test_nothing_is_measured_where_rest_is_proved(runners: Make) -> None:
    """The proof needs no time, so none is spent."""
    runner = runners("forked", "")
    if not runner.kernel:
        pytest.skip("rest can't be proved here")

    assert runner.quiet == LEAST


def test_it_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session has one quiet time."""
    times = iter([0.5, 0.5, 0.5, 0.5])
    monkeypatch.setattr(calibration, "_answer_time", lambda launcher: next(times))
    runner = Runner(portable=True)

    assert runner.quiet == runner.quiet == pytest.approx(FACTOR * 0.5)


def test_a_program_that_never_answers_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter that does not run gives no time at all."""
    monkeypatch.setattr(calibration, "SOURCE", "raise SystemExit\n")

    with pytest.raises(OSError, match="no answer"):
        quiet_time(Runner(portable=True).launcher)


def test_calibration_leaves_nothing(runner: Runner, tmp_path: Path) -> None:
    """Its folder and its program are gone afterwards."""
    import tempfile

    before = tempfile.tempdir
    tempfile.tempdir = str(tmp_path)
    try:
        quiet_time(runner.launcher)
    finally:
        tempfile.tempdir = before

    assert list(tmp_path.iterdir()) == []
