"""Programs that students might write, and an exercise of a teacher's own, as text."""

from __future__ import annotations

HELLO = """\
import socket


def serve(host, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen()
    conn, _ = listener.accept()
    with conn:
        if conn.recv(1024):
            conn.sendall(b"hello")
    listener.close()
"""
"""A function that serves one client of tcp-hello, as it should."""

HELLO_SCRIPT = HELLO + '\n\nserve("127.0.0.1", 8999)\n'
"""A script that does so, at an address of its own."""

HELLO_COMMAND = HELLO + "\n\nimport sys\nserve(sys.argv[1], int(sys.argv[2]))\n"
"""A script that takes the address from its command line."""

HELLO_CLIENT = """\
import socket

sock = socket.create_connection(("127.0.0.1", 8999))
sock.sendall(b"is anybody there?")
print(sock.recv(1024).decode())
sock.close()
"""

UDP_ECHO = """\
import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind(("127.0.0.1", 8000))
while True:
    data, address = sock.recvfrom(65535)
    if not data:
        break
    print(data.decode())
    sock.sendto(data, address)
sock.close()
"""

SHOUT = '''\
"""An exercise of a teacher's own: a server that answers in capitals, for ever."""

from pytest_sockets import Exercise, behaviour, profile


def exchange(peer, server):
    peer.send(b"quiet")
    peer.expect(b"QUIET")


@behaviour("SHT-01", source="the teacher")
def test_shouts(server):
    """Answers in capitals.

    A shout is what was said, in capitals.

    Hint: conn.sendall(data.upper()).
    """
    with server.connect() as peer:
        exchange(peer, server)


@behaviour("SHT-02", source="the teacher")
def test_leaves_digits_alone(server):
    """Leaves digits alone.

    There are no capital digits.

    Hint: upper() does so by itself.
    """
    with server.connect() as peer:
        peer.send(b"0123")
        peer.expect(b"0123")


@behaviour("SHT-03", source="the teacher", level="should", needs=test_shouts)
def test_whispers_back(server):
    """Returns a whisper as a whisper.

    Who begins with a dot wants no shout.

    Hint: look at the first byte.
    """
    with server.connect() as peer:
        peer.send(b".quiet")
        peer.expect(b".quiet")


@behaviour("SHT-04", source="the teacher", level="may", needs=test_shouts)
def test_knows_german(server):
    """Knows German.

    There, one letter becomes two.

    Hint: decode first.
    """
    with server.connect() as peer:
        peer.send("ß".encode())
        peer.expect(b"SS")


exercise = Exercise(
    name="tcp-shout",
    system="none",
    transport="tcp",
    contract="Answer everything in capitals.",
    profiles={
        "server": profile(
            basic={test_shouts: 60, test_leaves_digits_alone: 30},
            robust={test_whispers_back: 10},
            info=(test_knows_german,),
            one_shot=False,
        )
    },
)
'''

SUM = '''\
"""An exercise of a teacher's own: a function that adds."""

from pytest_sockets import Exercise, behaviour, profile


@behaviour("SUM-01", source="the teacher")
def test_adds(function):
    """Adds.

    That is what a sum is.

    Hint: return a + b.
    """
    a, b = (function.chance.randint(2, 99) for _ in range(2))
    function.expect(a + b, a, b)


exercise = Exercise(
    name="my-sum",
    system="none",
    transport="none",
    contract="Add two numbers.",
    profiles={
        "function": profile(basic={test_adds: 100}, one_shot=False, parameters="a, b"),
    },
)
'''

SHOUTER = """\
import socket

listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 8000))
listener.listen()
while True:
    conn, _ = listener.accept()
    while data := conn.recv(1024):
        conn.sendall({answer})
    conn.close()
"""
"""A server of tcp-shout; ``answer`` is what it makes of ``data``."""

PERFECT = SHOUTER.format(answer='data if data[:1] == b"." else data.decode().upper().encode()')
LOUD = SHOUTER.format(answer="data.upper()")
"""Fails what should be: it shouts at whisperers, and knows no German."""
DEAF_TO_DIGITS = SHOUTER.format(answer='data.upper().replace(b"0123", b"")')
"""Fails a must as well: it swallows digits."""
SPINS_AFTER_DIGITS = DEAF_TO_DIGITS.replace(
    "conn.sendall", "if data[:1] == b'.':\n            while True: pass\n        conn.sendall"
)
"""Fails the same, and then keeps its client waiting."""
FAILED = "FAILED.*leaves-digits-alone|leaves-digits-alone.*FAILED"
"""How pytest tells with -v that a program failed at digits, with and without workers."""
MUTE = SHOUTER.format(answer='b"?"')
"""Fails the behaviour that others need."""
SHOUTING = ("--exercise", "shout.py", "--role", "server", "--sockets-seed", "4711")
