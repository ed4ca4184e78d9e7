"""An asyncio client that reads the keyboard through the event loop."""
import asyncio
import sys


async def main():
    reader, writer = await asyncio.open_connection('127.0.0.1', 9000)
    keyboard = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(keyboard), sys.stdin)
    while True:
        data = await reader.read(1024)
        if data in (b'', b'q'):
            break
        print(data.decode(errors='replace'))
        print('> ', end='', flush=True)
        line = (await keyboard.readline()).rstrip(b'\n')
        writer.write(line)
        await writer.drain()
        if line == b'q':
            break
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
