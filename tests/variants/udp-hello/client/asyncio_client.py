"""An asyncio datagram endpoint with a remote address."""
import asyncio


class Hello(asyncio.DatagramProtocol):
    def __init__(self, answer):
        self.answer = answer

    def connection_made(self, transport):
        transport.sendto(b'This is Client!')

    def datagram_received(self, data, addr):
        self.answer.set_result((data, addr))


async def main():
    loop = asyncio.get_running_loop()
    answer = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: Hello(answer), remote_addr=('127.0.0.1', 9000))
    data, addr = await answer
    print(addr, data.decode())
    transport.close()


asyncio.run(main())
