"""Caps ``send`` and ``recv`` of stream sockets: fewer bytes are moved than could be.

Knows which calls may move fewer bytes (send(2), recv(2)). Does not know why.
"""

import functools
import socket
from typing import Any, Callable, Dict

MSG_WAITALL = getattr(socket, "MSG_WAITALL", 0)


def cap(methods: Dict[str, Callable[..., Any]], most_sent: int, most_received: int) -> None:
    """Cap the ``methods`` of sockets, which are found by their names; 0 is for no cap."""
    if most_sent:
        methods["send"] = _short_send(methods["send"], most_sent)
    if most_received:
        methods["recv"] = _short_recv(methods["recv"], most_received)
        methods["recv_into"] = _short_recv_into(methods["recv_into"], most_received)


def _applies(sock: Any, flags: int) -> bool:
    """Tell whether fewer bytes may be moved: a datagram is whole, and so is what was asked for."""
    return sock.type & 0xF == socket.SOCK_STREAM and not flags & MSG_WAITALL


def _short_send(real: Callable[..., Any], most: int) -> Callable[..., Any]:
    @functools.wraps(real)
    def send(sock: Any, data: Any, flags: int = 0) -> Any:
        if not _applies(sock, flags):
            return real(sock, data, flags)
        with memoryview(data) as view, view.cast("B") as octets:
            return real(sock, octets[:most], flags)

    return send


def _short_recv(real: Callable[..., Any], most: int) -> Callable[..., Any]:
    @functools.wraps(real)
    def recv(sock: Any, size: int, flags: int = 0) -> Any:
        return real(sock, min(size, most) if _applies(sock, flags) else size, flags)

    return recv


def _short_recv_into(real: Callable[..., Any], most: int) -> Callable[..., Any]:
    @functools.wraps(real)
    def recv_into(sock: Any, buffer: Any, nbytes: int = 0, flags: int = 0) -> Any:
        if not _applies(sock, flags):
            return real(sock, buffer, nbytes, flags)
        with memoryview(buffer) as view:
            return real(sock, buffer, min(nbytes or view.nbytes, most), flags)

    return recv_into
