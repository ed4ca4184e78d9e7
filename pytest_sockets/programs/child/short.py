"""Caps ``send`` and ``recv`` of stream sockets: fewer bytes are moved than could be.

Knows which calls may move fewer bytes (send(2), recv(2)). Does not know why.
"""

import functools
import socket
from typing import Any, Callable

MSG_WAITALL = getattr(socket, "MSG_WAITALL", 0)


def install(most_sent: int, most_received: int) -> None:
    """Cap the methods of the existing class in this interpreter; 0 is for no cap."""
    if most_sent:
        socket.socket.send = _short_send(socket.socket.send, most_sent)  # type: ignore[method-assign]
    if most_received:
        socket.socket.recv = _short_recv(socket.socket.recv, most_received)  # type: ignore[method-assign]
        into = _short_recv_into(socket.socket.recv_into, most_received)
        socket.socket.recv_into = into  # type: ignore[method-assign]


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
