"""A client of the UDP time server: each typed line is a format, each answer is printed.

An empty line is sent as an empty datagram, which asks for the server's own
format. The client ends with the keyboard's input (Ctrl-D, or Ctrl-Z on Windows).
A datagram may be lost, and UDP repeats nothing: so it says when no answer
comes, and asks for the next line. An answer that comes later than that is taken
for the next one's; a request would need a number to tell them apart.
"""

import socket

PATIENCE = 10.0  # seconds
LARGEST = 65535


def udp_time_default_client(host: str, port: int) -> None:
    """Send each typed format and print the server's time, until the input ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE)
        while True:
            try:
                line = input("format, such as %Y %m %d: ").strip()
            except EOFError:
                break
            client.sendto(line.encode(), (host, port))
            try:
                answer, _ = client.recvfrom(LARGEST)
            except OSError as error:
                print(f"no answer: {error}")
            else:
                print(answer.decode(errors="replace"))


if __name__ == "__main__":
    udp_time_default_client("127.0.0.1", 9000)
