"""Programs in other languages: told their address, or met in a network of their own."""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_sockets.findings import NotJudged
from pytest_sockets.programs.destination import AF_PACKET, Destination, destination_of
from pytest_sockets.programs.place import Place, Runner
from pytest_sockets.programs.program import Program
from pytest_sockets.wire.transcript import Transcript

from .steps import LIMIT, Stage, bound, echoed, ended

PYTHON_SERVER = """\
import socket, sys
host, port = sys.argv[1:] or ("{host}", "8000")
sk = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind((host, int(port)))
sk.listen()
print("listening")
while True:
    conn, addr = sk.accept()
    for data in iter(lambda: conn.recv(1024), b""):
        conn.sendall(data)
    conn.close()
"""

NODE_SERVER = """\
const net = require("net");
net.createServer({allowHalfOpen: true}, s => s.pipe(s)).listen(8000, "192.168.7.7", () => {
  console.log("listening");
});
"""

C_SERVER = """\
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
int main(void) {
    int sk = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(80)};
    bind(sk, (struct sockaddr *)&at, sizeof at);
    listen(sk, 5);
    printf("listening\\n");
    int conn = accept(sk, 0, 0);
    char data[1024];
    ssize_t count;
    while ((count = read(conn, data, sizeof data)) > 0) write(conn, data, count);
    close(conn);
    sleep(1000);
}
"""

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


def needs(name: str) -> pytest.MarkDecorator:
    """Skip the test where the machine has no such program."""
    return pytest.mark.skipif(shutil.which(name) is None, reason=f"there is no {name} here")


def compiled(stage: Stage, source: str) -> None:
    """Compile the C program ``source`` as ./program in the homework's folder."""
    stage.write("program.c", source)
    subprocess.run(["gcc", "-o", "program", "program.c"], cwd=stage.folder, check=True)


def started(stage: Stage, command: str) -> tuple[Place, Program]:
    """Start the command in a fresh place."""
    place = stage.place(f"cmd:{command}")
    return place, place.start(Transcript())


def served(place: Place) -> bool:
    """Serve one client with its own words where it looks for its server; True when it ended well."""
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


@pytest.mark.parametrize("words", ["{host} {port}", "127.0.0.1 {port}"])
def test_a_command_is_told_its_address(stage: Stage, words: str) -> None:
    """With placeholders it runs on the machine's network, on the place's port."""
    stage.write("server.py", PYTHON_SERVER)
    place, program = started(stage, f"{sys.executable} server.py {words}")
    address = bound(place, program)

    assert address == ("127.0.0.1", place.port) and not place.isolated
    assert echoed(place, address) == b"ping"


