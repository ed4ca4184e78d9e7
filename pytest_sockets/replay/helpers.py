"""What a replay needs besides its steps: small functions, each with what it imports.

They are written into the script, so they are for Python 3.8, need the standard
library only, and are to be read by a student.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Helper:
    """A function's source; ``imports`` are modules, ``needs`` names of other helpers."""

    source: str
    imports: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


SHOWN = """
def shown(data):
    text = repr(data[:48]) + ("..." if len(data) > 48 else "")
    return f"{text} ({len(data)} bytes)"
"""

STEP = """
def step(text):
    print("*", text, flush=True)
    if "--step" in sys.argv:
        input("  (Enter)")
"""

CONNECT = """
def connect(address):
    try:
        return socket.create_connection(address)
    except ConnectionRefusedError:
        sys.exit(f"nobody listens on {address[0]}:{address[1]}: start your program first")
"""

CONNECT_UNIX = """
def connect(path):
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        sock.connect(path)
    except (FileNotFoundError, ConnectionRefusedError):
        sys.exit(f"nobody listens on {path!r} in this folder: start your program first, here")
    return sock
"""

TRY_TO_CONNECT = """
def try_to_connect(address, family):
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        print("  connected" if sock.connect_ex(address) == 0 else "  refused", flush=True)
"""

LISTEN = """
def listen(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    return socket.create_server(address, family=family)
"""

LISTEN_UNIX = """
def listen(path):
    if path[0] != "\\0" and os.path.exists(path):
        os.unlink(path)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.bind(path)
    sock.listen()
    return sock
"""

DATAGRAM_SOCKET = """
def datagram_socket():
    return socket.socket(socket.AF_INET6 if ":" in HOST else socket.AF_INET, socket.SOCK_DGRAM)
"""

BOUND = """
def bound(address):
    sock = datagram_socket()
    sock.bind(address)
    return sock
"""

SEND = """
def send(conn, data):
    try:
        conn.sendall(data)
    except OSError as error:
        print("  not sent:", error, flush=True)
"""

SEND_BESIDE = """
def send_beside(conn, data):
    \"\"\"Send in a thread: your program may answer before it has read everything.\"\"\"
    threading.Thread(target=send, args=(conn, data), daemon=True).start()
"""

SEND_PIECES = """
def send_pieces(conn, data, size, pause):
    \"\"\"Send so slowly that your program receives each piece by itself.\"\"\"
    for start in range(0, len(data), size):
        send(conn, data[start : start + size])
        time.sleep(pause)
"""

RECEIVE = """
def receive(conn, size=None, more=False):
    \"\"\"Receive size bytes, with more also what is there behind them; or all until the end.\"\"\"
    while size is None or size > 0:
        try:
            data = conn.recv(65536 if more or size is None else size)
        except OSError as error:
            print("  error:", error, flush=True)
            return
        if not data:
            print("  the end of the stream", flush=True)
            return
        print("  received", shown(data), flush=True)
        size = None if size is None else size - len(data)
"""

RECEIVE_DATAGRAM = """
def receive_datagram(sock):
    while True:
        try:
            data, sender = sock.recvfrom(65535)
        except ConnectionError as error:  # Windows tells of the datagram before
            print("  error:", error, flush=True)
            continue
        print("  received", shown(data), "from", sender[:2], flush=True)
        return sender
"""

FINISH = """
def finish(conn):
    try:
        conn.shutdown(socket.SHUT_WR)
    except OSError as error:
        print("  not sent:", error, flush=True)
"""

RESET = """
def reset(conn):
    conn.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    conn.close()
"""

UNPACK = """
def unpack(text):
    return zlib.decompress(base64.b64decode(text))
"""

WRITE_FILE = """
def write_file(name, data):
    path = os.path.join(FOLDER, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
"""

CALL = """
def call(function, *arguments):
    try:
        print("  returned", repr(function(*arguments)), flush=True)
    except Exception:  # noqa: BLE001 - whatever it is, it is shown
        print("  raised", traceback.format_exc(), flush=True)
"""

HELPERS = {
    "step": Helper(STEP, ("sys",)),
    "shown": Helper(SHOWN),
    "connect": Helper(CONNECT, ("socket",)),
    "connect_unix": Helper(CONNECT_UNIX, ("socket",)),
    "try_to_connect": Helper(TRY_TO_CONNECT, ("socket",)),
    "listen": Helper(LISTEN, ("socket",)),
    "listen_unix": Helper(LISTEN_UNIX, ("os", "socket")),
    "datagram_socket": Helper(DATAGRAM_SOCKET, ("socket",)),
    "bound": Helper(BOUND, (), ("datagram_socket",)),
    "send": Helper(SEND),
    "send_beside": Helper(SEND_BESIDE, ("threading",), ("send",)),
    "send_pieces": Helper(SEND_PIECES, ("time",), ("send",)),
    "receive": Helper(RECEIVE, (), ("shown",)),
    "receive_datagram": Helper(RECEIVE_DATAGRAM, (), ("shown",)),
    "finish": Helper(FINISH, ("socket",)),
    "reset": Helper(RESET, ("socket", "struct")),
    "unpack": Helper(UNPACK, ("base64", "zlib")),
    "write_file": Helper(WRITE_FILE, ("os",)),
    "call": Helper(CALL, ("traceback",)),
}


def chosen(names: set[str]) -> tuple[list[str], set[str]]:
    """Return the sources of the helpers ``names`` and of what they need, and their imports."""
    wanted = names | {need for name in names for need in HELPERS[name].needs}
    used = [helper for name, helper in HELPERS.items() if name in wanted]
    return [each.source.strip("\n") for each in used], {i for each in used for i in each.imports}
