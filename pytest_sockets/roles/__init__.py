"""The program under test as it is met by a behaviour: as a server or as a client."""

from .client import Client
from .lingering import restart_while_lingering
from .server import Server
from .subject import Subject
from .udp import UdpClient, UdpServer

__all__ = ["Client", "Server", "Subject", "UdpClient", "UdpServer", "restart_while_lingering"]
