"""Notes what of Linux our own code uses in this process: a plugin of pytest, ``-p tripwires``.

What was touched is written to the file that TRIPWIRES names, a name a line. Knows what our
modules ask for, by the interpreter's own events (sys.addaudithook) and by functions that it
wraps. Does not see into other processes; what psutil reads is its own affair.
"""

from __future__ import annotations

import os
import re
import select
import selectors  # noqa: F401 - it makes classes of what is wrapped below
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

FILE = "TRIPWIRES"
LISTED = ("open", "os.listdir", "os.scandir")
CALLED = (
    (os, "pidfd_open"),
    (os, "eventfd"),
    (os, "splice"),
    (os, "sched_setaffinity"),
    (select, "epoll"),
)
OPTIONS = ("TCP_QUICKACK", "TCP_CORK", "TCP_INFO")
CONTROLS = {0x894B: "SIOCOUTQNSD", 0x5411: "TIOCOUTQ", 1031: "F_SETPIPE_SZ"}
WARM = ("site", "nursery")

touched: set[str] = set()


def _ours(frame: FrameType | None) -> bool:
    """Tell whether our code called what is at ``frame``, by whatever way but psutil."""
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name.startswith(("psutil", "pytest_sockets")):
            return bool(name.startswith("pytest_sockets"))
        frame = frame.f_back
    return False


def _seen(event: str, arguments: tuple[Any, ...]) -> None:
    found = None
    if event in LISTED:
        found = _proc(arguments)
    elif event == "socket.__new__":
        found = "AF_NETLINK" if arguments[1] == getattr(socket, "AF_NETLINK", None) else None
    elif event in ("fcntl.ioctl", "fcntl.fcntl"):
        found = CONTROLS.get(arguments[1])
    elif event == "subprocess.Popen":
        found = next((f"the {name}" for name in WARM if name in arguments[1]), None)
    if found is not None and _ours(sys._getframe(1)):
        touched.add(found)


def _wrap(holder: Any, name: str, touches: Callable[[tuple[Any, ...]], str | None]) -> None:
    real = getattr(holder, name, None)
    if real is None:
        return

    def noted(*arguments: Any, **named: Any) -> Any:
        found = touches(arguments)
        caller = sys._getframe(1).f_globals.get("__name__", "")
        if found is not None and caller.startswith("pytest_sockets"):
            touched.add(found)
        return real(*arguments, **named)

    setattr(holder, name, noted)


def _proc(arguments: tuple[Any, ...]) -> str | None:
    """Return the file of proc(5) that is opened or looked at, whatever process it is about."""
    path = str(arguments[0])
    return re.sub(r"/\d+", "/PID", path) if path.startswith("/proc") else None


def _option(arguments: tuple[Any, ...]) -> str | None:
    """Return the name of Linux's own option of TCP that is set or asked for."""
    if arguments[1] != socket.IPPROTO_TCP:
        return None
    return next((name for name in OPTIONS if getattr(socket, name, None) == arguments[2]), None)


def pytest_configure() -> None:
    """Begin to note."""
    sys.addaudithook(_seen)
    for holder, name in CALLED:
        _wrap(holder, name, lambda _, name=name: name)  # type: ignore[misc]
    for name in ("setsockopt", "getsockopt"):
        _wrap(socket.socket, name, _option)
    for name in ("stat", "readlink"):
        _wrap(os, name, _proc)
    _wrap(time, "clock_gettime", lambda a: "another's clock" if a[0] < 0 else None)


def pytest_unconfigure() -> None:
    """Tell what was touched."""
    Path(os.environ[FILE]).write_text("".join(f"{name}\n" for name in sorted(touched)), "utf-8")
