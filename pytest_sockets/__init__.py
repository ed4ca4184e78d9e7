"""pytest-sockets: grades network programs behaviour by behaviour, with evidence.

This is the public interface: what an exercise, a behaviour or a fault of one's
own is written with. The fixtures and the command line are in the documentation.
"""

from .behaviours import behaviour
from .exercises import Exercise, Profile, profile
from .faults import Coalesce, Delay, Fault, Fragment, HalfClose, Reset
from .findings import Blocked, Finding, NotJudged, TargetError
from .messages import Message, message, size_of
from .roles import (
    Client,
    Server,
    Subject,
    UdpClient,
    UdpServer,
    restart_while_lingering,
)
from .wire.connection import Peer
from .wire.datagrams import DatagramPeer

__all__ = [
    "Blocked",
    "Client",
    "Coalesce",
    "DatagramPeer",
    "Delay",
    "Exercise",
    "Fault",
    "Finding",
    "Fragment",
    "HalfClose",
    "Message",
    "NotJudged",
    "Peer",
    "Profile",
    "Reset",
    "Server",
    "Subject",
    "TargetError",
    "UdpClient",
    "UdpServer",
    "behaviour",
    "message",
    "profile",
    "restart_while_lingering",
    "size_of",
]
