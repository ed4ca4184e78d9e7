"""A class per client with a queue that a third thread fills from the keyboard."""
import queue
import socket
import threading


class Guest(threading.Thread):
    guests = []

    def __init__(self, conn, addr):
        super().__init__(daemon=True)
        self.conn, self.addr = conn, addr
        self.outbox = queue.Queue()
        Guest.guests.append(self)

    def run(self):
        threading.Thread(target=self.write, daemon=True).start()
        try:
            while True:
                data = self.conn.recv(4096)
                if not data:
                    break
                print(f'[{self.addr[1]}] {data.decode("utf8", "replace")}', flush=True)
        except ConnectionError:
            pass
        Guest.guests.remove(self)
        self.outbox.put(None)

    def write(self):
        while (line := self.outbox.get()) is not None:
            self.conn.sendall(line.encode('utf8'))
        self.conn.close()


def read_keyboard():
    while True:
        line = input()
        for guest in Guest.guests:
            guest.outbox.put(line)


with socket.create_server(('0.0.0.0', 8989), backlog=1) as server:
    threading.Thread(target=read_keyboard, daemon=True).start()
    while True:
        Guest(*server.accept()).start()
