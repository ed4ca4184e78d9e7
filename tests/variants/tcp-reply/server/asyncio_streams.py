"""An asyncio server that stops after its first client."""
import asyncio


async def main():
    done = asyncio.Event()

    async def handle(reader, writer):
        data = await reader.read(1024)
        print('peer', writer.get_extra_info('peername'))
        print('length', len(data))
        print('data', data.decode(errors='replace'))
        writer.write('ok, 问题正在处理中...'.encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        done.set()

    server = await asyncio.start_server(handle, '0.0.0.0', 8989)
    async with server:
        await done.wait()


asyncio.run(main())
