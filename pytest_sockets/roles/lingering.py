"""A server is started again while an old connection of its port is in TIME_WAIT.

Knows who has to close first, and that TIME_WAIT can end early: a late segment
of the old connection may be answered by RST (TIME-WAIT assassination, RFC 1337).
So the state is proved before the restart, and again after it. Where the system does not
show it, a bind of our own without SO_REUSEADDR does, which fails although nobody is left
who listens (POSIX). Such a bind succeeds on Windows: there nothing is judged.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable

from ..findings import Finding, NotJudged
from ..messages import message
from ..wire.connection import Peer
from .server import Server

LOOKS = 2000


def restart_while_lingering(server: Server, *ways: Callable[[Server], Peer]) -> None:
    """Restart the server while a connection of its port lingers.

    Each of ``ways`` opens a connection; they are tried one after the other until
    one is seen in TIME_WAIT before and after the restart. The server is killed
    where it does not close first by itself.

    Raises:
        Finding: the server does not come up again.
        NotJudged: no connection lingered for as long as was needed.
    """
    if server.place.diag is None and sys.platform == "win32":
        raise NotJudged(message("this system does not show connections in TIME_WAIT"))
    for way in ways:
        peer = way(server)
        _close_first(server, peer)
        if _comes_to_linger(server, peer) and _restarts_meanwhile(server, peer):
            return
        server.start_afresh()
    raise NotJudged(message("no connection stayed in TIME_WAIT, so a restart would prove nothing"))


def _close_first(server: Server, peer: Peer) -> None:
    """Let the server's side close first, as it does by itself or by its end."""
    if server.profile.one_shot:
        peer.received_so_far()
    if not peer.over:
        server.kill()
        peer.received_so_far()
    peer.close()


def _comes_to_linger(server: Server, peer: Peer) -> bool:
    for _ in range(LOOKS):
        if _lingers(server, peer):
            return True
        if peer.was_reset:
            return False
        server.transcript.wait(lambda: False, 0.001)
    return False


def _restarts_meanwhile(server: Server, peer: Peer) -> bool:
    """Restart the server; tell whether the connection of ``peer`` lingered all the while.

    Raises:
        Finding: the server does not come up again, and the connection lingers still.
    """
    try:
        server.restart()
    except Finding:
        if _lingers(server, peer):
            raise
        return False
    lingers = _lingers(server, peer)
    if lingers and server.place.diag is None:
        server.restart()  # our own bind had to have the port for itself
    return lingers


def _lingers(server: Server, peer: Peer) -> bool:
    diag = server.place.diag
    if diag is None:
        server.program.end()
        return _is_kept(server)
    row = diag.lookup(peer.remote, peer.local)
    return row is not None and row.state == "TIME_WAIT"


def _is_kept(server: Server) -> bool:
    """Tell whether something of a server that has ended keeps its address from being bound."""
    family = socket.AF_INET6 if ":" in server.address[0] else socket.AF_INET
    with server.place.socket(family, socket.SOCK_STREAM) as probe:
        try:
            probe.bind(server.address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return True
    return False
