"""What other systems say and do, as values: the names of errors, the ends of lines.

It comes from their documentation; nothing here was run there. Sockets, pipes and programs
are those of this machine.
"""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import select
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from corpus import grade, references

from pytest_sockets import catalogue, command_lines, open_proxy
from pytest_sockets.diagnosis import diagnose
from pytest_sockets.findings import CRASHED
from pytest_sockets.kernel import families, readiness
from pytest_sockets.messages import message
from pytest_sockets.programs import pipes, spawn
from pytest_sockets.programs.child import streams
from pytest_sockets.programs.place import Runner
from pytest_sockets.programs.request import Request
from pytest_sockets.reports.errors import meaning
from pytest_sockets.results import Outcome, Result
from pytest_sockets.system_words import CLASSES, MACOS, WINDOWS, WORDS, in_words_of_linux
from pytest_sockets.wire.events import Called, Printed

linux = pytest.mark.skipif(sys.platform != "linux", reason="what is compared is Linux")

# What the systems call errors


@linux
@pytest.mark.parametrize("name", WORDS)
def test_the_words_of_linux_are_linux_s(name: str) -> None:
    """So is the class that Python makes of the error."""
    error = OSError(getattr(errno, name), os.strerror(getattr(errno, name)))
    assert error.strerror == WORDS[name]
    assert type(error).__name__ == CLASSES.get(name, "OSError")


@pytest.mark.parametrize(
    ("there", "here"),
    [
        (
            "OSError: [WinError 10048] 通常每个套接字地址(协议/网络地址/端口)只允许使用一次。",
            "OSError: Address already in use",
        ),
        (
            "ConnectionResetError: [WinError 10054] 远程主机强迫关闭了一个现有的连接。",
            "ConnectionResetError: Connection reset by peer",
        ),
        (
            "ConnectionAbortedError: [WinError 10053] 你的主机中的软件中止了一个已建立的连接。",
            "BrokenPipeError: Broken pipe",
        ),
        (
            "OSError: [Errno 57] Socket is not connected",
            "OSError: [Errno 57] Transport endpoint is not connected",
        ),
        ("[WinError 10048] a\nValueError: b", "OSError: Address already in use\nValueError: b"),
        ("OSError: [WinError 1] Incorrect function", "OSError: [WinError 1] Incorrect function"),
        ("ValueError: [Errno 5]", "ValueError: [Errno 5]"),
    ],
)  # fmt: skip
def test_an_error_of_another_system_is_told_in_linux_s_words(there: str, here: str) -> None:
    """Whatever language the other system speaks; what is not known stays."""
    assert in_words_of_linux(there) == here


def test_every_error_of_another_system_has_words() -> None:
    """Each is one of those that have them."""
    assert {*WINDOWS.values(), *MACOS.values()} <= set(WORDS)


def crash(error: str, call: str = "accept", behaviour: str = "LIF-02") -> Result:
    """Return the result of a program that ended by that error in that call."""
    called = Called(
        at=0.0, side="program", call=call, arguments="", result="", file="server.py", line=1,
        error=error,
    )  # fmt: skip
    return Result(
        id="tcp-echo-server/x", behaviour=behaviour, level="must", part="basic",
        outcome=Outcome.FAILED, max_points=5, title="", why="", hint="", source="",
        observed=message(CRASHED, error=error), transcript=(called,),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("error", "call", "means"),
    [
        ("OSError: [WinError 10022] 无效的参数。", "accept", "listen() comes after bind()"),
        ("OSError: [WinError 10045] 不支持。", "listen", "a UDP socket (SOCK_DGRAM) neither"),
        ("OSError: [WinError 10038] 非套接字。", "recv", "the socket was closed before"),
        ("OSError: [WinError 10057] 没有连接。", "send", "this socket has no connection"),
        ("OSError: [Errno 57] Socket is not connected", "send", "this socket has no connection"),
        ("OSError: [Errno 57] Socket is not connected", "sendto", "this is a TCP socket"),
        ("ConnectionRefusedError: [WinError 10061] 拒绝。", "connect", "nobody listens there"),
        ("ConnectionResetError: [WinError 10054] 关闭。", "recv", "the other side broke off"),
        ("ConnectionResetError: [WinError 10054] 关闭。", "recvfrom", "nobody got a datagram"),
        ("ConnectionAbortedError: [WinError 10053] 中止。", "send", "nobody is at the other end"),
        ("OSError: [Errno 56] Socket is already connected", "connect", "connects once"),
    ],
)  # fmt: skip
def test_an_error_is_explained_on_every_system(error: str, call: str, means: str) -> None:
    """A student of Windows or macOS reads what it means, too."""
    assert means in str(meaning(crash(error, call)))


