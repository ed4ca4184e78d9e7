"""One test for each fixture that benchmarks/fixtures.py measures; each does nothing with it.

Fixtures of packages that are not installed are left out. Those that other
packages keep for a whole session are started and stopped for each test here.
"""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

QUICK, SLOW = 300, 5
"""How often a test is repeated: of what takes about a millisecond, and of what takes far more."""

NOTHING, FLOOR, POPEN = "no fixture", "bare thread", "bare Popen"
ECHO = """
import socket, sys
listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
print("ready", flush=True)
while True:
    with listener.accept()[0] as connection:
        while data := connection.recv(65536):
            connection.sendall(data)
"""
TIMES = {
    NOTHING: QUICK,
    FLOOR: QUICK,
    "reference_server": QUICK,
    "scripted_server": QUICK,
    "faulty_proxy": QUICK,
    "tcp_port": QUICK,
    "busy_port": QUICK,
    "lingering_port": 50,
    "no_socket_leaks": QUICK,
    "reference_server(process=True)": 50,
    POPEN: 20,
    "pytest-httpserver": SLOW,
    "pytest-localserver": SLOW,
    "pytest-xprocess": SLOW,
    "mirakuru": SLOW,
}
NEEDS = {
    "pytest-httpserver": "pytest_httpserver",
    "pytest-localserver": "pytest_localserver",
    "pytest-xprocess": "xprocess",
    "mirakuru": "mirakuru",
}
ROWS = [name for name in TIMES if importlib.util.find_spec(NEEDS.get(name, "socket"))]
INTERLEAVED = [
    name
    for turn in range(max(TIMES.values()))
    for name in ROWS
    if turn % (QUICK // TIMES[name]) == 0
]


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Start and stop what the row is about."""
    started = STARTS.get(request.param)
    if started is not None:
        yield from started(request)
    elif request.param != NOTHING:
        yield request.getfixturevalue(request.param)
    else:
        yield None


@pytest.mark.parametrize("server", INTERLEAVED, indirect=True)
def test_row(server: Any) -> None:
    """Set up and torn down: nothing else is measured."""


def _bare_thread(_: pytest.FixtureRequest) -> Iterator[Any]:
    """Bind, listen, accept in a thread, and close: what every server in a thread has to do."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        listener.accept()[0].close()

    thread = threading.Thread(target=accept)
    thread.start()
    yield listener
    socket.create_connection(listener.getsockname()).close()
    thread.join()
    listener.close()


def _reference(request: pytest.FixtureRequest) -> Iterator[Any]:
    yield request.getfixturevalue("reference_server")("tcp-echo")


def _reference_process(request: pytest.FixtureRequest) -> Iterator[Any]:
    yield request.getfixturevalue("reference_server")("tcp-echo", process=True)


def _scripted(request: pytest.FixtureRequest) -> Iterator[Any]:
    from pytest_sockets import ExpectEnd, Say  # noqa: PLC0415 - with the other imports of a test

    server = request.getfixturevalue("scripted_server")([Say(b"x"), ExpectEnd()])
    yield server
    with socket.create_connection(server.address) as client:
        client.recv(1)


def _proxy(request: pytest.FixtureRequest) -> Iterator[Any]:
    upstream = request.getfixturevalue("busy_port")
    yield request.getfixturevalue("faulty_proxy")(("127.0.0.1", upstream))


def _popen(request: pytest.FixtureRequest) -> Iterator[Any]:
    port = str(request.getfixturevalue("tcp_port"))
    words = [sys.executable, "-I", "-c", ECHO, port]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def _httpserver(_: pytest.FixtureRequest) -> Iterator[Any]:
    from pytest_httpserver import HTTPServer  # noqa: PLC0415 - need not be installed

    with HTTPServer() as server:
        yield server


def _localserver(_: pytest.FixtureRequest) -> Iterator[Any]:
    from pytest_localserver.http import ContentServer  # noqa: PLC0415 - need not be installed

    server = ContentServer()
    server.start()
    yield server
    server.stop()


def _xprocess(request: pytest.FixtureRequest) -> Iterator[Any]:
    from xprocess import ProcessStarter  # noqa: PLC0415 - need not be installed

    xprocess, port = request.getfixturevalue("xprocess"), request.getfixturevalue("tcp_port")
    name = f"echo-{port}"

    class Echo(ProcessStarter):  # type: ignore[misc, unused-ignore]
        pattern = "ready"
        args = (sys.executable, "-I", "-c", ECHO, port)

    yield xprocess.ensure(name, Echo)
    xprocess.getinfo(name).terminate()


def _mirakuru(request: pytest.FixtureRequest) -> Iterator[Any]:
    from mirakuru import TCPExecutor  # noqa: PLC0415 - need not be installed

    port = request.getfixturevalue("tcp_port")
    script = Path(request.getfixturevalue("tmp_path")) / "echo.py"
    script.write_text(ECHO, "utf-8")
    with TCPExecutor(f"{sys.executable} -I {script} {port}", "127.0.0.1", port) as executor:
        yield executor


STARTS = {
    FLOOR: _bare_thread,
    "reference_server": _reference,
    "reference_server(process=True)": _reference_process,
    "scripted_server": _scripted,
    "faulty_proxy": _proxy,
    POPEN: _popen,
    "pytest-httpserver": _httpserver,
    "pytest-localserver": _localserver,
    "pytest-xprocess": _xprocess,
    "mirakuru": _mirakuru,
}
