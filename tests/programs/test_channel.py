"""Documents between the harness and a site, and what is made of what is none."""

from __future__ import annotations

import array
import os
import socket

import pytest

from pytest_sockets.programs.child import channel

pytestmark = pytest.mark.skipif(
    not hasattr(socket, "SCM_RIGHTS"), reason="no descriptors can be sent here"
)


def test_a_document_comes_with_its_descriptors() -> None:
    """What was sent is received, and a copy of each descriptor with it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel.send(theirs, {"do": "run"}, [theirs.fileno()])
        received = channel.receive(ours)
    assert received is not None
    document, (copy,) = received
    os.close(copy)
    assert document == {"do": "run"}


@pytest.mark.parametrize("said", [b"\0\0\0\2{]", b"\xff\xff\xff\xff", b"\0\0\0\7{}", b"\0\0"])
def test_descriptors_of_what_is_no_document_are_let_go(said: bytes) -> None:
    """Who is told nonsense keeps nothing that came with it."""
    ours, theirs = socket.socketpair()
    reader, writer = os.pipe()
    rights = array.array("i", [writer]).tobytes()
    with ours:
        with theirs:
            theirs.sendmsg([said], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
        os.close(writer)
        with pytest.raises(OSError, match=r"document|message"):
            channel.receive(ours)
    # All copies of the writing end are closed: so the pipe has come to its end.
    assert os.read(reader, 1) == b""
    os.close(reader)
