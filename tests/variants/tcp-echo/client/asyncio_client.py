"""An asyncio client that reads the keyboard in a thread."""
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    reader, writer = await asyncio.open_connection('127.0.0.1', 8000)
    while True:
        line = await loop.run_in_executor(None, input, '> ')
        if not line:
            break
        writer.write(line.encode())
        await writer.drain()
        data = await reader.read(1024)
        if not data:
            break
        print('echo:', data.decode(errors='replace'))
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
