"""A server that answers each line in capitals: ``line_server.py HOST PORT``."""

import socketserver
import sys


class Handler(socketserver.StreamRequestHandler):
    """One client."""

    def handle(self) -> None:
        """Answer line by line."""
        for line in self.rfile:
            self.wfile.write(line.upper())


class Server(socketserver.ThreadingTCPServer):
    """Many clients."""

    allow_reuse_address = True


if __name__ == "__main__":
    with Server((sys.argv[1], int(sys.argv[2])), Handler) as server:
        server.serve_forever()
