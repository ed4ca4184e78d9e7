"""An asyncio server that stops after its first client."""
import asyncio


async def main():
    done = asyncio.Event()

    async def handle(reader, writer):
        writer.write(b'hello')
        await writer.drain()
        data = await reader.read(1024)
        print('client said', data.decode(errors='replace'))
        writer.close()
        await writer.wait_closed()
        done.set()

    server = await asyncio.start_server(handle, '127.0.0.1', 8888)
    async with server:
        await done.wait()


asyncio.run(main())
