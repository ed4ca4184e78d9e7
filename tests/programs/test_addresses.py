"""The map between written and real addresses, without any socket."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.programs.child.addresses import Addresses, family_of

HOSTS = st.sampled_from(["127.0.0.1", "10.0.0.7", "localhost", "a.example", "", "0.0.0.0"])
PORTS = st.integers(1, 65535)
ODD = [None, 5, "/tmp/socket", b"abstract", (), ("127.0.0.1",), ("127.0.0.1", "80"), (None, 80),
       ("127.0.0.1", True), ("127.0.0.1", 65536), ("127.0.0.1", -1)]  # fmt: skip


@given(HOSTS, PORTS)
def test_what_is_bound_is_told_back_as_it_was_written(host: str, port: int) -> None:
    """The real port is ours; getsockname gives the written one."""
    addresses = Addresses([20001], [])
    real = addresses.to_bind("tcp", (host, port))
    told = addresses.own("tcp", real)

    assert real[1] == 20001
    assert told[1] == port
    assert real[0] in ("127.0.0.1", "0.0.0.0")
    assert told[0] == (host if family_of(host) else "127.0.0.1" if host else "0.0.0.0")


@given(HOSTS, PORTS)
def test_what_is_reached_is_told_back_as_it_was_written(host: str, port: int) -> None:
    """The peer's real address is ours; getpeername gives the written one."""
    addresses = Addresses([], [20002])
    real = addresses.to_reach("udp", (host, port))

    assert real == ("127.0.0.1", 20002)
    assert addresses.other("udp", real)[1] == port
    assert addresses.to_reach("udp", addresses.other("udp", real)) == real


@pytest.mark.parametrize("address", ODD)
def test_an_address_of_another_shape_is_left_to_the_system(address: Any) -> None:
    """The system refuses it with its own words."""
    addresses = Addresses([20001], [20002])

    assert addresses.to_bind("tcp", address) is address
    assert addresses.to_reach("tcp", address) is address


def test_a_program_that_is_told_its_address_is_not_mapped() -> None:
    """Then the address is the harness's own, and has to be used as it is."""
    addresses = Addresses([20001], [20002], mapped=False)

    assert addresses.to_bind("tcp", ("127.0.0.1", 8000)) == ("127.0.0.1", 8000)
    assert addresses.to_reach("tcp", ("10.0.0.1", 8000)) == ("10.0.0.1", 8000)


def test_ports_are_given_in_the_order_in_which_they_are_named() -> None:
    """The same port stays the same, and the last one serves for all that follow."""
    addresses = Addresses([20001, 20002], [])
    named = [8000, 8001, 8000, 8002]

    assert [addresses.to_bind("tcp", ("", port))[1] for port in named] == [
        20001, 20002, 20001, 20002
    ]  # fmt: skip


def test_tcp_and_udp_number_their_ports_apart() -> None:
    """A server may use one port for both."""
    addresses = Addresses([20001, 20002], [])

    assert addresses.to_bind("tcp", ("", 8000))[1] == 20001
    assert addresses.to_bind("udp", ("", 8000))[1] == 20001
    assert addresses.to_bind("tcp6", ("::", 8000, 0, 0)) == ("::", 20001, 0, 0)


def test_port_zero_takes_no_port_of_ours() -> None:
    """The system chooses, and the next port that is named is the first."""
    addresses = Addresses([20001], [])

    assert addresses.to_bind("tcp", ("10.0.0.1", 0)) == ("127.0.0.1", 0)
    assert addresses.to_bind("tcp", ("10.0.0.1", 80)) == ("127.0.0.1", 20001)


@pytest.mark.parametrize(
    ("kind", "host", "real"),
    [
        ("tcp", "::1", "::1"),
        ("tcp6", "127.0.0.1", "127.0.0.1"),
        ("tcp6", "fd00::5", "::1"),
        ("tcp6", "localhost", "::1"),
        ("tcp6", "", "::"),
        ("tcp6", "::ffff:10.0.0.1", "::ffff:127.0.0.1"),
        ("tcp6", "fe80::1%eth0", "::1"),
    ],
)
def test_families_are_kept_apart(kind: str, host: str, real: str) -> None:
    """An address of the other family goes to the system as it is."""
    assert Addresses([8000], []).to_bind(kind, (host, 8000))[0] == real


def test_who_has_sent_is_answered_where_it_is() -> None:
    """An address that came from the network is real already."""
    addresses = Addresses([20001], [20002])
    addresses.seen(("127.0.0.1", 45678))

    assert addresses.to_reach("udp", ("127.0.0.1", 45678)) == ("127.0.0.1", 45678)


def test_without_peers_a_destination_keeps_its_port() -> None:
    """A server under test that connects somewhere does so on loopback."""
    assert Addresses([20001], []).to_reach("tcp", ("10.0.0.1", 9000)) == ("127.0.0.1", 9000)


def test_the_child_side_needs_nothing_but_the_standard_library() -> None:
    """Importing it in an isolated interpreter without site-packages works."""
    import subprocess

    from pytest_sockets.programs.spawn import CHILD_SIDE

    code = (
        "import runpy, sys; sys.argv[1:] = ['run']\n"
        f"main = runpy.run_path({CHILD_SIDE + '/__main__.py'!r})\n"
        "[main['load'](name) for name in ('site', 'run', 'command', 'linux')]\n"
        "print([p for p in sys.path if 'programs' in p])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True
    )

    assert ran.stdout == "[]\n"
