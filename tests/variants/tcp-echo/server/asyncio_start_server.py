"""An asyncio server that would serve several clients, and ends with the last one."""
import asyncio

clients = 0


async def main():
    nobody_left = asyncio.Event()

    async def handle(reader, writer):
        global clients
        clients += 1
        print('connect from', writer.get_extra_info('peername'))
        try:
            while True:
                data = await reader.read(1024)
                if not data:
                    break
                print('message:', data.decode(errors='replace'))
                writer.write(data)
                await writer.drain()
        except ConnectionError as e:
            print(e)
        writer.close()
        clients -= 1
        if clients == 0:
            nobody_left.set()

    async with await asyncio.start_server(handle, 'localhost', 8000):
        await nobody_left.wait()


asyncio.run(main())
