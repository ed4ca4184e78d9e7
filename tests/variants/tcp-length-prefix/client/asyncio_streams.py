"""asyncio: readexactly, until IncompleteReadError."""
import asyncio
import struct


async def main():
    reader, writer = await asyncio.open_connection('127.0.0.1', 8080)
    try:
        while True:
            length, = struct.unpack('<i', await reader.readexactly(4))
            print((await reader.readexactly(length)).decode())
    except asyncio.IncompleteReadError as error:
        if error.partial:
            print('incomplete')
    writer.close()


asyncio.run(main())
