"""asyncio.start_unix_server, which removes a stale file by itself, ended from the handler."""

import asyncio
import os

PATH = '/tmp/echo.sock'


async def main():
    done = asyncio.Event()

    async def handle(reader, writer):
        print('a client at', writer.get_extra_info('sockname'))
        while True:
            data = await reader.read(1024)
            if not data:
                break
            print('received:', data.decode('utf-8', 'replace'))
            writer.write(data)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
        done.set()

    server = await asyncio.start_unix_server(handle, PATH)
    await done.wait()
    server.close()
    if os.path.exists(PATH):
        os.remove(PATH)


asyncio.run(main())