@pytest.mark.parametrize(
    "error",
    [
        "OSError: [Errno 22] Invalid argument",
        "OSError: [WinError 10022] 提供了一个无效的参数。",
    ],
)
def test_a_mistake_is_recognised_on_every_system(error: str) -> None:
    """Its signs are looked for in Linux's words."""
    found = diagnose("tcp-echo", "server", [crash(error)])
    assert found is not None
    assert found.slug == "no-listen"


# What a command line looks like


@pytest.mark.parametrize(
    ("system", "line", "words"),
    [
        ("win32", r"C:\Python\python.exe server.py", [r"C:\Python\python.exe", "server.py"]),
        ("win32", r'"C:\my files\node.exe" a.js', [r"C:\my files\node.exe", "a.js"]),
        ("win32", "node it's.js {port} #1", ["node", "it's.js", "{port}", "#1"]),
        ("linux", r"my\ files/server.py 'a b' #1", ["my files/server.py", "a b", "#1"]),
        ("darwin", '"my files/server.py" --name ""', ["my files/server.py", "--name", ""]),
    ],
)
def test_a_command_is_read_as_its_shell_reads_it(system: str, line: str, words: list[str]) -> None:
    """A backslash belongs to a path on Windows, and an apostrophe is a character."""
    assert command_lines.split(line, system=system) == words


@pytest.mark.parametrize("system", ["win32", "linux"])
@pytest.mark.parametrize("words", [["pytest", "my homework/server.py"], ["a", "", "b c"]])
def test_a_command_that_is_shown_can_be_typed(system: str, words: list[str]) -> None:
    """It is read as the words that it was made of."""
    assert command_lines.split(command_lines.join(words, system=system), system=system) == words


# What pipes, files and waits do differently


def test_lines_end_as_they_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program's print is the same bytes where a line ends in two characters."""
    monkeypatch.setattr(os, "linesep", "\r\n")
    # The one that is written in Python asks for the ends of lines each time.
    monkeypatch.setattr(io, "TextIOWrapper", importlib.import_module("_pyio").TextIOWrapper)
    reading, writing = os.pipe()
    screen = streams._screen(writing)
    screen.write("ready\n")
    os.close(writing)
    with open(reading, "rb") as file:
        assert file.read() == b"ready\n"


CRLF = """import io, sys

sys.stdout = io.TextIOWrapper(sys.stdout.buffer, "utf-8", newline="\\r\\n", write_through=True)

if __name__ == "__main__":"""
PRINTING = (
    "tcp-json-file-client", "tcp-sticky-client", "tcp-upload-server", "tcp-reply-server",
    "tcp-turn-chat-client", "tcp-length-prefix-client", "udp-chat-client", "periodic-time-client",
)  # fmt: skip


@pytest.mark.parametrize("name", PRINTING)
def test_lines_may_end_in_two_characters(name: str, runner: Runner, tmp_path: Path) -> None:
    """As those of a program in another language do on Windows: it prints the same."""
    (reference,) = (r for r in references() if f"{r.exercise}-{r.role}" == name)
    path = tmp_path / reference.path.name
    text = reference.path.read_text("utf-8")
    path.write_text(text.replace('if __name__ == "__main__":', CRLF), "utf-8")

    results = grade(replace(reference, path=path), runner)

    assert {result.outcome for result in results} <= {Outcome.PASSED, Outcome.INFO}
    assert any(
        b"\r\n" in event.data
        for result in results for event in result.transcript if isinstance(event, Printed)
    )  # fmt: skip


