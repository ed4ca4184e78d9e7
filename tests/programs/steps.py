"""What the tests of programs do again and again: write one, start it, meet it."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import psutil
import pytest

from pytest_sockets.kernel import processes
from pytest_sockets.programs.place import Place, Runner
from pytest_sockets.programs.program import Program
from pytest_sockets.targets import Target, find
from pytest_sockets.wire.events import Address, Called, Typed
from pytest_sockets.wire.transcript import Transcript

LIMIT = 60.0
PAUSE = 0.002
VERSIONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13")


class Stage:
    """A folder with a homework, and the places in which it was started."""

    def __init__(self, runner: Runner, folder: Path) -> None:
        self.runner = runner
        self.folder = folder
        self._closing = contextlib.ExitStack()

    def write(self, name: str, content: str | bytes) -> Path:
        """Write one file of the homework."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def target(self, spec: str = "program.py", **kwargs: Any) -> Target:
        """Return the target that ``spec`` names in the folder."""
        return find(spec, folder=self.folder, **kwargs)[0]

    def place(self, spec: str = "program.py") -> Place:
        """Return a fresh place, which is closed with the test."""
        place = self.runner.place(self.target(spec))
        self._closing.callback(place.close)
        return place

    def start(self, content: str | bytes, *, client: bool = False) -> tuple[Place, Program]:
        """Write ``content`` as the program and start it; a client may reach the place's port."""
        self.write("program.py", content)
        place = self.place()
        peers = (place.port,) if client else ()
        return place, place.start(Transcript(), peers=peers)

    def run(self, content: str | bytes, *lines: str) -> Program:
        """Start the program, type ``lines`` and wait for its end."""
        _, program = self.start(content)
        for line in lines:
            program.type(line)
        return ended(program)

    def close(self) -> None:
        """End what was started."""
        self._closing.close()


def ended(program: Program) -> Program:
    """Return the program once it has ended by itself."""
    assert program.wait_ended(LIMIT), program.stderr
    return program


def said(stage: Stage, source: str) -> str:
    """Return what the program with this text prints; it ends well."""
    program = stage.run(source)
    assert not program.status, program.stderr
    return program.stdout.decode().strip()


def keeps(stage: Stage, layer: str) -> Stage:
    """Return the stage; skip the test where its machine lacks the layer of containment."""
    if layer in stage.runner.contained.missing:
        pytest.skip(f"{layer}: not in force here")
    return stage


def until(program: Program, condition: Any) -> None:
    """Wait until ``condition()`` holds, for as long as the program runs."""
    assert wait_for(program.transcript, lambda: condition() or not program.running)
    assert condition(), program.stderr


def wait_for(transcript: Transcript, condition: Any) -> bool:
    """Look at ``condition`` again and again; False when it never holds."""
    return any(condition() or transcript.wait(condition, PAUSE) for _ in range(int(LIMIT / PAUSE)))


def bound(place: Place, program: Program, kind: Literal["tcp", "udp"] = "tcp") -> Address:
    """Return the address on which the program listens, or is bound with UDP."""
    until(program, lambda: place.sockets(program, kind))
    host, port = place.sockets(program, kind)[0]
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port


def echoed(place: Place, address: Address, data: bytes = b"ping") -> bytes:
    """Return what a server makes of ``data``."""
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with place.socket(family, socket.SOCK_STREAM) as sock:
        sock.settimeout(LIMIT)
        sock.connect(address)
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(4096), b""))


def calls(program: Program) -> list[Called]:
    """Return what the program's trace tells."""
    return program.transcript.of(Called)


def typed(program: Program) -> list[Typed]:
    """Return what was typed."""
    return program.transcript.of(Typed)


def tree(program: Program) -> list[int]:
    """Return the process ids of the program and what it started."""
    return processes.tree(program.pid)


def gone(pid: int) -> bool:
    """Tell whether the process has ended."""
    return not processes.alive(pid)


@functools.cache
def interpreter(version: str) -> str | None:
    """Return the path of a Python of that version, None where this machine has none."""
    for path in _candidates(version):
        asked = subprocess.run(
            [path, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2], sys.executable)"],
            capture_output=True,
            text=True,
            check=False,
        )
        found, _, executable = asked.stdout.strip().partition(" ")
        if found == version:
            return executable
    return None


def _candidates(version: str) -> Iterator[str]:
    name = f"python{version}"
    found = shutil.which(name)
    # A shim of pyenv serves one version only; the others stand beside its folder.
    roots = [Path(found).parent.parent] if found else []
    roots += [Path(os.environ["PYENV_ROOT"])] if "PYENV_ROOT" in os.environ else []
    for root in roots:
        yield from (str(path) for path in sorted(root.glob(f"versions/{version}.*/bin/{name}")))
    if found:
        yield found


def working_in(folder: Path) -> set[int]:
    """Return the ids of all processes of this machine that work in the folder."""
    found = set()
    for process in psutil.process_iter():
        try:
            inside = Path(process.cwd()) == folder
        except (psutil.Error, OSError):
            continue
        if inside and processes.alive(process.pid):
            found.add(process.pid)
    return found


def needs(name: str) -> pytest.MarkDecorator:
    """Skip the test where the machine has no such program."""
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"there is no {name} here")


def compiled(stage: Stage, source: str) -> None:
    """Compile the C program ``source`` as ./program in the homework's folder."""
    stage.write("program.c", source)
    subprocess.run(["gcc", "-o", "program", "program.c"], cwd=stage.folder, check=True)
