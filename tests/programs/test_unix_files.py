"""Programs that use AF_UNIX run as they stand, with the path that they wrote down."""

from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path

import pytest

from pytest_sockets.findings import NotJudged
from pytest_sockets.programs.listening import unix_sockets
from pytest_sockets.programs.place import Place
from pytest_sockets.programs.program import Program
from pytest_sockets.wire.events import Started
from pytest_sockets.wire.transcript import Transcript

from .steps import LIMIT, Stage, calls, ended, until

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there is no AF_UNIX here")

PLAIN = """\
import os, socket
if os.path.exists(PATH):
    os.unlink(PATH)
sk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
sk.bind(PATH)
sk.listen(5)
print(sk.getsockname(), flush=True)
conn, addr = sk.accept()
while True:
    data = conn.recv(1024)
    if not data:
        break
    conn.send(data)
conn.close()
sk.close()
os.unlink(PATH)
print(os.path.exists(PATH), addr == "")
"""

ASYNCIO = """\
import asyncio, os
async def main():
    done = asyncio.Event()
    async def serve(reader, writer):
        writer.write(await reader.read())
        await writer.drain()
        writer.close()
        done.set()
    server = await asyncio.start_unix_server(serve, PATH)
    print(server.sockets[0].getsockname(), flush=True)
    await done.wait()
    server.close()
    if os.path.exists(PATH):
        os.unlink(PATH)
asyncio.run(main())
print(os.path.exists(PATH), True)
"""

SOCKETSERVER = """\
import os, pathlib, socketserver
class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(self.rfile.read())
path = pathlib.Path(PATH)
if path.exists():
    path.unlink()
server = socketserver.UnixStreamServer(PATH, Handler)
print(server.server_address, flush=True)
server.handle_request()
server.server_close()
path.unlink()
print(path.exists(), True)
"""

SERVERS = {"plain": PLAIN, "asyncio": ASYNCIO, "socketserver": SOCKETSERVER}
PATHS = ["/tmp/echo.sock", "./echo.sock", "echo.sock", "/no/such/folder/echo", "/tmp/套接字"]

CLIENTS = {
    "plain": """\
import socket
sk = socket.socket(socket.AF_UNIX)
sk.connect(PATH)
print(sk.getpeername(), repr(sk.getsockname()))
sk.send(b'ping')
print(sk.recv(1024).decode())
""",
    "asyncio": """\
import asyncio
async def main():
    reader, writer = await asyncio.open_unix_connection(PATH)
    print(writer.get_extra_info('peername'), repr(writer.get_extra_info('sockname')))
    writer.write(b'ping')
    print((await reader.read(1024)).decode())
    writer.close()
asyncio.run(main())
""",
}


def at(source: str, path: str | bytes) -> str:
    """Return the program with ``path`` as its PATH."""
    return f"PATH = {path!r}\n{source}"


def reached(place: Place, program: Program) -> str:
    """Return the path on which the program listens."""
    until(program, lambda: list(unix_sockets(program, place.unix)))
    return next(unix_sockets(program, place.unix))[1]


