"""How a socket call looks in the trace: arguments, result and size, cut short.

Knows the signatures of ``socket.socket``'s methods. What it is given comes from
the program, so a ``repr`` that fails is no error.
"""

import socket
from typing import Any, Tuple

LONGEST_BYTES = 48
LONGEST = 80
BYTES = (bytes, bytearray, memoryview)
SENDING = ("send", "sendall", "sendto", "sendmsg")
HOW = {socket.SHUT_RD: "SHUT_RD", socket.SHUT_WR: "SHUT_WR", socket.SHUT_RDWR: "SHUT_RDWR"}
OPTIONS = (
    "SO_REUSEADDR",
    "SO_REUSEPORT",
    "SO_LINGER",
    "SO_KEEPALIVE",
    "SO_RCVBUF",
    "SO_SNDBUF",
    "SO_BROADCAST",
    "SO_EXCLUSIVEADDRUSE",
    "SO_RCVTIMEO",
    "SO_SNDTIMEO",
)


def arguments(name: str, args: Any) -> str:
    """Return the arguments of the call as the program might have written them."""
    if name in SENDING and args:
        first = _bytes(args[0]) if isinstance(args[0], BYTES) else _cut(args[0])
        return ", ".join([first, *(_cut(a) for a in args[1:])])
    if name == "setsockopt" and len(args) >= 3:
        return ", ".join([*_option(args[0], args[1]), _cut(args[2])])
    if name == "shutdown" and args:
        return HOW.get(args[0]) or _cut(args[0])
    return ", ".join(_cut(a) for a in args if not isinstance(a, (bytearray, memoryview)))


def size(name: str, args: Any, result: Any) -> Any:
    """Return how many bytes the call moved, None when it moves none."""
    if name == "sendall":
        return memoryview(args[0]).nbytes
    if name == "recv":
        return len(result)
    if name in ("recvfrom", "recvmsg"):
        return len(result[0])
    if name in ("recvfrom_into", "recvmsg_into"):
        return result[0]
    return result if name in ("recv_into", "send", "sendto", "sendmsg") else None


def result(name: str, value: Any) -> str:
    """Return the result of the call as Python would show it."""
    if name == "recv":
        return _bytes(value)
    if name in ("recvfrom", "recvmsg"):
        return "{}, {}".format(_bytes(value[0]), _cut(value[-1]))
    if name == "accept":
        return _cut(value[1])
    return "" if value is None else _cut(value)


def _option(level: Any, option: Any) -> Tuple[str, str]:
    if level != socket.SOL_SOCKET:
        return _cut(level), _cut(option)
    named = [name for name in OPTIONS if getattr(socket, name, None) == option]
    return "SOL_SOCKET", named[0] if named else _cut(option)


def _bytes(data: Any) -> str:
    return repr(bytes(data[:LONGEST_BYTES]))


def _cut(value: Any) -> str:
    try:
        text = repr(value)
    except Exception:
        text = "<{}>".format(type(value).__name__)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."