@linux
@pytest.mark.parametrize(("wanted", "printed"), [(None, b"utf-8"), ("gbk", b"gbk")])
def test_a_command_of_python_writes_utf_8_on_windows(
    wanted: str | None, printed: bytes, tmp_path: Path
) -> None:
    """Unless its user wants something else; the locale here would make it ASCII."""
    ascii_alone = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    chosen = {"PYTHONIOENCODING": wanted} if wanted else {}
    source = "import sys; print(sys.stdout.encoding)"
    request = Request(
        kind="command", root=str(tmp_path), folder=str(tmp_path), path="",
        temporary=str(tmp_path), arguments=(sys.executable, "-c", source),
    )  # fmt: skip
    options = {"env": {**ascii_alone, **chosen}, "stdout": subprocess.PIPE}
    process = spawn._start_command(request, options)
    assert process.communicate()[0].strip() == printed


@linux
def test_a_pipe_without_a_reader_takes_what_is_lost() -> None:
    """Its error is EPIPE, or EINVAL on Windows; any other is an error."""
    reading, writing = os.pipe()
    os.close(reading)
    counter = os.eventfd(0)  # it takes eight bytes at a time, or else it says EINVAL
    pipes.write(writing, b"lost")
    pipes.write(counter, b"lost")
    os.close(writing)
    os.close(counter)
    with pytest.raises(OSError, match="Bad file descriptor"):
        pipes.write(writing, b"lost")


@linux
def test_a_connection_that_fails_is_seen_where_there_is_no_poll(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows tells of it among the exceptional ones; here urgent data does, of a full socket."""
    monkeypatch.delattr(select, "poll")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        client = socket.create_connection(listener.getsockname())
        server = listener.accept()[0]
        with client, server:
            client.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while client.send(bytes(1 << 16)):
                    pass
            look = readiness.looking([], [client])
            assert look(0) == set()
            server.send(b"!", socket.MSG_OOB)
            assert look(10) == {client.fileno()}


@pytest.mark.timeout(60)
def test_a_proxied_connection_ends_where_there_is_no_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once both sides have finished there is nothing more to wait for, not even a reset."""
    monkeypatch.delattr(select, "poll", raising=False)
    listener = socket.create_server(("127.0.0.1", 0))
    with listener, open_proxy(listener.getsockname()) as proxy:
        with socket.create_connection((proxy.host, proxy.port)), listener.accept()[0]:
            (connection,) = proxy.connections  # type: ignore[attr-defined]
        connection.join()
        assert list(proxy.connections) == []  # type: ignore[attr-defined]


@linux
def test_a_family_that_python_lacks_is_an_error_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has a number and a reason, as if the system itself had refused."""
    assert families.unix() == socket.AF_UNIX
    monkeypatch.delattr(socket, "AF_UNIX")
    with pytest.raises(OSError, match="no AF_UNIX") as refused:
        families.unix()
    assert refused.value.errno == errno.EAFNOSUPPORT


def test_an_address_that_the_machine_lacks_is_not_judged(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As 127.0.0.2 on macOS: here it is one that no machine has (RFC 5737)."""
    asked = catalogue.exercises()["tcp-reply"].profiles["server"].behaviours
    ask = next(
        w.behaviour.ask for w in asked if "reach_through" in w.behaviour.ask.__code__.co_names
    )
    monkeypatch.setitem(ask.__globals__, "ANOTHER_ADDRESS", "192.0.2.1")
    (reference,) = (r for r in references() if r.name == "tcp-reply-server-tcp_reply_server")

    unjudged = [r for r in grade(reference, runner) if r.outcome is Outcome.NOT_JUDGED]

    assert [str(r.reason) for r in unjudged] == ["this machine has no address 192.0.2.1"]
