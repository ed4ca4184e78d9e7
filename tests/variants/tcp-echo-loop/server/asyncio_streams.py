"""An asyncio server whose task dies of a reset, while the server goes on."""
import asyncio


async def handle_echo(reader, writer):
    addr = writer.get_extra_info('peername')
    print(f'Connection from {addr!r}')
    try:
        while True:
            data = await reader.read(100)
            if not data:
                break
            print(f'Received {data.decode(errors="replace")!r} from {addr!r}')
            writer.write(data)
            await writer.drain()
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(handle_echo, '127.0.0.1', 8888)
    addrs = ', '.join(str(sock.getsockname()) for sock in server.sockets)
    print(f'Serving on {addrs}')
    async with server:
        await server.serve_forever()


asyncio.run(main())
