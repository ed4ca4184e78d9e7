"""A site: the warm interpreter that forks programs, in one network of its own.

Knows how to serve the harness's requests: ``site`` (another one, with a network
of its own), ``copy`` (another one, in this network), ``socket`` (a socket of this
site's network), ``taken`` (which ports of it are), ``run`` (a program).
Does not know what is graded. It is single-threaded, so that fork is safe. Linux.
"""

import contextlib
import errno
import functools
import gc
import importlib
import os
import signal
import socket
import sys
import tempfile
from typing import Any, Callable, Dict, Iterable, List, Optional, Tuple

from . import channel, guardian, linux, machine, sockets
from .world import FREE, World, renounce, users

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
    "re",
    "traceback",
    "linecache",
    "subprocess",
    "encodings.gbk",
    "encodings.ascii",
    "encodings.latin_1",
)
"""What most programs import; what others do is loaded once the first of them comes.

The harness has a copy do that: each module makes every fork dearer.
"""

COPIES: List[int] = []
"""The process ids of copies, which have to be gone when this process is."""


def main(arguments: List[str]) -> None:
    """Serve requests from the socket whose descriptor is the last argument.

    With ``private`` before it, programs are given a network that has the loopback
    device and nothing else, where this user may make one. The path between both is for
    the folder in which the harness makes those that it throws away: where one can be made
    that is bounded, its descriptor comes with the first answer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    harness = socket.socket(fileno=int(arguments[-1]))
    abilities = {**machine.probe(), **_abilities()}
    private = arguments[0] == "private" and abilities["network"]
    world = _possible_world(abilities) if arguments[0] == "private" else None
    if abilities["users"]:
        _enter_own_namespaces()
    if private:
        linux.loopback_alone()
    if world is not None:
        world.enter(machine.readable(), arguments[1])
        renounce()
    machine.known()
    sockets.wrapped()
    _load(PRELOADED)
    linux.become_subreaper()
    ready = {"ready": os.getpid(), "abilities": abilities, "private": private}
    rooms = world.throw_away() if world is not None else []
    channel.send(harness, dict(ready, python=sys.version.split()[0]), rooms)
    for descriptor in rooms:
        os.close(descriptor)
    serve(harness, abilities, world)
    if world is not None:
        world.leave()
    os._exit(0)


def _load(names: Iterable[str]) -> None:
    """Load modules for all that are forked from now on."""
    missing = [name for name in names if name not in sys.modules]
    for name in missing:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if missing:
        gc.collect()
        gc.freeze()


def _abilities() -> Abilities:
    """Find out by trying, in a child, which namespaces this user may make."""
    found = {
        "processes": machine.tried(lambda: linux.unshare(linux.CLONE_NEWPID)),
        "network": machine.tried(linux.own_network),
        "users": False,
    }
    if not (found["processes"] and found["network"]):
        found["users"] = machine.tried(_all_by_own_users)
        if found["users"]:
            found["processes"] = found["network"] = True
    return found


def _all_by_own_users() -> None:
    linux.own_users()
    linux.unshare(linux.CLONE_NEWPID)
    linux.own_network()


def _possible_world(abilities: Abilities) -> Optional[World]:
    """Find out by trying which world programs can be given, and note what that means for them."""
    folder = tempfile.mkdtemp()
    try:
        worlds = [World(user, files=files) for files in (True, False) for user in users()]
        lives = functools.partial(_lives_in, folder, abilities)
        world = next(filter(lives, worlds), None)
    finally:
        os.rmdir(folder)
    abilities["rights"] = world is not None
    abilities["own_user"] = world is not None and world.user >= FREE
    abilities["own_files"] = world is not None and world.files
    return world


def _lives_in(folder: str, abilities: Abilities, world: World) -> bool:
    return machine.tried(lambda: _live_in(world, folder, abilities))


def _live_in(world: World, folder: str, abilities: Abilities) -> None:
    """Live in ``world`` for a moment, as a program does; this process gets out of it no more."""
    if abilities["users"]:
        linux.own_users()
    if world.files:
        linux.unshare(linux.CLONE_NEWPID)
    pid = os.fork()
    if pid == 0:
        world.enter(machine.readable())
        world.give_own(folder)
        world.see_own_processes()
        world.become_user()
        # What its interpreter is made of has to be there, and in its reach.
        with open(os.__file__):
            os._exit(0)
    if os.waitpid(pid, 0)[1]:
        raise OSError("programs can't live in that world")


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


def serve(harness: socket.socket, abilities: Abilities, world: Optional[World]) -> None:
    """Answer requests until the harness closes its end, and all guardians have ended."""
    while True:
        message = channel.receive(harness)
        _reap()
        if message is None:
            _let_others_finish()
            return
        request, fds = message
        try:
            _answer(harness, request, fds, abilities, world)
        except OSError as error:
            _refuse(harness, fds, "{}: {}".format(request["do"], error))
        for fd in fds:
            os.close(fd)


def _let_others_finish() -> None:
    """Wait for copies, and for guardians where our end would be theirs: in our namespace."""
    for copy in COPIES:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(copy, 0)
    with contextlib.suppress(ChildProcessError):
        while os.getpid() == 1:
            os.wait()


def _refuse(harness: socket.socket, fds: List[int], why: str) -> None:
    """Say why not, where the answer is waited for: the last descriptor that came along."""
    with socket.socket(fileno=os.dup(fds[-1] if fds else harness.fileno())) as asker:
        channel.send(asker, {"error": why})


def _answer(
    harness: socket.socket,
    request: Dict[str, Any],
    fds: List[int],
    abilities: Abilities,
    world: Optional[World],
) -> None:
    if request["do"] == "site":
        if os.fork() == 0:
            _new_site(harness, fds, abilities, world, linux.own_network)
    elif request["do"] == "copy":
        copy = os.fork()
        if copy == 0:
            _new_site(harness, fds, abilities, world, COPIES.clear)
        COPIES.append(copy)
    elif request["do"] == "socket":
        with socket.socket(request["family"], request["type"], request["protocol"]) as made:
            channel.send(harness, {}, [made.fileno()])
    elif request["do"] == "taken":
        taken = [port for port in request["ports"] if not _is_free(port)]
        channel.send(harness, {"taken": taken})
    elif request["do"] == "run":
        _load(request["modules"])
        guardian.start(harness, request, fds, world, namespace=abilities["processes"])


def _is_free(port: int) -> bool:
    """Tell whether TCP and UDP sockets can be bound to all addresses at ``port``."""
    for family, host in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):  # noqa: S104
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            if _bind(family, kind, (host, port)) == errno.EADDRINUSE:
                return False
    return True


def _bind(family: int, kind: int, address: Tuple[str, int]) -> int:
    """Bind a socket and close it; return what went wrong, 0 for nothing."""
    try:
        with socket.socket(family, kind) as probe:
            probe.bind(address)
    except OSError as error:
        return error.errno or 0
    return 0


def _new_site(
    harness: socket.socket,
    fds: List[int],
    abilities: Abilities,
    world: Optional[World],
    begin: Callable[[], None],
) -> None:
    harness.close()
    own = socket.socket(fileno=fds[0])
    try:
        begin()
        linux.become_subreaper()
    except OSError as error:
        channel.send(own, {"error": str(error)})
        os._exit(1)
    channel.send(own, {"ready": os.getpid()})
    serve(own, abilities, world)
    os._exit(0)


def _reap() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
