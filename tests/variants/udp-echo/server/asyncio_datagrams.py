"""An asyncio datagram endpoint."""
import asyncio


class EchoServerProtocol(asyncio.DatagramProtocol):
    def __init__(self, done):
        self.done = done

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        if not data:
            self.done.set()
            return
        print('Received %s from %s' % (data.decode(errors='replace'), addr))
        self.transport.sendto(data, addr)


async def main():
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        lambda: EchoServerProtocol(done), local_addr=('127.0.0.1', 9999))
    await done.wait()
    transport.close()


asyncio.run(main())
