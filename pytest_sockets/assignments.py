"""Which exercise and role a target is graded in: told, named, or observed.

Knows the naming rule and how to look at a program for a moment. Does not judge it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import catalogue
from .behaviours import Role
from .exercises import Exercise, Transport
from .findings import NotJudged
from .grading import QUIET, Assignment
from .messages import Message, message
from .programs.place import Place, Runner
from .roles import Client, UdpClient
from .roles.subject import Subject
from .targets import BadTarget, Target, find


@dataclass(frozen=True)
class Seen:
    """What a program was seen to do when it was run for a moment."""

    role: Role | None
    transport: Transport | None
    what: Message


def assign(
    spec: str,
    *,
    folder: Path,
    runner: Runner,
    exercise: str | None = None,
    role: Role | None = None,
) -> list[Assignment]:
    """Return what is graded under ``spec``, with its exercise and role.

    Raises:
        BadTarget: the target can't be graded, or nothing tells its exercise or role.
        NoSuchExercise: there is no such exercise.
    """
    chosen = None if exercise is None else catalogue.exercise(exercise, folder)
    functions = [] if chosen is not None else list(catalogue.names())
    targets = find(spec, folder=folder, functions=functions)
    return [_assign(target, runner, chosen, role) for target in targets]


def _assign(
    target: Target, runner: Runner, chosen: Exercise | None, role: Role | None
) -> Assignment:
    named = catalogue.by_name(target.name)
    if chosen is None and named is not None:
        return Assignment(target, catalogue.exercises()[named[0]], role or named[1])
    if chosen is not None:
        told = role or (named[1] if named else None) or _only_role(chosen, target)
        if told is None:
            told = _observed_role(target, chosen, look_at(target, runner))
        if told not in chosen.profiles:
            raise BadTarget(
                message("{exercise} has no role {role}; it has {roles}", exercise=chosen.name,
                        role=told, roles=", ".join(chosen.profiles))
            )  # fmt: skip
        return Assignment(target, chosen, told)
    return _by_observation(target, look_at(target, runner), role)


def _only_role(chosen: Exercise, target: Target) -> Role | None:
    if target.kind == "address":
        return "server"
    if len(chosen.profiles) == 1:
        return next(iter(chosen.profiles))
    return catalogue.role_by_name(target.name)


def _observed_role(target: Target, chosen: Exercise, seen: Seen) -> Role:
    if seen.role is None:
        raise BadTarget(
            message(
                "nothing tells whether {spec} is the server or the client of {exercise} "
                "({seen}): add --role server or --role client",
                spec=target.spec,
                exercise=chosen.name,
                seen=seen.what,
            )
        )
    return seen.role


def _by_observation(target: Target, seen: Seen, role: Role | None) -> Assignment:
    wanted = role or seen.role or catalogue.role_by_name(target.name)
    fitting = [
        Assignment(target, exercise, fitting_role)
        for exercise in catalogue.exercises().values()
        for fitting_role in exercise.profiles
        if wanted in (None, fitting_role) and seen.transport in (None, exercise.transport)
    ]
    if seen.role is not None and len(fitting) == 1:
        return fitting[0]
    raise BadTarget(
        message(
            "nothing tells the exercise of {spec}: {seen}. Add --exercise NAME "
            "({names} fit), or name the file after exercise and role, such as {example}.py",
            spec=target.spec,
            seen=seen.what,
            names=", ".join(dict.fromkeys(a.exercise.name for a in fitting))
            or ", ".join(catalogue.exercises()),
            example="tcp_echo_server",
        )
    )


def look_at(target: Target, runner: Runner) -> Seen:
    """Run the target for a moment and see whether it listens, connects or sends."""
    if target.kind == "address":
        return Seen("server", _transport(target.scheme), message("it is an address"))
    try:
        place = runner.place(target)
    except NotJudged as nothing:
        return Seen(None, None, nothing.reason)
    try:
        return _look(place)
    finally:
        place.close()


def _transport(scheme: str) -> Transport:
    return "udp" if scheme == "udp" else "unix" if scheme == "unix" else "tcp"


def _look(place: Place) -> Seen:
    profile = next(iter(catalogue.exercises()["tcp-hello"].profiles.values()))
    with (
        Client(place, profile, random.Random(0), QUIET) as tcp,  # noqa: S311 - nothing is secret
        UdpClient(place, profile, random.Random(0), QUIET) as udp,  # noqa: S311
    ):
        tcp.listen()
        udp.listen()
        tcp.programs.append(place.start(tcp.transcript, peers=(place.port,)))
        waiting = tcp.watch(one_round=True)
        while True:
            seen = _seen_now(place, tcp, udp)
            if seen is not None:
                return seen
            rest = waiting.step()
            if rest is not None:
                return _seen_now(place, tcp, udp) or Seen(None, None, tcp.describe(rest))
            tcp.transcript.wait(lambda: not tcp.program.running, 0.001)


def _seen_now(place: Place, tcp: Client, udp: UdpClient) -> Seen | None:
    if place.sockets(tcp.program, "tcp"):
        return Seen("server", "tcp", message("it listens on a TCP port"))
    if tcp.called():
        return Seen("client", "tcp", message("it connects to a TCP server"))
    if udp.called():
        return Seen("client", "udp", message("it sends a UDP datagram"))
    if _bound_udp(place, tcp):
        return Seen("server", "udp", message("it binds a UDP port"))
    return None


def _bound_udp(place: Place, subject: Subject) -> bool:
    return any(port in place.ports for _, port in place.sockets(subject.program, "udp"))


def assign_all(
    specs: Sequence[str],
    *,
    folder: Path,
    runner: Runner,
    exercise: str | None = None,
    role: Role | None = None,
) -> list[Assignment]:
    """Return the assignments of all ``specs``; see ``assign``."""
    return [
        assignment
        for spec in specs
        for assignment in assign(
            spec, folder=folder, runner=runner, exercise=exercise, role=role
        )
    ]
