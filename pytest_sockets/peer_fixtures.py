"""The fixtures for peers and programs: scripted peers, reference servers, started programs.

Knows pytest, and which of our own objects each fixture hands out. Does not know
how they work. Every pytest run loads this module, so what a fixture needs is
imported when a test asks for it.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .factories import ReferenceServers, ScriptedClients, ScriptedServers
    from .programs.place import Runner
    from .roles.running import RunningProgram
    from .servers.loop import Loop
    from .servers.reference import ReferenceServer
    from .started import Programs


@pytest.fixture(scope="session")
def sockets_loop() -> Iterator[Loop]:
    """Run the thread in which all reference servers of the session live."""
    from .servers.loop import Loop

    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def sockets_runner() -> Iterator[Runner]:
    """Keep the warm interpreter from which all programs of the session are started."""
    from .programs.place import Runner

    runner = Runner(portable=os.environ.get("PYTEST_SOCKETS_PORTABLE", "") not in ("", "0"))
    yield runner
    runner.close()


@pytest.fixture
def scripted_server(request: pytest.FixtureRequest) -> Iterator[ScriptedServers]:
    r"""Start servers that say and expect exactly what a script lists.

    ``scripted_server(script, …)`` listens already when it returns. A step that the code
    under test does not meet fails the test, with the exchange and the difference; so does
    a step that was not reached when the test ends.

    Example:
        def test_says_hello(scripted_server):
            server = scripted_server([Expect(b"HELLO\r\n"), Say(b"250 ", b"ok\r\n"), ExpectEnd()])
            with socket.create_connection(server.address) as client:
                client.sendall(b"HELLO\r\n")
                assert client.makefile("rb").readline() == b"250 ok\r\n"
    """
    from .factories import ScriptedServers

    with ScriptedServers(request) as servers:
        yield servers


@pytest.fixture
def scripted_client(request: pytest.FixtureRequest) -> Iterator[ScriptedClients]:
    """Start clients that say and expect exactly what a script lists.

    ``scripted_client(script, address)`` has connected when it returns; the rest is as with
    ``scripted_server``.

    Example:
        def test_echoes_in_pieces(scripted_client, tcp_echo_server):
            script = [Say(b"hel", b"lo"), Expect(b"hello"), HalfClose(), ExpectEnd()]
            scripted_client(script, tcp_echo_server.address).wait()
    """
    from .factories import ScriptedClients

    with ScriptedClients(request) as clients:
        yield clients


@pytest.fixture(scope="session")
def reference_server_factory(request: pytest.FixtureRequest) -> Iterator[ReferenceServers]:
    """Start reference servers that last until the session ends; see ``reference_server``."""
    yield from _references(request)


@pytest.fixture
def reference_server(request: pytest.FixtureRequest) -> Iterator[ReferenceServers]:
    """Start reference servers of our exercises: ``reference_server(exercise, …)``.

    It has ``address``, ``transcript`` and ``stop()``. With ``process=True`` the reference
    program runs in a process of its own; see ``program`` for what it has then.

    Example:
        def test_greets(reference_server):
            server = reference_server("tcp-greeting", greeting=b"hi")
            with socket.create_connection(server.address) as client:
                assert client.recv(100) == b"hi"
    """
    yield from _references(request)


def _references(request: pytest.FixtureRequest) -> Iterator[ReferenceServers]:
    from .factories import ReferenceServers

    started = f"program{'_factory' if request.scope == 'session' else ''}"
    loop = request.getfixturevalue("sockets_loop")

    def child(exercise: str) -> RunningProgram:
        programs: Programs = request.getfixturevalue(started)
        return programs.reference(exercise)

    with ReferenceServers(request, loop, child) as servers:
        yield servers


@pytest.fixture
def tcp_echo_server(reference_server: ReferenceServers) -> ReferenceServer:
    """Run a TCP echo server: ``reference_server("tcp-echo-concurrent")``.

    Example:
        def test_echoes(tcp_echo_server):
            with socket.create_connection(tcp_echo_server.address) as client:
                client.sendall(b"hello")
                assert client.recv(100) == b"hello"
    """
    return reference_server("tcp-echo-concurrent")


@pytest.fixture
def udp_echo_server(reference_server: ReferenceServers) -> ReferenceServer:
    """Run a UDP echo server: ``reference_server("udp-echo")``."""
    return reference_server("udp-echo")


@pytest.fixture
def unix_echo_server(reference_server: ReferenceServers) -> ReferenceServer:
    """Run an AF_UNIX echo server; its ``address`` is a path: ``reference_server("unix-echo")``."""
    return reference_server("unix-echo")


@pytest.fixture(scope="session")
def program_factory(request: pytest.FixtureRequest, sockets_runner: Runner) -> Iterator[Programs]:
    """Start programs that last until the session ends; see ``program``."""
    from .started import Programs

    with Programs(request, sockets_runner) as programs:
        yield programs


@pytest.fixture
def program(request: pytest.FixtureRequest, sockets_runner: Runner) -> Iterator[Programs]:
    """Start programs, each contained in a child process: ``program(target, …)``.

    A program has ``address``, ``wait_listening()``, ``connect()``, ``idle()``, ``leaks()``,
    ``stdout``, ``stderr``, ``status``, ``type(line)``, ``wait_printed(text)``,
    ``wait_ended()`` and ``stop()``. When the test fails, what it printed is shown.

    Example:
        def test_server_survives_a_reset(program):
            server = program("server.py")
            server.connect().reset()
            assert server.idle()
            assert server.running
            assert not server.leaks()
    """
    from .started import Programs

    with Programs(request, sockets_runner) as programs:
        yield programs
