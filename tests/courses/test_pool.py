"""Workers: what one loses costs one task, and nothing of them is left behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from pytest_sockets.courses.pool import MOST_TASKS, Finished, Pool, Task

from .works import fail, repeat

pytestmark = pytest.mark.xdist_group("pool")


def task(key: str, **told: Any) -> Task:
    """Return a task whose document says what the worker is to do."""
    return Task(key, json.dumps({"key": key, **told}).encode())


def done(*tasks: Task, size: int = 2, limit: float = 60.0) -> dict[str, Finished]:
    """Return what came of the tasks."""
    return {each.key: each for each in Pool(repeat, size, limit).grade(tasks)}


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """No process outlives its pool."""
    before = set(psutil.Process().children(recursive=True))
    yield
    left = set(psutil.Process().children(recursive=True)) - before
    assert not [process for process in left if "spawn_main" in " ".join(process.cmdline())]


def test_every_task_is_answered_once() -> None:
    """In whatever order they are finished."""
    finished = done(*(task(str(number)) for number in range(9)))
    assert {key: each.document["told"]["key"] for key, each in finished.items()} == {
        str(number): str(number) for number in range(9)
    }
    assert {each.attempts for each in finished.values()} == {1}


def test_no_more_workers_than_allowed_are_started() -> None:
    """And each does many tasks."""
    finished = done(*(task(str(number)) for number in range(9)))
    assert len({each.document["pid"] for each in finished.values()}) <= 2


def test_a_worker_that_dies_costs_its_task_alone() -> None:
    """It is tried once more, and then finished without an answer, with the reason."""
    finished = done(task("a"), task("b", do="die"), task("c"), task("d", do="leave"))
    assert finished["b"].document is None
    assert finished["b"].attempts == finished["d"].attempts == 2
    assert str(finished["b"].reason) == "what graded it was killed by signal 9"
    assert str(finished["d"].reason) == "what graded it ended with status 7"
    assert finished["a"].document
    assert finished["c"].document


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    """The second attempt counts."""
    finished = done(task("a", once=str(tmp_path / "died")))
    assert finished["a"].document["told"]["key"] == "a"
    assert finished["a"].attempts == 2


def test_a_worker_that_takes_too_long_is_ended() -> None:
    """Its task is tried once more, and given up with the reason."""
    finished = done(task("a", do="hang"), limit=1.0)
    assert finished["a"].document is None
    assert finished["a"].attempts == 2
    assert str(finished["a"].reason) == "grading took longer than 1 s and was given up"


def test_an_answer_that_is_none_is_a_worker_s_end() -> None:
    """Nothing that a submission does to its worker reaches the grader."""
    assert done(task("a", do="lie"))["a"].document is None


def test_workers_that_can_t_start_leave_nothing_without_a_result() -> None:
    """Every task is accounted for."""
    finished = list(Pool(fail, 1, 60.0).grade([task("a"), task("b")]))
    assert {each.key for each in finished} == {"a", "b"}
    assert {each.document for each in finished} == {None}


def test_a_worker_is_replaced_after_a_number_of_tasks() -> None:
    """Whatever it has gathered goes with it."""
    finished = done(*(task(str(number)) for number in range(MOST_TASKS + 1)), size=1)
    assert len({each.document["pid"] for each in finished.values()}) == 2


def test_tasks_are_taken_when_they_are_begun() -> None:
    """A class of any size needs no more memory than a small one."""
    taken = []

    def tasks() -> Iterator[Task]:
        for number in range(6):
            taken.append(number)
            yield task(str(number))

    running = Pool(repeat, 2, 60.0).grade(tasks())
    next(running)
    assert len(taken) <= 4
    running.close()  # type: ignore[attr-defined]
