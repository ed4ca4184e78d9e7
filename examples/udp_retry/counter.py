"""A counter over UDP: a client that asks again until it is answered, and a server that counts once.

A request is a number of its own and how much to add, "7 2"; the answer is the
same number and the total, "7 12". Who gets no answer in time sends the request
again, as it was: its number tells the server that it is no new one, and the
client which question an answer is for.
"""

from __future__ import annotations

import itertools
import socket
import sys
from collections.abc import Sequence

TIMEOUTS = (0.2, 0.4, 0.8, 1.6)
"""Seconds to wait for an answer to each try."""


class Counter:
    """The client; a context manager. ``timeouts`` has one number of seconds for each try."""

    def __init__(self, address: tuple[str, int], timeouts: Sequence[float] = TIMEOUTS) -> None:
        self.timeouts = timeouts
        self._numbers = itertools.count(1)
        self._socket = socket.socket(type=socket.SOCK_DGRAM)
        self._socket.connect(address)

    def add(self, count: int) -> int:
        """Add ``count``, and return the total.

        Raises:
            TimeoutError: no try was answered.
        """
        number = next(self._numbers)
        for timeout in self.timeouts:
            self._socket.settimeout(timeout)
            self._socket.send(f"{number} {count}".encode())
            try:
                return self._answer_to(number)
            except TimeoutError:
                continue
        raise TimeoutError(f"no answer to {len(self.timeouts)} tries")

    def _answer_to(self, number: int) -> int:
        """Return the total in the answer to request ``number``; others came too late."""
        while True:
            answered, total = self._socket.recv(100).split()
            if int(answered) == number:
                return int(total)

    def __enter__(self) -> Counter:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()


def serve(host: str, port: int) -> None:
    """Count until we are killed; of each client the last request is remembered, and its answer."""
    total = 0
    last: dict[tuple[str, int], tuple[int, bytes]] = {}
    with socket.socket(type=socket.SOCK_DGRAM) as server:
        server.bind((host, port))
        while True:
            request, client = server.recvfrom(100)
            number, count = map(int, request.split())
            done, answer = last.get(client, (0, b""))
            if number > done:
                total += count
                done, answer = last[client] = number, b"%d %d" % (number, total)
            if number == done:
                server.sendto(answer, client)


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
