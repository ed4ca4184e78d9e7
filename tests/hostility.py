"""Hostile programs, and the world around a grade that they must not touch.

A hostile program is a homework that tries something beside. It is told where everything
lies that it could want, so that nothing but containment stands in its way.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import re
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from corpus import Homework

from pytest_sockets.behaviours import Role

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"
SHARED = [Path(name) for name in ("/tmp", "/var/tmp", "/dev/shm")]
TOKEN = "GRADEBOOK_TOKEN"
SAID = re.compile(r"^([A-Z][a-z ]+): (.*)$", re.MULTILINE)
IPC_RMID = 0


@dataclass(frozen=True)
class Hostile:
    """A hostile program; ``deserves`` are the catalogue's ids that its grade has to lack.

    ``shows`` is what gives it away where it succeeds: a ``change`` or a ``connection``
    outside, a ``secret`` that it tells, ``got`` in what it prints, or nothing but its
    grade. ``where`` is the condition under which it would, uncontained.
    """

    path: Path
    role: Role
    title: str
    tries: str
    stopped_by: tuple[str, ...]
    without: str
    deserves: frozenset[str]
    shows: str
    where: str

    @property
    def name(self) -> str:
        """The program's name in test ids."""
        return self.path.stem


def hostiles() -> list[Hostile]:
    """Return all hostile programs."""
    return [_read(path) for path in sorted((HERE / "hostile").glob("*.py"))]


def _read(path: Path) -> Hostile:
    docstring = path.read_text("utf-8").split('"""')[1]
    said = dict(SAID.findall(docstring))
    shows, _, where = said["Shows"].partition(" (")
    return Hostile(
        path=path,
        role="client" if said.get("Role") == "client" else "server",
        title=docstring.partition("\n")[0],
        tries=said["Tries"],
        stopped_by=tuple(said["Stopped by"].split(", ")),
        without=said["Without"],
        deserves=frozenset(re.findall(r"[A-Z]{3}-\d\d", said["Deserves"])),
        shows=shows,
        where=where.rstrip(")"),
    )


