"""The few system calls of Linux that Python 3.8 does not offer: prctl, unshare, setns.

Knows constants and ctypes. Everything here raises OSError where it is not allowed.
"""

import ctypes
import os
import signal
import socket
import struct
from typing import Any

CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

_libc: Any = None


def _call(name: str, *args: Any) -> None:
    global _libc  # noqa: PLW0603 - loading it costs half a millisecond, once
    if _libc is None:
        _libc = ctypes.CDLL(None, use_errno=True)
    if getattr(_libc, name)(*args) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)


def unshare(flags: int) -> None:
    """Leave the named namespaces for new ones (unshare(2))."""
    _call("unshare", flags)


def setns(fd: int, flags: int) -> None:
    """Enter the namespace of ``fd`` (setns(2))."""
    _call("setns", fd, flags)


def become_subreaper() -> None:
    """Adopt all orphans among this process's descendants (prctl(2))."""
    _call("prctl", PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent() -> None:
    """Be killed when the process that forked us ends (prctl(2))."""
    _call("prctl", PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def own_users() -> None:
    """Enter a user namespace of our own in which we keep our user and group ids."""
    uid, gid = os.getuid(), os.getgid()
    unshare(CLONE_NEWUSER)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", "%d %d 1" % (uid, uid)),
        ("gid_map", "%d %d 1" % (gid, gid)),
    ):
        with open("/proc/self/" + name, "w") as file:
            file.write(text)


def own_network() -> None:
    """Enter a network namespace in which all addresses are this machine's and all ports free."""
    unshare(CLONE_NEWNET)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        _loopback_up(any_socket)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as route:
        route.bind((0, 0))
        for family in (socket.AF_INET, socket.AF_INET6):
            _everything_is_local(route, family)
    _allow("ipv6/ip_nonlocal_bind", "1")
    _allow("ipv4/ip_unprivileged_port_start", "0")


def _allow(name: str, value: str) -> None:
    """Set what programs may do in this network; a kernel without the setting is no error."""
    try:
        with open("/proc/sys/net/" + name, "w") as file:
            file.write(value)
    except OSError:
        pass


def _loopback_up(any_socket: socket.socket) -> None:
    import fcntl

    get_flags, set_flags, up = 0x8913, 0x8914, 0x1
    request = struct.pack("16sh14s", b"lo", 0, b"")
    flags = struct.unpack("16sh14s", fcntl.ioctl(any_socket, get_flags, request))[1]
    fcntl.ioctl(any_socket, set_flags, struct.pack("16sh14s", b"lo", flags | up, b""))


def _everything_is_local(route: socket.socket, family: int) -> None:
    """``ip route add local 0.0.0.0/0 dev lo`` (rtnetlink(7)); no IPv6 is no error."""
    new_route, request, ack, create = 24, 0x1, 0x4, 0x400
    table_local, proto_boot, scope_host, type_local = 255, 3, 254, 2
    out_interface = 4
    body = struct.pack(
        "=BBBBBBBBI", family, 0, 0, 0, table_local, proto_boot, scope_host, type_local, 0
    )
    body += struct.pack("=HHI", 8, out_interface, 1)
    head = struct.pack("=IHHII", 16 + len(body), new_route, request | ack | create, 1, 0)
    route.send(head + body)
    answer = route.recv(4096)
    error = -struct.unpack_from("=i", answer, 16)[0]
    if error and family == socket.AF_INET:
        raise OSError(error, os.strerror(error), "ip route add local")
