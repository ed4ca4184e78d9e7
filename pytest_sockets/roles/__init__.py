"""The program under test as it is met by a behaviour: as a server or as a client."""

from .client import Client, UdpClient
from .server import Server, UdpServer
from .subject import Subject

__all__ = ["Client", "Server", "Subject", "UdpClient", "UdpServer"]
