"""Runs a replay beside the program that it was written for, as a person would."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from corpus import HERE, SEED

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Role
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.messages import Message
from pytest_sockets.programs.place import Runner
from pytest_sockets.replay.folder import Failure, script
from pytest_sockets.results import Result
from pytest_sockets.targets import find

GRADED = "when it was graded: "
TYPE = "type in your program's terminal: "
LIMIT = 60.0


@dataclass(frozen=True)
class Written:
    """A replay as it was written for a failure of the program at ``path``."""

    result: Result
    path: Path
    source: str

    @property
    def address(self) -> str:
        """The port, or the path of the socket file, that the program names."""
        found = re.search(r'^(?:PORT|ADDRESS) = .* else "?([^"\n]+)"?$', self.source, re.MULTILINE)
        assert found is not None
        return found[1]


def failing(name: str, slug: str, runner: Runner) -> Failure:
    """Return how the mistake ``name`` (exercise/role/file) fails the behaviour ``slug``."""
    path = HERE / "mistakes" / f"{name}.py"
    exercise = catalogue.exercises()[path.parts[-3]]
    roles: dict[str, Role] = {"server": "server", "client": "client", "function": "function"}
    target = find(path.name, folder=path.parent)[0]
    grading = Grading(Assignment(target, exercise, roles[path.parts[-2]]), runner, SEED)
    asked = grading.assignment.profile.behaviours
    result = next(grading.result(each) for each in asked if each.behaviour.slug == slug)
    facts = grading.assignment.profile.facts
    return Failure(result, target, exercise.transport, path.parts[-2], facts.get("unrepeatable"))


def written(name: str, slug: str, runner: Runner) -> Written:
    """Return the replay of how the mistake ``name`` fails ``slug``."""
    failure = failing(name, slug, runner)
    source = script(failure, "replay.py")
    assert not isinstance(source, Message), str(source)
    assert failure.target.path is not None
    return Written(failure.result, failure.target.path, source)


def repeated(replay: Written, program: Path, folder: Path) -> str:
    """Return what the replay prints beside ``program``, until it has told what it was graded for.

    Both get a free port; a client is typed what the replay says.
    """
    here = str(_free_port(replay))
    words = ["127.0.0.1", here] if here.isdigit() else [here]
    (folder / "replay.py").write_text(replay.source, "utf-8")
    text = program.read_text("utf-8")
    own = folder / program.name
    own.write_text(_at(text, replay.address, here), "utf-8")
    if "def listen" in replay.source or "def bound" in replay.source:
        with _running([folder / "replay.py", *words], folder) as asking:
            return _beside(asking, own, folder)
    with _running([own], folder) as answering:
        _wait_until_bound(answering)
        with _running([folder / "replay.py", *words], folder) as asking:
            return "".join(_until_told(asking))


def _at(text: str, named: str, here: str) -> str:
    """Return a program's source with the address ``here`` in place of the tutorial's."""
    found = re.search(r"\b(?:80\d\d|8999|9000)\b", text) if here.isdigit() else None
    return text.replace(found[0] if found else named, here).replace('"echo.sock"', repr(here))


def _free_port(replay: Written) -> int | str:
    if not replay.address.isdigit():
        return "here.sock"
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(words: list[Path | str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, *map(str, words)], cwd=folder, text=True, encoding="utf-8",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _wait_until_bound(process: subprocess.Popen[str]) -> None:
    """Wait until the program has a bound socket; a connection would be its first client."""
    theirs, until = psutil.Process(process.pid), time.monotonic() + LIMIT
    while not any(c.status in ("LISTEN", "NONE") for c in theirs.net_connections("all")):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.01)


def _until_told(asking: subprocess.Popen[str]) -> Iterator[str]:
    """Yield what the replay prints until it waits for what does not come, or ends."""
    assert asking.stdout is not None
    enough = threading.Timer(LIMIT, asking.kill)
    enough.start()
    try:
        told = False
        for line in asking.stdout:
            yield line
            told = told or GRADED in line
            if told and line.startswith("  "):
                return
    finally:
        enough.cancel()


def _beside(asking: subprocess.Popen[str], program: Path, folder: Path) -> str:
    """Start the client when the replay says so, and type what it says."""
    heard: list[str] = []
    lines = _until_told(asking)
    for line in lines:
        heard.append(line)
        if "start your program" in line:
            break
    with _running([program], folder) as client:
        assert client.stdin is not None
        for line in lines:
            heard.append(line)
            if TYPE in line:
                client.stdin.write(line.partition(TYPE)[2])
                client.stdin.flush()
    return "".join(heard)
