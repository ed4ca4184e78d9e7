"""Which real address stands for an address that the program wrote down.

Knows loopback, wildcard and LAN addresses, ports given and ports left to the
system. Does not know sockets: it maps tuples to tuples.
"""

from typing import Any, Dict, List, Tuple

WILDCARDS = {"": "0.0.0.0", "0.0.0.0": "0.0.0.0", "::": "::"}  # noqa: S104 - mapped, not bound


def is_ip(address):
    # type: (Any) -> bool
    """Tell whether ``address`` has the shape ``(host, port, …)``."""
    return (
        isinstance(address, tuple)
        and len(address) >= 2
        and isinstance(address[0], str)
        and isinstance(address[1], int)
        and not isinstance(address[1], bool)
        and 0 <= address[1] <= 65535
    )


class Addresses:
    """The map between written and real addresses of one program.

    ``ports`` are the real ports for what the program binds, in the order in
    which it names new ones; ``peers`` the real ports of the servers it may
    connect or send to, likewise. Without ``peers`` a destination keeps its
    port. Addresses of another shape are passed on for the system to refuse.
    With ``mapped`` false (the program is told its address) nothing is changed.
    """

    def __init__(self, ports, peers, mapped=True):
        # type: (List[int], List[int], bool) -> None
        self.mapped = mapped
        self.ports = ports
        self.peers = peers
        self._bound = {}  # type: Dict[Tuple[str, int], int]
        self._reached = {}  # type: Dict[Tuple[str, int], int]
        self._written = {}  # type: Dict[Tuple[str, int, bool], Tuple[str, int]]
        self._seen = set()  # type: set[Tuple[str, int]]

    def to_bind(self, kind, address):
        # type: (str, Any) -> Any
        """Return the real address to bind; port 0 stays the system's choice."""
        if not self.mapped or not is_ip(address):
            return address
        host = WILDCARDS.get(address[0]) or _loopback(address)
        port = address[1]
        if port and self.ports:
            port = self._numbered(self._bound, (kind, port), self.ports)
        real = (host, port) + address[2:]
        self._written[(kind, port, False)] = (address[0] or "0.0.0.0", address[1])
        return real

    def to_reach(self, kind, address):
        # type: (str, Any) -> Any
        """Return the real address to connect or send to."""
        if not self.mapped or not is_ip(address) or (address[0], address[1]) in self._seen:
            return address
        port = address[1]
        if (kind, port) in self._bound:
            real_port = self._bound[(kind, port)]
        elif self.peers:
            real_port = self._numbered(self._reached, (kind, port), self.peers)
        else:
            real_port = port
        self._written.setdefault((kind, real_port, True), (address[0], port))
        return (_loopback(address), real_port) + address[2:]

    def seen(self, address):
        # type: (Any) -> None
        """Remember that ``address`` came from the network: it is real already."""
        if is_ip(address):
            self._seen.add((address[0], address[1]))

    def own(self, kind, address):
        # type: (str, Any) -> Any
        """Return what the program wrote for its own real ``address``."""
        written = self._written.get((kind, address[1], False)) if is_ip(address) else None
        return written + address[2:] if written else address

    def other(self, kind, address):
        # type: (str, Any) -> Any
        """Return what the program wrote for the real ``address`` of its peer."""
        written = self._written.get((kind, address[1], True)) if is_ip(address) else None
        return written + address[2:] if written else address

    @staticmethod
    def _numbered(table, key, real):
        # type: (Dict[Tuple[str, int], int], Tuple[str, int], List[int]) -> int
        if key not in table:
            used = sum(1 for kind, _ in table if kind == key[0])
            table[key] = real[min(used, len(real) - 1)]
        return table[key]


def _loopback(address):
    # type: (Any) -> str
    return "::1" if ":" in address[0] or len(address) == 4 else "127.0.0.1"
