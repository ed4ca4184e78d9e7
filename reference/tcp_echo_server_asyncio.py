"""A TCP echo server for one client, with asyncio streams.

``sock_accept`` takes exactly one client, where ``start_server`` would go on
accepting. ``write`` only puts the bytes into a buffer; ``drain`` waits while the
client is slow to read, so that the buffer cannot grow without end.
"""

import asyncio
import contextlib
import socket


async def serve_one(host: str, port: int) -> None:
    """Accept one client and hold the whole conversation with it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(5)
        listener.settimeout(0)
        connection, address = await asyncio.get_running_loop().sock_accept(listener)
        print(f"connect from {address}")
        reader, writer = await asyncio.open_connection(sock=connection)
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


def tcp_echo_server(host: str, port: int) -> None:
    """Echo everything that one client sends, then close and return."""
    asyncio.run(serve_one(host, port))


if __name__ == "__main__":
    tcp_echo_server("127.0.0.1", 8000)
