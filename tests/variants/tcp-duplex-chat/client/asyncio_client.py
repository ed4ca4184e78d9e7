"""An asyncio client; the event loop watches the keyboard."""
import asyncio
import sys


async def main():
    reader, writer = await asyncio.open_connection('127.0.0.1', 8989)
    loop = asyncio.get_running_loop()

    def typed():
        writer.write(sys.stdin.readline().rstrip('\n').encode())

    loop.add_reader(sys.stdin, typed)
    while data := await reader.read(1024):
        print(data.decode(errors='replace'))
    loop.remove_reader(sys.stdin)
    writer.close()


asyncio.run(main())
