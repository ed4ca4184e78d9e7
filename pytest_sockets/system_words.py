"""What Windows and macOS say of the errors of sockets, as Linux would say it.

Knows the numbers of Windows (its documentation: "Windows Sockets Error Codes"), whose words
are of the language that the system speaks, and the words of macOS (its intro(2)) where they
are not Linux's. Documented, not run. Does not know what an error means to a program.
"""

from __future__ import annotations

import re

WORDS = {
    "EACCES": "Permission denied",
    "EADDRINUSE": "Address already in use",
    "EADDRNOTAVAIL": "Cannot assign requested address",
    "EAFNOSUPPORT": "Address family not supported by protocol",
    "EAGAIN": "Resource temporarily unavailable",
    "EBADF": "Bad file descriptor",
    "ECONNREFUSED": "Connection refused",
    "ECONNRESET": "Connection reset by peer",
    "EFAULT": "Bad address",
    "EHOSTUNREACH": "No route to host",
    "EINVAL": "Invalid argument",
    "EISCONN": "Transport endpoint is already connected",
    "EMSGSIZE": "Message too long",
    "ENETUNREACH": "Network is unreachable",
    "ENOTCONN": "Transport endpoint is not connected",
    "EOPNOTSUPP": "Operation not supported",
    "EPIPE": "Broken pipe",
    "EPROTOTYPE": "Protocol wrong type for socket",
    "ETIMEDOUT": "Connection timed out",
}
"""Linux's words for the errors, by their names (errno(3))."""

CLASSES = {
    "EACCES": "PermissionError",
    "EAGAIN": "BlockingIOError",
    "ECONNREFUSED": "ConnectionRefusedError",
    "ECONNRESET": "ConnectionResetError",
    "EPIPE": "BrokenPipeError",
    "ETIMEDOUT": "TimeoutError",
}
"""What Python raises for them, where it is not OSError itself."""

WINDOWS = {
    10013: "EACCES",
    10014: "EFAULT",
    10022: "EINVAL",
    10035: "EAGAIN",
    10038: "EBADF",  # of a socket that was closed: its number is no socket's any more
    10040: "EMSGSIZE",
    10041: "EPROTOTYPE",
    10045: "EOPNOTSUPP",
    10047: "EAFNOSUPPORT",
    10048: "EADDRINUSE",
    10049: "EADDRNOTAVAIL",
    10051: "ENETUNREACH",
    10053: "EPIPE",  # this machine gave up a connection whose other end has left
    10054: "ECONNRESET",
    10056: "EISCONN",
    10057: "ENOTCONN",
    10058: "EPIPE",  # what shutdown has ended
    10060: "ETIMEDOUT",
    10061: "ECONNREFUSED",
    10065: "EHOSTUNREACH",
}
"""The errors by which a program on Windows ends where one on Linux ends by the named one."""

MACOS = {
    "Can't assign requested address": "EADDRNOTAVAIL",
    "Socket is already connected": "EISCONN",
    "Socket is not connected": "ENOTCONN",
}
"""The words of macOS that Linux does not use."""

_WINDOWS = re.compile(r"(?:\w+: )?\[WinError (\d+)\][^\n]*")
_MACOS = re.compile("|".join(map(re.escape, MACOS)))


def in_words_of_linux(error: str) -> str:
    """Return ``error``, what Python prints of one or several, as it is printed on Linux.

    What is not known stays as it is.

    >>> in_words_of_linux("ConnectionAbortedError: [WinError 10053] 您的主机中的软件中止了…")
    'BrokenPipeError: Broken pipe'
    """
    return _MACOS.sub(lambda found: WORDS[MACOS[found[0]]], _WINDOWS.sub(_linux, error))


def _linux(found: re.Match[str]) -> str:
    name = WINDOWS.get(int(found[1]))
    return f"{CLASSES.get(name, 'OSError')}: {WORDS[name]}" if name else found[0]
