"""An asyncio server with a task for the keyboard, which is read in a thread."""
import asyncio

writers = set()


async def listen(reader, writer):
    writers.add(writer)
    try:
        while data := await reader.read(1024):
            print('<', data.decode(errors='replace'))
    finally:
        writers.discard(writer)
        writer.close()


async def speak():
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, input, '> ')
        for writer in list(writers):
            writer.write(line.encode())


async def main():
    server = await asyncio.start_server(listen, '0.0.0.0', 8989)
    task = asyncio.create_task(speak())
    async with server:
        await asyncio.gather(server.serve_forever(), task)


asyncio.run(main())
