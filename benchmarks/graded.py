"""Grades one program of the tests after the other, in a process of its own.

Knows the programs that the tests declare something of, and the file system on which
programs run, which may be a small one. Does not know what else the machine does.
"""

from __future__ import annotations

import ctypes
import functools
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "tests"))

import corpus  # noqa: E402 - the tests are no package, see above
import together  # noqa: E402

from benchmarks.stresses import NotInForce  # noqa: E402
from pytest_sockets.programs.place import Runner  # noqa: E402
from pytest_sockets.results import Outcome, Result  # noqa: E402

KINDS = {"reference": 4, "variant": 2, "mistake": 4, "pair": 1}
"""The kinds of programs, and how often each is drawn."""

SIZE = 4 << 20
CLONE_NEWNS, CLONE_NEWUSER = 0x20000, 0x10000000

_runner: list[Runner] = []
_copies: list[str] = []
_refused: list[str] = []


@dataclass(frozen=True)
class Program:
    """A program of the tests."""

    kind: str
    one: corpus.Homework | together.Two

    @property
    def declared(self) -> frozenset[str]:
        """The ids in the catalogue of what it is known to lose."""
        return self.one.declared

    @property
    def losses(self) -> set[str]:
        """The outcomes that are meant by it: a mistake's failures, whatever costs a variant."""
        return {"failed", "blocked", "not-judged"} if self.kind == "variant" else {"failed"}


@dataclass(frozen=True)
class Verdict:
    """What came of a program's behaviours, by their ids; ``ids`` are those of the catalogue."""

    outcomes: dict[str, str]
    ids: dict[str, str]
    told: dict[str, str]


@functools.cache
def programs() -> dict[str, Program]:
    """Return the programs by their names: ``mistake/tcp-echo-server-deaf``."""
    found: dict[str, Iterable[corpus.Homework]] = {
        "reference": corpus.references(),
        "variant": corpus.corpus("variants", "Loses"),
        "mistake": corpus.corpus("mistakes", "Fails"),
    }
    alone = {f"{kind}/{each.name}": Program(kind, each)
             for kind, some in found.items() for each in some}  # fmt: skip
    pairs = {f"pair/{each.id}": Program("pair", each)
             for each in (*together.references(), *together.agreed())}  # fmt: skip
    return alone | pairs


def begin(folder: str, room: int | None, portable: bool) -> None:  # noqa: FBT001 - by position
    """Prepare this process for grading; ``folder`` is its own.

    With ``room`` temporary files go there, onto a file system with that many bytes left,
    where this process may have one: see ``room_left``.
    """
    # Whatever is only copied to be graded is none of the grade's own files.
    _copies.append(tempfile.gettempdir())
    if room is not None:
        try:
            _confine(folder, room)
        except (OSError, subprocess.CalledProcessError) as error:
            _refused.append(str(error))
    _runner.append(Runner(portable=portable, private=True))


def close() -> None:
    """End what starts programs."""
    _runner.pop().close()


def grade(name: str, seed: int) -> Verdict:
    """Return what comes of a program with the payloads of ``seed``."""
    one = programs()[name].one
    results = corpus.grade(one, _runner[-1], seed) if isinstance(one, corpus.Homework) else _both(
        one, seed)  # fmt: skip
    told = {each.id: str(_said(each)) for each in results if _said(each) is not None}
    outcomes = {each.id: str(each.outcome) for each in results}
    return Verdict(outcomes, {each.id: each.behaviour for each in results}, told)


def _both(two: together.Two, seed: int) -> list[Result]:
    with tempfile.TemporaryDirectory(dir=_copies[-1]) as folder:
        return list(together.graded(two, Path(folder), _runner[-1], seed).values())


def _said(result: Result) -> object:
    judged = result.outcome is not Outcome.NOT_JUDGED
    return result.observed if judged else result.reason


def _confine(folder: str, room: int) -> None:
    """Put temporary files, for this process alone, on a file system with ``room`` bytes left."""
    libc, uid, gid = ctypes.CDLL(None, use_errno=True), os.getuid(), os.getgid()
    if libc.unshare(CLONE_NEWNS | (CLONE_NEWUSER if uid else 0)):
        raise OSError(ctypes.get_errno(), "this process can't have mounts of its own")
    if uid:
        Path("/proc/self/setgroups").write_text("deny", "ascii")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1", "ascii")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1", "ascii")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "soak", folder], check=True)
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    with Path(folder, "filled").open("wb") as file:
        file.write(bytes(SIZE - room))


def room_left() -> str:
    """Tell how much room is left for temporary files.

    Raises:
        NotInForce: there is as much as everywhere.
    """
    if _refused:
        raise NotInForce(_refused[-1])
    found = os.statvfs(tempfile.gettempdir())
    return f"{found.f_bavail * found.f_frsize >> 10} KiB left for temporary files"
