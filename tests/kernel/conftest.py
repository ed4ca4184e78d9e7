"""Children, connections and conversations with the kernel, which end with their test."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from pytest_sockets.kernel.sock_diag import SockDiag

from .steps import Child, Connected, Start, connected


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that runs Python code in a child, which ends with the test."""
    children: list[Child] = []

    def start(code: str) -> Child:
        command = [sys.executable, "-I", "-S", "-c", code]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        children.append(child)
        return child

    yield start
    for child in children:
        child.kill()
        child.communicate()


@pytest.fixture
def diag() -> Iterator[SockDiag]:
    """Return a conversation with the kernel about this network namespace."""
    with SockDiag() as diag:
        yield diag


@pytest.fixture
def pair() -> Iterator[Connected]:
    """Return the client's and the server's socket of an IPv4 connection."""
    with connected("127.0.0.1", socket.AF_INET) as both:
        yield both


@pytest.fixture
def dual_stack() -> Iterator[socket.socket]:
    """Return a listener on ``::`` that takes IPv4 clients too."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no dual-stack sockets")
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as listener:
        yield listener
