"""What a program does in place of its role: a client that listens, a server that connects.

Knows sockets as the system tells of them, and the calls of the program's trace,
which name the cause and decide nothing. Does not judge.
"""

from __future__ import annotations

import re

from ..kernel.sock_diag import Protocol
from ..messages import Message, message
from ..programs.manner import REACHING
from ..programs.place import Place
from ..programs.program import Program
from ..wire.events import Called

USAGE = re.compile(
    rb"(?im)^\s*usage\b|\xe7\x94\xa8\xe6\xb3\x95|IndexError: list index out of range"
)


def at_our_ports(place: Place, program: Program, kind: Protocol) -> bool:
    """Tell whether the program listens (tcp) or is bound (udp) at a port of its place."""
    return any(port in place.ports for _, port in place.sockets(program, kind))


def instead_of_calling(place: Place, program: Program) -> Message | None:
    """Say what a program does that should be a client; None when nothing tells."""
    if place.sockets(program, "tcp"):
        return message("it listens on a TCP port itself, as a server does")
    if at_our_ports(place, program, "udp"):
        return message("it binds a UDP port itself and waits, as a server does")
    return None


def datagrams_instead(place: Place, program: Program) -> Message | None:
    """Say so when a program that should speak TCP has sent datagrams or tried to."""
    calls = program.transcript.of(Called)
    sent = any(call.call in ("sendto", "sendmsg") for call in calls)
    if not (sent or place.sockets(program, "udp")):
        return None
    return message("it sends UDP datagrams instead")


def file_instead(program: Program) -> Message | None:
    """Say so when a program that should connect to host and port has called a path."""
    return _called(program, r"^b?['\"]", message("it connects to a socket file (AF_UNIX) instead"))


def network_instead(program: Program) -> Message | None:
    """Say so when a program that should connect to a path has called a host and a port."""
    return _called(program, r"\)$", message("it goes to a host and a port instead"))


def _called(program: Program, address: str, what: Message) -> Message | None:
    calls = [call for call in program.transcript.of(Called) if call.call in REACHING]
    return what if any(re.search(address, call.arguments) for call in calls) else None


def tcp_instead(program: Program) -> Message | None:
    """Say so when a program that should send datagrams was refused a TCP connection."""
    calls = program.transcript.of(Called)
    # The connect of a UDP socket is never refused: it reaches nobody.
    if not any(call.call == "connect" and "Refused" in (call.error or "") for call in calls):
        return None
    return message(
        "it opens a TCP connection instead of sending datagrams: "
        "a UDP socket is made with socket.SOCK_DGRAM"
    )


def instead_of_serving(program: Program) -> Message | None:
    """Say what a program does that should be a server; None when nothing tells."""
    calls = program.transcript.of(Called)
    # A server of UDP sends too, but only once it is bound and was asked.
    if any(call.call == "bind" for call in calls):
        return None
    reaching = [call for call in calls if call.call in REACHING]
    if not reaching:
        return None
    if reaching[0].call.startswith("connect"):
        return message("it connects to a server itself, as a client does")
    return message("it sends datagrams to a server itself, as a client does")


def graded_otherwise(program: Program, role: str, other: Message | None) -> Message | None:
    """Say what to do with a program that does something ``other`` than its role, or needs more."""
    if other is not None:
        return message("if it is the {role}, grade it with --role {role}", role=role)
    return wants_arguments(program)


def wants_arguments(program: Program) -> Message | None:
    """Say what to do with a program that ended because it was given no arguments."""
    if program.running or not USAGE.search(program.stdout + program.stderr):
        return None
    return message(
        "it asks for command-line arguments: write them behind its name, with {host} and {port} "
        "where it takes its address, as in --target 'server.py {host} {port}'; an address in the "
        "environment is given by --target 'cmd:env PORT={port} python server.py'",
        host="{host}",
        port="{port}",
    )
