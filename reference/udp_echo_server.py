"""A UDP echo server: every datagram goes back to where it came from.

There is no connection: bind, then receive. Each datagram carries the address of
its sender, and that is where the answer goes, so one socket serves any number
of clients. The buffer must hold the largest datagram (65,507 bytes over IPv4):
what does not fit is lost. An empty datagram is a datagram too; here it is the
agreed sign to stop.

SO_REUSEADDR is not set: UDP has no TIME_WAIT, and with the option a second
server could take this one's datagrams.
"""

import socket

LARGEST = 65535


def udp_echo_server(host: str, port: int) -> None:
    """Echo datagrams to their senders until an empty one arrives."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((host, port))
        while True:
            try:
                data, address = server.recvfrom(LARGEST)
            except ConnectionResetError:
                continue  # Windows tells here that an earlier answer reached nobody.
            if not data:
                break
            print(f"received from {address}: {data.decode(errors='replace')}")
            server.sendto(data, address)


if __name__ == "__main__":
    udp_echo_server("127.0.0.1", 8001)
