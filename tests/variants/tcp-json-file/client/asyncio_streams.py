"""asyncio: readexactly for header and dict, read for the file."""

import asyncio
import json
import struct


async def main():
    reader, writer = await asyncio.open_connection('127.0.0.1', 8080)
    length, = struct.unpack('i', await reader.readexactly(4))
    info = json.loads(await reader.readexactly(length))
    print(info)
    left = info['file_size']
    with open(info['file_name'], 'wb') as f:
        while left:
            data = await reader.read(min(left, 4096))
            if not data:
                raise EOFError('%d bytes are missing' % left)
            f.write(data)
            left -= len(data)
    print('complete')
    writer.close()


asyncio.run(main())
