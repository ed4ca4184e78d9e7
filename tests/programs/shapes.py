"""Servers and clients as they are written: each echoes, or sends and prints, once.

A server prints the address that it believes to have; then it echoes to one
client. A client sends b"ping" and prints the reply and whom it believes to
have reached. All of them use port 8000 of the address in ADDRESS.
"""

from __future__ import annotations

PLAIN = """\
import socket
sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.bind((ADDRESS, 8000))
sk.listen(5)
print(*sk.getsockname(), flush=True)
conn, addr = sk.accept()
while True:
    data = conn.recv(1024)
    if not data:
        break
    conn.send(data)
conn.close()
sk.close()
"""

PLAIN_6 = PLAIN.replace("AF_INET", "AF_INET6").replace(
    "print(*sk.getsockname()", "print(*sk.getsockname()[:2]"
)

SERVERS = {
    "plain": PLAIN,
    "star_import": PLAIN.replace("import socket", "from socket import *").replace("socket.", ""),
    "create_server": """\
import socket
with socket.create_server((ADDRESS, 8000)) as sk:
    print(*sk.getsockname(), flush=True)
    conn, addr = sk.accept()
    with conn:
        for data in iter(lambda: conn.recv(1024), b""):
            conn.sendall(data)
""",
    "socketserver": """\
import socketserver
class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read())
server = socketserver.TCPServer((ADDRESS, 8000), Handler)
print(*server.server_address, flush=True)
server.handle_request()
server.server_close()
""",
    "asyncio_streams": """\
import asyncio
async def main():
    done = asyncio.Event()
    async def serve(reader, writer):
        writer.write(await reader.read())
        await writer.drain()
        writer.close()
        done.set()
    server = await asyncio.start_server(serve, ADDRESS, 8000)
    print(*server.sockets[0].getsockname(), flush=True)
    await done.wait()
    server.close()
asyncio.run(main())
""",
    "asyncio_sock": """\
import asyncio, socket
async def main():
    loop = asyncio.get_running_loop()
    sk = socket.socket()
    sk.setblocking(False)
    sk.bind((ADDRESS, 8000))
    sk.listen()
    print(*sk.getsockname(), flush=True)
    conn, addr = await loop.sock_accept(sk)
    while True:
        data = await loop.sock_recv(conn, 1024)
        if not data:
            break
        await loop.sock_sendall(conn, data)
    conn.close()
asyncio.run(main())
""",
    "selectors": """\
import selectors, socket
sel = selectors.DefaultSelector()
sk = socket.socket()
sk.bind((ADDRESS, 8000))
sk.listen()
sk.setblocking(False)
sel.register(sk, selectors.EVENT_READ)
print(*sk.getsockname(), flush=True)
open_ = True
while open_:
    for key, _ in sel.select():
        if key.fileobj is sk:
            conn, addr = sk.accept()
            sel.register(conn, selectors.EVENT_READ)
        else:
            data = key.fileobj.recv(1024)
            if data:
                key.fileobj.sendall(data)
            else:
                sel.unregister(key.fileobj)
                key.fileobj.close()
                open_ = False
""",
    "subclass": PLAIN.replace(
        "sk = socket.socket(", "class Socket(socket.socket):\n    pass\nsk = Socket("
    ),
    "threads": """\
import socket, threading
def serve(conn):
    for data in iter(lambda: conn.recv(1024), b""):
        conn.sendall(data)
    conn.close()
sk = socket.socket()
sk.bind((ADDRESS, 8000))
sk.listen()
print(*sk.getsockname(), flush=True)
conn, addr = sk.accept()
threading.Thread(target=serve, args=(conn,)).start()
""",
    "forked_child": """\
import os, socket
sk = socket.socket()
sk.bind((ADDRESS, 8000))
sk.listen()
print(*sk.getsockname(), flush=True)
conn, addr = sk.accept()
if os.fork() == 0:
    sk.close()
    for data in iter(lambda: conn.recv(1024), b""):
        conn.sendall(data)
    conn.close()
else:
    conn.close()
    os.wait()
""",
    "multiprocessing": """\
import multiprocessing, socket
def serve(conn):
    for data in iter(lambda: conn.recv(1024), b""):
        conn.sendall(data)
    conn.close()
if __name__ == "__main__":
    sk = socket.socket()
    sk.bind((ADDRESS, 8000))
    sk.listen()
    print(*sk.getsockname(), flush=True)
    conn, addr = sk.accept()
    process = multiprocessing.get_context("fork").Process(target=serve, args=(conn,))
    process.start()
    conn.close()
    process.join()
""",
    "makefile": """\
import socket
sk = socket.socket()
sk.bind((ADDRESS, 8000))
sk.listen()
print(*sk.getsockname(), flush=True)
conn, addr = sk.accept()
with conn, conn.makefile("rwb") as file:
    file.write(file.read())
""",
    "recv_into": """\
import socket
sk = socket.socket()
sk.bind((ADDRESS, 8000))
sk.listen()
print(*sk.getsockname(), flush=True)
conn, addr = sk.accept()
space = bytearray(1024)
while True:
    count = conn.recv_into(space, nbytes=4)
    if not count:
        break
    conn.sendall(memoryview(space)[:count])
conn.close()
""",
}

