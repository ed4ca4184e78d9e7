"""An asyncio datagram endpoint; the loop outlives what a request raises."""
import asyncio
import time


class TimeServer(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        fmt = data.decode('utf-8') if data else '%Y-%m-%d %X'
        self.transport.sendto(time.strftime(fmt).encode('utf-8'), addr)


async def main():
    loop = asyncio.get_running_loop()
    await loop.create_datagram_endpoint(TimeServer, local_addr=('127.0.0.1', 9000))
    await asyncio.Event().wait()


asyncio.run(main())
