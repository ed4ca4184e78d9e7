"""asyncio with readline and a large limit."""
import asyncio


async def handle(reader, writer):
    try:
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()
    except ConnectionError as e:
        print(e)
    writer.close()


async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 9999, limit=2**20)
    async with server:
        await server.serve_forever()


asyncio.run(main())
