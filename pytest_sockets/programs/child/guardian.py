"""The guardian of one program: starts it, tells its end, and takes all of it down.

The guardian is process 1 of a process namespace where that is allowed, so that
its own end takes every descendant with it; elsewhere it adopts orphans and
kills until none is left. It ends when the harness asks for it; when the harness
was killed and could not ask, it removes the throw-away folder too. Linux.
"""

import contextlib
import os
import select
import shutil
import signal
import socket
import struct
import time
from typing import Any, Callable, Dict, List, Optional

from . import channel, command, confine, linux, run, surroundings
from .world import PATH, World

END, GONE = b"end", b"gone\n"
"""What the harness says when it wants the program taken down, and what it is answered."""

ROUNDS = 1000
PAUSE = 0.001


def start(
    harness: socket.socket,
    request: Dict[str, Any],
    fds: List[int],
    world: Optional[World],
    *,
    namespace: bool,
) -> None:
    """Fork the guardian of a program whose descriptors are 0, 1, 2, trace and status.

    The program lives in ``world``, or sees the machine as it is.
    """
    here = os.open(".", PATH)
    left = {"mnt": linux.CLONE_NEWNS, "ipc": linux.CLONE_NEWIPC} if world and world.files else {}
    if namespace:
        left["pid"] = linux.CLONE_NEWPID
    own = {os.open("/proc/self/ns/" + name, os.O_RDONLY): flag for name, flag in left.items()}
    try:
        if namespace:
            linux.unshare(linux.CLONE_NEWPID)
        # Made here, and not in the guardian: there each page that is written to is copied first.
        if world is not None:
            world.give_own(request["temporary"], _command(request))
        if linux.fork() == 0:
            for descriptor in (here, *own):
                os.close(descriptor)
            _guard(harness, request, fds, world)
    finally:
        for descriptor, flag in own.items():
            linux.setns(descriptor, flag)
            os.close(descriptor)
        os.fchdir(here)
        os.close(here)


def _guard(
    harness: socket.socket, request: Dict[str, Any], fds: List[int], world: Optional[World]
) -> None:
    """Fork the program and watch over it; does not return."""
    try:
        harness.close()
        os.setsid()
        status = socket.socket(fileno=fds[4])
        linux.become_subreaper()
        if world is not None:
            _contain(world.see_own_processes, status)
        wake, woken = socket.socketpair()
        woken.settimeout(0)
        signal.set_wakeup_fd(woken.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        pid = linux.fork()
        if pid == 0:
            wake.close()
            woken.close()
            linux.settle_fork()
            _become(request, fds, status, world)
        for fd in fds[:4]:
            os.close(fd)
        remove = world.remove if world is not None else _remove
        _watch(pid, status, wake, lambda: remove(request["temporary"]))
    finally:
        os._exit(1)


def _become(
    request: Dict[str, Any], fds: List[int], status: socket.socket, world: Optional[World]
) -> None:
    """Turn into the program: descriptors, signals, then its code or its command."""
    settle(fds)
    # Before it is confined: where its command lies depends on its PATH.
    surroundings.change(request["changed"])
    if world is not None:
        _contain(lambda: world.become_user((0, 1, 2)), status)
    _contain(lambda: confine.confine(request), status)
    _introduce(status)
    status.close()
    if request["kind"] == "command":
        os.close(fds[3])
        command.execute(request)
    request["trace"] = fds[3]
    run.run(request)


def _command(request: Dict[str, Any]) -> List[str]:
    return request["arguments"] if request["kind"] == "command" else []


def _contain(step: Callable[[], None], status: socket.socket) -> None:
    """Take one step towards the program's containment; it does not run where that can't be."""
    try:
        step()
    except OSError as error:
        channel.send(status, {"error": "it can't be contained: {}".format(error)})
        os._exit(1)


def settle(fds: List[int]) -> None:
    """Give this process the signals, the group and the standard streams of a program."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.setpgid(0, 0)
    for number, fd in enumerate(fds[:3]):
        os.dup2(fd, number)
        os.close(fd)


def _introduce(status: socket.socket) -> None:
    """Send our process id, which the kernel translates into the harness's namespace."""
    credentials = struct.pack("iii", os.getpid(), os.getuid(), os.getgid())
    status.sendmsg([b"started\n"], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, credentials)])


def _remove(folder: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def _watch(
    program: int, status: socket.socket, wake: socket.socket, clean_up: Callable[[], None]
) -> None:
    while True:
        readable = select.select([status, wake], [], [])[0]
        if wake in readable:
            wake.recv(4096)
            _reap(program, status)
        if status in readable:
            asked = _asked(status)
            _take_down()
            if asked:
                with contextlib.suppress(OSError):
                    status.sendall(GONE)
            else:
                clean_up()
            os._exit(0)


def _asked(status: socket.socket) -> bool:
    try:
        return status.recv(len(END)) == END
    except OSError:  # a harness that was killed with something of ours unread
        return False


def _reap(program: int, status: socket.socket) -> None:
    """Collect all children that ended; tell the harness when the program was among them."""
    while True:
        try:
            pid, how = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        if pid == program:
            tell(status, how)


def tell(status: socket.socket, how: int) -> None:
    """Tell the harness, if it is still there, how a child ended: negative for a signal."""
    code = -os.WTERMSIG(how) if os.WIFSIGNALED(how) else os.WEXITSTATUS(how)
    with contextlib.suppress(OSError):
        status.sendall("{}\n".format(code).encode())


def _take_down() -> None:
    if os.getpid() == 1:
        _kill_namespace()
        return
    for _ in range(ROUNDS):
        family = _descendants(os.getpid())
        if not family:
            return
        # Stopped first, so that none forks away while others are killed.
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in family:
                _send(pid, number)
        _collect()


def _kill_namespace() -> None:
    # The kernel closes our descriptors before it kills the others, so the harness
    # would be told too early: kill them and see them gone first.
    try:
        os.kill(-1, signal.SIGKILL)
        while True:
            os.waitpid(-1, 0)
    except (ProcessLookupError, ChildProcessError):
        pass


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(pid, number)


def _collect() -> None:
    """Reap what has ended by now; wait a little when nothing has."""
    collected = 0
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            collected += 1
    except ChildProcessError:
        return
    if not collected:
        time.sleep(PAUSE)


def _descendants(pid: int) -> List[int]:
    found = _children(pid)
    for child in found:
        found += _children(child)
    return found


def _children(pid: int) -> List[int]:
    found: List[int] = []
    try:
        for thread in os.listdir("/proc/{}/task".format(pid)):
            with open("/proc/{}/task/{}/children".format(pid, thread)) as file:
                found += [int(word) for word in file.read().split()]
    except (OSError, ValueError):
        pass
    return found
