"""A TCP echo server with one thread for each client, with the module socketserver.

``ThreadingTCPServer`` accepts and starts the threads; the handler talks to one
client. ``allow_reuse_address`` has to be set on the class, because the
constructor already binds. The threads are daemons, so that the program can end
while clients are still connected.
"""

import contextlib
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


class EchoServer(socketserver.ThreadingTCPServer):
    """A threading TCP server that can be started again at once on the same port."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


def tcp_echo_concurrent_server(host: str, port: int) -> None:
    """Echo to any number of clients at the same time; never returns."""
    with EchoServer((host, port), EchoHandler) as server:
        server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        tcp_echo_concurrent_server("127.0.0.1", 8989)