CLIENTS = {
    "plain": """\
import socket
sk = socket.socket()
sk.connect((ADDRESS, 8000))
sk.send(b"ping")
print(sk.recv(1024).decode(), *sk.getpeername()[:2])
sk.close()
""",
    "create_connection": """\
import socket
with socket.create_connection((ADDRESS, 8000)) as sk:
    sk.sendall(b"ping")
    print(sk.recv(1024).decode(), *sk.getpeername()[:2])
""",
    "connect_ex": """\
import socket
sk = socket.socket()
print(sk.connect_ex((ADDRESS, 8000)), end=" ")
sk.sendall(b"ping")
print(sk.recv(1024).decode(), *sk.getpeername()[:2])
""",
    "asyncio_streams": """\
import asyncio
async def main():
    reader, writer = await asyncio.open_connection(ADDRESS, 8000)
    writer.write(b"ping")
    data = await reader.read(1024)
    print(data.decode(), *writer.get_extra_info("peername")[:2])
    writer.close()
asyncio.run(main())
""",
    "asyncio_sock": """\
import asyncio, socket
async def main():
    loop = asyncio.get_running_loop()
    sk = socket.socket()
    sk.setblocking(False)
    await loop.sock_connect(sk, (ADDRESS, 8000))
    await loop.sock_sendall(sk, b"ping")
    print((await loop.sock_recv(sk, 1024)).decode(), *sk.getpeername()[:2])
asyncio.run(main())
""",
}

UDP_SERVER = """\
import socket
sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.bind((ADDRESS, 8000))
print(*sk.getsockname(), flush=True)
data, addr = sk.recvfrom(1024)
sk.sendto(data, addr)
"""

UDP_CLIENTS = {
    "recvfrom": """\
import socket
sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.sendto(b"ping", (ADDRESS, 8000))
data, addr = sk.recvfrom(1024)
print(data.decode(), *addr)
""",
    "recvfrom_into": """\
import socket
sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.sendto(b"ping", 0, (ADDRESS, 8000))
space = bytearray(1024)
count, addr = sk.recvfrom_into(space)
print(space[:count].decode(), *addr)
""",
    "messages": """\
import socket
sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.sendmsg([b"pi", b"ng"], [], 0, (ADDRESS, 8000))
data, extra, flags, addr = sk.recvmsg(1024)
print(data.decode(), *addr)
""",
    "connected": """\
import socket
sk = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sk.connect((ADDRESS, 8000))
sk.send(b"ping")
print(sk.recv(1024).decode(), *sk.getpeername())
""",
    "asyncio": """\
import asyncio
async def main():
    loop = asyncio.get_running_loop()
    got = loop.create_future()
    class Client(asyncio.DatagramProtocol):
        def connection_made(self, transport):
            transport.sendto(b"ping")
        def datagram_received(self, data, addr):
            got.set_result((data, addr))
    await loop.create_datagram_endpoint(Client, remote_addr=(ADDRESS, 8000))
    data, addr = await got
    print(data.decode(), *addr)
asyncio.run(main())
""",
}


def at(source: str, address: str = "127.0.0.1", port: int = 8000) -> str:
    """Return the program with its address written into it."""
    return source.replace("ADDRESS", address if "(" in address else repr(address)).replace(
        "8000", str(port)
    )
