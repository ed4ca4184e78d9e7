"""How much a proxy costs: a stream of 256 MiB and round trips of 64 bytes.

Compares our proxy without faults with a direct connection, with socat and toxiproxy
(where they are installed) and with a plain asyncio proxy. Server, proxy and client are
processes of their own; all are measured in turn, round after round, in one run,
so that only the ratios count, of what was measured in one round. Prints a Markdown
table of medians; exits with 1 when ours carries less, or answers later, than socat.

    python -m benchmarks.proxy [--into FOLDER]
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import shutil
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pytest_sockets import hold_port, open_proxy

PIECE = b"x" * 65536
WORD = b"y" * 64
BUFFER = 1 << 20
WARM_UP = 2000
"""Round trips before those that count: longer than our proxy records what it carries."""
SOCAT = "socat"
SOCAT_64K = "socat -b 65536"
OURS = "pytest-sockets"


def serve(listener: socket.socket) -> None:
    """Count a stream up to its end and answer with the number; send words back."""
    while True:
        sock = listener.accept()[0]
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=_talk, args=(sock,), daemon=True).start()


def _talk(sock: socket.socket) -> None:
    with sock:
        kind = sock.recv(1)
        if kind == b"s":
            size, buffer = 0, bytearray(BUFFER)
            while got := sock.recv_into(buffer):
                size += got
            sock.sendall(str(size).encode())
        while kind == b"w" and (data := sock.recv(4096)):
            sock.sendall(data)


def stream(address: tuple[str, int], size: int) -> float:
    """Send ``size`` bytes and wait until they are counted; return megabytes a second."""
    with socket.create_connection(address) as sock:
        began = time.perf_counter()
        sock.sendall(b"s")
        for _ in range(size // len(PIECE)):
            sock.sendall(PIECE)
        sock.shutdown(socket.SHUT_WR)
        counted = int(sock.recv(100))
        assert counted == size, f"{counted} of {size} bytes arrived"
        return size / (time.perf_counter() - began) / 1e6


def round_trips(address: tuple[str, int], count: int) -> float:
    """Send a word and wait for it, again and again; return the median in microseconds.

    The first ones warm the connection up and don't count.
    """
    with socket.create_connection(address) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(b"w")
        took = []
        for _ in range(WARM_UP + count):
            began = time.perf_counter()
            sock.sendall(WORD)
            assert sock.recv(4096) == WORD
            took.append(time.perf_counter() - began)
        return statistics.median(took[WARM_UP:]) * 1e6


class Relay(asyncio.Protocol):
    """One end of a connection through a plain asyncio proxy."""

    transport: asyncio.Transport

    def __init__(self, port: int = 0, other: Relay | None = None) -> None:
        self.port = port
        self.other = other
        self.early = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connect the other end to the server."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        if self.other is None:
            self.task = asyncio.ensure_future(self.connect())

    async def connect(self) -> None:
        """Connect to the server, and send on what has come meanwhile."""
        loop = asyncio.get_running_loop()
        _, self.other = await loop.create_connection(
            lambda: Relay(other=self), "127.0.0.1", self.port
        )
        self.other.transport.write(self.early)

    def data_received(self, data: bytes) -> None:
        """Send on, and stop reading while the other end takes nothing."""
        if self.other is None:
            self.early += data
        else:
            self.other.transport.write(data)

    def pause_writing(self) -> None:
        """Let the sender wait."""
        if self.other is not None:
            self.other.transport.pause_reading()

    def resume_writing(self) -> None:
        """Let the sender go on."""
        if self.other is not None:
            self.other.transport.resume_reading()

    def eof_received(self) -> bool:
        """Pass the half-close on."""
        if self.other is not None:
            self.other.transport.write_eof()
        return True

    def connection_lost(self, _: Exception | None) -> None:
        """Close the other end."""
        if self.other is not None:
            self.other.transport.close()


async def relay(port: int) -> None:
    """Run the plain asyncio proxy."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Relay(port), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def run_role(role: str, port: int) -> None:
    """Be the server, or one of the proxies, until standard input ends."""
    if role == "asyncio":
        threading.Thread(target=asyncio.run, args=(relay(port),), daemon=True).start()
        sys.stdin.read()
    elif role == "server":
        listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        print(listener.getsockname()[1], flush=True)
        sys.stdin.read()
    else:
        with open_proxy(("127.0.0.1", port)) as proxy:
            print(proxy.port, flush=True)
            sys.stdin.read()


