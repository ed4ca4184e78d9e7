"""A site: the warm interpreter that forks programs, in one network of its own.

Knows how to serve the harness's requests: ``site`` (another one, with a network
of its own), ``socket`` (a socket of this site's network), ``run`` (a program).
Does not know what is graded. It is single-threaded, so that fork is safe. Linux.
"""

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
from typing import Any, Dict, List

from . import channel, guardian, linux

Abilities = Dict[str, bool]

PRELOADED = (
    "socket",
    "selectors",
    "select",
    "threading",
    "socketserver",
    "struct",
    "json",
    "time",
    "datetime",
    "queue",
    "random",
    "hashlib",
    "hmac",
    "asyncio",
    "concurrent.futures",
    "argparse",
    "logging",
    "re",
    "traceback",
    "linecache",
    "subprocess",
    "multiprocessing",
    "encodings.idna",
    "encodings.gbk",
    "encodings.ascii",
    "encodings.latin_1",
)


def main(arguments: List[str]) -> None:
    """Serve requests from the socket whose descriptor is the one argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    harness = socket.socket(fileno=int(arguments[0]))
    abilities = _abilities()
    if abilities["users"]:
        _enter_own_namespaces()
    for name in PRELOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    linux.become_subreaper()
    channel.send(
        harness, {"ready": os.getpid(), "abilities": abilities, "python": sys.version.split()[0]}
    )
    serve(harness, abilities)


def _abilities() -> Abilities:
    """Find out by trying, in a child, which namespaces this user may make."""
    found = {
        "processes": _tried(lambda: linux.unshare(linux.CLONE_NEWPID)),
        "network": _tried(linux.own_network),
        "users": False,
    }
    if not (found["processes"] and found["network"]):
        found["users"] = _tried(_all_by_own_users)
        if found["users"]:
            found["processes"] = found["network"] = True
    return found


def _all_by_own_users() -> None:
    linux.own_users()
    linux.unshare(linux.CLONE_NEWPID)
    linux.own_network()


def _tried(attempt: Any) -> bool:
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return bool(os.waitpid(pid, 0)[1] == 0)


def _enter_own_namespaces() -> None:
    """Go on as process 1 of a process namespace that belongs to our own user namespace.

    Only in a process namespace that is its own may an ordinary user come back
    from the namespace of a program (setns(2)).
    """
    linux.own_users()
    linux.unshare(linux.CLONE_NEWPID)
    pid = os.fork()
    if pid:
        os._exit(1 if os.waitpid(pid, 0)[1] else 0)
    linux.die_with_parent()


def serve(harness: socket.socket, abilities: Abilities) -> None:
    """Answer requests until the harness closes its end; does not return."""
    while True:
        message = channel.receive(harness)
        _reap()
        if message is None:
            _let_guardians_finish()
            os._exit(0)
        request, fds = message
        try:
            _answer(harness, request, fds, abilities)
        except OSError as error:
            _refuse(harness, fds, "{}: {}".format(request["do"], error))
        for fd in fds:
            os.close(fd)


def _let_guardians_finish() -> None:
    """Wait for them where our own end would kill them: as process 1 of their namespace."""
    with contextlib.suppress(ChildProcessError):
        while os.getpid() == 1:
            os.wait()


def _refuse(harness: socket.socket, fds: List[int], why: str) -> None:
    """Say why not, where the answer is waited for: the last descriptor that came along."""
    with socket.socket(fileno=os.dup(fds[-1] if fds else harness.fileno())) as asker:
        channel.send(asker, {"error": why})


def _answer(
    harness: socket.socket, request: Dict[str, Any], fds: List[int], abilities: Abilities
) -> None:
    if request["do"] == "site":
        if os.fork() == 0:
            _new_site(harness, fds, abilities)
    elif request["do"] == "socket":
        with socket.socket(request["family"], request["type"], request["protocol"]) as made:
            channel.send(harness, {}, [made.fileno()])
    elif request["do"] == "run":
        guardian.start(harness, request, fds, namespace=abilities["processes"])


def _new_site(harness: socket.socket, fds: List[int], abilities: Abilities) -> None:
    harness.close()
    own = socket.socket(fileno=fds[0])
    try:
        linux.own_network()
        linux.become_subreaper()
    except OSError as error:
        channel.send(own, {"error": str(error)})
        os._exit(1)
    channel.send(own, {"ready": os.getpid()})
    serve(own, abilities)


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
