"""asyncio.open_unix_connection, with input in another thread."""

import asyncio


async def main():
    reader, writer = await asyncio.open_unix_connection('./uds_socket')
    while True:
        line = await asyncio.get_running_loop().run_in_executor(None, input, '>')
        if not line:
            break
        writer.write(line.encode())
        await writer.drain()
        data = await reader.read(1024)
        print('server says:', data.decode())
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
