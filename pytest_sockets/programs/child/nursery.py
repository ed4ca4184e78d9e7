"""The nursery: a warm interpreter that forks reference programs before they are asked for.

They are ours, so nobody has to be kept from them: one fork does, without a namespace
and a guardian. Each waits for its request from the harness itself; the nursery tells
how it ended. When the harness is gone, so are all of them and their folders. A program
that starts others is none for the nursery. Linux.
"""

import contextlib
import gc
import importlib
import os
import select
import shutil
import signal
import socket
import types
from typing import Dict, List

from . import channel, frames, guardian, linux, names, run, sockets, streams
from .addresses import Addresses
from .paths import Paths
from .trace import Trace

PRELOADED = ("contextlib", "hashlib", "hmac", "json", "socketserver", "struct", "threading", "time")


def main(arguments: List[str]) -> None:
    """Serve the socket whose descriptor is the last argument; the first is the folder of all."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    harness = socket.socket(fileno=int(arguments[1]))
    for name in PRELOADED:
        importlib.import_module(name)
    sockets.wrapped()
    gc.collect()
    gc.freeze()
    channel.send(harness, {"ready": os.getpid()})
    Nursery(harness, arguments[0]).serve()


class Nursery:
    """The programs that run or wait to be told what they are, by process id."""

    def __init__(self, harness: socket.socket, folder: str) -> None:
        self._harness = harness
        self._folder = folder
        self._statuses: Dict[int, socket.socket] = {}
        self._codes: Dict[str, types.CodeType] = {}
        self._wake, self._woken = socket.socketpair()
        self._woken.settimeout(0)
        signal.set_wakeup_fd(self._woken.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Fork whenever the harness asks, until it closes its end; does not return."""
        # Where it closes with an answer of ours unread, that is an error and no end.
        with contextlib.suppress(OSError):
            self._serve()
        self._end()

    def _serve(self) -> None:
        while True:
            ready = select.select([self._harness, self._wake], [], [])[0]
            if self._wake in ready:
                self._wake.recv(4096)
                self._reap()
            if self._harness in ready:
                asked = channel.receive(self._harness)
                if asked is None:
                    return
                self._answer(asked[0]["path"])

    def _answer(self, path: str) -> None:
        try:
            if path not in self._codes:
                self._codes[path] = run.compiled(path)
            self._fork()
        except OSError as error:
            channel.send(self._harness, {"error": str(error)})

    def _fork(self) -> None:
        """Fork a process that waits for its request, and tell the harness of it."""
        nursery = os.getpid()
        asking, asked = socket.socketpair()
        told, status = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            others = (self._harness, self._wake, self._woken, asking, told, status)
            for each in (*others, *self._statuses.values()):
                each.close()
            _become(nursery, asked, self._codes)
        self._statuses[pid] = status
        with asking, asked, told:
            watched = os.pidfd_open(pid)  # type: ignore[attr-defined, unused-ignore]
            fds = [asking.fileno(), told.fileno(), watched]
            channel.send(self._harness, {"pid": pid}, fds)
            os.close(watched)

    def _reap(self) -> None:
        """Collect what has ended, and tell."""
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, how = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    return
                with self._statuses.pop(pid) as status:
                    guardian.tell(status, how)

    def _end(self) -> None:
        for pid in self._statuses:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        shutil.rmtree(self._folder, ignore_errors=True)
        os._exit(0)


def _become(nursery: int, asked: socket.socket, codes: Dict[str, types.CodeType]) -> None:
    """Have everything in its place, wait for the request, and be the program."""
    try:
        linux.die_with_parent()
        trace = Trace(run.TRACE, "")
        names.install()
        streams.install(trace)
        frames.install()
        message = channel.receive(asked)
        asked.close()
        if message is None or os.getppid() != nursery:
            return
        request, fds = message
        guardian.settle(fds)
        run.descriptor(fds[3])
        trace.root = request["root"] + os.sep
        paths = Paths(request["sockets"], request["temporary"], request["peer_path"])
        addresses = Addresses(request["ports"], request["peers"])
        sockets.wrapped().begin(addresses, paths, trace)
        run.map_files(request, paths)
        run.begin(request, trace, codes.get(request["path"]))
    finally:
        os._exit(1)
