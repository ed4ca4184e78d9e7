"""PYTEST_SOCKETS_PORTABLE=1: nothing is used any more that only Linux has."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from running import Folder
from tripwires import FILE

from pytest_sockets.kernel import processes, sock_diag, threads, unix_diag
from pytest_sockets.kernel.portable import PORTABLE
from pytest_sockets.programs.place import Runner

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is nothing to turn off")

FIXTURES = """
import socket
import threading

from pytest_sockets import Expect, Reset, Say

SLEEPER = "import socket\\nsocket.create_server(('127.0.0.1', 8000)).accept()\\n"


def test_servers_and_proxies(tcp_echo_server, unix_echo_server, faulty_proxy):
    for server in (tcp_echo_server, faulty_proxy(tcp_echo_server)):
        with socket.create_connection(server.address) as client:
            client.sendall(b"x" * 1_000_000)
            left = 1_000_000
            while left:
                left -= len(client.recv(left))
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(faulty_proxy(unix_echo_server).address)
        client.sendall(b"x")
        assert client.recv(1) == b"x"


def test_a_reset(tcp_echo_server, faulty_proxy):
    with socket.create_connection(faulty_proxy(tcp_echo_server, Reset(after=1)).address) as client:
        client.sendall(b"xx")


def test_scripts(scripted_client, scripted_server):
    server = scripted_server([Expect(b"x"), Say(b"y")])
    scripted_client([Say(b"x"), Expect(b"y")], server).wait()


def test_ports(tcp_port, busy_port, lingering_port):
    assert tcp_port


def test_programs(program, reference_server, tmp_path):
    (tmp_path / "waits.py").write_text(SLEEPER)
    server = program(tmp_path / "waits.py")
    server.wait_listening()
    assert server.idle()
    assert reference_server("tcp-echo", process=True).address


def test_leaks(no_socket_leaks):
    with socket.create_server(("127.0.0.1", 0)):
        pass
    thread = threading.Thread(target=len, args=("",))
    thread.start()
"""


def touched(folder: Folder, *arguments: str, portable: bool) -> set[str]:
    """Run pytest in ``folder`` and return what of Linux our code has used in its process."""
    told = folder.path / "touched.txt"
    environment = {
        PORTABLE: "1" if portable else "",
        FILE: str(told),
        "PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, sys.path)]),
    }
    run = folder.pytest("-p", "tripwires", *arguments, env=environment)
    assert run.status == 0, run.said
    return set(told.read_text("utf-8").split("\n")) - {""}


@pytest.mark.parametrize("name", ["tcp_hello_server", "udp_hello_client"])
def test_a_grade_uses_nothing_of_linux(name: str, folder: Folder) -> None:
    """Programs are started, watched and restarted without."""
    assert touched(folder, "--target", str(REFERENCE / f"{name}.py"), portable=True) == set()


def test_the_fixtures_use_nothing_of_linux(folder: Folder) -> None:
    """Neither do servers, proxies, scripts, ports, programs and the search for leaks."""
    folder.write("test_fixtures.py", FIXTURES)
    assert touched(folder, "test_fixtures.py", portable=True) == set()


@pytest.mark.skipif(
    os.environ.get(PORTABLE, "") != "", reason="what is there was turned off for all tests"
)
def test_otherwise_it_is_used(folder: Folder) -> None:
    """So the two tests above would notice."""
    folder.write("test_fixtures.py", FIXTURES)
    used = touched(folder, "test_fixtures.py", portable=False)
    used |= touched(folder, "--target", str(REFERENCE / "tcp_echo_server.py"), portable=False)
    assert used >= {
        "/proc/PID/task",
        "AF_NETLINK",
        "the site",
        "eventfd",
        "epoll",
        "sched_setaffinity",
    }


def test_nothing_says_that_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for one of the kernel's proofs is told that there is none."""
    monkeypatch.setenv(PORTABLE, "1")
    kernel = (sock_diag, unix_diag, threads, processes)
    assert not any(module.available() for module in kernel)


def test_every_runner_obeys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that nobody told to be portable."""
    monkeypatch.setenv(PORTABLE, "1")
    runner = Runner(private=True)
    try:
        assert not runner.kernel
        assert not runner.launcher.network
        assert runner.launchers.references is None
    finally:
        runner.close()
