"""asyncio: three writes, one drain."""
import asyncio


async def talk(reader, writer):
    for word in (b'hello', b'hai', b'hahaha'):
        writer.write(word)
    await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(talk, '127.0.0.1', 8080)
    async with server:
        await server.serve_forever()


asyncio.run(main())
