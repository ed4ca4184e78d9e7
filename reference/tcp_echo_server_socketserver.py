"""A TCP echo server for one client, with the module socketserver.

The framework binds and listens, ``handle_request`` accepts one client, and the
handler talks to it. ``allow_reuse_address`` has to be set on the class, because
the constructor already binds. After ``handle`` the framework closes the
connection.
"""

import socketserver


class EchoHandler(socketserver.BaseRequestHandler):
    """One conversation: ``self.request`` is the client's socket."""

    def handle(self) -> None:
        """Send back what arrives, until the client has finished sending."""
        print(f"connect from {self.client_address}")
        try:
            while data := self.request.recv(4096):
                print(f"received: {data.decode(errors='replace')}")
                self.request.sendall(data)
        except OSError as error:
            print(f"{self.client_address} is gone: {error}")


class EchoServer(socketserver.TCPServer):
    """A TCP server that can be started again at once on the same port."""

    allow_reuse_address = True


def tcp_echo_server(host: str, port: int) -> None:
    """Echo everything that one client sends, then close and return."""
    with EchoServer((host, port), EchoHandler) as server:
        server.handle_request()


if __name__ == "__main__":
    tcp_echo_server("127.0.0.1", 8000)
