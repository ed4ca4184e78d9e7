"""asyncio streams with readexactly."""
import asyncio
import hashlib
import hmac
import secrets


async def handle(reader, writer):
    try:
        challenge = secrets.token_bytes(32)
        writer.write(challenge)
        await writer.drain()
        answer = await reader.readexactly(32)
        right = hmac.new(b'tutorial-secret', challenge, hashlib.sha256).digest()
        if hmac.compare_digest(right, answer):
            writer.write(b'welcome')
            while data := await reader.read(4096):
                writer.write(data)
                await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        print('gone:', error)
    writer.close()


async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 8080)
    async with server:
        await server.serve_forever()


asyncio.run(main())
