"""A site: the warm interpreter that forks programs, in one network of its own.

Knows how to serve the harness's requests: ``site`` (another one, isolated or
not), ``socket`` (a socket of this site's network), ``run`` (a program).
Does not know what is graded. It is single-threaded, so that fork is safe.
"""

import gc
import importlib
import os
import signal
import socket
import sys
from typing import Any, Dict, List

from . import channel, guardian, linux

PRELOADED = ("socket", "selectors", "select", "threading", "socketserver", "struct", "json", "time",
             "datetime", "queue", "random", "hashlib", "hmac", "asyncio", "concurrent.futures",
             "argparse", "logging", "re", "traceback", "linecache", "subprocess", "multiprocessing",
             "encodings.idna", "encodings.gbk", "encodings.ascii", "encodings.latin_1")


def main(arguments):
    # type: (List[str]) -> None
    """Serve requests from the socket whose descriptor is the one argument."""
    for name in PRELOADED:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    harness = socket.socket(fileno=int(arguments[0]))
    abilities = _abilities()
    channel.send(harness, {"ready": os.getpid(), "abilities": abilities,
                           "python": sys.version.split()[0]})
    serve(harness, abilities)


def _abilities():
    # type: () -> Dict[str, bool]
    """Find out by trying, in a child, which namespaces this user may make."""
    found = {"processes": False, "network": False, "users": False}
    if not linux.AVAILABLE:
        return found
    linux.become_subreaper()
    found["processes"] = _tried(lambda: linux.unshare(linux.CLONE_NEWPID))
    found["network"] = _tried(linux.own_network)
    if not (found["processes"] and found["network"]):
        found["users"] = _tried(lambda: (linux.own_users(), linux.own_network()))
        found["network"] = found["users"]
    return found


def _tried(attempt):
    # type: (Any) -> bool
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return bool(os.waitpid(pid, 0)[1] == 0)


def serve(harness, abilities):
    # type: (socket.socket, Dict[str, bool]) -> None
    """Answer requests until the harness closes its end."""
    while True:
        message = channel.receive(harness)
        _reap()
        if message is None:
            os._exit(0)
        request, fds = message
        try:
            _answer(harness, request, fds, abilities)
        except OSError as error:
            channel.send(harness, {"error": "{}: {}".format(request["do"], error)})
        for fd in fds:
            os.close(fd)


def _answer(harness, request, fds, abilities):
    # type: (socket.socket, Dict[str, Any], List[int], Dict[str, bool]) -> None
    if request["do"] == "site":
        if os.fork() == 0:
            _new_site(harness, request, fds, abilities)
    elif request["do"] == "socket":
        with socket.socket(request["family"], request["type"], request["protocol"]) as made:
            channel.send(harness, {}, [made.fileno()])
    elif request["do"] == "run":
        guardian.start(harness, request, fds, abilities["processes"] or abilities["users"])


def _new_site(harness, request, fds, abilities):
    # type: (socket.socket, Dict[str, Any], List[int], Dict[str, bool]) -> None
    harness.close()
    own = socket.socket(fileno=fds[0])
    try:
        if abilities["users"]:
            linux.own_users()
        if request["network"]:
            linux.own_network()
        linux.become_subreaper()
    except OSError as error:
        channel.send(own, {"error": str(error)})
        os._exit(1)
    channel.send(own, {"ready": os.getpid()})
    serve(own, abilities)


def _reap():
    # type: () -> None
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


