"""A subclass of Thread for each client, which it keeps in a list."""
import socket
from threading import Thread


class ClientThread(Thread):
    def __init__(self, conn, addr):
        super().__init__(daemon=True)
        self.conn = conn
        self.addr = addr

    def run(self):
        print('[+] new client %s:%d' % self.addr)
        try:
            while True:
                data = self.conn.recv(2048)
                if not data:
                    break
                print('%s:%d: %s' % (*self.addr, data.decode('utf-8', 'replace')))
                self.conn.sendall(data)
        except (ConnectionResetError, BrokenPipeError) as e:
            print('[!]', e)
        finally:
            self.conn.close()
            print('[-] client %s:%d left' % self.addr)


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(('localhost', 8080))
server.listen()
threads = []
while True:
    thread = ClientThread(*server.accept())
    thread.start()
    threads = [t for t in threads if t.is_alive()] + [thread]
