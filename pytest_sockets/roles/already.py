"""A server that already runs: where it is, and whether that can be seen from here.

Knows names of hosts, this machine's addresses and its table of sockets. Starts
nothing, and connects only where no table shows who listens.
"""

from __future__ import annotations

import socket
from typing import Literal

from ..findings import TargetError
from ..messages import Message, message
from ..programs.place import Place
from ..wire.events import Address
from ..wire.upstream import is_loopback

Kind = Literal["tcp", "udp"]

_TYPES = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}


def whereabouts(place: Place, kind: Kind) -> Address:
    """Return where the server of ``place`` is reached, ``(host, port)`` with a numeric host.

    A name may stand for several addresses: that one is taken at which somebody is seen.

    Raises:
        TargetError: there is no such host, no way to it, or nobody at an address of this machine.
    """
    wanted = place.target.address
    found = _resolved(wanted, kind)
    local = [address for address in found if is_loopback(address[0])]
    if len(local) < len(found) or not _shown(place, kind):
        source(found[0], wanted, kind)
        return found[0]
    seen = [address for address in local if _occupied(place, kind, address)]
    if not seen:
        raise _nobody(wanted, kind)
    return seen[0]


def is_seen(place: Place, kind: Kind, address: Address) -> bool:
    """Tell whether it is seen from here that a server is on ``address``."""
    return is_loopback(address[0]) and _shown(place, kind)


def source(address: Address, wanted: Address, kind: Kind) -> str:
    """Return from which host of this machine ``address`` is reached; no packet is sent for it.

    Raises:
        TargetError: there is no way to it.
    """
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(address)
            return str(probe.getsockname()[0])
    except OSError as error:
        why = message("there is no way to it: {error}", error=error.strerror or str(error))
        raise TargetError(_expected(wanted, kind), why) from error


def _resolved(wanted: Address, kind: Kind) -> list[Address]:
    host, port = wanted
    try:
        rows = socket.getaddrinfo(host, port, type=_TYPES[kind])
    except (OSError, UnicodeError) as error:
        why = message("there is no host {host}: {error}", host=host, error=str(error))
        raise TargetError(_expected(wanted, kind), why) from error
    return list(dict.fromkeys((str(row[4][0]), port) for row in rows))


def _shown(place: Place, kind: Kind) -> bool:
    """Tell whether it can be seen who is on a port of this machine: TCP's answer connections."""
    return kind == "tcp" or place.diag is not None


def _occupied(place: Place, kind: Kind, address: Address) -> bool:
    if kind == "tcp" and place.diag is None:
        return place.listened(address)
    return place.diag is not None and place.diag.occupied(kind, [address[0]], address[1])


def _nobody(wanted: Address, kind: Kind) -> TargetError:
    nobody = message("nobody listens there") if kind == "tcp" else message("nobody is bound there")
    return TargetError(_expected(wanted, kind), nobody)


def _expected(wanted: Address, kind: Kind) -> Message:
    if kind == "tcp":
        return message("a server listens on {address}", address=wanted)
    return message("a server is bound to {address}", address=wanted)
