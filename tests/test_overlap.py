"""Where judging mostly waits, several behaviours are judged at the same time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from corpus import HERE, SEED, Homework, grade, outcomes
from running import Folder

from pytest_sockets import catalogue
from pytest_sockets.exercises import Weighed
from pytest_sockets.grading import Assignment, Grading, not_run
from pytest_sockets.kernel.portable import PORTABLE
from pytest_sockets.messages import message
from pytest_sockets.overlap import Overlap
from pytest_sockets.programs.calibration import AT_ONCE
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Result
from pytest_sockets.targets import find

LIMIT = 60

SERVER = Homework(
    HERE.parent / "reference" / "tcp_echo_server.py", "tcp-echo", "server", frozenset()
)
MISTAKEN = Homework(
    HERE / "mistakes" / "tcp-echo" / "server" / "receives_once.py",
    "tcp-echo",
    "server",
    frozenset(),
)


class Watched(Grading):
    """Notes what it judges, and does ``judge`` instead."""

    def __init__(self, runner: Runner, judge: Callable[[], object]) -> None:
        super().__init__(assignment(SERVER), runner, SEED)
        self.judged: list[str] = []
        self._instead = judge

    def _judge(self, weighed: Weighed) -> Result:
        self.judged.append(weighed.behaviour.slug)
        self._instead()
        return not_run(self, weighed, message("nothing was asked"))


def assignment(homework: Homework) -> Assignment:
    """Return what the program is graded as."""
    target = find(homework.path.name, folder=homework.path.parent)[0]
    return Assignment(target, catalogue.exercises()[homework.exercise], homework.role)


def asked(grading: Grading) -> list[tuple[Grading, Weighed]]:
    """Return all behaviours of the profile, as they are to be begun with."""
    return [(grading, weighed) for weighed in grading.assignment.profile.behaviours]


def test_as_many_are_judged_at_once_as_there_are_processors(portable_runner: Runner) -> None:
    """None of the first comes to its end before all of them have begun."""
    together = threading.Barrier(AT_ONCE)
    first = iter(range(AT_ONCE))
    grading = Watched(
        portable_runner, lambda: next(first, None) is not None and together.wait(LIMIT)
    )
    overlap = Overlap()
    overlap.begin(asked(grading))
    overlap.wait()

    assert not together.broken
    assert len(grading.judged) == len(asked(grading))


def test_each_is_judged_once(portable_runner: Runner) -> None:
    """Whoever asks for a behaviour that is being judged waits for it."""
    begun, go_on = threading.Event(), threading.Event()

    def judge() -> None:
        begun.set()
        assert go_on.wait(LIMIT)

    grading = Watched(portable_runner, judge)
    every = asked(grading)
    overlap = Overlap()
    overlap.begin(every[:1])
    assert begun.wait(LIMIT)
    waiting = threading.Thread(target=lambda: grading.result(every[0][1]))
    waiting.start()
    go_on.set()
    waiting.join()
    results = [grading.result(weighed) for _, weighed in every]
    overlap.close()

    assert grading.judged == [weighed.behaviour.slug for _, weighed in every]
    assert [result.slug for result in results] == grading.judged


def test_nothing_more_is_begun_once_it_was_closed(portable_runner: Runner) -> None:
    """What had begun comes to its end."""
    begun, go_on = threading.Semaphore(0), threading.Event()

    def judge() -> None:
        begun.release()
        assert go_on.wait(LIMIT)

    grading = Watched(portable_runner, judge)
    overlap = Overlap()
    overlap.begin(asked(grading))
    for _ in range(AT_ONCE):
        assert begun.acquire(timeout=LIMIT)
    overlap.close()
    go_on.set()
    overlap.wait()

    assert len(grading.judged) == AT_ONCE


def test_what_was_interrupted_is_not_remembered(portable_runner: Runner) -> None:
    """It is judged anew when it is asked for again."""
    troubles = iter([KeyboardInterrupt])

    def judge() -> None:
        for trouble in troubles:
            raise trouble

    grading = Watched(portable_runner, judge)
    weighed = grading.assignment.profile.behaviours[0]
    with pytest.raises(KeyboardInterrupt):
        grading.result(weighed)

    assert grading.result(weighed).slug == weighed.behaviour.slug


def test_nothing_is_begun_where_rest_is_proved(runner: Runner) -> None:
    """There is nothing to wait for: one behaviour comes after the other."""
    if not runner.kernel:
        pytest.skip("rest can't be proved here")
    grading = Watched(runner, lambda: None)
    overlap = Overlap()
    overlap.begin(asked(grading))
    overlap.wait()

    assert grading.judged == []


def test_a_server_of_others_is_asked_one_thing_at_a_time(
    portable_runner: Runner, tmp_path: Path
) -> None:
    """There is only one, and it is not ours."""
    target = find("tcp://127.0.0.1:9", folder=tmp_path)[0]
    grading = Watched(portable_runner, lambda: None)
    grading.assignment = Assignment(target, grading.assignment.exercise, "server")
    overlap = Overlap()
    overlap.begin(asked(grading))
    overlap.wait()

    assert grading.judged == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("homework", [SERVER, MISTAKEN], ids=lambda each: each.path.stem)
def test_the_verdicts_are_those_of_one_after_the_other(
    homework: Homework, portable_runner: Runner
) -> None:
    """What needs another behaviour waits for its verdict."""
    grading = Grading(assignment(homework), portable_runner, SEED)
    overlap = Overlap()
    overlap.begin(asked(grading))
    results = [grading.result(weighed) for _, weighed in asked(grading)]
    overlap.close()

    assert outcomes(results) == outcomes(grade(homework, portable_runner))


def test_an_interrupted_run_leaves_no_program(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was begun ahead ends with the run, and so do its folders."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv(PORTABLE, "1")
    monkeypatch.setenv("TMPDIR", str(temporary))
    folder.write("server.py", SERVER.path.read_bytes())
    options = ["--exercise=tcp-echo", "--role=server", "-v"]
    run = folder.interrupted("--target=server.py", *options, after="PASSED")

    assert run.status == 2, run.said
    assert [path.name for path in temporary.iterdir() if path.is_dir()] == []
    folders = [process.info["cwd"] or "" for process in psutil.process_iter(["cwd"])]
    assert not [path for path in folders if path.startswith(str(temporary))]
