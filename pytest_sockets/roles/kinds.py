"""Which class meets a program, after its role and the transport of its exercise.

Knows all roles but the pair, which is two programs. Does not know how any of them works.
"""

from __future__ import annotations

from ..behaviours import Role
from ..exercises import Transport
from .client import Client
from .function import Function
from .server import Server
from .subject import Subject
from .udp import UdpClient, UdpServer
from .unix import UnixClient, UnixServer

SERVERS: dict[Transport, type[Server]] = {"udp": UdpServer, "unix": UnixServer}
CLIENTS: dict[Transport, type[Client]] = {"udp": UdpClient, "unix": UnixClient}


def kind_of(role: Role, transport: Transport) -> type[Subject]:
    """Return the class that meets a program of ``role``; TCP stands in for no transport."""
    if role == "function":
        return Function
    if role == "client":
        return CLIENTS.get(transport, Client)
    return SERVERS.get(transport, Server)
