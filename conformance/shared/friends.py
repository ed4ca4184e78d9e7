"""The friends of the UDP chat, as a client's own text names them with their addresses."""

from __future__ import annotations

import ast
import re

from pytest_sockets import DatagramPeer, UdpClient

EGG, YUAN = "egg", "yuan"

REACHING = ("connect", "connect_ex", "sendto", "sendmsg")
WRITTEN = re.compile(r"\('([^']+)', (\d+)")
"""An address in the arguments of a call."""


def differ(client: UdpClient) -> bool:
    """Tell whether the program's own text gives the two friends different ports.

    It is read from a dict with the names as keys and tuples of host and port as
    values. Where addresses are made in another way, where the text can't be read
    here, or where the program is told the one address to use, this is false: then
    a wrong choice can't be told from friends who share an address.
    """
    ports = {name: port for name, port in _written_ports(client) if name in (EGG, YUAN)}
    return len(set(ports.values())) == len((EGG, YUAN))


def addresses(client: UdpClient, friend: DatagramPeer) -> list[tuple[str, int]]:
    """Return what the program may call the address of ``friend``, the only one it has sent to.

    An address that it wrote down stands for a real one here, and comes back as it
    wrote it; a name may come back as a number. What it wrote is told by its trace.
    That decides nothing: whatever else it is called, it is what was sent to.
    """
    calls = [each for each in client.events if getattr(each, "call", "") in REACHING]
    found = [pair for each in calls for pair in WRITTEN.findall(getattr(each, "arguments", ""))]
    written = [(host, int(port)) for host, port in found]
    return [*written, *((friend.local[0], port) for _, port in written), friend.local]


def _written_ports(client: UdpClient) -> list[tuple[object, object]]:
    path = client.place.target.path
    if path is None or client.place.target.told:
        return []
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):  # it may be a later Python's than ours
        return []
    pairs = [
        pair
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for pair in zip(node.keys, node.values, strict=True)
    ]
    return [
        (name.value, value.elts[1].value)
        for name, value in pairs
        if isinstance(name, ast.Constant)
        and isinstance(value, ast.Tuple | ast.List)
        and len(value.elts) > 1
        and isinstance(value.elts[1], ast.Constant)
    ]
