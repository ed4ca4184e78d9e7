"""Programs of every shape run as they stand, with the address that they wrote down."""

from __future__ import annotations

import socket

import pytest

from pytest_sockets.wire.transcript import Transcript

from . import shapes
from .steps import LIMIT, Stage, bound, echoed, ended, until

NUMBERS = "127.0.0.1", "127.0.0.2", "192.168.1.5", "10.20.30.40"
NAMES = "localhost", "socket.gethostname()", "example.com"
ANY = "", "0.0.0.0"
SPOKEN = dict.fromkeys(NAMES, "127.0.0.1") | {"": "0.0.0.0"}
"""What the system makes of an address that is no number."""


def serves(stage: Stage, source: str) -> tuple[bytes, int | None]:
    """Return what the server printed and its exit status, after it echoed."""
    place, program = stage.start(source)
    address = bound(place, program)

    assert address[1] in place.ports
    assert echoed(place, address) == b"ping"

    ended(program)
    return program.stdout, program.status


def reaches(stage: Stage, source: str) -> bytes:
    """Return what the client printed, after it was served on the place's port."""
    stage.write("program.py", source)
    place = stage.place()
    family = socket.AF_INET6 if "AF_INET6" in source or "::1" in source else socket.AF_INET
    host = "::1" if family == socket.AF_INET6 else "127.0.0.1"
    with socket.create_server((host, place.port), family=family) as listener:
        listener.settimeout(LIMIT)
        program = place.start(Transcript(), peers=(place.port,))
        conn, _ = listener.accept()
        with conn:
            conn.sendall(conn.recv(1024))
        ended(program)
    assert program.status == 0, program.stderr
    return program.stdout


def asked(stage: Stage, source: str) -> bytes:
    """Return what the UDP client printed, after its datagram was sent back."""
    stage.write("program.py", source)
    place = stage.place()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.settimeout(LIMIT)
        server.bind(("127.0.0.1", place.port))
        program = place.start(Transcript(), peers=(place.port,))
        data, address = server.recvfrom(1024)
        server.sendto(data, address)
        ended(program)
    assert program.status == 0, program.stderr
    return program.stdout


@pytest.mark.parametrize("shape", shapes.SERVERS)
def test_a_server_of_any_shape_runs_as_it_stands(stage: Stage, shape: str) -> None:
    """It echoes on the mapped port, believes to have its own, and ends with status 0."""
    printed, status = serves(stage, shapes.at(shapes.SERVERS[shape]))

    assert (printed, status) == (b"127.0.0.1 8000\n", 0)


@pytest.mark.parametrize("shape", shapes.SERVERS)
def test_servers_run_in_every_version_of_python(other_stage: Stage, shape: str) -> None:
    """Each shape is served by each interpreter that this machine has."""
    printed, status = serves(other_stage, shapes.at(shapes.SERVERS[shape]))

    assert (printed, status) == (b"127.0.0.1 8000\n", 0)


@pytest.mark.parametrize("address", [*NUMBERS, *NAMES, *ANY])
@pytest.mark.parametrize("shape", ["plain", "asyncio_streams", "create_server", "socketserver"])
def test_a_server_may_bind_any_address(stage: Stage, shape: str, address: str) -> None:
    """Loopback, LAN, every interface and names: it prints what it would print at home."""
    if (shape, address) == ("asyncio_streams", ""):
        pytest.skip("asyncio binds two sockets then, in any order")
    source = "import socket\n" + shapes.at(shapes.SERVERS[shape], address)
    printed, _ = serves(stage, source)

    assert printed == f"{SPOKEN.get(address, address)} 8000\n".encode()


@pytest.mark.parametrize("address", ["::1", "::"])
def test_a_server_may_bind_an_ipv6_address(stage: Stage, address: str) -> None:
    """An IPv6 server is met on ::1 and keeps its address."""
    printed, _ = serves(stage, shapes.at(shapes.PLAIN_6, address))

    assert printed == f"{address} 8000\n".encode()


