"""Homework as it is really written and behaves is graded like any other."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hellos import Grade, client, grader, lost, server, the_failure

from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome


@pytest.fixture
def grade(tmp_path: Path, runner: Runner) -> Grade:
    """Grade a source text as a target."""
    return grader(tmp_path, runner)


ENCODED: dict[str, Callable[[str], bytes]] = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "tabs": lambda text: text.replace("    ", "\t").encode(),
    "bom": lambda text: text.encode("utf-8-sig"),
    "gbk": lambda text: ("# -*- coding: gbk -*-\n" + text).encode("gbk"),
    "crlf-bom": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
}


@pytest.mark.parametrize("shape", ENCODED)
def test_source_text_may_be_written_in_any_way(shape: str, grade: Grade) -> None:
    """Line ends, tabs, byte order marks and encodings are Python's business."""
    before = "if True:\n    print('服务器启动')"

    assert lost(grade(ENCODED[shape](server(before=before)), "server")) == []


@pytest.mark.parametrize(
    "name", ["my server.py", "网络 作业/客户 端.py", "hw-1 (2).py", "a b {port}.py"]
)
def test_a_file_may_have_any_name(name: str, grade: Grade) -> None:
    """Blanks, Chinese characters, brackets and braces."""
    assert lost(grade(server(), "server", name=name)) == []


def test_text_in_gbk_is_called_so(grade: Grade) -> None:
    """The finding names the encoding, not only other bytes."""
    source = server(during="data = conn.recv(1024)\nwhile data:\n    conn.send(data.decode()"
                    ".encode('gbk'))\n    data = conn.recv(1024)")  # fmt: skip
    results = grade(source.replace("conn.send(b'hello')", ""), "server", exercise="tcp-echo")
    chinese = next(result for result in results if result.behaviour == "DAT-04")

    assert chinese.outcome is Outcome.FAILED
    assert "GBK" in str(chinese.because)


@pytest.mark.parametrize(
    "reading",
    ["open('greeting.txt', 'rb')", "open(os.path.join(os.path.dirname(__file__), 'greeting.txt'))"],
)
def test_a_file_beside_the_program_is_found(reading: str, grade: Grade, tmp_path: Path) -> None:
    """By a relative path, and by the program's own."""
    (tmp_path / "greeting.txt").write_text("hello")

    assert lost(grade(server(before=f"{reading}.read()"), "server")) == []


@pytest.mark.parametrize(
    ("host", "port", "family"),
    [
        ("'::'", 8000, "socket.AF_INET6"),
        ("'127.0.0.2'", 8000, "socket.AF_INET"),
        ("'127.0.0.1'", 80, "socket.AF_INET"),
        ("''", 808, "socket.AF_INET"),
        ("'192.168.1.169'", 8080, "socket.AF_INET"),
        ("socket.gethostname()", 9999, "socket.AF_INET"),
        ("socket.gethostbyname(socket.gethostname())", 9999, "socket.AF_INET"),
    ],
)
def test_a_server_may_have_any_address(host: str, port: int, family: str, grade: Grade) -> None:
    """Of both families, of another machine, by name, or with a port that needs a privilege."""
    before = "sock = None"
    source = server(host, port, before, family=family)
    if family == "socket.AF_INET6":
        source = source.replace(
            "sock.bind", "sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)\nsock.bind"
        )

    assert lost(grade(source, "server")) == []


@pytest.mark.parametrize(
    "during",
    [
        r"print('\033[1;32m' + repr(addr) + '\033[0m')",
        "sys.stdout = sys.stderr; print(addr)",
        "print('x' * 300_000)",
        "import threading; threading.Thread(target=print, args=(addr,), daemon=True).start()",
        (
            "import threading, time\n"
            "threading.Thread(target=time.sleep, args=(99,), daemon=True).start()"
        ),
    ],
)
def test_a_server_may_print_and_thread_as_it_likes(during: str, grade: Grade) -> None:
    """Colours, floods, stderr and daemon threads change nothing."""
    assert lost(grade(server(during=during), "server")) == []


def test_a_server_may_ask_something_before_it_listens(grade: Grade) -> None:
    """A prompt such as a name or a return key is answered; the address is its own."""
    assert lost(grade(server(before="input('Press Enter to start')"), "server")) == []


def test_a_server_may_ignore_interrupts(grade: Grade) -> None:
    """It is taken down all the same."""
    before = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"

    assert lost(grade(server(before=before), "server")) == []


def test_a_server_may_think_for_a_second_before_it_answers(grade: Grade) -> None:
    """A program that sleeps is waited for."""
    source = server().replace("conn.send(", "import time; time.sleep(1); conn.send(")

    assert lost(grade(source, "server")) == []


@pytest.mark.parametrize(
    "old", ["'''\nsock = socket.socket()\nsock.connect(('127.0.0.1', 1))\n'''", "# sock.connect(x)"]
)
def test_an_old_version_may_be_commented_out(old: str, grade: Grade) -> None:
    """What does not run does not count."""
    assert lost(grade(server(before=old), "server")) == []


def test_a_client_in_a_file_called_server_is_recognised(grade: Grade) -> None:
    """Graded as the client it loses nothing; as the server the finding says what it is."""
    assert lost(grade(client(), "client", name="server.py")) == []

    failure = the_failure(grade(client(), "server", name="server.py"))
    assert str(failure.observed) == "it connects to a server itself, as a client does"
    assert "--role client" in str(failure.because)


def test_a_program_for_python_2_is_told_the_version_that_ran_it(grade: Grade) -> None:
    """What is missing is another version of Python: the finding names both."""
    failure = the_failure(grade(server(before="print 'waiting'"), "server"))

    version = ".".join(map(str, sys.version_info[:2]))
    assert f"Python {version}" in f"{failure.observed} {failure.because}"
    assert "Python 2" in str(failure.because)
