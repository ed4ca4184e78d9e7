"""Learns where a client in a language of its own connects to, by watching it try.

Knows packets on the loopback device (packet(7), Linux). The client runs in a
network in which every address is local and nobody listens: its first SYN or
datagram names the server it looks for.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

from ..kernel.readiness import readable
from ..wire.events import Address
from .program import Program
from .rest import Look, Watch, asks

AF_PACKET = 17
EVERY_PROTOCOL = 0x0300
"""ETH_P_ALL in network byte order, as socket(2) wants it."""

TCP, UDP = 6, 17
SYN, ACK = 0x02, 0x10
NAME_SERVICE = 53
ASKED_AT_MOST = 5
PAUSE = 0.002


@dataclass(frozen=True)
class Destination:
    """Where a client goes: ``address`` is ``(host, port)``."""

    family: int
    address: Address


def watch_first(program: Program, packets: socket.socket, quiet: float) -> Destination | None:
    """Return where the program goes first; None when it rests and went nowhere.

    ``packets`` is a packet socket in the program's network, made before the
    program was started. When the program asks for lines from the keyboard it
    is given a few.
    """
    look = Look(kernel=True, quiet=quiet)
    watch, asked = Watch(program, look, one_round=True), 0
    while True:
        rest = watch.step()
        found = _first(packets)
        if found is not None:
            return found
        if asked < ASKED_AT_MOST and asks(program, look):
            program.type(str(asked))
            watch, asked = Watch(program, look, one_round=True), asked + 1
        elif rest is not None:
            return None
        program.transcript.wait(lambda: not program.running, PAUSE)


def _first(packets: socket.socket) -> Destination | None:
    while readable([packets], 0):
        found = destination_of(packets.recv(65535))
        if found is not None:
            return found
    return None


def destination_of(packet: bytes) -> Destination | None:
    """Return where an IP packet opens a conversation, None when it opens none.

    That is the destination of a TCP segment with SYN and without ACK (RFC 9293,
    section 3.1) or of a UDP datagram that is no question to a name server.
    """
    try:
        family, protocol, host, payload = _network_layer(packet)
        port = struct.unpack_from("!2xH", payload)[0]
        flags = payload[13] if protocol == TCP else 0
    except (struct.error, IndexError, OSError, ValueError):
        return None
    opens = protocol == TCP and flags & (SYN | ACK) == SYN
    if opens or (protocol == UDP and port != NAME_SERVICE):
        return Destination(family, (host, port))
    return None


def _network_layer(packet: bytes) -> tuple[int, int, str, bytes]:
    """Return family, protocol, destination and payload (RFC 791, RFC 8200)."""
    if packet[0] >> 4 == 4:
        host = socket.inet_ntop(socket.AF_INET, packet[16:20])
        return socket.AF_INET, packet[9], host, packet[(packet[0] & 0xF) * 4 :]
    host = socket.inet_ntop(socket.AF_INET6, packet[24:40])
    return socket.AF_INET6, packet[6], host, packet[40:]
