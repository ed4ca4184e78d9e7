"""Which exercise and role a target is graded in: told, named, or observed.

Knows the naming rule and how to look at a program for a moment. Does not judge it.
"""

from __future__ import annotations

import contextlib
import random
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import catalogue, folders, tour
from .behaviours import Role
from .exercises import Exercise, Transport, no_such_role
from .findings import NotJudged
from .grading import Assignment
from .kernel.readiness import readable
from .messages import Message, message
from .programs.listening import unix_sockets
from .programs.place import Place, Runner
from .roles import Client, UdpClient
from .roles.otherwise import at_our_ports
from .roles.subject import Subject
from .roles.unix import listening_at
from .targets import TOUR, BadTarget, Target, find

WRITTEN: dict[Role, re.Pattern[bytes]] = {
    "server": re.compile(rb"\.(bind|listen|accept)\(|start_server|create_server|socketserver"),
    "client": re.compile(rb"\.connect(_ex)?\(|open_connection|create_connection"),
}
"""What only one of the two writes."""


@dataclass(frozen=True)
class Seen:
    """What a program was seen to do when it was run for a moment."""

    role: Role | None
    transport: Transport | None
    what: Message


def assign_all(
    specs: Sequence[str],
    *,
    folder: Path,
    runner: Runner,
    exercise: str | None = None,
    role: Role | None = None,
) -> list[Assignment]:
    """Return what is graded under ``specs``, each with its exercise and role.

    Raises:
        BadTarget: a target can't be graded, or nothing tells its exercise or role.
        NoSuchExercise: there is no such exercise.
    """
    if TOUR in specs:
        return [_tour(specs, exercise, role)]
    chosen = None if exercise is None else catalogue.exercise(exercise, folder)
    functions = catalogue.names() if chosen is None else catalogue.names_of(chosen)
    found = []
    for spec in (each for pattern in specs for each in folders.expanded(pattern, folder)):
        if folders.is_folder(spec, folder):
            found += in_folder(spec, folder, runner, chosen, role)
        else:
            called = catalogue.called(spec, chosen)
            targets = find(spec, folder=folder, functions=functions, called=called)
            found += [_assign(target, runner, chosen, role) for target in targets]
    # The same program in the same role, named twice, is graded once.
    return list({(a.target.spec, a.name): a for a in found}.values())


def in_folder(
    spec: str, folder: Path, runner: Runner, chosen: Exercise | None, role: Role | None = None
) -> list[Assignment]:
    """Return what is graded of the folder ``spec``, and each server with its client as a pair.

    Raises:
        BadTarget: nothing there can be graded, or several programs have one role.
    """
    found = [
        _assign(find(each.spec, folder=folder)[0], runner, each.exercise, each.role)
        for each in folders.programs(spec, folder, chosen, role)
    ]
    by_name = {assignment.name: assignment for assignment in found}
    for server in [each for each in found if each.role == "server"]:
        client = by_name.get(f"{server.exercise.name}-client")
        if client is not None and "pair" in server.exercise.profiles:
            together = Target(spec=spec, kind="pair", name=Path(spec).name, root=folder / spec,
                              parts=(server.target, client.target))  # fmt: skip
            found.append(Assignment(together, server.exercise, "pair"))
    return found


def _tour(specs: Sequence[str], exercise: str | None, role: Role | None) -> Assignment:
    others = [spec for spec in specs if spec != TOUR]
    others += [f"--exercise {exercise}"] if exercise else []
    others += [f"--role {role}"] if role else []
    if others:
        raise BadTarget(
            message("the tour grades nothing: --target tour goes without {others}",
                    others=", ".join(others))
        )  # fmt: skip
    return tour.assignment()


def _assign(
    target: Target, runner: Runner, chosen: Exercise | None, role: Role | None
) -> Assignment:
    named = catalogue.by_name(target.name)
    if chosen is None:
        if named is None:
            return _checked(_by_observation(target, look_at(target, runner), role))
        chosen = catalogue.exercises()[named[0]]
    told = role or _named_role(target, chosen) or _other_role(named)
    told = told or _only_role(chosen, target) or _observed_role(target, chosen, runner)
    return _checked(Assignment(target, chosen, told))


def _other_role(named: tuple[str, Role] | None) -> Role | None:
    """Return the role that is in the name of another exercise; functions have none in theirs."""
    return named[1] if named and named[1] != "function" else None


def _checked(assignment: Assignment) -> Assignment:
    target, chosen, role = assignment.target, assignment.exercise, assignment.role
    if role not in chosen.profiles:
        raise BadTarget(no_such_role(chosen, role))
    if role == "function" and target.kind not in ("script", "call"):
        raise BadTarget(
            message("{spec} can't be graded for {exercise}: name the Python file or the module "
                    "that holds the function", spec=target.spec, exercise=chosen.name)
        )  # fmt: skip
    if chosen.transport == "unix" and len(target.takes) > 1:
        raise BadTarget(
            message("{spec} can't be graded for {exercise}: it has to take (path) or nothing",
                    spec=target.spec, exercise=chosen.name)
        )  # fmt: skip
    if target.kind == "address" and role != "server":
        raise BadTarget(
            message("{spec} is an address: a program that is reached there is a server",
                    spec=target.spec)
        )  # fmt: skip
    if target.kind == "address" and target.scheme != chosen.transport:
        raise BadTarget(
            message("{spec} can't be graded for {exercise}: that is about {transport}://",
                    spec=target.spec, exercise=chosen.name, transport=chosen.transport)
        )  # fmt: skip
    return assignment