def test_other_braces_in_a_command_are_its_own(stage: Stage) -> None:
    """Only the two placeholders are replaced."""
    command = f"{sys.executable} -c 'print({{}}, {{port}}, \"{{x}}\")'"
    place, program = started(stage, command)

    assert ended(program).stdout == f"{{}} {place.port} {{x}}\n".encode()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.2", "192.168.1.5", "8.8.8.8", "0.0.0.0", "::1", "::", "fd00::5"]
)
def test_an_isolated_server_may_bind_any_address(isolating: Stage, host: str) -> None:
    """In a network of its own every address is the machine's."""
    isolating.write("server.py", PYTHON_SERVER.replace("{host}", host))
    place, program = started(isolating, f"{sys.executable} server.py")
    address = bound(place, program)

    assert place.isolated and address[1] == 8000
    assert address[0] == {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    assert echoed(place, address) == b"ping"


def test_two_isolated_servers_may_use_one_port(isolating: Stage) -> None:
    """Each has the network to itself."""
    isolating.write("server.py", PYTHON_SERVER.replace("{host}", "127.0.0.1"))
    both = [started(isolating, f"{sys.executable} server.py") for _ in range(2)]

    assert [bound(*each) for each in both] == [("127.0.0.1", 8000)] * 2


@needs("node")
def test_a_server_in_javascript(isolating: Stage) -> None:
    """node listens on a LAN address of its own network."""
    isolating.write("server.js", NODE_SERVER)
    place, program = started(isolating, "node server.js")
    address = bound(place, program)

    assert address == ("192.168.7.7", 8000)
    assert echoed(place, address) == b"ping"


@needs("gcc")
def test_a_server_in_c(isolating: Stage) -> None:
    """It may bind port 80, and what it prints is seen before it ends."""
    compiled(isolating, C_SERVER)
    place, program = started(isolating, "./program")
    address = bound(place, program)

    assert address == ("127.0.0.1", 80)
    assert echoed(place, address) == b"ping"
    assert program.stdout == b"listening\n" and program.running


@needs("bash")
def test_a_shell_script_asks_and_answers(stage: Stage) -> None:
    """The keyboard, output, errors and exit status of any command are seen."""
    stage.write("ask.sh", 'read name\necho "hi $name"\necho "bad" >&2\nexit 3\n')
    _, program = started(stage, "bash ask.sh {port}")
    program.type("Ann")
    ended(program)

    assert (program.status, program.stdout, program.stderr) == (3, b"hi Ann\n", b"bad\n")


def test_output_of_a_command_is_passed_on_unchanged(stage: Stage) -> None:
    """Its output is a terminal, but no byte is added or changed."""
    data = bytes(range(256)) + b"\r\n\n\x1b[1m" + "你好".encode()
    code = f"import os; os.write(1, {data!r})"
    stage.write("write.py", code)
    _, program = started(stage, f"{sys.executable} write.py {{port}}")

    assert ended(program).stdout == data


@pytest.mark.parametrize(
    ("command", "status", "why"),
    [
        ("no-such-program {port}", 127, b"no-such-program: command not found\n"),
        ("./notes.txt {port}", 126, b"./notes.txt: Permission denied\n"),
        ("./missing {port}", 127, b"./missing: command not found\n"),
    ],
)
def test_what_cannot_be_started_ends_as_in_a_shell(
    stage: Stage, command: str, status: int, why: bytes
) -> None:
    """The status is 127 or 126, and the error names the command."""
    stage.write("notes.txt", "hello")
    _, program = started(stage, command)
    ended(program)

    assert (program.status, program.stderr) == (status, why)


def test_without_namespaces_a_command_needs_placeholders(tmp_path: Path) -> None:
    """The reason says what to write into the command."""
    stage = Stage(Runner(portable=True), tmp_path)

    with pytest.raises(NotJudged, match=r"write \{host\} and \{port\} into the command"):
        stage.place("cmd:node server.js")


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
    first = isolating.runner.destination(isolating.target(spec))
    isolating.write("client.py", "")

    assert isolating.runner.destination(isolating.target(spec)) is first is not None


def test_time_wait_is_seen_in_a_network_of_its_own(isolating: Stage) -> None:
    """The place's view of the kernel is that of the program's network."""
    source = PYTHON_SERVER.replace("{host}", "192.168.1.5")
    isolating.write("server.py", source)
    place, program = started(isolating, f"{sys.executable} server.py")
    address = bound(place, program)
    assert place.diag is not None
    with place.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect(address)
        own = client.getsockname()
        client.sendall(b"ping")
        client.recv(4)
        program.end()
    rows = place.diag.dump("tcp", ["TIME_WAIT"], port=8000)

    assert own in [row.remote for row in rows]
    again = place.start(Transcript())
    assert bound(place, again) == address


def test_a_restart_without_reuse_fails_in_a_network_of_its_own(isolating: Stage) -> None:
    """TIME_WAIT does there what it does anywhere: bind fails without SO_REUSEADDR."""
    source = PYTHON_SERVER.replace("{host}", "192.168.1.5").replace(
        "SO_REUSEADDR, 1", "SO_REUSEADDR, 0"
    )
    isolating.write("server.py", source)
    place, program = started(isolating, f"{sys.executable} server.py")
    address = bound(place, program)
    with place.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.connect(address)
        client.sendall(b"ping")
        client.recv(4)
        program.end()
    again = ended(place.start(Transcript()))

    assert again.status == 1 and b"Address already in use" in again.stderr


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
