"""A UDP chat client: choose a friend by name, send lines, read the answers.

One socket is enough for all friends, because every datagram is addressed on its
own. A name that is not known is asked for again at once, and an empty line is
not sent. The line q leaves the friend; the end of the keyboard's input ends the
client.

A datagram may be lost, and UDP repeats nothing: so the client says when no
answer comes, and goes on.
"""

from __future__ import annotations

import socket

FRIENDS = {
    "egg": ("127.0.0.1", 8081),
    "yuan": ("127.0.0.1", 8082),
    "哪吒": ("127.0.0.1", 8083),
    "金老板": ("127.0.0.1", 8084),
}
LARGEST = 65535
PATIENCE = 60.0  # seconds: a friend has to read and to type


def udp_chat_client(host: str, port: int) -> None:
    """Chat with friends who all have the address ``(host, port)``, as in the tutorial."""
    chat(dict.fromkeys(FRIENDS, (host, port)))


def chat(friends: dict[str, tuple[str, int]]) -> None:
    """Talk with one of ``friends`` after the other until the input ends."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE)
        try:
            while True:
                name = input(f"talk with ({', '.join(friends)}): ").strip()
                if name in friends:
                    talk(client, friends[name])
        except EOFError:
            pass


def talk(client: socket.socket, friend: tuple[str, int]) -> None:
    """Send each typed line to ``friend`` and print the answer, until the line is q."""
    while (line := input("message, or q to leave: ").strip()) != "q":
        if not line:
            continue
        client.sendto(line.encode(), friend)
        try:
            data, (host, port) = client.recvfrom(LARGEST)
        except OSError as error:
            print(f"no answer: {error}")
        else:
            print(f"{host}:{port} says: {data.decode(errors='replace')}")


if __name__ == "__main__":
    chat(FRIENDS)
