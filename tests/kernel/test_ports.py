"""Claims on port numbers, between threads, processes and programs that know of no claims."""

from __future__ import annotations

import contextlib
import errno
import random
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from pytest_sockets.kernel.ports import Kind, claim

from .steps import Child, numbers, tell

StartClaimer = Callable[[range], Child]

ROOT = Path(__file__).parents[2]
EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
CLAIMER = """
import sys
sys.path.insert(0, sys.argv[1])
from pytest_sockets.kernel.ports import claim
numbers = range(int(sys.argv[2]), int(sys.argv[3]))
print("ready", flush=True)
sys.stdin.readline()
held = []
try:
    while True:
        held.append(claim(hosts=["127.0.0.1"], among=numbers))
except OSError:
    print(*(claim.port for claim in held), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def start_claimer() -> Iterator[StartClaimer]:
    """Return a function that starts a process which will claim all it can get."""
    children: list[Child] = []

    def start(numbers: range) -> Child:
        command = [sys.executable, "-c", CLAIMER, str(ROOT), str(numbers.start), str(numbers.stop)]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        children.append(child)
        assert child.stdout is not None
        assert child.stdout.readline().split() == [b"ready"]
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()


def some_numbers(count: int) -> range:
    """Return ``count`` port numbers in a row, at a random place."""
    start = random.SystemRandom().randrange(20000, 30000)
    return range(start, start + count)


def is_taken(port: int, kinds: Sequence[Kind] = ("tcp", "udp")) -> bool:
    """Return whether a claim on exactly this number is refused."""
    try:
        claim(kinds, among=[port]).close()
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return True
    return False


def can_bind(host: str, kind: socket.SocketKind) -> bool:
    """Return whether this machine has the address ``host``."""
    with contextlib.suppress(OSError), opened(host, kind) as probe:
        probe.bind((host, 0))
        return True
    return False


def opened(host: str, kind: socket.SocketKind) -> socket.socket:
    """Return a new socket of the family of ``host``."""
    return socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, kind)


def test_a_claimed_port_can_be_bound_without_reuse() -> None:
    """TCP and UDP, IPv4 and IPv6: the number is free for a program that knows no options."""
    with claim() as held, contextlib.ExitStack() as stack:
        for host in ("127.0.0.1", "::1"):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                if can_bind(host, kind):
                    probe = stack.enter_context(opened(host, kind))
                    probe.bind((host, held.port))
                    assert probe.getsockname()[1] == held.port


@pytest.mark.skipif(not EPHEMERAL.exists(), reason="the range is not told here")
def test_a_claimed_port_is_outside_the_ephemeral_range() -> None:
    """The kernel gives bind(0) and connect numbers of the ephemeral range only."""
    low, high = (int(word) for word in EPHEMERAL.read_text("ascii").split())
    if low < 10300:
        pytest.skip("the ephemeral range leaves no room")
    with contextlib.ExitStack() as stack:
        found = {stack.enter_context(claim()).port for _ in range(50)}

    assert all(10000 < port < low <= high for port in found)


def test_a_held_port_is_never_given_to_bind_zero() -> None:
    """Siblings that ask the kernel for any port do not get the claimed one."""
    with claim() as held, contextlib.ExitStack() as stack:
        found = set()
        for _ in range(300):
            sibling = stack.enter_context(socket.socket())
            sibling.bind(("127.0.0.1", 0))
            found.add(sibling.getsockname()[1])

    assert held.port not in found


def test_two_processes_never_share_a_port(start_claimer: StartClaimer) -> None:
    """Two processes that claim from the same numbers at once get different ones."""
    choice = some_numbers(40)
    children = [start_claimer(choice) for _ in range(2)]
    for child in children:
        tell(child, b"\n")
    one, two = (numbers(child) for child in children)

    assert not set(one) & set(two)
    assert len(one) == len(set(one))
    assert len(one) + len(two) > 20
    assert {*one, *two} <= set(choice)


def test_threads_never_share_a_port() -> None:
    """Locks of the kernel are per process, so threads need the claim's own register."""
    choice = some_numbers(40)
    found: list[int] = []

    def take() -> None:
        with contextlib.suppress(OSError):
            while True:
                found.append(stack.enter_context(claim(hosts=["127.0.0.1"], among=choice)).port)

    with contextlib.ExitStack() as stack:
        threads = [threading.Thread(target=take) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(found) == len(set(found)) > 20


def test_a_claim_is_held_against_other_processes(start_claimer: StartClaimer) -> None:
    """What is held here no other process gets, even after another claim of ours was closed."""
    choice = some_numbers(20)
    with claim(among=choice) as held:
        claim(among=choice).close()
        child = start_claimer(choice)
        tell(child, b"\n")
        others = numbers(child)

    assert others
    assert held.port not in others


def test_a_closed_claim_is_free_again() -> None:
    """Closing gives the number back at once."""
    with claim() as held:
        assert is_taken(held.port)

    assert not is_taken(held.port)


def test_a_closed_claim_is_free_to_other_processes(start_claimer: StartClaimer) -> None:
    """A number that was given back can be claimed by anyone."""
    with claim() as held:
        child = start_claimer(range(held.port, held.port + 1))
    tell(child, b"\n")

    assert numbers(child) == [held.port]


def test_a_claim_ends_with_its_process(start_claimer: StartClaimer) -> None:
    """A killed process leaves no claim behind."""
    child = start_claimer(some_numbers(5))
    tell(child, b"\n")
    ports = numbers(child)
    before = [is_taken(port) for port in ports]
    child.kill()
    child.communicate()

    assert ports
    assert all(before)
    assert not any(is_taken(port) for port in ports)


def test_closing_twice_takes_nothing_from_the_next_claimer() -> None:
    """A number that was claimed again stays claimed when its former claim is closed again."""
    former = claim()
    former.close()
    with claim(among=[former.port]):
        former.close()
        assert is_taken(former.port)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::1", "::"])
@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_a_port_with_a_live_socket_is_never_offered(host: str, kind: socket.SocketKind) -> None:
    """A listener or a bound datagram socket is seen, whichever family or wildcard it uses."""
    if not can_bind(host, kind):
        pytest.skip(f"this machine has no address {host}")
    with claim() as held, opened(host, kind) as taker:
        taker.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taker.bind((host, held.port))
        if kind == socket.SOCK_STREAM:
            taker.listen()
        held.close()
        assert is_taken(held.port)

    assert not is_taken(held.port)


@pytest.mark.skipif(sys.platform == "win32", reason="there TIME_WAIT does not keep a port")
def test_a_port_in_time_wait_is_never_offered() -> None:
    """A connection that the listening side closed first keeps the number."""
    with claim() as held:
        with socket.create_server(("127.0.0.1", held.port)) as listener:
            client = socket.create_connection(listener.getsockname())
            server = listener.accept()[0]
        server.close()
        assert client.recv(1) == b""
        client.close()

    assert is_taken(held.port)


def test_only_the_kinds_that_were_asked_for_count() -> None:
    """A datagram socket does not stand in the way of a listener."""
    with claim() as held, socket.socket(type=socket.SOCK_DGRAM) as taker:
        taker.bind(("127.0.0.1", held.port))
        held.close()
        assert is_taken(held.port, ["udp"])
        assert not is_taken(held.port, ["tcp"])


def test_an_address_this_machine_lacks_is_left_out() -> None:
    """A machine without IPv6 can claim as well; 192.0.2.1 is nobody's (RFC 5737)."""
    with claim(hosts=["127.0.0.1", "192.0.2.1"]) as held:
        assert held.port > 0


def test_a_claim_on_no_address_at_all_is_refused() -> None:
    """A number that was tried nowhere is not offered."""
    with pytest.raises(OSError, match=r"none of the addresses 192\.0\.2\.1") as refused:
        claim(hosts=["192.0.2.1"])

    assert refused.value.errno == errno.EADDRNOTAVAIL


def test_a_refusal_names_the_numbers_that_were_tried() -> None:
    """The error says how hard it was tried."""
    with (
        claim() as held,
        pytest.raises(OSError, match=f"200 .* between {held.port} and") as refused,
    ):
        claim(among=[held.port])

    assert refused.value.errno == errno.EADDRINUSE


def test_a_claim_leaves_the_random_numbers_of_a_test_alone() -> None:
    """A test that seeds random sees the same numbers with and without a claim."""
    before = random.getstate()
    claim().close()

    assert random.getstate() == before


def test_of_another_network_somebody_else_tells_what_is_free() -> None:
    """A number that is taken here may be free there, and the other way round."""
    with claim() as taken, claim() as other:
        among = [taken.port, other.port]
    with (
        socket.create_server(("127.0.0.1", among[0])),
        claim(among=among, free=lambda port: port == among[0]) as claimed,
    ):
        assert claimed.port == among[0]


def test_a_number_is_given_back_when_nobody_can_tell_whether_it_is_free() -> None:
    """The error of whoever was asked is passed on."""

    def gone(_port: int) -> bool:
        raise ConnectionResetError

    with claim() as claimed:
        among = [claimed.port]
    with pytest.raises(ConnectionResetError):
        claim(among=among, free=gone)
    with claim(among=among) as again:
        assert again.port == among[0]
