"""What a child is asked to run, in the form both sides understand.

Knows the fields of a request. Does not know exercises, nor how a child is made.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["script", "function", "command"]


@dataclass(frozen=True, kw_only=True)
class Request:
    """One program to run.

    ``root`` is the folder its files are named from, ``folder`` its working
    directory, ``path`` the script. ``arguments`` are the command-line arguments
    of a script, or the whole command. ``ports`` and ``peers`` are the real
    ports for what it binds and what it connects to, in order; ``mapped`` is
    false when the program is told its address, ``(host, port)``, instead.
    ``takes`` names a function's parameters: host, port, address.
    """

    kind: Kind
    root: str
    folder: str
    path: str = ""
    module: str = ""
    function: str = ""
    takes: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    host: str = "127.0.0.1"
    port: int = 0
    ports: tuple[int, ...] = ()
    peers: tuple[int, ...] = ()
    mapped: bool = True

    def document(self) -> dict[str, Any]:
        """Return the request as a document for JSON."""
        return asdict(self)
