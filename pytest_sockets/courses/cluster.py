"""Grades on the workers of a Dask cluster that is there already.

Knows the cluster by its scheduler's address. Each submission is a task: its files
travel in it, the worker hands it to a process of its own (see ``remote``), and a line
of bytes comes back. A worker that dies costs nothing: Dask gives what it had in hand
to another one, and after several such deaths it is a result without a document.

What is trusted are the machines of the cluster and whoever can reach them: Dask's
scheduler, workers and clients unpickle what they are sent by each other, tasks and
exceptions among it (``distributed.protocol``). What a submission makes is never
among that. Bytes are sent by Dask as they are, and what is in them is JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..messages import Message, message
from . import remote
from .grader import Settings
from .notices import BadCourse, shown
from .parcel import TooLarge, packed
from .pool import Finished, Task
from .serve import from_line

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT = 10.0
"""Seconds in which a scheduler has to answer."""

WATCH = 10.0
"""Seconds after which the scheduler is asked whether it is still there."""

AHEAD = 2
"""Tasks that are sent for each that can be graded at a time, so that no worker waits."""

RETRIES = 1
"""How often a task is tried again when it fails without its worker's death."""

LARGE = "256MiB"
"""Size of a task about which Dask warns; a submission's files may well have 10 MB."""

SILENT = logging.CRITICAL + 1
"""Above all levels: nothing is logged."""


