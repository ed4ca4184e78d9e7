"""How the addresses that a program wrote down relate to the real ones, in words.

Knows targets and where they run. Does not know who reads it.
"""

from __future__ import annotations

from ..messages import Message, message
from ..targets import Target
from .socket_files import SocketFiles

FOREIGN = {
    "address": message("a server that already runs"),
    "tour": message("at addresses of its own"),
}
"""What is said of the addresses of a target that has no place of ours."""


def described(target: Target, files: SocketFiles, port: int, *, isolated: bool) -> Message:
    """Say where ``target`` is met; ``isolated`` it has a network in which all is local."""
    if target.kind in FOREIGN:
        return FOREIGN[target.kind]
    if files.needed:
        return files.description(told=target.told)
    if target.kind == "call":
        return message("called in a process of its own")
    if isolated:
        return message("a network of its own")
    if target.told:
        return message("told to use 127.0.0.1:{port}", port=port)
    return message("its address mapped to 127.0.0.1:{port}", port=port)
