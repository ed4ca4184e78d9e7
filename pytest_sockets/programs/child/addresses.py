"""Which real address stands for an address that the program wrote down.

Knows loopback, wildcard and LAN addresses, ports given and ports left to the
system. Does not know sockets: it maps tuples to tuples. A ``kind`` is ``tcp``,
``udp``, ``tcp6`` or ``udp6``, after the socket's type and family.
"""

import socket
from typing import Any, Dict, List, Optional, Set, Tuple

ANY, ANY_6 = "0.0.0.0", "::"  # noqa: S104 - mapped, not bound
LOOPBACK, LOOPBACK_6 = "127.0.0.1", "::1"
MAPPED_PREFIX = "::ffff:"

Key = Tuple[str, int]


def is_ip(address: Any) -> bool:
    """Tell whether ``address`` has the shape ``(host, port, …)``."""
    return (
        isinstance(address, tuple)
        and len(address) >= 2
        and isinstance(address[0], str)
        and isinstance(address[1], int)
        and not isinstance(address[1], bool)
        and 0 <= address[1] <= 65535
    )


def family_of(host: str) -> Optional[int]:
    """Return the family of an address written in numbers, None for a name."""
    for family, text in ((socket.AF_INET, host), (socket.AF_INET6, host.partition("%")[0])):
        try:
            socket.inet_pton(family, text)
        except (OSError, ValueError):
            continue
        return family
    return None


class Addresses:
    """The map between written and real addresses of one program.

    ``ports`` are the real ports for what the program binds, in the order in
    which it names new ones; ``peers`` the real ports of the servers it may
    connect or send to, likewise. Without ``peers`` a destination keeps its
    port. Addresses of another shape or family are passed on for the system to
    refuse. With ``mapped`` false (the program is told its address) nothing is
    changed.
    """

    def __init__(self, ports: List[int], peers: List[int], *, mapped: bool = True) -> None:
        self.mapped = mapped
        self.ports = ports
        self.peers = peers
        self._bound: Dict[Key, int] = {}
        self._hosts: Dict[Key, str] = {}
        self._reached: Dict[Key, int] = {}
        self._own: Dict[Key, Key] = {}
        self._others: Dict[Key, Key] = {}
        self._seen: Set[Key] = set()

    def to_bind(self, kind: str, address: Any) -> Any:
        """Return the real address to bind; port 0 stays the system's choice."""
        if not self._mappable(kind, address):
            return address
        written, port = _numeric(kind, address[0], wildcard=True), address[1]
        real, key = port, (kind[:3], port)
        if port and self.ports:
            real = _numbered(self._bound, key, self.ports)
        self._hosts[key] = written
        self._own[(kind[:3], real)] = (written, port)
        host = written if written in (ANY, ANY_6) else _loopback(written)
        return (host, real, *address[2:])

    def to_reach(self, kind: str, address: Any) -> Any:
        """Return the real address to connect or send to."""
        if not self._mappable(kind, address) or address[:2] in self._seen:
            return address
        written, port = _numeric(kind, address[0], wildcard=False), address[1]
        real = self._itself(kind, written, port)
        if real is None and self.peers:
            real = _numbered(self._reached, (kind[:3], port), self.peers)
        elif real is None:
            real = port
        self._others.setdefault((kind[:3], real), (written, port))
        return (_loopback(written), real, *address[2:])

    def seen(self, address: Any) -> None:
        """Remember that ``address`` came from the network: it is real already."""
        if is_ip(address):
            self._seen.add(address[:2])

    def own(self, kind: str, address: Any) -> Any:
        """Return what the program wrote for its own real ``address``."""
        written = self._own.get((kind[:3], address[1])) if is_ip(address) else None
        if written is None:
            return address
        if written[0] in (ANY, ANY_6):  # the system says by which address a client came
            return (address[0], written[1], *address[2:])
        return written + address[2:]

    def other(self, kind: str, address: Any) -> Any:
        """Return what the program wrote for the real ``address`` of its peer."""
        written = self._others.get((kind[:3], address[1])) if is_ip(address) else None
        return written + address[2:] if written else address

    def _mappable(self, kind: str, address: Any) -> bool:
        if not self.mapped or not is_ip(address):
            return False
        family = socket.AF_INET6 if kind.endswith("6") else socket.AF_INET
        return family_of(address[0]) in (None, family)

    def _itself(self, kind: str, host: str, port: int) -> Optional[int]:
        """Return the real port when the program means a socket that it bound itself."""
        key = (kind[:3], port)
        here = host.startswith("127.") or host in (LOOPBACK_6, self._hosts.get(key))
        return self._bound.get(key) if here or not self.peers else None


def _numeric(kind: str, host: str, *, wildcard: bool) -> str:
    """Return what the system would make of ``host``: names and wildcards as numbers."""
    six = kind.endswith("6")
    if wildcard and host in ("", ANY, ANY_6):
        return ANY_6 if six else ANY
    if host in (ANY, ANY_6) or family_of(host) is None:
        return LOOPBACK_6 if six else LOOPBACK
    return host


def _loopback(host: str) -> str:
    if host.lower().startswith(MAPPED_PREFIX):
        return MAPPED_PREFIX + LOOPBACK
    return LOOPBACK_6 if ":" in host else LOOPBACK


def _numbered(table: Dict[Key, int], key: Key, real: List[int]) -> int:
    """Return the real port for ``key``: the next one for each new key of its kind."""
    if key not in table:
        used = sum(1 for kind, _ in table if kind == key[0])
        table[key] = real[min(used, len(real) - 1)]
    return table[key]