class Cluster:
    """A connection to the cluster that ``settings`` name, as in ``tcp://host:8786``.

    At most ``most`` tasks are sent at a time, with None as many as keep its workers busy.
    """

    def __init__(self, settings: Settings, most: int | None = None) -> None:
        """Connect, and see to it that all that is there can grade.

        Raises:
            BadCourse: Dask is not installed, nobody answers there, or a machine
                there has no pytest-sockets or another version.
        """
        self.address = settings.cluster
        self._most = most
        self._python = "" if settings.python == sys.executable else settings.python
        self._versions = {name: settings.versions[name] for name in ("pytest-sockets", "python")}
        self._manner = {**settings.manner, "python": self._python}
        self._run = json.dumps({
            "id": uuid.uuid4().hex,
            "manner": self._manner,
            "limit": settings.limit,
            "versions": self._versions,
        })  # fmt: skip
        self._client = _connected(self.address)
        # Ctrl-C makes Dask's loop print a traceback of its own at once (``distributed.utils.sync``
        # cancels what it may not have begun); what matters is raised here as well.
        _silence("tornado")
        try:
            with self._answering():
                self._check()
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the cluster; the processes that graded there end."""
        # What is cut off in the middle is nobody's business any more, and Dask logs all of it.
        _silence("distributed")
        with suppress(OSError, RuntimeError, asyncio.TimeoutError):
            self._client.run(remote.release, self._run, on_error="ignore")
        self._client.close()

    @property
    def description(self) -> Message:
        """What it can do at the moment."""
        threads = self._threads()
        if not threads:
            text = "the cluster {address} has no workers yet; what is sent waits for them"
            return message(text, address=self.address)
        text = "the cluster {address}: {workers} workers, {threads} submissions at a time"
        return message(text, address=self.address, workers=len(threads),
                       threads=sum(threads.values()))  # fmt: skip

    def grade(self, tasks: Iterable[Task]) -> Iterator[Finished]:
        """Yield what came of each task as soon as it is known; a task is taken when it is sent.

        What is not yet finished when the iterator is closed is given up there, too.

        Raises:
            BadCourse: the scheduler is gone.
        """
        left, sent = iter(tasks), dict[Any, Task]()
        try:
            while True:
                yield from self._send(left, sent)
                if not sent:
                    return
                yield from self._finished(sent)
        finally:
            with suppress(OSError, RuntimeError, asyncio.TimeoutError):
                self._client.cancel(list(sent), force=True)

    def _send(self, left: Iterator[Task], sent: dict[Any, Task]) -> Iterator[Finished]:
        """Send tasks as long as there is room for them; yield what can't be sent."""
        most = self._most or AHEAD * max(1, sum(self._threads().values()))
        while len(sent) < most and (task := next(left, None)) is not None:
            future = self._submitted(task)
            if isinstance(future, Finished):
                yield future
            else:
                sent[future] = task

    def _submitted(self, task: Task) -> Future[bytes] | Finished:
        try:
            parcel = packed(task.document)
        except TooLarge as error:
            return Finished(task.key, None, task.attempts, error.problem)
        # Whoever sees the names of tasks, as on Dask's dashboard, sees no students' names.
        name = f"submission-{uuid.uuid4().hex}"
        with self._answering():
            return self._client.submit(remote.grade, parcel, self._run, key=name, retries=RETRIES)

    def _threads(self) -> dict[str, int]:
        """Return how many tasks each worker does at a time."""
        with self._answering():
            return dict(self._client.nthreads())

    def _finished(self, sent: dict[Any, Task]) -> Iterator[Finished]:
        """Yield what is finished, once something is; what is yielded is no longer ``sent``."""
        from distributed import wait  # noqa: PLC0415 - it is optional

        with self._answering():
            try:
                done = wait(list(sent), WATCH, return_when="FIRST_COMPLETED").done
            except (asyncio.TimeoutError, TimeoutError):
                self._threads()
                return
            finished = [_read(future, sent[future]) for future in done]
        for future in done:
            del sent[future]
        yield from finished

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Take for the cluster's end what Dask raises when nobody answers any more.

        Raises:
            BadCourse: it is the cluster's end.
        """
        from distributed import CancelledError  # noqa: PLC0415

        try:
            yield
        except (OSError, RuntimeError, asyncio.TimeoutError, CancelledError) as error:
            text = "the cluster {address} does not answer any more; go on with --resume: {why}"
            raise BadCourse(message(text, address=self.address, why=_in_a_line(error))) from error

    def _check(self) -> None:
        """Ask every machine for its versions, and where it must whether it contains programs.

        A function of ours is asked for when it is known to be there.
        """
        python = {"python": self._versions["python"]}
        asked = (version, "pytest-sockets")
        scheduler = message("the scheduler {address}", address=self.address)
        for where, told in [(scheduler, self._at_scheduler(*asked)), *self._at_workers(*asked)]:
            self._refuse(where, {"pytest-sockets": told, **python})
        for where, told in self._at_workers(remote.versions, self._python):
            self._refuse(where, told)
        if self._manner["containment"] == "strict":
            for where, told in self._at_workers(remote.uncontained, json.dumps(self._manner)):
                if told is not None:
                    raise BadCourse(message("{where}: {problem}", where=where, problem=told))

    def _refuse(self, where: Message, theirs: Mapping[str, str]) -> None:
        wrong = remote.mismatch(where, self._versions, theirs)
        if wrong is not None:
            raise BadCourse(wrong)

    def _at_scheduler(self, function: Callable[..., Any], *values: str) -> Any:
        try:
            return self._client.run_on_scheduler(function, *values)
        except PackageNotFoundError:
            return ""

    def _at_workers(
        self, function: Callable[..., Any], *values: str
    ) -> Iterator[tuple[Message, Any]]:
        """Yield what ``function`` returns on each worker; "" where nothing is installed."""
        for address, told in self._client.run(function, *values, on_error="return").items():
            where = message("the worker {address}", address=address)
            if isinstance(told, Exception) and not isinstance(told, PackageNotFoundError):
                text = "{where} can't be asked what it has: {why}"
                raise BadCourse(message(text, where=where, why=_in_a_line(told)))
            yield where, "" if isinstance(told, Exception) else told


def _silence(package: str) -> None:
    """Have nothing logged by ``package``, whose parts Dask gives levels of their own."""
    for name in [package, *logging.root.manager.loggerDict]:
        if name.partition(".")[0] == package:
            logging.getLogger(name).setLevel(SILENT)


def _connected(address: str) -> Client:
    """Return a connection to the scheduler at ``address``.

    Raises:
        BadCourse: there is none, or Dask is not installed here.
    """
    if find_spec("distributed") is None:
        raise BadCourse(message("--cluster needs Dask: pip install 'pytest-sockets[cluster]'"))
    import dask  # noqa: PLC0415 - it is optional
    from distributed import Client  # noqa: PLC0415

    dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGE})
    text = "no Dask cluster answers at {address}: {why}"
    try:
        asyncio.run(asyncio.wait_for(_greeted(address), CONNECT + 1.0))
        return Client(address, timeout=CONNECT)
    except asyncio.TimeoutError as error:
        why = message("somebody is there, and does not speak as Dask does")
        raise BadCourse(message(text, address=shown(address), why=why)) from error
    # What else than OSError an address or a certificate may lead to is not documented.
    except Exception as error:
        raise BadCourse(message(text, address=shown(address), why=_in_a_line(error))) from error


async def _greeted(address: str) -> None:
    """Return once somebody at ``address`` speaks Dask: a client itself waits for ever for that."""
    from distributed import Security  # noqa: PLC0415
    from distributed.comm.core import connect  # noqa: PLC0415

    arguments = Security().get_connection_args("client")
    communication = await connect(address, timeout=CONNECT, **arguments)
    await communication.close()


def _read(future: Future[bytes], task: Task) -> Finished:
    """Return what came of ``task``, whose ``future`` is done."""
    from distributed import KilledWorker  # noqa: PLC0415

    if future.status != "error":
        try:
            return from_line(task.key, future.result())
        except ValueError as error:
            text = "what the cluster answered is no result: {why}"
            return Finished(task.key, None, task.attempts, message(text, why=shown(error)))
    raised = future.exception()
    if isinstance(raised, KilledWorker):
        times = raised.allowed_failures + 1
        text = "the worker of the cluster that graded it died, in each of {number} tries"
        return Finished(task.key, None, times, message(text, number=times))
    text = "it could not be graded on the cluster: {why}"
    return Finished(task.key, None, 1 + RETRIES, message(text, why=_in_a_line(raised)))


def _in_a_line(error: BaseException | None) -> str:
    """Return what an error says, whatever stands below its first line."""
    lines = str(error).strip().splitlines()
    return shown(lines[0] if lines else type(error).__name__)
