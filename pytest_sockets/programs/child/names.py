"""Resolves every host name to loopback: the machine may have no resolver at all.

Knows the resolving functions of ``socket``. Addresses in numbers stay as they
are; what they stand for is decided where they are used.
"""

import socket
from typing import Any

from .addresses import LOOPBACK, LOOPBACK_6, family_of


def install() -> None:
    """Replace the functions of ``socket`` that would ask a name server."""
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, port: Any, family: int = 0, *more: Any, **named: Any) -> Any:
        text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
        if isinstance(text, str) and text and family_of(text) is None:
            host = LOOPBACK_6 if family == socket.AF_INET6 else LOOPBACK
        return real(host, port, family, *more, **named)

    socket.getaddrinfo = getaddrinfo
    socket.gethostbyname = _number
    socket.gethostbyname_ex = lambda hostname: (hostname, [], [_number(hostname)])
    socket.gethostbyaddr = _name


def _number(hostname: str) -> str:
    return hostname if family_of(hostname) == socket.AF_INET else LOOPBACK


def _name(ip_address: str) -> Any:
    family = family_of(ip_address)
    if family is None:
        return ip_address, [], [LOOPBACK]
    if ip_address == LOOPBACK_6 or ip_address.startswith("127."):
        return "localhost", [], [ip_address]
    raise socket.herror(1, "Unknown host")
