"""A client that asks in lines and tries again: what the recipes are about."""

from __future__ import annotations

import contextlib
import socket


class LineClient:
    """Asks a server; ``timeout`` is in seconds, ``tries`` how often it connects."""

    def __init__(self, host: str, port: int, timeout: float = 30.0, tries: int = 3) -> None:
        self.address = host, port
        self.timeout, self.tries = timeout, tries

    def ask(self, question: bytes) -> bytes:
        """Return the line that answers ``question``; a connection that breaks is made anew.

        Raises:
            ConnectionError: it broke each time.
            TimeoutError: nothing came in time.
        """
        for _ in range(self.tries - 1):
            with contextlib.suppress(ConnectionError):
                return self._asked_once(question)
        return self._asked_once(question)

    def _asked_once(self, question: bytes) -> bytes:
        with socket.create_connection(self.address, self.timeout) as connection:
            connection.sendall(question + b"\n")
            answer = connection.makefile("rb").readline()
        if not answer.endswith(b"\n"):
            raise ConnectionError("the answer was cut off")
        return answer[:-1]
