"""A port in TIME_WAIT, on demand and proved.

Knows which side has to close first and whose SO_REUSEADDR counts (RFC 9293
§3.6.1, man 7 ip). Does not know how long the state lasts: 60 s on Linux,
less where a late segment ends it (RFC 1337).
"""

from __future__ import annotations

import contextlib
import socket
import sys
from collections.abc import Sequence

from pytest_sockets.messages import message

from . import sock_diag
from .held import Port, bind, hold_port
from .loopback import Barrier
from .ports import present

_TRIES = 5


class NoLeftover(Exception):  # noqa: N818 - the system's way, not an error of ours
    """This system leaves no connection in TIME_WAIT, or does not let it keep the port."""


def lingering_port(hosts: Sequence[str] = ("127.0.0.1", "::1")) -> Port:
    """Return a TCP port that is in TIME_WAIT, as a restarted server finds its own.

    A server closed a connection first, so its address is kept: a bind without
    SO_REUSEADDR fails with EADDRINUSE, one with it succeeds. That is so for each
    of ``hosts``, numeric, that this machine has, and for the wildcards of their
    families. ``address`` is the first one's. The state is proved by the kernel's
    table of sockets (Linux), and by a bind that fails.

    Raises:
        NoLeftover: the state can't be had here, with the reason.
        OSError: no number is free, or this machine has none of ``hosts``.
    """
    if sys.platform == "win32":
        raise NoLeftover(str(message("on Windows a connection in TIME_WAIT does not keep a port")))
    here = [host for host in hosts if present(host)]
    port = hold_port("tcp", here[0] if here else hosts[0])
    with contextlib.ExitStack() as undo:
        undo.callback(port.release)
        for host in here:
            _leave((host, port.number))
        undo.pop_all()
    return port


def _leave(address: tuple[str, int]) -> None:
    """Leave a connection of ``address`` in TIME_WAIT, and prove it."""
    for _ in range(_TRIES):
        client = _closed_by_the_server_first(address)
        if _is_kept(address) and _lingers(address, client):
            return
    raise NoLeftover(
        str(
            message(
                "{tries} connections were closed, and none stayed in TIME_WAIT; the system may "
                "have too many of them (on Linux net.ipv4.tcp_max_tw_buckets)",
                tries=_TRIES,
            )
        )
    )


def _closed_by_the_server_first(address: tuple[str, int]) -> sock_diag.Address:
    """Connect, let the server's side close first, and return the client's address."""
    with bind("tcp", address, reuse=True) as listener:
        listener.listen()
        with socket.create_connection(address) as client:
            server = listener.accept()[0]
            server.close()
            client.recv(1)
            name: sock_diag.Address = client.getsockname()[:2]
    return name


def _is_kept(address: tuple[str, int]) -> bool:
    """Return whether a bind without SO_REUSEADDR fails and one with it succeeds."""
    try:
        bind("tcp", address, reuse=False).close()
    except OSError:
        bind("tcp", address, reuse=True).close()
        return True
    return False


def _lingers(address: tuple[str, int], client: sock_diag.Address) -> bool:
    """Return whether the kernel shows the connection in TIME_WAIT; true where it shows nothing."""
    if not sock_diag.available():
        return True
    with sock_diag.SockDiag() as diag, contextlib.closing(Barrier()) as barrier:
        if _in_time_wait(diag, address, client):
            return True
        barrier.wait()  # behind the client's FIN, which was still under way
        return _in_time_wait(diag, address, client)


def _in_time_wait(
    diag: sock_diag.SockDiag, address: tuple[str, int], client: sock_diag.Address
) -> bool:
    row = diag.lookup(address, client)
    return row is not None and row.state == "TIME_WAIT"
