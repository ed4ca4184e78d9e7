"""An asyncio client that reads the keyboard in a thread."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection('127.0.0.1', 8080)
    while data := await reader.read(1024):
        print(data.decode(errors='replace'))
        line = ''
        while not line:
            line = (await loop.run_in_executor(None, input, '> ')).strip()
        writer.write(line.encode())
        await writer.drain()
    print('bye')
    writer.close()


asyncio.run(main())
