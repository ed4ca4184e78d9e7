"""An asyncio client."""
import asyncio


async def hello(host, port):
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b'hello')
    await writer.drain()
    data = await reader.read()
    print(f'Received: {data.decode()!r}')
    writer.close()
    await writer.wait_closed()


asyncio.run(hello('127.0.0.1', 8888))
