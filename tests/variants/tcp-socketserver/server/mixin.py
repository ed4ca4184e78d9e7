"""ThreadingMixIn before TCPServer, with a thread of its own for serve_forever."""
import socketserver
import threading


class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        name = threading.current_thread().name
        while line := self.rfile.readline():
            print(name, line.decode(errors='replace').rstrip())
            self.wfile.write(line)


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True


with Server(('localhost', 9999), Handler) as server:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    thread.join()