def test_a_privileged_port_needs_no_privilege(stage: Stage) -> None:
    """Port 80 is mapped like any other."""
    printed, _ = serves(stage, shapes.at(shapes.PLAIN, port=80))

    assert printed == b"127.0.0.1 80\n"


def test_a_connection_knows_the_address_that_it_came_by(stage: Stage) -> None:
    """On a server of all interfaces, the connection's own address is a concrete one."""
    source = shapes.at(shapes.PLAIN, "0.0.0.0").replace(
        "while True:", "print(*conn.getsockname())\nwhile True:"
    )
    printed, _ = serves(stage, source)

    assert printed == b"0.0.0.0 8000\n127.0.0.1 8000\n"


def test_an_http_server_answers(stage: Stage) -> None:
    """http.server asks for its host's full name, which needs no name server."""
    stage.write("test.html", "<p>hello")
    place, program = stage.start(
        "import http.server\n"
        "h = http.server.SimpleHTTPRequestHandler\n"
        "s = http.server.HTTPServer(('', 8000), h)\n"
        "print(s.server_port, flush=True)\n"
        "s.handle_request()\n"
    )
    answer = echoed(place, bound(place, program), b"GET /test.html HTTP/1.0\r\n\r\n")

    assert answer.startswith(b"HTTP/1.0 200 OK")
    assert answer.endswith(b"<p>hello")
    assert ended(program).stdout.splitlines()[0] == b"8000"


def test_port_zero_stays_the_systems_choice(stage: Stage) -> None:
    """A program that leaves the port to the system learns the real one."""
    place, program = stage.start(shapes.at(shapes.PLAIN, port=0))
    address = bound(place, program)

    assert address[1] not in place.ports
    assert echoed(place, address) == b"ping"
    assert ended(program).stdout == f"127.0.0.1 {address[1]}\n".encode()


def test_an_address_of_the_wrong_family_is_refused_as_ever(stage: Stage) -> None:
    """What would fail at home fails here: an IPv6 address on an IPv4 socket."""
    program = stage.run("import socket\nsocket.socket().bind(('::1', 8000))\n")

    assert program.status == 1
    assert b"gaierror" in program.stderr


@pytest.mark.parametrize("shape", shapes.CLIENTS)
def test_a_client_of_any_shape_runs_as_it_stands(stage: Stage, shape: str) -> None:
    """It reaches our server, whatever its port, and believes to have reached its own."""
    printed = reaches(stage, shapes.at(shapes.CLIENTS[shape]))

    assert printed.endswith(b"ping 127.0.0.1 8000\n")


@pytest.mark.parametrize("shape", shapes.CLIENTS)
def test_clients_run_in_every_version_of_python(other_stage: Stage, shape: str) -> None:
    """Each shape reaches our server with each interpreter that this machine has."""
    printed = reaches(other_stage, shapes.at(shapes.CLIENTS[shape]))

    assert printed.endswith(b"ping 127.0.0.1 8000\n")


@pytest.mark.parametrize("address", [*NUMBERS, *NAMES])
@pytest.mark.parametrize("shape", shapes.CLIENTS)
def test_a_client_may_connect_to_any_address(stage: Stage, shape: str, address: str) -> None:
    """It prints the peer that it would print at home."""
    source = "import socket\n" + shapes.at(shapes.CLIENTS[shape], address)

    assert reaches(stage, source).endswith(f"ping {SPOKEN.get(address, address)} 8000\n".encode())


def test_a_client_may_connect_to_an_ipv6_address(stage: Stage) -> None:
    """A client of ::1 reaches our server on ::1."""
    source = shapes.at(shapes.CLIENTS["create_connection"], "::1")

    assert reaches(stage, source) == b"ping ::1 8000\n"


