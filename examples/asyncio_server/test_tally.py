"""How the tally stands a bad network: lines in pieces, lines cut off, clients that are reset."""

from __future__ import annotations

import asyncio
import socket

import pytest
from tally import Tally

from pytest_sockets import (
    Expect,
    FaultyProxies,
    Fragment,
    HalfClose,
    LeakWatch,
    Programs,
    Proxy,
    Reset,
    RunningProgram,
    Say,
    ScriptedClients,
    Truncate,
)

PATIENCE = 30


@pytest.fixture
def tally(program: Programs) -> RunningProgram:
    """Run the tally in a process of its own."""
    return program("tally.py {host} {port}")


def connected(to: RunningProgram | Proxy) -> socket.socket:
    """Return a connection to the tally, or to the proxy before it."""
    return socket.create_connection((to.host, to.port), timeout=PATIENCE)


def ask(to: RunningProgram | Proxy, line: str) -> str:
    """Send one line, and return the answer: empty when the connection ends instead."""
    with connected(to) as client:
        client.sendall(line.encode())
        return client.makefile(encoding="utf-8").readline()


def test_a_line_may_come_in_pieces(tally: RunningProgram, faulty_proxy: FaultyProxies) -> None:
    """Every byte alone, so that a Chinese character comes in three pieces."""
    proxy = faulty_proxy(tally, Fragment(size=1))

    assert ask(proxy, "茶 2\n") == "茶 2\n"
    assert ask(proxy, "茶 12\n") == "茶 14\n"


def test_lines_may_come_stuck_together(
    tally: RunningProgram, scripted_client: ScriptedClients
) -> None:
    """Two and a half of them in one piece, and then the rest."""
    scripted_client(
        [Say(b"tea 1\ntea 2\nmi", b"lk 4\n"), Expect(b"tea 1\ntea 3\nmilk 4\n")], tally
    ).wait()


def test_a_line_that_was_cut_off_does_not_count(
    tally: RunningProgram, faulty_proxy: FaultyProxies
) -> None:
    """Of "tea 12" only "tea 1" arrives, and then the end of the stream."""
    proxy = faulty_proxy(tally, to_server=[Truncate(after=5)])

    assert ask(proxy, "tea 12\n") == ""
    assert ask(tally, "tea 0\n") == "tea 0\n"


def test_a_client_that_only_half_closes_gets_its_answer(
    tally: RunningProgram, scripted_client: ScriptedClients
) -> None:
    """It has said all, and still listens."""
    scripted_client([Say(b"tea 1\n"), HalfClose(), Expect(b"tea 1\n")], tally).wait()


def test_a_reset_client_disturbs_nobody(tally: RunningProgram, faulty_proxy: FaultyProxies) -> None:
    """It is reset within a line; who was connected before, and who comes after, are served."""
    bad_network = faulty_proxy(tally, to_server=[Reset(after=5)])
    with connected(tally) as other:
        with pytest.raises(ConnectionResetError):
            ask(bad_network, "tea 12\n")
        other.sendall(b"tea 0\n")
        assert other.recv(100) == b"tea 0\n"

    assert ask(tally, "tea 1\n") == "tea 1\n"
    assert tally.leaks() == []
    assert tally.stderr == b""


def test_the_first_draft_counted_half_a_line(
    program: Programs, faulty_proxy: FaultyProxies
) -> None:
    """Without a fault it works; cut in two, "tea 12" is 1 tea, and nobody is told."""
    draft = program("first_draft.py {host} {port}")
    assert ask(draft, "milk 12\n") == "milk 12\n"

    proxy = faulty_proxy(draft, to_server=[Fragment(at=(5,))])
    answer = ask(proxy, "tea 12\n")
    if not proxy.to_server.apart:
        pytest.skip("nothing here shows whether the pieces arrived apart")

    assert answer == "tea 1\n"
    assert ask(draft, "tea 0\n") == "tea 1\n"


def test_the_same_in_the_process_of_the_test(
    faulty_proxy: FaultyProxies, no_socket_leaks: LeakWatch
) -> None:
    """A server and a client in one event loop; the proxy has threads of its own."""

    async def main() -> None:
        async with await asyncio.start_server(Tally().serve, "127.0.0.1", 0) as server:
            proxy = faulty_proxy(server.sockets[0].getsockname(), Fragment(size=1))
            reader, writer = await asyncio.open_connection(*proxy.address)
            writer.write(b"tea 1\n")
            assert await reader.readline() == b"tea 1\n"
            proxy.to_client.add(Reset(after=3))
            writer.write(b"tea 2\n")
            with pytest.raises(ConnectionResetError):
                await reader.readline()
            writer.close()

    asyncio.run(main())