def echoed(path: str) -> bytes:
    """Return what the server at ``path`` makes of a message."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(LIMIT)
        while sock.connect_ex(path) != 0:  # bound, and not seen to listen
            pass
        sock.sendall(b"ping")
        sock.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: sock.recv(4096), b""))


def serves(stage: Stage, source: str) -> tuple[str, bytes]:
    """Return where the server was reached and what it printed, after it echoed."""
    place, program = stage.start(source)
    path = reached(place, program)

    assert echoed(path) == b"ping"

    assert ended(program).status == 0, program.stderr
    return path, program.stdout


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("shape", SERVERS)
def test_a_server_runs_as_it_stands_at_any_path(stage: Stage, shape: str, path: str) -> None:
    """It is reached in its throw-away folder, and believes to be where it wrote."""
    real, printed = serves(stage, at(SERVERS[shape], path))

    assert printed.decode() == f"{path}\nFalse True\n"
    assert not os.path.lexists(real)
    assert not os.path.lexists("/tmp/echo.sock")


@pytest.mark.parametrize("shape", SERVERS)
def test_servers_run_in_every_version_of_python(other_stage: Stage, shape: str) -> None:
    """Before Python 3.11 pathlib had taken the functions of os for itself."""
    _, printed = serves(other_stage, at(SERVERS[shape], "/tmp/echo.sock"))

    assert printed == b"/tmp/echo.sock\nFalse True\n"


@pytest.mark.skipif(sys.platform != "linux", reason="abstract names exist on Linux only")
@pytest.mark.parametrize("name", ["\0echo", b"\0echo"])
def test_an_abstract_name_is_one_of_its_own(stage: Stage, name: str | bytes) -> None:
    """Two programs with the same name run beside each other, and read it as they wrote it."""
    source = at(re.sub(r"if os.*\n.*\n|os.unlink.*\n|os.path.exists.PATH., ", "", PLAIN), name)
    _, first = serves(stage, source)
    place, program = stage.start(source)
    other, twin = stage.start(source)

    assert first.startswith(b"b'\\x00echo'\n")
    assert reached(place, program) != reached(other, twin)


@pytest.mark.parametrize("path", [*PATHS, b"/tmp/echo.sock"])
@pytest.mark.parametrize("shape", CLIENTS)
def test_a_client_reaches_our_server_by_any_path(
    stage: Stage, shape: str, path: str | bytes
) -> None:
    """And getpeername tells what it wrote."""
    written = os.fsdecode(path)
    stage.write("program.py", at(CLIENTS[shape], path))
    place = stage.place()
    place.files.prepare()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(place.files.path)
        listener.listen()
        listener.settimeout(LIMIT)
        program = place.start(Transcript(), peers=(place.port,))
        conn, _ = listener.accept()
        with conn:
            conn.sendall(conn.recv(1024))
        ended(program)

    assert program.stdout.decode() == f"{written} ''\nping\n", program.stderr


def test_a_killed_server_leaves_its_file_to_the_next_run(stage: Stage) -> None:
    """Bind fails as it would at home, and the next one that removes the file can bind."""
    bare = at(PLAIN, "/tmp/echo.sock").replace("if os.path", "if 0 and os.path")
    place, first = stage.start(bare)
    reached(place, first)
    first.end()
    second = ended(place.start(Transcript()))
    assert b"Address already in use" in second.stderr
    Path(place.folder.work, "program.py").write_text(at(PLAIN, "/tmp/echo.sock"))
    third = place.start(Transcript())

    assert echoed(reached(place, third)) == b"ping"
    assert ended(third).stdout == b"/tmp/echo.sock\nFalse True\n"


def test_an_error_names_the_path_as_it_was_written(stage: Stage) -> None:
    """The program's own messages are those that it would have at home."""
    source = """\
import os, socket
sk = socket.socket(socket.AF_UNIX)
sk.bind('/tmp/echo.sock')
os.unlink('/tmp/echo.sock')
try:
    os.unlink('/tmp/echo.sock')
except FileNotFoundError as error:
    print(error)
try:
    sk.connect(('127.0.0.1', 80))
except TypeError as error:
    print(error)
os.stat('/tmp')
print(os.stat in os.supports_follow_symlinks, os.stat(0).st_mode > 0, os.unlink.__name__)
"""
    program = stage.run(source)

    told = b"[Errno 2] No such file or directory: '/tmp/echo.sock'\n"
    assert program.stdout.startswith(told)
    assert program.stdout.endswith(b"True True unlink\n"), program.stderr


def test_a_socket_of_others_is_neither_seen_nor_removed(stage: Stage) -> None:
    """A stale file of the student's own runs has no part in the grade, and is left alone."""
    there = stage.folder / "s"
    with socket.socket(socket.AF_UNIX) as others:
        home = Path.cwd()
        os.chdir(stage.folder)
        try:
            others.bind("s")
        finally:
            os.chdir(home)
        program = stage.run(
            "# AF_UNIX\nimport os\n"
            f"print(os.path.exists({str(there)!r}))\nos.unlink({str(there)!r})\n"
        )

    assert program.stdout == b"False\n"
    assert b"FileNotFoundError" in program.stderr
    assert there.is_socket()


def test_files_of_a_program_without_such_sockets_are_left_alone(stage: Stage) -> None:
    """Its functions of os are the interpreter's own."""
    program = stage.run("import os, posix\nprint(os.stat is posix.stat)")
    assert program.stdout == b"True\n"


def test_the_trace_tells_the_written_path(stage: Stage) -> None:
    """The student's own line with the student's own name."""
    place, program = stage.start(at(PLAIN, "/tmp/echo.sock"))
    reached(place, program)
    until(program, lambda: any(call.call == "listen" for call in calls(program)))

    assert [c.arguments for c in calls(program) if c.call == "bind"] == ["'/tmp/echo.sock'"]


def test_a_command_is_told_the_path(stage: Stage) -> None:
    """{path} stands for a path in its throw-away folder."""
    stage.write("program.py", PLAIN.replace("import os", "import sys, os").replace("PATH",
                "sys.argv[1]"))  # fmt: skip
    place = stage.place(f"cmd:{sys.executable} program.py {{path}}")
    assert place.target.told
    program = place.start(Transcript())

    assert reached(place, program) == place.files.path
    assert echoed(place.files.path) == b"ping"
    assert ended(program).status == 0, program.stderr


def test_a_folder_whose_name_is_too_long_is_no_fault_of_the_program(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is judged then, and the user is told what to do."""
    deep = tmp_path / ("x" * 100)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    stage.write("program.py", "")
    place = stage.place()
    with pytest.raises(NotJudged, match="set TMPDIR to a shorter"):
        place.files.need()


def test_what_was_started_is_told_with_the_path(stage: Stage) -> None:
    """The story of a command begins with the command as it was run."""
    stage.write("program.py", "")
    place = stage.place(f"cmd:{sys.executable} program.py {{path}}")
    transcript = Transcript()
    ended(place.start(transcript))

    assert transcript.of(Started)[0].command.endswith(f"program.py {place.files.path}")
