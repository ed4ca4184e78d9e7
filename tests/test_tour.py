"""The tour shows what is so: every stop runs, and what it saw is compared with Linux.

``tour_on_linux.txt`` holds what the stops print there. In it ``<n>`` stands for
a number and ``<...>`` for words that differ between versions of Python; other
names in angle brackets are facts of the machine that this test finds out itself.
"""

from __future__ import annotations

import ast
import ctypes
import os
import random
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import psutil
import pytest

from pytest_sockets import NotJudged, tour
from pytest_sockets.kernel import processes
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Result
from pytest_sockets.targets import Target

STOPS = {w.behaviour.ask.__name__: w for w in tour.assignment().profile.behaviours}
FOLDER = Path(__file__).parent.parent / "conformance" / "tour"
WRITTEN = (Path(__file__).parent / "tour_on_linux.txt").read_text("utf-8")
ON_LINUX = {
    name: printed for name, _, printed in (s.partition("\n") for s in WRITTEN.split("== ")[1:])
}
FACTS = (
    *(f"API-{number:02}" for number in range(1, 14)),
    *("LIF-01", "LIF-05", "LIF-07", "LIF-08", "LIF-09", "LIF-10", "LIF-11", "LIF-14"),
    *("PRT-01", "PRT-02", "PRT-06", "PRT-07", "PRT-08", "PRT-09", "PRT-10"),
    *("DAT-02", "DAT-05", "DAT-06", "DAT-08", "DAT-09", "DAT-10", "DAT-13"),
    *("CLS-01", "CLS-05", "CLS-08", "CLS-10", "CLS-11"),
    *("MSG-01", "MSG-04", "HDR-04"),
    *("UDP-02", "UDP-06", "UDP-07", "UDP-12", "UDP-13", "UDP-17"),
)
"""What is documented of the socket API and asked of no program."""

METHODS = (
    *("bind", "listen", "accept", "connect", "connect_ex", "recv", "send", "sendall"),
    *("recvfrom", "sendto", "getpeername", "getsockname", "getsockopt", "setsockopt"),
    *("close", "setblocking", "settimeout", "gettimeout", "fileno", "makefile"),
)
"""The tutorial's table of a socket's methods."""

linux = pytest.mark.skipif(sys.platform != "linux", reason="what is compared is Linux")


def shown(runner: Runner, *names: str) -> list[Result]:
    """Return what the stops ``names`` show."""
    made = tour.Tour(tour.assignment(), runner, seed=1)
    return [made.result(STOPS[name]) for name in names]


def may(kind: int, port: int) -> str:
    """Return what comes of a socket of that kind, bound to a port where there is one."""
    try:
        with socket.socket(socket.AF_INET, kind, socket.IPPROTO_ICMP if not port else 0) as sock:
            if port:
                sock.bind(("127.0.0.1", port))
    except OSError as error:
        return f"PermissionError {error}" if not port else str(error)
    return "bound" if port else "allowed"


def setting(name: str) -> list[str]:
    """Return the words of a setting of the kernel."""
    return Path("/proc/sys/net/ipv4", name).read_text("ascii").split()


class Padded(ctypes.Structure):
    """What a C compiler makes of an int and a long long."""

    _fields_ = (("first", ctypes.c_int), ("second", ctypes.c_longlong))


def facts() -> Mapping[str, str]:
    """Return what is so on this machine, found out in another way than the stops do."""
    return {
        "user": str(os.geteuid()),
        "raw": may(socket.SOCK_RAW, 0),
        "web": may(socket.SOCK_STREAM, 80),
        "low": may(socket.SOCK_STREAM, 1023),
        "host": socket.gethostname(),
        "range": " to ".join(setting("ip_local_port_range")),
        "first": setting("ip_unprivileged_port_start")[0],
        "wmem": setting("tcp_wmem")[1],
        "rmem": setting("tcp_rmem")[1],
        "endian": sys.byteorder,
        "native": repr((38).to_bytes(4, sys.byteorder)),
        "largest": repr((2**31 - 1).to_bytes(4, sys.byteorder)),
        "padded": str(ctypes.sizeof(Padded)),
    }


def pattern(text: str) -> str:
    """Return a regular expression for the output that ``text`` describes."""
    parts = re.split(r"<([a-z]+|\.\.\.)>", text.strip() + "\n")
    known = {"n": r"\d+", "...": r"[\s\S]*", **{k: re.escape(v) for k, v in facts().items()}}
    return "".join(
        known[part] if place % 2 else re.escape(part) for place, part in enumerate(parts)
    )


@linux
@pytest.mark.parametrize("name", STOPS)
def test_a_stop_sees_what_is_so_on_linux(name: str, runner: Runner) -> None:
    """Each line that it prints is the fact that is known of Linux."""
    (result,) = shown(runner, name)

    assert result.outcome is Outcome.INFO
    assert re.fullmatch(pattern(ON_LINUX[name]), result.printed.decode())
    assert result.errors == b""


