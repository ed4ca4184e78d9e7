"""Measures echo servers: round trips per second, and connections per second.

Each server runs in a process of its own, and so does what asks it: this one. All
share one processor where the system lets them, and what is counted is a second of
its time, spent by both sides: on a machine that does nothing else it is a second.
So what is compared is the work of a round trip, and not where the scheduler puts two
processes, nor what else the machine has to do. All servers are measured in turn,
several times over and in both directions. The reference server keeps its transcript
meanwhile: what is said in the first 25,000 round trips, later on how much. Servers of
packages that are not installed are left out. Prints a table in Markdown; status 1 when
a server in pure Python is quicker than the reference server at 1 or 10 connections.

    python -m benchmarks.echo [--rounds COUNT] [--into FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib.util
import os
import select
import selectors
import signal
import socket
import socketserver
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

from pytest_sockets.kernel.processes import cpu_time

MESSAGE = b"x" * 64
CONNECTIONS = (1, 10, 100)
SECONDS = 0.5
WARM_UP = 100
"""Round trips of each connection before those that count."""
OURS = "reference server"
BACKLOG = 1024
PATIENCE = 30.0
"""Seconds without an answer after which a server is given up."""

MUST = (1, 10)
PAR = 1.03
"""By how much a server has to be quicker to be called so: "threads" and "socketserver", which make
the same system calls for each message, differ by as much from run to run. When one client is
alone the reference server makes the same ones."""


# The servers: each takes a listening socket and never returns.


def ours(listener: socket.socket) -> None:
    """Serve with the reference server of the fixtures, its transcript and all."""
    from pytest_sockets.servers.loop import Loop  # noqa: PLC0415 - one server, one process
    from pytest_sockets.servers.reference import ReferenceServer  # noqa: PLC0415

    server = ReferenceServer(Loop(), "tcp-echo", listener)
    threading.Event().wait()
    server.stop()


def threads(listener: socket.socket) -> None:
    """Serve with one thread for each connection."""

    def echo(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while data := connection.recv(65536):
                connection.sendall(data)

    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=echo, args=(connection,), daemon=True).start()


class Handler(socketserver.BaseRequestHandler):
    """Echo, as socketserver does it."""

    def handle(self) -> None:
        """Send back what comes."""
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError):
            while data := self.request.recv(65536):
                self.request.sendall(data)


def by_socketserver(listener: socket.socket) -> None:
    """Serve with socketserver.ThreadingTCPServer."""
    server = socketserver.ThreadingTCPServer(listener.getsockname(), Handler, False)  # noqa: FBT003
    server.daemon_threads = True
    server.socket.close()
    server.socket = listener
    server.serve_forever()


def by_selectors(listener: socket.socket) -> None:
    """Serve with selectors, as the documentation's example does."""
    selector = selectors.DefaultSelector()
    listener.setblocking(False)  # noqa: FBT003
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                connection, _ = listener.accept()
                connection.setblocking(False)  # noqa: FBT003
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(connection, selectors.EVENT_READ)
                continue
            sock = key.fileobj
            assert isinstance(sock, socket.socket)
            data = b""
            with contextlib.suppress(ConnectionError):
                data = sock.recv(65536)
            if data:
                sock.send(data)
            else:
                selector.unregister(sock)
                sock.close()


class EchoProtocol(asyncio.Protocol):
    """Echo, as asyncio's transports do it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        # uvloop's transports are no asyncio.Transport.
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Send back what comes."""
        self.transport.write(data)


async def _protocol(listener: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(EchoProtocol, sock=listener, backlog=BACKLOG)
    await server.serve_forever()


def by_protocol(listener: socket.socket) -> None:
    """Serve with an asyncio Protocol."""
    asyncio.run(_protocol(listener))


def by_streams(listener: socket.socket) -> None:
    """Serve with asyncio streams."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(echo, sock=listener, backlog=BACKLOG)
        await server.serve_forever()

    asyncio.run(serve())


def by_uvloop(listener: socket.socket) -> None:
    """Serve with a Protocol in uvloop, which is written in C."""
    import uvloop  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    uvloop.run(_protocol(listener))


def by_gevent(listener: socket.socket) -> None:
    """Serve with gevent's StreamServer; its loop is written in C."""
    import gevent.server  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415
    import gevent.socket  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415

    def echo(connection: socket.socket, _: object) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError):
            while data := connection.recv(65536):
                connection.sendall(data)

    own = gevent.socket.socket(fileno=listener.detach())
    own.setblocking(0)
    gevent.server.StreamServer(own, echo).serve_forever()


