"""An asyncio server that asks in a thread; every client has a task of its own."""
import asyncio


async def talk(reader, writer):
    loop = asyncio.get_running_loop()
    try:
        while True:
            line = ''
            while not line:
                line = (await loop.run_in_executor(None, input, '> ')).strip()
            writer.write(line.encode())
            await writer.drain()
            data = await reader.read(1024)
            if not data:
                break
            print('client:', data.decode(errors='replace'))
    except OSError as e:
        print('lost', e)
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(talk, '127.0.0.1', 8080)
    async with server:
        await server.serve_forever()


asyncio.run(main())
