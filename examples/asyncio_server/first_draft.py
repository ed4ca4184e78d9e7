"""The tally as it was written first: it takes what one read returns for one line."""

from __future__ import annotations

import asyncio
import sys

from tally import Tally


class FirstDraft(Tally):
    """Works as long as every line comes alone and in one piece."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one client, read by read."""
        while data := await reader.read(1024):
            writer.write(self.add(data))
        writer.close()


async def main(host: str, port: int) -> None:
    """Serve until we are killed."""
    async with await asyncio.start_server(FirstDraft().serve, host, port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
