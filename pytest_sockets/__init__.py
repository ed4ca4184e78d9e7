"""pytest-sockets: grades network programs behaviour by behaviour, with evidence.

This is the public interface: what an exercise, a behaviour or a fault of one's
own is written with. The fixtures and the command line are in the documentation.

A name is imported when it is first asked for: every pytest run where the plugin is
installed imports this package, and most of them use nothing of it.
"""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .behaviours import (
        behaviour,
    )
    from .exercises import (
        Exercise,
        Profile,
        profile,
    )
    from .faults import (
        After,
        Coalesce,
        Corrupt,
        Delay,
        Duplicate,
        Fault,
        Fragment,
        HalfClose,
        Lose,
        Receipt,
        Reorder,
        Reset,
        ShortRecv,
        ShortSend,
        Stall,
        Throttle,
        Truncate,
    )
    from .findings import (
        Blocked,
        Finding,
        Misuse,
        NotJudged,
        TargetError,
    )
    from .fixtures.factories import (
        ReferenceServers,
        ScriptedClients,
        ScriptedServers,
    )
    from .fixtures.proxies import (
        FaultyProxies,
    )
    from .fixtures.started import (
        Programs,
    )
    from .kernel.held import Port, PortFactory, hold_port
    from .leaks import (
        LeakWatch,
    )
    from .messages import (
        Message,
        message,
        size_of,
        what_was_printed,
    )
    from .roles import (
        Client,
        Function,
        Pair,
        Server,
        Subject,
        UdpClient,
        UdpServer,
        UnixClient,
        UnixServer,
        restart_while_lingering,
    )
    from .roles.running import (
        RunningProgram,
    )
    from .scripts import (
        Expect,
        ExpectEnd,
        ExpectReset,
        Hold,
        Say,
        Script,
        ScriptedClient,
        ScriptedServer,
        Silence,
    )
    from .servers.reference import (
        ReferenceServer,
    )
    from .wire.connection import (
        Peer,
    )
    from .wire.datagrams import (
        DatagramPeer,
    )
    from .wire.proxy import (
        Proxy,
        open_proxy,
    )
    from .wire.way import (
        ActiveFault,
    )

__all__ = [
    "ActiveFault",
    "After",
    "Blocked",
    "Client",
    "Coalesce",
    "Corrupt",
    "DatagramPeer",
    "Delay",
    "Duplicate",
    "Exercise",
    "Expect",
    "ExpectEnd",
    "ExpectReset",
    "Fault",
    "FaultyProxies",
    "Finding",
    "Fragment",
    "Function",
    "HalfClose",
    "Hold",
    "LeakWatch",
    "Lose",
    "Message",
    "Misuse",
    "NotJudged",
    "Pair",
    "Peer",
    "Port",
    "PortFactory",
    "Profile",
    "Programs",
    "Proxy",
    "Receipt",
    "ReferenceServer",
    "ReferenceServers",
    "Reorder",
    "Reset",
    "RunningProgram",
    "Say",
    "Script",
    "ScriptedClient",
    "ScriptedClients",
    "ScriptedServer",
    "ScriptedServers",
    "Server",
    "ShortRecv",
    "ShortSend",
    "Silence",
    "Stall",
    "Subject",
    "TargetError",
    "Throttle",
    "Truncate",
    "UdpClient",
    "UdpServer",
    "UnixClient",
    "UnixServer",
    "behaviour",
    "hold_port",
    "message",
    "open_proxy",
    "profile",
    "restart_while_lingering",
    "size_of",
    "what_was_printed",
]

_HOMES = {
    ".behaviours": ("behaviour",),
    ".exercises": ("Exercise", "Profile", "profile"),
    ".fixtures.factories": ("ReferenceServers", "ScriptedClients", "ScriptedServers"),
    ".faults": (
        "After",
        "Coalesce",
        "Corrupt",
        "Delay",
        "Duplicate",
        "Fault",
        "Fragment",
        "HalfClose",
        "Lose",
        "Receipt",
        "Reorder",
        "Reset",
        "ShortRecv",
        "ShortSend",
        "Stall",
        "Throttle",
        "Truncate",
    ),
    ".findings": ("Blocked", "Finding", "Misuse", "NotJudged", "TargetError"),
    ".kernel.held": ("Port", "PortFactory", "hold_port"),
    ".leaks": ("LeakWatch",),
    ".fixtures.proxies": ("FaultyProxies",),
    ".messages": ("Message", "message", "size_of", "what_was_printed"),
    ".roles": (
        "Client",
        "Function",
        "Pair",
        "Server",
        "Subject",
        "UdpClient",
        "UdpServer",
        "UnixClient",
        "UnixServer",
        "restart_while_lingering",
    ),
    ".roles.running": ("RunningProgram",),
    ".scripts": (
        "Expect",
        "ExpectEnd",
        "ExpectReset",
        "Hold",
        "Say",
        "Script",
        "ScriptedClient",
        "ScriptedServer",
        "Silence",
    ),
    ".servers.reference": ("ReferenceServer",),
    ".fixtures.started": ("Programs",),
    ".wire.connection": ("Peer",),
    ".wire.datagrams": ("DatagramPeer",),
    ".wire.proxy": ("Proxy", "open_proxy"),
    ".wire.way": ("ActiveFault",),
}

# ``python -m pytest`` in a checkout takes this package from there, whatever is installed;
# the suite and the reference programs, which an installed package holds, lie beside it then.
if find_spec(".conformance", __name__) is None:
    __path__.append(str(Path(__file__).parent.parent))

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import the public name ``name`` from its home."""
        for home, names in _HOMES.items():
            if name in names:
                globals()[name] = getattr(import_module(home, __name__), name)
                return globals()[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
