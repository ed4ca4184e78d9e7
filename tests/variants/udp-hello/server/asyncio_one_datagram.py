"""An asyncio datagram endpoint that is closed after the first answer."""
import asyncio


class Once(asyncio.DatagramProtocol):
    def __init__(self, done):
        self.done = done

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        if self.done.done():
            return
        print(addr, data.decode(errors='replace'))
        self.transport.sendto(b'hello', addr)
        self.done.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    transport, _ = await loop.create_datagram_endpoint(
        lambda: Once(done), local_addr=('127.0.0.1', 9000))
    await done
    transport.close()


asyncio.run(main())
