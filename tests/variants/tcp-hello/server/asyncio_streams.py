"""An asyncio server that stops after its first client."""
import asyncio


async def main():
    done = asyncio.Event()

    async def handle(reader, writer):
        try:
            if await reader.read(1024):
                writer.write(b'hello')
                await writer.drain()
            writer.close()
            await writer.wait_closed()
        finally:
            done.set()

    server = await asyncio.start_server(handle, '127.0.0.1', 8888)
    async with server:
        await done.wait()


asyncio.run(main())
