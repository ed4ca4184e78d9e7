"""A TCP server that echoes line by line, with the module socketserver.

``StreamRequestHandler`` makes files of the connection: ``rfile`` puts lines
together from whatever pieces arrive, ``wfile`` sends all that it is given.
``ThreadingTCPServer`` gives each client a thread and a handler of its own.
``allow_reuse_address`` has to be set on the class, because the constructor
already binds. A client that never sends a newline would fill the memory: a
server for strangers would limit ``readline``.
"""

import contextlib
import socketserver


class LineHandler(socketserver.StreamRequestHandler):
    """One conversation, from the client's first line to its last."""

    def handle(self) -> None:
        """Send back each complete line, until the client has finished."""
        print(f"connect from {self.client_address}")
        try:
            for line in self.rfile:
                if line.endswith(b"\n"):
                    self.wfile.write(line)
        except OSError as error:
            print(f"{self.client_address} is gone: {error}")


class LineServer(socketserver.ThreadingTCPServer):
    """A threading TCP server that can be started again at once on the same port."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


def tcp_socketserver_server(host: str, port: int) -> None:
    """Echo lines to any number of clients at the same time; never returns."""
    with LineServer((host, port), LineHandler) as server:
        server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        tcp_socketserver_server("127.0.0.1", 9999)