@pytest.mark.parametrize("address", [*NUMBERS, *NAMES, *ANY])
def test_a_udp_server_may_bind_any_address(stage: Stage, address: str) -> None:
    """A datagram is answered to where it came from."""
    place, program = stage.start(shapes.at(shapes.UDP_SERVER, address))
    server = bound(place, program, "udp")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(LIMIT)
        client.sendto(b"ping", server)

        assert client.recvfrom(1024) == (b"ping", server)
    assert ended(program).stdout == f"{SPOKEN.get(address, address)} 8000\n".encode()


@pytest.mark.parametrize("shape", shapes.UDP_CLIENTS)
@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.1.5", "localhost"])
def test_a_udp_client_sees_the_address_that_it_wrote(
    stage: Stage, shape: str, address: str
) -> None:
    """recvfrom, recvmsg and getpeername tell the written address of the server."""
    printed = asked(stage, shapes.at(shapes.UDP_CLIENTS[shape], address))

    assert printed == f"ping {SPOKEN.get(address, address)} 8000\n".encode()


@pytest.mark.parametrize("shape", shapes.UDP_CLIENTS)
def test_udp_clients_run_in_every_version_of_python(other_stage: Stage, shape: str) -> None:
    """Each shape gets its datagram back with each interpreter that this machine has."""
    assert asked(other_stage, shapes.at(shapes.UDP_CLIENTS[shape])) == b"ping 127.0.0.1 8000\n"


def test_a_peer_on_another_host_may_have_the_port_that_the_program_binds(stage: Stage) -> None:
    """A chat program binds 8000 here and sends to 8000 over there: that is no message to itself."""
    source = shapes.at(shapes.UDP_CLIENTS["recvfrom"], "192.168.1.5").replace(
        "sk.sendto", "sk.bind(('127.0.0.1', 8000))\nsk.sendto"
    )

    assert asked(stage, source) == b"ping 192.168.1.5 8000\n"


def test_a_program_reaches_the_server_that_it_runs_itself(stage: Stage) -> None:
    """Server and client in one program meet each other, in threads."""
    program = stage.run(
        "import socket, threading\n"
        "sk = socket.create_server(('127.0.0.1', 8000))\n"
        "def serve():\n"
        "    conn, addr = sk.accept()\n"
        "    conn.sendall(conn.recv(1024))\n"
        "threading.Thread(target=serve).start()\n"
        "c = socket.create_connection(('localhost', 8000))\n"
        "c.sendall(b'ping')\n"
        "print(c.recv(1024).decode())\n"
    )

    assert (program.stdout, program.status) == (b"ping\n", 0)


def test_two_ports_of_one_program_stay_two(stage: Stage) -> None:
    """A server on two ports gets two real ones, in the order in which it names them."""
    place, program = stage.start(
        "import socket\n"
        "a = socket.create_server(('', 8000))\n"
        "b = socket.create_server(('', 8001))\n"
        "input()\n"
    )
    until(program, lambda: len(place.sockets(program, "tcp")) == 2)

    assert {port for _, port in place.sockets(program, "tcp")} == set(place.ports[:2])


def test_a_name_is_resolved_without_a_name_server(stage: Stage) -> None:
    """Every resolving function knows every name, at once."""
    program = stage.run(
        "import socket\n"
        "print(socket.gethostbyname('example.com'), socket.gethostbyname('10.1.2.3'))\n"
        "print(socket.gethostbyname_ex('example.com')[2], socket.getfqdn('127.0.0.1'))\n"
        "print(socket.getaddrinfo('example.com', 80, socket.AF_INET, socket.SOCK_STREAM)[0][4])\n"
        "print(socket.getaddrinfo('10.1.2.3', 80, type=socket.SOCK_STREAM)[0][4])\n"
    )

    assert program.stdout.decode().splitlines() == [
        "127.0.0.1 10.1.2.3",
        "['127.0.0.1'] localhost",
        "('127.0.0.1', 80)",
        "('10.1.2.3', 80)",
    ]
