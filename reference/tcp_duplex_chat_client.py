"""A TCP chat client that listens and speaks at the same time.

One thread receives and prints; the main thread reads the keyboard and sends. A
thread that waits in input can't be woken portably, so when the server has left
the client says so and ends with the next line, which is not sent any more.
"""

import contextlib
import socket
import sys
import threading


def tcp_duplex_chat_client(host: str, port: int) -> None:
    """Print what the server says and send what is typed, until the server has left.

    Raises:
        ConnectionRefusedError: nobody listens at ``(host, port)``.
        EOFError: the keyboard's input has ended.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect((host, port))
        gone = threading.Event()
        threading.Thread(target=listen, args=(client, gone), daemon=True).start()
        while True:
            line = input("> ")
            if gone.is_set():
                return
            client.sendall(line.encode())


def listen(client: socket.socket, gone: threading.Event) -> None:
    """Print what the server says; set ``gone`` when it has left."""
    with contextlib.suppress(OSError):
        while data := client.recv(4096):
            print(data.decode(errors="replace"))
    print("the server has left: press Enter")
    gone.set()


if __name__ == "__main__":
    try:
        with contextlib.suppress(EOFError):
            tcp_duplex_chat_client("127.0.0.1", 8989)
    except OSError as error:
        sys.exit(f"lost the server: {error}")