class World:
    """What lies around a grade: others' submissions, a home, servers, the grader's secrets.

    The program's folder holds ``where.json``, which tells where all of that is, and
    ``answers.json``, what an earlier grade has sent.
    """

    def __init__(self, hostile: Hostile, answers: Mapping[str, str]) -> None:
        self.secret = f"secret-{secrets.token_hex(8)}"
        self.memory = bytearray(f"in-memory-{secrets.token_hex(8)}".encode())
        self.mark = f"h{secrets.token_hex(6)}"
        self.key = secrets.randbelow(1 << 30) + 1
        self._closing = contextlib.ExitStack()
        within = "/var/tmp" if os.path.isdir("/var/tmp") else None
        self.folder = Path(tempfile.mkdtemp(prefix="hostile-", dir=within))
        self._closing.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self._closing.callback(self._clean)
        for name in ("others/alice/server.py", "others/bob/server.py", "home/.ssh/id_rsa",
                     "home/.netrc", "grades/results.json"):  # fmt: skip
            self._write(name, f"# {self.secret}\n")
        self._servers = {
            "tcp": self._closing.enter_context(socket.create_server(("127.0.0.1", 0))),
            "udp": self._closing.enter_context(socket.socket(type=socket.SOCK_DGRAM)),
            "unix": self._listener(str(self.folder / "service.sock")),
            "abstract": self._listener(f"\0{self.mark}"),
        }
        self._servers["udp"].bind(("127.0.0.1", 0))
        for server in self._servers.values():
            server.setblocking(False)
        path = self._write("program/server.py", hostile.path.read_text("utf-8"))
        self._write("program/where.json", json.dumps(self._where()))
        self._write("program/answers.json", json.dumps(dict(answers)))
        self.homework = Homework(path, "tcp-echo", hostile.role, hostile.deserves)
        self.before = self._digests()

    def __enter__(self) -> World:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def _write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def _listener(self, name: str) -> socket.socket:
        listener = self._closing.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(name)
        listener.listen()
        return listener

    def _where(self) -> dict[str, Any]:
        return {
            "others": str(self.folder / "others"),
            "home": str(self.folder / "home"),
            "reference": str(REFERENCE),
            "grader": os.getpid(),
            "tcp": self._servers["tcp"].getsockname()[1],
            "udp": self._servers["udp"].getsockname()[1],
            "unix": str(self.folder / "service.sock"),
            "abstract": self.mark,
            "mark": self.mark,
            "key": self.key,
            "path": [entry for entry in sys.path if entry],
        }

    def changed(self) -> list[str]:
        """Return what is not as it was: files, litter in shared folders, shared memory."""
        now = self._digests()
        files = [path for path in {*self.before, *now} if self.before.get(path) != now.get(path)]
        litter = [str(folder / self.mark) for folder in SHARED if (folder / self.mark).exists()]
        return sorted(files) + litter + (["shared memory"] if self._segment() is not None else [])

    def connected(self) -> list[str]:
        """Return which of the world's servers were reached."""
        found = []
        for name, server in self._servers.items():
            with contextlib.suppress(BlockingIOError):
                server.recv(100) if name == "udp" else server.accept()[0].close()
                found.append(name)
        return found

    def left(self) -> list[str]:
        """Return the processes of the machine that carry the mark as their name."""
        found = [each.pid for each in psutil.process_iter(["name"])
                 if each.info["name"] == self.mark]  # fmt: skip
        return [f"marked process {pid}" for pid in found]

    def told(self, text: bytes) -> list[str]:
        """Return which of the secrets ``text`` holds."""
        kept = [self.secret.encode(), bytes(self.memory), os.environ[TOKEN].encode()]
        return [secret.decode() for secret in kept if secret in text]

    def _digests(self) -> dict[str, str]:
        """Return of each file what it is and holds."""
        found = [path for path in self.folder.rglob("*") if path.is_symlink() or not path.is_dir()]
        return {
            str(path): f"{path.lstat().st_mode:o} {path.lstat().st_nlink} {_digest(path)}"
            for path in found
        }

    def _segment(self) -> int | None:
        found = ctypes.CDLL(None).shmget(self.key, 0, 0)
        return found if found >= 0 else None

    def _clean(self) -> None:
        for folder in SHARED:
            (folder / self.mark).unlink(missing_ok=True)
        segment = self._segment()
        if segment is not None:
            ctypes.CDLL(None).shmctl(segment, IPC_RMID, None)


def _digest(path: Path) -> str:
    if path.is_symlink() or not path.is_file() or not os.access(path, os.R_OK):
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _routed() -> bool:
    """Tell whether this machine has a way out; no packet is sent to find out."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
        return bool(probe.getsockname()[0] != "192.0.2.1")


def _traceable() -> bool:
    """Tell whether programs may look into each other (ptrace(2), Yama)."""
    try:
        return os.getuid() == 0 or Path("/proc/sys/kernel/yama/ptrace_scope").read_text() == "0\n"
    except OSError:
        return True


def _descriptors() -> bool:
    """Tell whether a program may have more of them than it needs."""
    import resource

    return resource.getrlimit(resource.RLIMIT_NOFILE)[1] > 8000


CONDITIONS: dict[str, Callable[[], bool]] = {
    "": lambda: True,
    "root": lambda: os.getuid() == 0,
    "route": _routed,
    "memory": _traceable,
    "descriptors": _descriptors,
}
"""Where a program succeeds without containment, by the word in its first lines."""


@contextlib.contextmanager
def token() -> Iterator[None]:
    """Have a token in the environment of whoever grades."""
    os.environ[TOKEN] = f"token-{secrets.token_hex(8)}"
    try:
        yield
    finally:
        del os.environ[TOKEN]