@contextlib.contextmanager
def child(role: str, port: int = 0) -> Iterator[tuple[str, int]]:
    """Run one of our own roles in a process; yield its address."""
    command = [sys.executable, __file__, "--role", role, "--port", str(port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield "127.0.0.1", int(process.stdout.readline())
        process.communicate()


@contextlib.contextmanager
def socat(port: int, *options: str) -> Iterator[tuple[str, int]]:
    """Run socat; yield its address once it says that it listens."""
    ends = "TCP-LISTEN:0,bind=127.0.0.1,fork,nodelay", f"TCP:127.0.0.1:{port},nodelay"
    command = [shutil.which("socat") or "socat", "-d", "-d", *options, *ends]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "listening on" in line)
        yield "127.0.0.1", int(line.rpartition(":")[2])
        process.terminate()


@contextlib.contextmanager
def toxiproxy(port: int) -> Iterator[tuple[str, int]]:
    """Run toxiproxy-server, have it make a proxy without toxics, and yield the proxy's address.

    Written after its HTTP interface as its README tells it (POST /proxies).
    """
    with hold_port() as held:
        command = ["toxiproxy-server", "-host", held.host, "-port", str(held.address[1])]
        wanted = {"name": "bench", "listen": "127.0.0.1:0", "upstream": f"127.0.0.1:{port}"}
        asked = urllib.request.Request(
            f"http://{held.host}:{held.address[1]}/proxies", json.dumps(wanted).encode()
        )
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            made = None
            while made is None and run.poll() is None:
                # It listens a moment after its start, and says so to nobody.
                with contextlib.suppress(urllib.error.URLError):
                    made = json.load(urllib.request.urlopen(asked))
            if made is None:
                raise SystemExit("toxiproxy-server ended before it listened")
            yield "127.0.0.1", int(made["listen"].rpartition(":")[2])
            run.terminate()


@dataclass(frozen=True)
class Measured:
    """What was measured in each round: megabytes a second, and microseconds a round trip."""

    rates: list[float]
    times: list[float]


def measure(
    ways: dict[str, tuple[str, int]], rounds: int, size: int, trips: int
) -> dict[str, Measured]:
    """Return what all ways did, round by round; a time is the median of ``trips``."""
    found = {name: Measured([], []) for name in ways}
    for _ in range(rounds):
        for name, address in ways.items():
            found[name].rates.append(stream(address, size))
        for name, address in ways.items():
            found[name].times.append(round_trips(address, trips))
    return found


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median of the ratios of all rounds."""
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def table(results: dict[str, Measured]) -> str:
    """Return a Markdown table; the ratios are to socat -b 65536, or to the direct connection."""
    base = SOCAT_64K if SOCAT_64K in results else "direct"
    lines = [f"| way | MB/s | of {base} | round trip µs | of {base} |", "|---|--:|--:|--:|--:|"]
    for name, found in results.items():
        rate, took = statistics.median(found.rates), statistics.median(found.times)
        ratios = ratio(found.rates, results[base].rates), ratio(found.times, results[base].times)
        lines.append(f"| {name} | {rate:,.0f} | {ratios[0]:.2f} | {took:.1f} | {ratios[1]:.2f} |")
    return "\n".join(lines)


def verdict(results: dict[str, Measured]) -> tuple[bool, str]:
    """Return whether ours is as fast as socat, and how it compares, in sentences."""
    if SOCAT_64K not in results:
        return True, "socat is not installed: nothing to be compared with"
    ours = results[OURS]
    rate = ratio(ours.rates, results[SOCAT_64K].rates)
    took = max(ratio(ours.times, results[name].times) for name in (SOCAT, SOCAT_64K))
    return rate >= 1 >= took, (
        f"{OURS}: {rate:.2f} of the stream of {SOCAT_64K}, at least 1 is wanted\n\n"
        f"{OURS}: {took:.2f} of the round trip of {SOCAT}, at most 1 is wanted"
    )


def plots(results: dict[str, Measured]) -> dict[str, dict[str, float]]:
    """Return the medians by what is to be written above them."""
    return {
        "A stream through a proxy, in megabytes a second": {
            name: statistics.median(found.rates) for name, found in results.items()
        },
        "64 bytes and back, in microseconds": {
            name: statistics.median(found.times) for name, found in results.items()
        },
    }


def main() -> int:
    """Measure all ways and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--mebibytes", type=int, default=256)
    parser.add_argument("--trips", type=int, default=5_000)
    parser.add_argument("--role", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help="keep table and plots there (needs pygal)")
    chosen = parser.parse_args()
    if chosen.role:
        run_role(chosen.role, chosen.port)
        return 0
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(child("server"))
        ways = {"direct": server, OURS: stack.enter_context(child("ours", server[1]))}
        if shutil.which("socat"):
            ways[SOCAT] = stack.enter_context(socat(server[1]))
            ways[SOCAT_64K] = stack.enter_context(socat(server[1], "-b", "65536"))
        if shutil.which("toxiproxy-server"):
            ways["toxiproxy"] = stack.enter_context(toxiproxy(server[1]))
        ways["asyncio"] = stack.enter_context(child("asyncio", server[1]))
        results = measure(ways, chosen.rounds, chosen.mebibytes << 20, chosen.trips)
    fast, sentences = verdict(results)
    text = f"{table(results)}\n\n{sentences}"
    print(text)
    if chosen.into is not None:
        # Only run as a module, as with ``make bench``, are the other benchmarks at hand.
        from benchmarks.results import keep  # noqa: PLC0415

        keep(chosen.into, "proxy", text, plots(results))
    return int(not fast)


if __name__ == "__main__":
    sys.exit(main())
