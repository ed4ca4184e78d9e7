"""The few system calls of Linux that Python 3.8 does not offer: prctl, unshare, setns.

Knows constants and ctypes. Everything here raises OSError where it is not allowed.
"""

import ctypes
import errno
import functools
import os
import signal
import socket
import struct
import sys
import threading
from typing import Any, Optional

CLONE_NEWNS = 0x00020000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 0x1, 0x2, 0x4, 0x8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 0x20, 0x1000, 0x4000, 0x40000
MOUNT_SETATTR = 442
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
MOUNT_ATTRIBUTES = struct.Struct("=QQQQ")  # mount_attr: set, clear, propagation, user namespace
CAPABILITIES = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3"""

_libc: Any = None


def _call(name: str, *args: Any) -> None:
    if getattr(_loaded(), name)(*args) != 0:
        raise _failed(name)


def _loaded() -> Any:
    global _libc  # noqa: PLW0603 - loading it costs half a millisecond, once
    if _libc is None:
        _libc = ctypes.CDLL(None, use_errno=True)
        _libc.syscall.restype = ctypes.c_long
    return _libc


def _failed(name: str) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), name)


_word = functools.lru_cache(maxsize=None)(ctypes.c_long)


def syscall(number: int, *args: Any) -> int:
    """Make a system call that libc may not have by name, and return its result (syscall(2))."""
    words = [_word(arg) if isinstance(arg, int) else arg for arg in args]
    result: int = _loaded().syscall(_word(number), *words)
    if result < 0:
        raise _failed("system call %d" % number)
    return result


def fork() -> int:
    """Fork without telling Python, for a process that has one thread and holds no lock.

    What Python does in every child (``os.register_at_fork``) writes to two hundred pages,
    each of which the kernel has to copy. What of it a program could notice ``settle_fork``
    does.

    Raises:
        OSError: there is no room for another process.
    """
    pid: int = _without_release().fork()
    if pid < 0:
        raise _failed("fork")
    return pid


def settle_fork() -> None:
    """Give the child of ``fork`` random numbers and a number of its thread of its own."""
    if "random" in sys.modules:
        sys.modules["random"].seed()
    if hasattr(threading, "get_native_id"):
        threading.main_thread()._set_native_id()  # type: ignore[attr-defined]


@functools.lru_cache(maxsize=None)
def _without_release() -> Any:
    # The lock of the interpreter is kept: the child has nobody to take it back from.
    return ctypes.PyDLL(None, use_errno=True)


def prctl(option: int, *args: Any) -> None:
    """Change something about this process (prctl(2))."""
    words = [_word(arg) if isinstance(arg, int) else arg for arg in args]
    _call("prctl", option, *words, *[_word(0)] * (4 - len(words)))


def unshare(flags: int) -> None:
    """Leave the named namespaces for new ones (unshare(2))."""
    _call("unshare", flags)


def setns(fd: int, flags: int) -> None:
    """Enter the namespace of ``fd`` (setns(2))."""
    _call("setns", fd, flags)


def mount(source: str, target: str, kind: Optional[str], flags: int, options: str = "") -> None:
    """Mount a file system of ``kind``, or change what is mounted (mount(2))."""
    kind_of = os.fsencode(kind) if kind else None
    _call(
        "mount",
        os.fsencode(source),
        os.fsencode(target),
        kind_of,
        ctypes.c_ulong(flags),
        os.fsencode(options),
    )


def make_read_only(path: str) -> None:
    """Make what is mounted at ``path`` read-only, and all mounted below it (mount_setattr(2))."""
    attributes = MOUNT_ATTRIBUTES.pack(MS_RDONLY | MS_NOSUID, 0, 0, 0)
    syscall(MOUNT_SETATTR, AT_FDCWD, os.fsencode(path), AT_RECURSIVE, attributes, len(attributes))


def remount_read_only(path: str) -> None:
    """Make what is mounted at ``path`` read-only."""
    flags = MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV
    mount("none", path, None, flags)


def pivot_root(new_root: str, put_old: str) -> None:
    """Make the mount ``new_root`` the root, with the old one below it (pivot_root(2))."""
    number = {"x86_64": 155, "aarch64": 41}.get(os.uname().machine)
    if number is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), "pivot_root")
    syscall(number, os.fsencode(new_root), os.fsencode(put_old))


def drop_capabilities() -> None:
    """Give up all capabilities for good (capset(2))."""
    header, nothing = struct.pack("=Ii", CAPABILITIES, 0), bytes(24)
    _call("capset", header, nothing)


def become_subreaper() -> None:
    """Adopt all orphans among this process's descendants (prctl(2))."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Be killed when the process that forked us ends (prctl(2))."""
    prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))


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


def loopback_alone() -> None:
    """Enter a network namespace that has the loopback device and nothing else.

    The ports that the system chooses are those that it would choose outside, and
    everybody may bind low ones.
    """
    chosen = _setting("ipv4/ip_local_port_range")
    unshare(CLONE_NEWNET)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        _loopback_up(any_socket)
    _set("ipv4/ip_local_port_range", chosen)
    _set("ipv4/ip_unprivileged_port_start", "0")


def own_network() -> None:
    """Enter a network namespace in which all addresses are this machine's and all ports free."""
    loopback_alone()
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as route:
        route.bind((0, 0))
        for family in (socket.AF_INET, socket.AF_INET6):
            _everything_is_local(route, family)
    _set("ipv6/ip_nonlocal_bind", "1")


def _setting(name: str) -> str:
    """Return a setting of this network, as text; empty for one that this kernel has not."""
    try:
        with open("/proc/sys/net/" + name) as file:
            return file.read()
    except OSError:
        return ""


def _set(name: str, value: str) -> None:
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
