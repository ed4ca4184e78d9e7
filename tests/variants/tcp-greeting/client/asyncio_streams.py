"""An asyncio client."""
import asyncio


async def main(host, port):
    reader, writer = await asyncio.open_connection(host, port)
    data = await reader.read(100)
    print(f'Received: {data.decode()!r}')
    writer.write(b'hei')
    await writer.drain()
    writer.close()
    await writer.wait_closed()


asyncio.run(main('127.0.0.1', 8888))
