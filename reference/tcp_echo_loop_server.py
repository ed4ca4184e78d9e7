"""A TCP echo server that serves one client after the other, for ever.

Two loops: the outer one accepts, the inner one talks. However a client leaves,
only the inner loop ends. ``b""`` is the ordinary way (FIN). A client that
crashed shows as ConnectionResetError in recv, or as BrokenPipeError in send,
and one whose cable was cut as TimeoutError: all of them are OSErrors.

While one client is served, the next ones wait in the backlog, and what they
send is kept for them by the kernel.
"""

import contextlib
import socket


def tcp_echo_loop_server(host: str, port: int) -> None:
    """Echo to one client after the other; never returns."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
        while True:
            connection, address = listener.accept()
            print(f"connect from {address}")
            with connection:
                try:
                    echo(connection)
                except OSError as error:
                    print(f"{address} is gone: {error}")


def echo(connection: socket.socket) -> None:
    """Send back what arrives, until the client has finished sending."""
    while data := connection.recv(4096):
        print(f"received: {data.decode(errors='replace')}")
        connection.sendall(data)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        tcp_echo_loop_server("127.0.0.1", 8000)
