"""The program under test as a behaviour meets it: a server, a client, both, or a function."""

from .client import Client
from .ease import Unit
from .function import Function
from .kinds import kind_of
from .lingering import restart_while_lingering
from .pair import Pair
from .server import Server
from .subject import Subject
from .udp import UdpClient, UdpServer
from .unix import UnixClient, UnixServer

__all__ = [
    "Client",
    "Function",
    "Pair",
    "Server",
    "Subject",
    "UdpClient",
    "UdpServer",
    "Unit",
    "UnixClient",
    "UnixServer",
    "kind_of",
    "restart_while_lingering",
]