@linux
@pytest.mark.parametrize("name", ["half_a_close", "a_socket_is_bound_once"])
def test_a_stop_needs_nothing_but_processes(name: str, portable_runner: Runner) -> None:
    """Where nothing is proved by the kernel it sees the same."""
    (result,) = shown(portable_runner, name)

    assert re.fullmatch(pattern(ON_LINUX[name]), result.printed.decode())
    assert (result.outcome, result.labels) == (Outcome.INFO, ())


def test_a_stop_says_where_it_differs(runner: Runner) -> None:
    """That is decided by what it compared, not by what was expected here."""
    agrees, differs = shown(runner, "half_a_close", "a_socket_is_bound_once")

    assert (agrees.differs, differs.differs) == (None, tour.DIFFERS)
    assert str(differs.expected).startswith("its console session binds one socket three times")
    assert str(differs.observed).startswith("first bind -> bound; second bind -> [Errno")


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_has_its_stop(fact: str) -> None:
    """What the tutorials say of the API and ask of nobody can be looked at."""
    assert fact in {weighed.behaviour.catalogue for weighed in STOPS.values()}


@pytest.mark.parametrize("method", METHODS)
def test_every_method_of_the_table_is_called(method: str) -> None:
    """The tutorial lists them without an example; here each has one."""
    assert any(f".{method}(" in tour.code(name) for name in STOPS)


def test_every_script_is_a_stop() -> None:
    """The order names each file once, and none that is not there."""
    assert sorted([*STOPS, "__init__"]) == sorted(path.stem for path in FOLDER.glob("*.py"))
    assert sorted(ON_LINUX) == sorted(STOPS)


@pytest.mark.parametrize("name", STOPS)
def test_a_stop_can_be_copied_and_read(name: str) -> None:
    """It is Python 3.8, short and narrow, and needs the standard library only."""
    text = (FOLDER / f"{name}.py").read_text("utf-8")
    tree = ast.parse(text, feature_version=(3, 8))

    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert imported <= sys.stdlib_module_names
    assert not any(isinstance(node, ast.ImportFrom) for node in ast.walk(tree))
    assert max(map(len, text.splitlines())) <= 80
    assert len(tour.code(name).splitlines()) <= 70
    assert 'print("as the tutorial says:", ' in text.splitlines()[-1]


@pytest.mark.parametrize("name", STOPS)
def test_what_was_not_run_is_called_so(name: str) -> None:
    """A sentence about another system says that it is documented, and nothing more."""
    docstring = " ".join(
        (ast.get_docstring(ast.parse((FOLDER / f"{name}.py").read_text())) or "").split()
    )

    assert not {*"{}"} & {*docstring}
    for sentence in re.split(r"(?<=\.) ", docstring):
        if re.search("Windows|macOS", sentence):
            assert "(documented, not run)" in sentence


@pytest.mark.parametrize("name", ["the_end_is_an_empty_recv", "datagrams_keep_their_borders"])
def test_a_stop_runs_without_us(name: str, tmp_path: Path) -> None:
    """Copied into a folder of one's own it prints what it prints in the tour."""
    copy = tmp_path / "mine.py"
    copy.write_text(tour.code(name), "utf-8")

    done = subprocess.run([sys.executable, "-I", copy], capture_output=True, check=True)

    assert re.fullmatch(pattern(ON_LINUX[name]), done.stdout.decode())


def stop(runner: Runner, folder: Path, source: str) -> tour.Stop:
    """Return a stop of our own."""
    path = folder / "stop.py"
    path.write_text(source, "utf-8")
    place = runner.place(Target(spec="stop.py", kind="tour", name="stop", root=folder, path=path))
    return tour.Stop(place, tour.assignment().profile, random.Random(0), runner.quiet)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('import sys\nsys.exit("not here: no IPv6")', "no IPv6"),
        ("1 / 0", "the stop ended with status 1: ZeroDivisionError: division by zero"),
        ("import os, signal\nos.kill(os.getpid(), 9)", "the stop ended with status -9: "),
    ],
)
def test_what_can_not_be_shown_is_not_judged(
    source: str, reason: str, runner: Runner, tmp_path: Path
) -> None:
    """The reason is the stop's own, or its error: nothing is claimed of the machine."""
    made = stop(runner, tmp_path, source)
    with made, pytest.raises(NotJudged) as told:
        made.show()
    made.place.close()

    assert str(told.value.reason) == reason


def test_a_stop_that_does_not_end_is_not_judged(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is given up and taken down."""
    monkeypatch.setattr(tour, "LIMIT", 0.1)
    made = stop(runner, tmp_path, "input()")
    with made, pytest.raises(NotJudged, match=r"^it did not end within 0\.1 s$"):
        made.show()
    made.place.close()

    assert not made.program.running


def test_nothing_is_left_behind(runner: Runner) -> None:
    """No process, no descriptor and no thread of a stop outlives it: their number stays."""
    names = ["half_a_close", "a_killed_program_closes_its_sockets", "unix_socket_is_a_file"]
    shown(runner, names[0])
    us = psutil.Process()
    before = (us.num_fds(), threading.active_count(), len(processes.tree(us.pid)))

    shown(runner, *names)

    assert (us.num_fds(), threading.active_count(), len(processes.tree(us.pid))) == before
