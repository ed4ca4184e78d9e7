"""The guardian of one program: starts it, tells its end, and takes all of it down.

The guardian is process 1 of a process namespace where that is allowed, so that
its own end takes every descendant with it; elsewhere it adopts orphans and
kills until none is left. It ends when the harness closes the status socket.
"""

import os
import select
import signal
import socket
import struct
from typing import Any, Dict, List

from . import linux, run

ROUNDS = 200


def start(harness, request, fds, namespace):
    # type: (socket.socket, Dict[str, Any], List[int], bool) -> None
    """Fork the guardian of a program whose descriptors are 0, 1, 2, trace and status."""
    if not namespace:
        if os.fork() == 0:
            _guard(harness, request, fds)
        return
    own = os.open("/proc/self/ns/pid", os.O_RDONLY)
    try:
        linux.unshare(linux.CLONE_NEWPID)
        if os.fork() == 0:
            _guard(harness, request, fds)
    finally:
        linux.setns(own, linux.CLONE_NEWPID)
        os.close(own)


def _guard(harness, request, fds):
    # type: (socket.socket, Dict[str, Any], List[int]) -> None
    harness.close()
    os.setsid()
    status = socket.socket(fileno=fds[4])
    if linux.AVAILABLE:
        linux.become_subreaper()
    wake, woken = socket.socketpair()
    woken.setblocking(False)
    signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    pid = os.fork()
    if pid == 0:
        wake.close()
        woken.close()
        _become(request, fds, status)
    for fd in fds[:4]:
        os.close(fd)
    _watch(pid, status, wake)


def _become(request, fds, status):
    # type: (Dict[str, Any], List[int], socket.socket) -> None
    """Turn into the program: descriptors, signals, then its code or its command."""
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    os.setpgid(0, 0)
    _introduce(status)
    status.close()
    for number, fd in enumerate(fds[:3]):
        os.dup2(fd, number)
        os.close(fd)
    if request["kind"] == "command":
        _execute(request, fds[3])
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    request["trace"] = fds[3]
    run.run(request)


def _execute(request, trace):
    # type: (Dict[str, Any], int) -> None
    os.close(trace)
    try:
        os.chdir(request["folder"])
        os.environ["PYTHONUNBUFFERED"] = "1"
        os.execvp(request["arguments"][0], request["arguments"])
    except OSError as error:
        text = "{}: {}\n".format(request["arguments"][0], error.strerror)
        os.write(2, text.encode("utf-8", "replace"))
    os._exit(127)


def _introduce(status):
    # type: (socket.socket) -> None
    """Send our process id; on Linux the kernel translates it into the harness's namespace."""
    text = "{}\n".format(os.getpid()).encode()
    if linux.AVAILABLE:
        credentials = struct.pack("iii", os.getpid(), os.getuid(), os.getgid())
        status.sendmsg([text], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, credentials)])
    else:
        status.sendall(text)


def _watch(pid, status, wake):
    # type: (int, socket.socket, socket.socket) -> None
    while True:
        readable = select.select([status, wake], [], [])[0]
        if wake in readable:
            wake.recv(4096)
            _reap(pid, status)
        if status in readable:
            _take_down(pid)
            os._exit(0)


def _reap(program, status):
    # type: (int, socket.socket) -> None
    while True:
        try:
            pid, how = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        if pid == program:
            code = -os.WTERMSIG(how) if os.WIFSIGNALED(how) else os.WEXITSTATUS(how)
            try:
                status.sendall("{}\n".format(code).encode())
            except OSError:
                pass


def _take_down(program):
    # type: (int) -> None
    """Kill every descendant: stop them first, so that none forks away in between."""
    if os.getpid() == 1:
        _kill_namespace()
        return
    if not linux.AVAILABLE:
        os.killpg(program, signal.SIGKILL)
        return
    for _ in range(ROUNDS):
        family = _descendants(os.getpid())
        if not family:
            return
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in family:
                try:
                    os.kill(pid, number)
                except OSError:
                    pass
        try:
            os.waitpid(-1, 0)
        except ChildProcessError:
            pass


def _kill_namespace():
    # type: () -> None
    # The kernel closes our descriptors before it kills the others, so the harness
    # would be told too early: kill them and see them gone first.
    try:
        os.kill(-1, signal.SIGKILL)
        while True:
            os.waitpid(-1, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def _descendants(pid):
    # type: (int) -> List[int]
    try:
        with open("/proc/{0}/task/{0}/children".format(pid)) as file:
            children = [int(word) for word in file.read().split()]
    except (OSError, ValueError):
        return []
    return children + [deep for child in children for deep in _descendants(child)]


