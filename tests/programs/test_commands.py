"""Programs in other languages: told their address, or met in a network of their own."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest

from pytest_sockets.findings import NotJudged
from pytest_sockets.programs.place import Place, Runner
from pytest_sockets.programs.program import Program
from pytest_sockets.wire.transcript import Transcript

from .steps import Stage, bound, compiled, echoed, ended, needs, until

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


def started(stage: Stage, command: str) -> tuple[Place, Program]:
    """Start the command in a fresh place."""
    place = stage.place(f"cmd:{command}")
    return place, place.start(Transcript())


@pytest.mark.parametrize("words", ["{host} {port}", "127.0.0.1 {port}"])
def test_a_command_is_told_its_address(stage: Stage, words: str) -> None:
    """With placeholders it runs on the machine's network, on the place's port."""
    stage.write("server.py", PYTHON_SERVER)
    place, program = started(stage, f"{sys.executable} server.py {words}")
    address = bound(place, program)

    assert address == ("127.0.0.1", place.port)
    assert not place.isolated
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

    assert place.isolated
    assert address[1] == 8000
    assert address[0] == {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    assert echoed(place, address) == b"ping"


def test_two_isolated_servers_may_use_one_port(isolating: Stage) -> None:
    """Each has the network to itself."""
    isolating.write("server.py", PYTHON_SERVER.replace("{host}", "127.0.0.1"))
    both = [started(isolating, f"{sys.executable} server.py") for _ in range(2)]

    assert [bound(*each) for each in both] == [("127.0.0.1", 8000)] * 2


@needs("node")
def test_a_server_in_javascript(isolating: Stage) -> None:
    """It listens on a LAN address of its own network."""
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
    until(program, lambda: bool(program.stdout))
    assert program.stdout == b"listening\n"
    assert program.running


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

    assert again.status == 1
    assert b"Address already in use" in again.stderr
