"""A TCP echo server for many clients in one thread, with asyncio streams.

``start_server`` sets SO_REUSEADDR (on POSIX), binds, listens and accepts; each
client gets a task of its own. ``write`` only puts the bytes into a buffer;
``drain`` waits while the client is slow to read, so that the buffer cannot grow
without end. While a task waits, the others run.
"""

import asyncio
import contextlib


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hold the whole conversation with one client, however it ends."""
    address = writer.get_extra_info("peername")
    print(f"connect from {address}")
    try:
        await echo(reader, writer)
    except OSError as error:
        print(f"{address} is gone: {error}")
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send back what arrives, until the client has finished sending."""
    while data := await reader.read(4096):
        print(f"received: {data.decode(errors='replace')}")
        writer.write(data)
        await writer.drain()


async def serve_all(host: str, port: int) -> None:
    """Accept clients until the task is cancelled."""
    server = await asyncio.start_server(serve, host, port)
    async with server:
        await server.serve_forever()


def tcp_echo_concurrent_server(host: str, port: int) -> None:
    """Echo to any number of clients at the same time; never returns."""
    asyncio.run(serve_all(host, port))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        tcp_echo_concurrent_server("127.0.0.1", 8989)
