"""The recipes of the cookbook. Each is a test that can be copied."""

from __future__ import annotations

import socket

import pytest
from line_client import LineClient

from pytest_sockets import (
    Coalesce,
    Corrupt,
    Duplicate,
    Expect,
    ExpectEnd,
    FaultyProxies,
    Fragment,
    HalfClose,
    LeakWatch,
    Lose,
    Programs,
    ReferenceServer,
    Reset,
    Say,
    ScriptedClients,
    ScriptedServers,
    Stall,
    Truncate,
)

SERVER = "line_server.py {host} {port}"


def test_the_answer_comes_in_pieces(scripted_server: ScriptedServers) -> None:
    """Does the client wait for the end of the line?"""
    server = scripted_server([Expect(b"hello\n"), Say(b"HEL", b"LO\n")])
    assert LineClient(server.host, server.port).ask(b"hello") == b"HELLO"


def test_the_question_comes_in_pieces(program: Programs, faulty_proxy: FaultyProxies) -> None:
    """Does the server wait for the end of the line? Each piece was taken before the next."""
    proxy = faulty_proxy(program(SERVER), to_server=[Fragment(size=1)])
    assert LineClient(proxy.host, proxy.port).ask(b"hello") == b"HELLO"
    if not proxy.to_server.apart:
        pytest.skip("nothing here shows whether the pieces arrived apart")
    assert proxy.to_server.apart >= len(b"hello")


def test_two_questions_stick_together(scripted_client: ScriptedClients, program: Programs) -> None:
    """Does the server answer both?"""
    script = [Say(b"one\ntwo\n"), Expect(b"ONE\nTWO\n"), HalfClose(), ExpectEnd()]
    scripted_client(script, program(SERVER).address).wait()


def test_the_connection_breaks(program: Programs, faulty_proxy: FaultyProxies) -> None:
    """Does the client try again? The first connection is reset within the answer."""
    proxy = faulty_proxy(program(SERVER))
    reset = proxy.to_client.add(Reset(after=3), connections=1)
    assert LineClient(proxy.host, proxy.port).ask(b"hello") == b"HELLO"
    assert (reset.count, proxy.accepted) == (1, 2)


def test_the_answer_is_cut_off(program: Programs, faulty_proxy: FaultyProxies) -> None:
    """Does the client notice? It looks like a polite end."""
    proxy = faulty_proxy(program(SERVER), to_client=[Truncate(after=3)])
    with pytest.raises(ConnectionError, match="cut off"):
        LineClient(proxy.host, proxy.port, tries=1).ask(b"hello")


def test_the_server_says_nothing_more(program: Programs, faulty_proxy: FaultyProxies) -> None:
    """Does the client give up? It takes its own timeout, and nothing else."""
    proxy = faulty_proxy(program(SERVER), to_client=[Stall(after=3)])
    with pytest.raises(TimeoutError):
        LineClient(proxy.host, proxy.port, timeout=0.05).ask(b"hello")


def test_a_byte_is_wrong(program: Programs, faulty_proxy: FaultyProxies) -> None:
    """What becomes of an answer that was damaged on its way?"""
    proxy = faulty_proxy(program(SERVER), to_client=[Corrupt(at=(0,))])
    assert LineClient(proxy.host, proxy.port).ask(b"hello") != b"HELLO"


def test_a_datagram_is_lost(faulty_proxy: FaultyProxies, udp_echo_server: ReferenceServer) -> None:
    """The first datagram to the server is lost, and the second comes twice."""
    proxy = faulty_proxy(udp_echo_server, to_server=[Lose(numbers=(1,))])
    proxy.to_client.add(Duplicate(rate=1))
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.connect(proxy.address)
        for text in (b"first", b"second"):
            client.send(text)
        assert [client.recv(100), client.recv(100)] == [b"second", b"second"]


def test_the_port_is_taken(busy_port: int) -> None:
    """What does the server say when another one listens already?"""
    with pytest.raises(OSError, match="in use"):
        socket.create_server(("127.0.0.1", busy_port))


def test_the_port_lingers(lingering_port: int) -> None:
    """Can the server be started again at once? The port is in TIME_WAIT, by the kernel's word."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("127.0.0.1", lingering_port))


def test_nothing_is_left_open(program: Programs, no_socket_leaks: LeakWatch) -> None:
    """Does the client close what it opens, and the server as well?"""
    server = program(SERVER)
    LineClient(server.host, server.port).ask(b"hello")
    assert server.idle()
    assert not server.leaks()


def test_a_client_breaks_off(program: Programs) -> None:
    """Does the server go on?"""
    server = program(SERVER)
    server.connect().reset()
    assert server.idle()
    assert LineClient(server.host, server.port).ask(b"hello") == b"HELLO"


def test_messages_stick_on_their_way(program: Programs, faulty_proxy: FaultyProxies) -> None:
    """Two sends of a client reach the server as one read."""
    proxy = faulty_proxy(program(SERVER), to_server=[Coalesce(size=8)])
    with socket.create_connection((proxy.host, proxy.port)) as client:
        client.sendall(b"one\n")
        client.sendall(b"two\n")
        answers = client.makefile("rb")
        assert [answers.readline(), answers.readline()] == [b"ONE\n", b"TWO\n"]
