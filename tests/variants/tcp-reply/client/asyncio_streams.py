"""An asyncio client."""
import asyncio


async def main():
    reader, writer = await asyncio.open_connection('127.0.0.1', 8989)
    writer.write('你好服务端,我是客户端小明!'.encode())
    await writer.drain()
    data = await reader.read()
    print('接收服务端的数据为:', data.decode())
    writer.close()
    await writer.wait_closed()


asyncio.run(main())
