"""Processes that grade, as many as there is work for: what one loses costs one submission.

Knows processes and time. A worker that dies, or that takes longer than the
limit, is replaced; its submission is given to another one, once. Does not know what
the tasks hold.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from ..kernel import processes
from ..messages import Message, message
from ..programs.survivors import kill
from .notices import last_line

MOST_TASKS = 50
"""Tasks after which a worker is replaced by a new one, so that none grows without bounds."""

MOST_BYTES = 1 << 28
TRIES = 2
END_LIMIT = 10.0


@dataclass(frozen=True)
class Task:
    """What is given to a worker: ``document`` is JSON, ``key`` is ours to know it by."""

    key: str
    document: bytes
    attempts: int = 1


@dataclass(frozen=True)
class Finished:
    """What came of a task: the worker's ``document``, or None and the ``reason``."""

    key: str
    document: Any
    attempts: int
    reason: Message | None = None

    def problem(self, *, whole: bool) -> Message:
        """Return why there is no result; of a traceback the ``whole``, or its last line."""
        if self.reason is not None:
            return self.reason
        text = "an error of the harness, not of the program: {error}"
        error = (self.document or {}).get("error", "")
        return message(text, error=error if whole else last_line(error))


class Grades(Protocol):
    """What does tasks somewhere: a ``Pool`` on this machine, a ``cluster.Cluster`` on others."""

    def grade(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        """Yield what came of each task as soon as it is known; a task is taken when it is begun."""
        ...


class Work(Protocol):
    """What a worker runs: it reads tasks and writes documents; see ``worker.work``."""

    def __call__(self, connection: Connection) -> None:
        """Work until the connection ends."""
        ...


class Worker:
    """One process; ``task`` is what it works on."""

    def __init__(self, run: Work) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=run, args=(theirs,), daemon=True)
        with _elsewhere():
            self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.until = 0.0
        self.done = 0

    def give(self, task: Task, limit: float) -> None:
        """Give the worker something to do; whether it is still there is seen later."""
        self.task, self.until = task, time.monotonic() + limit
        self.done += 1
        with suppress(OSError):
            self.connection.send_bytes(task.document)

    def answer(self) -> Any:
        """Return the document that has come.

        Raises:
            EOFError: the worker is gone.
        """
        try:
            return json.loads(self.connection.recv_bytes(MOST_BYTES))
        except (OSError, ValueError) as error:
            raise EOFError from error

    def tell_end(self, *, patient: bool) -> None:
        """Tell the worker to end, by a signal unless we are ``patient``."""
        with suppress(OSError, ValueError):
            self.connection.send_bytes(b"") if patient else self.process.terminate()

    def end(self, *, patient: bool) -> None:
        """End the worker, and all that it has started when it does not go by itself."""
        self.tell_end(patient=patient)
        self.connection.close()
        self.process.join(END_LIMIT)
        if self.process.is_alive():
            kill(processes.tree(self.process.pid or 0))
            self.process.join()
        self.process.close()


@contextmanager
def _elsewhere() -> Iterator[None]:
    """Work in the root folder for a moment.

    A new interpreter looks for its first modules where it is started, and that may be
    a folder in which students' files lie.
    """
    before = os.getcwd()
    os.chdir(os.path.abspath(os.sep))
    try:
        yield
    finally:
        os.chdir(before)


class Pool:
    """Up to ``size`` workers; a task has ``limit`` seconds."""

    def __init__(self, run: Work, size: int, limit: float) -> None:
        self._run, self._size, self._limit = run, size, limit
        self._workers: list[Worker] = []
        self._again: deque[Task] = deque()

    def grade(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        """Yield what came of each task as soon as it is known; a task is taken when it is begun."""
        left = iter(tasks)
        try:
            while True:
                self._give(left)
                busy = [worker for worker in self._workers if worker.task is not None]
                if not busy:
                    return
                yield from self._collected(busy)
        finally:
            self._close()

    def _close(self) -> None:
        """End all workers: they are told at once, so that none waits for another."""
        for worker in self._workers:
            worker.tell_end(patient=worker.task is None)
        while self._workers:
            worker = self._workers.pop()
            worker.end(patient=worker.task is None)

    def _give(self, left: Iterator[Task]) -> None:
        """Give every free worker a task, as long as there are any."""
        while sum(worker.task is not None for worker in self._workers) < self._size:
            task = self._again.popleft() if self._again else next(left, None)
            if task is None:
                return
            self._free().give(task, self._limit)

    def _free(self) -> Worker:
        for worker in [each for each in self._workers if each.task is None]:
            if worker.done < MOST_TASKS and worker.process.is_alive():
                return worker
            self._workers.remove(worker)
            worker.end(patient=True)
        self._workers.append(Worker(self._run))
        return self._workers[-1]

    def _collected(self, busy: list[Worker]) -> Iterator[Finished]:
        """Wait until a worker is done, is gone or has to be ended; yield what is final."""
        seconds = max(0.0, min(worker.until for worker in busy) - time.monotonic())
        waits: list[Any] = [each for worker in busy
                            for each in (worker.connection, worker.process.sentinel)]  # fmt: skip
        ready = wait(waits, seconds)
        for worker in busy:
            finished = None
            if worker.connection in ready:
                finished = self._answered(worker)
            elif worker.process.sentinel in ready:
                finished = self._lost(worker, _died(worker))
            elif time.monotonic() >= worker.until:
                text = "grading took longer than {seconds} s and was given up"
                finished = self._lost(worker, message(text, seconds=f"{self._limit:g}"))
            if finished is not None:
                yield finished

    def _answered(self, worker: Worker) -> Finished | None:
        task = worker.task
        assert task is not None
        try:
            document = worker.answer()
        except EOFError:
            return self._lost(worker, _died(worker))
        worker.task = None
        return Finished(task.key, document, task.attempts)

    def _lost(self, worker: Worker, reason: Message) -> Finished | None:
        """End a worker; its task is done again, or is finished without a document."""
        task = worker.task
        assert task is not None
        self._workers.remove(worker)
        worker.end(patient=False)
        if task.attempts < TRIES:
            self._again.append(Task(task.key, task.document, task.attempts + 1))
            return None
        return Finished(task.key, None, task.attempts, reason)


def _died(worker: Worker) -> Message:
    worker.process.join(END_LIMIT)
    status = worker.process.exitcode
    if status is not None and status < 0:
        return message("what graded it was killed by signal {number}", number=-status)
    return message("what graded it ended with status {status}", status=status)
