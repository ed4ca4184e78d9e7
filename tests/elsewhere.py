"""Runs Python as on another system, as far as that can be had: ``python-win32 COMMAND``.

What Python's documentation says is missing there is taken away, from the standard
library's modules and with the Linux facilities behind them; ``sys.platform`` and
``os.name`` say the other system's name. The standard library itself and what is
installed (pytest, psutil) go on with the system that they know. Sockets and processes
stay those of this machine: what the other kernel does differently is not tried.

``wrapper`` makes that interpreter. COMMAND is what follows ``python``: ``-m MODULE``,
``-c CODE``, or a file, with its arguments.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import fcntl
import functools
import importlib
import multiprocessing.spawn
import os
import runpy
import select
import shlex
import socket
import stat
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

SYSTEMS = {"win32": "nt", "darwin": "posix"}
"""What ``sys.platform`` and ``os.name`` are."""

# fmt: off
LOADED = (
    "argparse", "asyncio", "atexit", "concurrent.futures", "csv", "ctypes", "datetime",
    "difflib", "email", "encodings.gbk", "encodings.idna", "fractions", "gettext", "getpass",
    "hashlib", "hmac", "html", "http.server", "importlib.metadata", "inspect", "ipaddress",
    "json", "linecache", "locale", "logging.handlers", "multiprocessing.connection",
    "multiprocessing.popen_spawn_posix", "multiprocessing.resource_tracker", "pathlib",
    "platform", "queue", "random", "runpy", "secrets", "selectors", "shlex", "shutil",
    "socketserver", "sqlite3", "ssl", "statistics", "struct", "subprocess", "tarfile",
    "tempfile", "textwrap", "threading", "traceback", "typing", "unittest.mock", "urllib.parse",
    "urllib.request",
    "uuid", "webbrowser", "xml.etree.ElementTree", "zipfile", "zoneinfo",
    "_pytest.pytester", "click.testing", "jinja2", "psutil", "pytest",
)
"""What knows this system and keeps it, where it is installed."""

MODULES = {
    "win32": ("fcntl", "grp", "pty", "pwd", "resource", "syslog", "termios", "tty"),
    "darwin": (),
}

MISSING = {
    "win32": {
        "os": (
            "chown", "chroot", "eventfd", "fchdir", "fchown", "fork", "forkpty", "getegid",
            "geteuid", "getgid", "getgroups", "getloadavg", "getpgid", "getpgrp", "getsid",
            "getuid", "initgroups", "killpg", "lchown", "memfd_create", "mkfifo", "mknod",
            "nice", "openpty", "pathconf", "pidfd_open", "pipe2", "posix_spawn", "pread",
            "pwrite", "readv", "register_at_fork", "sched_getaffinity", "sched_setaffinity",
            "sched_yield", "sendfile", "setgid", "setgroups", "setns", "setpgid", "setsid",
            "setuid", "splice", "statvfs", "sync", "ttyname", "uname", "unshare", "wait",
            "wait3", "wait4", "waitid", "writev", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW",
            "O_NONBLOCK", "WEXITSTATUS", "WIFEXITED", "WIFSIGNALED", "WNOHANG", "WTERMSIG",
        ),
        "signal": (
            "ITIMER_REAL", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL",
            "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGTSTP", "SIGUSR1", "SIGUSR2", "alarm", "pause",
            "pidfd_send_signal", "pthread_kill", "pthread_sigmask", "setitimer", "siginterrupt",
            "sigpending", "sigtimedwait", "sigwait", "sigwaitinfo",
        ),
        "select": ("epoll", "poll", "EPOLLERR", "EPOLLET", "EPOLLHUP", "EPOLLIN", "EPOLLRDHUP"),
        "socket": (
            "AF_NETLINK", "AF_PACKET", "AF_UNIX", "CMSG_LEN", "CMSG_SPACE", "MSG_DONTWAIT",
            "MSG_NOSIGNAL", "NETLINK_ROUTE", "SCM_CREDENTIALS", "SCM_RIGHTS", "SO_PEERCRED",
            "SO_REUSEPORT", "SOCK_CLOEXEC", "SOCK_NONBLOCK", "TCP_CORK", "TCP_INFO",
            "TCP_QUICKACK", "TCP_USER_TIMEOUT", "recv_fds", "send_fds",
        ),
        "time": ("clock_getcpuclockid", "clock_gettime", "pthread_getcpuclockid", "tzset"),
    },
    "darwin": {
        "os": (
            "eventfd", "memfd_create", "pidfd_open", "pipe2", "sched_getaffinity",
            "sched_setaffinity", "setns", "splice", "unshare",
        ),
        "signal": ("pidfd_send_signal", "sigtimedwait", "sigwaitinfo"),
        "select": ("epoll", "EPOLLERR", "EPOLLET", "EPOLLHUP", "EPOLLIN", "EPOLLRDHUP"),
        "socket": (
            "AF_NETLINK", "AF_PACKET", "NETLINK_ROUTE", "SCM_CREDENTIALS", "SO_PEERCRED",
            "SOCK_CLOEXEC", "SOCK_NONBLOCK", "TCP_CORK", "TCP_INFO", "TCP_QUICKACK",
            "TCP_USER_TIMEOUT",
        ),
        "time": ("clock_getcpuclockid", "pthread_getcpuclockid"),
    },
}
"""What Python does not have on the system (its documentation: "Availability")."""
# fmt: on

METHODS = {"win32": ("recvmsg", "recvmsg_into", "sendmsg", "sendmsg_afalg"), "darwin": ()}
"""Methods of sockets that are missing."""

OURS = ("pytest_sockets", "_pytest_sockets_child", "conformance", "reference")

NOT_A_SOCKET = 10038
"""WSAENOTSOCK: select() takes sockets alone on Windows."""


class Kept(types.ModuleType):
    """A module as the standard library knows it, also after something was taken out of it."""

    def __init__(self, module: types.ModuleType, kept: dict[str, Any]) -> None:
        super().__init__(module.__name__)
        object.__getattribute__(self, "__dict__").update(_module=module, _kept=kept)

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__(self, "__dict__")
        if name in own["_kept"]:
            return own["_kept"][name]
        return getattr(own["_module"], name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(object.__getattribute__(self, "__dict__")["_module"], name, value)

    def __delattr__(self, name: str) -> None:
        delattr(object.__getattribute__(self, "__dict__")["_module"], name)


class Absent:
    """Stands where a method was taken away from a class."""

    def __get__(self, instance: object, owner: type) -> Any:
        raise AttributeError("Python on this system has no such method")


def become(system: str) -> None:
    """Take away from this interpreter what ``system`` does not have."""
    for name in LOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    changed = {name: dict.fromkeys(names) for name, names in MISSING[system].items()}
    changed["sys"] = {"platform": None}
    changed["os"] |= dict.fromkeys(("name", "open", "listdir", "stat"))
    changed["select"]["select"] = None
    _keep_for_the_library(changed)
    for name, names in MISSING[system].items():
        for each in names:
            if hasattr(sys.modules[name], each):
                delattr(sys.modules[name], each)
    for each in METHODS[system]:
        setattr(socket.socket, each, Absent())
    for name in MODULES[system]:
        sys.modules[name] = None  # type: ignore[assignment]
    # What os.py (3.13) puts in its place where the process's own processors can't be told.
    if hasattr(os, "process_cpu_count"):
        vars(os).update(process_cpu_count=os.cpu_count)
    sys.platform, os.name = system, SYSTEMS[system]
    _without_proc()
    if system == "win32":
        _as_windows()


def _keep_for_the_library(changed: dict[str, dict[str, Any]]) -> None:
    """Let all modules that are loaded go on with what they know."""
    kept = {}
    for name, names in changed.items():
        module = sys.modules[name]
        values = {each: getattr(module, each) for each in names if hasattr(module, each)}
        kept[id(module)] = Kept(module, values)
    for name, user in list(sys.modules.items()):
        if user is None or id(user) in kept or name == __name__ or "importlib" in name:
            continue
        for key, value in list(vars(user).items()):
            if id(value) in kept:
                vars(user)[key] = kept[id(value)]


def _without_proc() -> None:
    """Let /proc be no folder, for all that is not the standard library."""

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def call(path: Any, *arguments: Any, **named: Any) -> Any:
            ours = sys._getframe(1).f_globals.get("__name__", "").partition(".")[0] in OURS
            if ours and str(path).startswith("/proc"):
                raise FileNotFoundError(2, "No such file or directory", path)
            return real(path, *arguments, **named)

        return call

    builtins.open = guarded(open)
    os.open, os.listdir, os.stat = guarded(os.open), guarded(os.listdir), guarded(os.stat)


def _as_windows() -> None:
    """Add what Windows has, made of what is here: handles are descriptors."""
    msvcrt = types.ModuleType("msvcrt")
    vars(msvcrt).update(LK_NBLCK=2, LK_UNLCK=0, locking=_locking)
    vars(msvcrt).update(get_osfhandle=int, open_osfhandle=lambda handle, _flags: handle)
    sys.modules["msvcrt"] = msvcrt
    vars(ctypes).update(WinError=lambda code: OSError(code, os.strerror(code)))
    vars(os).update(O_BINARY=0, set_handle_inheritable=os.set_inheritable)
    # An option that changes nothing here: binding is exclusive on Linux without it.
    vars(socket).update(SO_EXCLUSIVEADDRUSE=socket.SO_OOBINLINE, socketpair=_socketpair)
    select.select = _sockets_alone(select.select)


def _locking(descriptor: int, mode: int, count: int) -> None:
    """Lock or unlock bytes from where the descriptor stands, as msvcrt does."""
    how = fcntl.LOCK_UN if mode == 0 else fcntl.LOCK_EX | fcntl.LOCK_NB
    fcntl.lockf(descriptor, how, count, 0, os.SEEK_CUR)


def _socketpair() -> tuple[socket.socket, socket.socket]:
    """Return a pair as Python makes it of TCP where there is no AF_UNIX."""
    with socket.create_server(("127.0.0.1", 0), backlog=1) as listener:
        one = socket.create_connection(listener.getsockname())
        return listener.accept()[0], one


def _sockets_alone(real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def select_(*arguments: Any) -> Any:
        for each in (each for several in arguments[:3] for each in several):
            number = each if isinstance(each, int) else each.fileno()
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                raise OSError(NOT_A_SOCKET, "it is no socket")
        return real(*arguments)

    return select_


def wrapper(folder: Path, system: str) -> Path:
    """Write an interpreter of ``system`` into ``folder`` and return its path."""
    path = folder / f"python-{system}"
    here = shlex.join([sys.executable, str(Path(__file__).resolve()), system])
    path.write_text(f'#!/bin/sh\nexec {here} "$0" "$@"\n', "utf-8")
    path.chmod(0o755)
    return path


def _run(words: Sequence[str]) -> None:
    """Run what would follow ``python`` on a command line."""
    left = list(words)
    while left[0] in ("-I", "-S", "-B", "-u"):
        del left[0]
    kind, *rest = left
    sys.path[0] = ""
    if kind == "-c":
        sys.argv = ["-c", *rest[1:]]
        exec(rest[0], vars(sys.modules["__main__"]))
    elif kind == "-m":
        sys.argv = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = left
        runpy.run_path(kind, run_name="__main__")


if __name__ == "__main__":
    # Ports are claimed in a file of the user's name: of what runs here all have to see the same.
    os.environ["USERNAME"] = str(os.getuid())
    become(sys.argv[1])
    sys.executable = sys.argv[2]
    multiprocessing.spawn.set_executable(sys.argv[2])
    _run(sys.argv[3:])
