"""A UDP chat server: shows each message, sends back what its user types.

There are no connections. Every datagram tells who sent it, and the reply goes
there; whoever writes next may be somebody else. While the user types, further
messages wait in the socket's receive buffer. The end of the keyboard's input
ends the server.
"""

import socket

LARGEST = 65535


def udp_chat_server(host: str, port: int) -> None:
    """Show each message with its sender and reply with a typed line, until the input ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((host, port))
        while True:
            try:
                data, address = server.recvfrom(LARGEST)
            except ConnectionResetError:
                continue  # Windows tells here that an earlier reply reached nobody.
            print(f"{address[0]}:{address[1]} says: {data.decode(errors='replace')}")
            try:
                reply = input("reply: ").strip()
            except EOFError:
                break
            server.sendto(reply.encode(), address)


if __name__ == "__main__":
    udp_chat_server("127.0.0.1", 8081)