def _named_role(target: Target, chosen: Exercise) -> Role | None:
    rules = catalogue.names_of(chosen)
    rule = catalogue.rule_of(target.name, rules)
    return None if rule is None else rules[rule]


def _only_role(chosen: Exercise, target: Target) -> Role | None:
    if target.kind == "address":
        return "server"
    if len(chosen.profiles) == 1:
        return next(iter(chosen.profiles))
    return catalogue.role_by_name(target.name)


def _observed_role(target: Target, chosen: Exercise, runner: Runner) -> Role:
    seen = look_at(target, runner)
    role = seen.role or _written_role(target)
    if role is None:
        raise BadTarget(
            message(
                "nothing tells whether {spec} is the server or the client of {exercise} "
                "({seen}): add --role server or --role client",
                spec=target.spec,
                exercise=chosen.name,
                seen=seen.what,
            )
        )
    return role


def _written_role(target: Target) -> Role | None:
    """Return the role that the program's text speaks of, where it does not run so far."""
    roles = [role for role, pattern in WRITTEN.items() if pattern.search(target.text)]
    return roles[0] if len(roles) == 1 else None


def _by_observation(target: Target, seen: Seen, role: Role | None) -> Assignment:
    wanted = role or seen.role or catalogue.role_by_name(target.name)
    fitting = [
        Assignment(target, exercise, fitting_role)
        for exercise in catalogue.exercises().values()
        for fitting_role in exercise.profiles
        if fitting_role != "pair"
        if wanted in (None, fitting_role) and seen.transport in (None, exercise.transport)
    ]
    if seen.role is not None and len(fitting) == 1:
        return fitting[0]
    names = ", ".join(dict.fromkeys(a.exercise.name for a in fitting))
    if not names:
        raise BadTarget(
            message("no exercise fits {spec} ({seen}); there are {names}", spec=target.spec,
                    seen=seen.what, names=", ".join(catalogue.exercises()))
        )  # fmt: skip
    raise BadTarget(
        message(
            "nothing tells the exercise of {spec}: {seen}. Add --exercise NAME "
            "({names} fit), or name the file after exercise and role, such as {example}.py",
            spec=target.spec,
            seen=seen.what,
            names=names,
            example="tcp_echo_server",
        )
    )


def look_at(target: Target, runner: Runner) -> Seen:
    """Run the target for a moment and see whether it listens, connects or sends."""
    if target.kind == "address":
        return Seen("server", _transport(target.scheme), message("a server that already runs"))
    try:
        with contextlib.closing(runner.place(target)) as place:
            return _look(place, runner.quiet)
    except NotJudged as nothing:
        return Seen(None, None, nothing.reason)


def _transport(scheme: str) -> Transport:
    return "udp" if scheme == "udp" else "unix" if scheme == "unix" else "tcp"


def _look(place: Place, quiet: float) -> Seen:
    profile = next(iter(catalogue.exercises()["tcp-hello"].profiles.values()))
    chance = random.Random(0)  # noqa: S311 - nothing is secret, and nothing is asked
    with (
        Client(place, profile, chance, quiet) as tcp,
        UdpClient(place, profile, chance, quiet) as udp,
        contextlib.ExitStack() as looking,
    ):
        tcp.listen()
        udp.listen()
        unix = listening_at(place, looking)
        tcp.programs.append(place.start(tcp.transcript, peers=(place.port,)))
        waiting = tcp.watch(one_round=True)
        while True:
            seen = _seen_now(place, tcp, udp, unix)
            if seen is not None:
                return seen
            rest = waiting.step()
            if rest is not None:
                return _seen_now(place, tcp, udp, unix) or Seen(None, None, tcp.describe(rest))
            tcp.transcript.wait(lambda: not tcp.program.running, 0.001)


def _seen_now(
    place: Place, tcp: Client, udp: UdpClient, unix: Sequence[socket.socket]
) -> Seen | None:
    if place.sockets(tcp.program, "tcp"):
        return Seen("server", "tcp", message("it listens on a TCP port"))
    if tcp.called():
        return Seen("client", "tcp", message("it connects to a TCP server"))
    if udp.called():
        return Seen("client", "udp", message("it sends a UDP datagram"))
    if at_our_ports(place, tcp.program, "udp"):
        return Seen("server", "udp", message("it binds a UDP port"))
    return _seen_at_file(place, tcp, unix)


def _seen_at_file(place: Place, subject: Subject, unix: Sequence[socket.socket]) -> Seen | None:
    if any(unix_sockets(subject.program, place.unix)):
        return Seen("server", "unix", message("it listens on a socket file (AF_UNIX)"))
    if readable(unix, 0):
        return Seen("client", "unix", message("it connects to a socket file (AF_UNIX)"))
    return None