def by_twisted(listener: socket.socket) -> None:
    """Serve with a Twisted Protocol."""
    from twisted.internet import (  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415
        protocol,
        reactor,
    )

    class Echo(protocol.Protocol):  # type: ignore[misc,unused-ignore]
        def dataReceived(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
            self.transport.write(data)

    factory = protocol.Factory.forProtocol(Echo)
    listener.setblocking(False)  # noqa: FBT003
    reactor.adoptStreamPort(listener.fileno(), socket.AF_INET, factory)  # type: ignore[attr-defined,unused-ignore]
    reactor.run()  # type: ignore[attr-defined,unused-ignore]


def by_trio(listener: socket.socket) -> None:
    """Serve with trio streams."""
    import trio  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    async def echo(stream: trio.SocketStream) -> None:
        with contextlib.suppress(trio.BrokenResourceError):
            async for data in stream:
                await stream.send_all(data)

    async def serve() -> None:
        sock = trio.socket.from_stdlib_socket(listener)
        await trio.serve_listeners(echo, [trio.SocketListener(sock)])

    trio.run(serve)


SERVERS: dict[str, tuple[Callable[[socket.socket], None], str]] = {
    OURS: (ours, ""),
    "threads": (threads, ""),
    "socketserver": (by_socketserver, ""),
    "selectors": (by_selectors, ""),
    "asyncio Protocol": (by_protocol, ""),
    "asyncio streams": (by_streams, ""),
    "trio": (by_trio, "trio"),
    "Twisted": (by_twisted, "twisted"),
    "gevent": (by_gevent, "gevent"),
    "uvloop": (by_uvloop, "uvloop"),
}
IN_C = ("gevent", "uvloop")


# What asks them.


@contextlib.contextmanager
def running(name: str) -> Iterator[tuple[tuple[str, int], int]]:
    """Run a server in a process of its own, and give its address and process id."""
    with socket.create_server(("127.0.0.1", 0), backlog=BACKLOG) as listener:
        command = [sys.executable, __file__, "serve", name, str(listener.fileno())]
        process = subprocess.Popen(command, pass_fds=(listener.fileno(),))
        address: tuple[str, int] = listener.getsockname()
        try:
            with connected(address) as first:
                first.sendall(MESSAGE)
                first.recv(len(MESSAGE))
            yield address, process.pid
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def connected(address: tuple[str, int]) -> socket.socket:
    """Return a connection without Nagle's algorithm."""
    client = socket.create_connection(address, PATIENCE)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def round_trips(address: tuple[str, int], pid: int, connections: int) -> float:
    """Return the round trips of 64 bytes per second of work over ``connections`` at once."""
    clients = [connected(address) for _ in range(connections)]
    for client in clients:
        client.settimeout(None)
    by_number = {client.fileno(): client for client in clients}
    poller = select.epoll()
    for client in clients:
        poller.register(client, select.EPOLLIN)
        client.send(MESSAGE)

    def answered(least: int, seconds: float) -> int:
        count, end = 0, time.perf_counter() + seconds
        while count < least or time.perf_counter() < end:
            for number, _ in poller.poll(PATIENCE):
                client = by_number[number]
                client.recv(len(MESSAGE))
                client.send(MESSAGE)
                count += 1
        return count

    answered(WARM_UP * connections, 0)
    began = work(pid)
    rate = answered(0, SECONDS) / (work(pid) - began)
    for client in clients:
        client.close()
    poller.close()
    return rate


def conversations(address: tuple[str, int], pid: int) -> float:
    """Return how often per second of work one connects, is echoed, and leaves with a reset."""
    count, began, end = 0, work(pid), time.perf_counter() + SECONDS
    linger = b"\1\0\0\0\0\0\0\0"
    while time.perf_counter() < end:
        with connected(address) as client:
            client.send(MESSAGE)
            client.recv(len(MESSAGE))
            # A reset leaves nothing in TIME_WAIT, so the ports suffice.
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        count += 1
    return count / (work(pid) - began)


def work(pid: int) -> float:
    """Return the processor time of the server and of ours so far, in seconds."""
    return cpu_time(pid) + time.process_time()


Figures = dict[str, list[list[float]]]
"""Server to its figures of each round: round trips by CONNECTIONS, conversations."""


def measured(rounds: int) -> Figures:
    """Return the figures of each server that is installed, round by round."""
    names = [n for n, (_, module) in SERVERS.items() if not module or _installed(module)]
    figures: Figures = {name: [] for name in names}
    with contextlib.ExitStack() as stack:
        addresses = {name: stack.enter_context(running(name)) for name in names}
        for number in range(rounds):
            for name, (address, pid) in sorted(addresses.items(), reverse=bool(number % 2)):
                trips = [round_trips(address, pid, connections) for connections in CONNECTIONS]
                figures[name].append([*trips, conversations(address, pid)])
    return figures


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def ratios(figures: Figures, name: str) -> list[float]:
    """Return the medians of what a server reaches in proportion to ours in the same round."""
    rounds = zip(figures[name], figures[OURS], strict=True)
    in_each = [[a / b for a, b in zip(own, base, strict=True)] for own, base in rounds]
    return [statistics.median(column) for column in zip(*in_each, strict=True)]


def table(figures: Figures) -> str:
    """Return the medians in Markdown, each with its ratio to the reference server's."""
    heads = [f"{count} connection{'s' if count > 1 else ''}" for count in CONNECTIONS]
    heads.append("conversations")
    lines = [f"| echo server | {' | '.join(heads)} |", "|---|" + "--:|" * len(heads)]
    for name in sorted(figures, key=lambda name: -ratios(figures, name)[1]):
        medians = [statistics.median(column) for column in zip(*figures[name], strict=True)]
        pairs = zip(medians, ratios(figures, name), strict=True)
        cells = [f"{value:,.0f} ({ratio:.2f})" for value, ratio in pairs]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def quicker(figures: Figures) -> list[str]:
    """Return what is to be said of servers in pure Python that are quicker where none may be."""
    return [
        f"{name} is quicker with {connections} connection{'s' * (connections > 1)}: {ratio:.2f}"
        for name in figures.keys() - {OURS, *IN_C}
        for connections, ratio in zip(CONNECTIONS, ratios(figures, name), strict=False)
        if connections in MUST and ratio > PAR
    ]


def plots(figures: Figures) -> dict[str, dict[str, float]]:
    """Return the medians of each column by what is to be written above them."""
    titles = [
        f"Round trips a second of processor time, connections: {count}" for count in CONNECTIONS
    ]
    titles.append("Conversations a second of processor time")
    return {
        title: {name: statistics.median(row[i] for row in figures[name]) for name in figures}
        for i, title in enumerate(titles)
    }


def share_a_processor() -> None:
    """Stay on one processor, with all servers that are started from now on."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def main() -> int:
    """Print the table; return 1 when a server in pure Python is quicker where it must not be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--into", type=Path, help="keep table and plots there (needs pygal)")
    chosen = parser.parse_args()
    share_a_processor()
    figures = measured(chosen.rounds)
    head = (
        f"Per second of processor time, and in proportion to the {OURS}; "
        f"medians of {chosen.rounds} rounds"
    )
    lost = quicker(figures)
    text = "\n\n".join([head, table(figures), *lost])
    print(text)
    if chosen.into is not None:
        # Only run as a module, as with ``make bench``, are the other benchmarks at hand.
        from benchmarks.results import keep  # noqa: PLC0415

        packages = [module for _, module in SERVERS.values() if module]
        keep(chosen.into, "echo", text, plots(figures), packages)
    return int(bool(lost))


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        SERVERS[sys.argv[2]][0](socket.socket(fileno=int(sys.argv[3])))
    else:
        sys.exit(main())
