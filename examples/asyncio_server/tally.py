"""A tally that several clients keep together.

A client sends lines such as "tea 2"; each adds to what all clients have sent so
far, and is answered with the new total: "tea 5". What is no such line is
answered "?".
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter


class Tally:
    """What was counted so far."""

    def __init__(self) -> None:
        self.totals: Counter[str] = Counter()

    def add(self, line: bytes) -> bytes:
        """Add one line, and return the answer to it."""
        try:
            name, count = line.decode().split()
            self.totals[name] += int(count)
        except ValueError:
            return b"?\n"
        return f"{name} {self.totals[name]}\n".encode()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client, line by line."""
        try:
            # At the end of the stream readline returns what came of a line that was cut off.
            while (line := await reader.readline()).endswith(b"\n"):
                writer.write(self.add(line))
                await writer.drain()
        except ConnectionError:
            pass  # This client is gone; the others are still there.
        finally:
            writer.close()


async def main(host: str, port: int) -> None:
    """Serve until we are killed."""
    async with await asyncio.start_server(Tally().serve, host, port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
