"""Clients in other languages are watched once, and then met where they go."""

from __future__ import annotations

import socket
import struct
import sys

import pytest

from pytest_sockets.programs.destination import AF_PACKET, Destination, destination_of
from pytest_sockets.programs.place import Place
from pytest_sockets.wire.transcript import Transcript

from .steps import LIMIT, Stage, compiled, ended, needs

C_CLIENT = """\
#include <arpa/inet.h>
#include <stdio.h>
#include <unistd.h>
int main(void) {
    int sk = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(8000)};
    inet_pton(AF_INET, "192.168.1.5", &to.sin_addr);
    if (connect(sk, (struct sockaddr *)&to, sizeof to)) { perror("connect"); return 1; }
    write(sk, "ping", 4);
    char data[5] = {0};
    read(sk, data, 4);
    printf("%s\\n", data);
    return 0;
}
"""


def served(place: Place) -> bool:
    """Serve one client with its own words, where it looks for its server; tell how that went."""
    ((family, address),) = place.meeting_points()
    with place.socket(family, socket.SOCK_STREAM) as listener:
        listener.settimeout(LIMIT)
        listener.bind(address)
        listener.listen()
        program = place.start(Transcript())
        conn, _ = listener.accept()
        with conn:
            conn.sendall(conn.recv(1024))
        return ended(program).status == 0 and b"ping" in program.stdout


PYTHON_CLIENT = """\
import socket
sk = socket.create_connection(({host!r}, 8000))
sk.sendall(b"ping")
print(sk.recv(1024))
"""


@pytest.mark.parametrize("host", ["127.0.0.1", "192.168.1.5", "8.8.8.8", "::1", "fd00::5"])
def test_an_isolated_client_is_met_where_it_goes(isolating: Stage, host: str) -> None:
    """It was run once and watched: our server waits at the address of its first packet."""
    isolating.write("client.py", PYTHON_CLIENT.format(host=host))
    place = isolating.place(f"cmd:{sys.executable} client.py")

    assert [address for _, address in place.meeting_points()] == [(host, 8000)]
    assert served(place)


@needs("gcc")
def test_a_client_in_c(isolating: Stage) -> None:
    """A compiled client of a LAN address is served there."""
    compiled(isolating, C_CLIENT)

    assert served(isolating.place("cmd:./program"))


@needs("node")
def test_a_client_in_javascript(isolating: Stage) -> None:
    """A node client of localhost is served there."""
    isolating.write(
        "client.js",
        'const s = require("net").connect(8000, "127.0.0.1", () => s.write("ping"));\n'
        's.on("data", d => { console.log(String(d)); s.end(); });\n',
    )

    assert served(isolating.place("cmd:node client.js"))


def test_a_udp_client_is_met_where_it_sends(isolating: Stage) -> None:
    """The first datagram names the server too."""
    isolating.write(
        "client.py",
        "import socket\nsk = socket.socket(type=socket.SOCK_DGRAM)\n"
        "sk.sendto(b'ping', ('10.0.0.9', 9000))\nprint(sk.recv(100))\n",
    )
    place = isolating.place(f"cmd:{sys.executable} client.py")
    ((family, address),) = place.meeting_points()
    with place.socket(family, socket.SOCK_DGRAM) as server:
        server.settimeout(LIMIT)
        server.bind(address)
        program = place.start(Transcript())
        data, client = server.recvfrom(100)
        server.sendto(data, client)
        ended(program)

    assert (address, program.stdout) == (("10.0.0.9", 9000), b"b'ping'\n")


def test_a_client_that_asks_first_is_given_lines(isolating: Stage) -> None:
    """Where it goes is learnt although it wants a name before it connects."""
    source = "name = input('name? ')\nother = input()\n" + PYTHON_CLIENT.format(host="10.0.0.1")
    isolating.write("client.py", source)
    place = isolating.place(f"cmd:{sys.executable} client.py")

    assert place.meeting_points() == [(socket.AF_INET, ("10.0.0.1", 8000))]


def test_a_client_that_goes_nowhere_is_awaited_on_loopback(isolating: Stage) -> None:
    """Then it is the client's fault that nobody comes, and its verdict says so."""
    place = isolating.place(f"cmd:{sys.executable} -c 'print(1)'")

    assert [address for _, address in place.meeting_points()] == [
        ("127.0.0.1", place.port), ("::1", place.port)
    ]  # fmt: skip


def test_where_a_client_goes_is_learnt_once(isolating: Stage) -> None:
    """The second place of the same target does not run it again to see."""
    isolating.write("client.py", PYTHON_CLIENT.format(host="10.0.0.1"))
    spec = f"cmd:{sys.executable} client.py"
    first = isolating.runner.learned.destination(isolating.target(spec))
    isolating.write("client.py", "")

    assert isolating.runner.learned.destination(isolating.target(spec)) is first is not None


def ipv4(protocol: int, payload: bytes, host: str = "10.1.2.3") -> bytes:
    """Return an IPv4 packet with one word of options."""
    head = struct.pack("!B8xB2x4s4s4x", 0x46, protocol, bytes(4), socket.inet_aton(host))
    return head + payload


def test_a_packet_opens_a_conversation_or_not() -> None:
    """A first SYN and a datagram do; other segments and questions to a name server do not."""

    def segment(flags: int) -> bytes:
        return struct.pack("!HH9xB6x", 40000, 8000, flags)

    there = Destination(socket.AF_INET, ("10.1.2.3", 8000))

    assert destination_of(ipv4(6, segment(0x02))) == there
    assert destination_of(ipv4(6, segment(0xC2))) == there
    assert destination_of(ipv4(6, segment(0x12))) is None
    assert destination_of(ipv4(6, segment(0x10))) is None
    assert destination_of(ipv4(17, struct.pack("!HHHH", 40000, 8000, 8, 0))) == there
    assert destination_of(ipv4(17, struct.pack("!HHHH", 40000, 53, 8, 0))) is None
    assert destination_of(ipv4(1, bytes(8))) is None


def test_a_packet_that_is_cut_short_says_nothing() -> None:
    """Any beginning of a packet is looked at without an error."""
    whole = ipv4(6, struct.pack("!HH9xB", 40000, 8000, 2))

    assert [destination_of(whole[:size]) for size in range(len(whole))] == [None] * len(whole)


def test_packets_are_seen_in_a_network_of_its_own_only(isolating: Stage) -> None:
    """The packet socket lives in the program's network: what passes elsewhere is not seen."""
    place = isolating.place(f"cmd:{sys.executable} -c 'input()'")
    with place.socket(AF_PACKET, socket.SOCK_DGRAM, 0x0300) as packets:
        packets.setblocking(False)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as elsewhere:
            elsewhere.bind(("127.0.0.1", 0))
            elsewhere.sendto(b"ping", elsewhere.getsockname())
            elsewhere.recv(4)

        with pytest.raises(BlockingIOError):
            packets.recv(100)
        with place.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
            here.sendto(b"ping", ("10.1.2.3", 8000))
        found = destination_of(packets.recv(100))

    assert found == Destination(socket.AF_INET, ("10.1.2.3", 8000))
