"""Every form of ``--target``, graded by pytest in a process of its own."""

from __future__ import annotations

import shutil
import socketserver
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from homework import (
    HELLO,
    HELLO_CLIENT,
    HELLO_COMMAND,
    HELLO_SCRIPT,
    LOUD,
    PERFECT,
    SHOUT,
    SHOUTING,
    UDP_ECHO,
)
from running import Folder, Run

HELLO_AGAIN = ("--exercise", "tcp-hello", "--role", "server")
NODE_HELLO = """\
const net = require("net");
const [host, port] = process.argv.slice(2);
const server = net.createServer((conn) => {
  server.close();
  conn.on("error", () => {});
  conn.once("data", () => conn.end("hello"));
});
server.listen(Number(port), host);
"""


def full_marks(run: Run) -> bool:
    """Tell whether the only program got all points, and everything was judged."""
    card = run.card
    assert run.status == 0, run.said
    return bool(card["score"] == card["max_score"] == 100 and card["complete"])


@pytest.mark.parametrize("name", ["tcp_hello_server.py", "hw/one/tcp_hello_server.py"])
def test_a_script_runs_as_it_stands(name: str, folder: Folder) -> None:
    """Its hard-coded address is mapped, wherever it lies."""
    folder.write(name, HELLO_SCRIPT)
    assert full_marks(folder.grade("--target", name))


def test_a_name_may_hold_blanks_and_chinese_characters(folder: Folder) -> None:
    """The name comes back in the report as it was written."""
    name = "我的 作业/问候 服务器.py"
    folder.write(name, HELLO_SCRIPT)
    run = folder.grade("--target", name, "--exercise", "tcp-hello")
    assert full_marks(run)
    assert (run.card["target"], run.card["role"]) == (name, "server")
    assert name in run.out


def test_a_client_is_graded_by_a_server_of_ours(folder: Folder) -> None:
    """The file's name tells the role."""
    folder.write("tcp_hello_client.py", HELLO_CLIENT)
    run = folder.grade("--target", "tcp_hello_client.py")
    assert (run.card["exercise"], run.card["role"]) == ("tcp-hello", "client")
    assert run.outcomes["connects-to-the-server"] == "passed"


def test_a_module_without_such_functions_runs_as_a_script(folder: Folder) -> None:
    """As ``python -m`` runs it, also in a package, where it may import its neighbours."""
    folder.write("pkg/__init__.py", "")
    folder.write("pkg/serving.py", HELLO)
    folder.write("pkg/mod.py", 'from .serving import serve\n\nserve("127.0.0.1", 8999)\n')
    run = folder.grade("--target", "pkg.mod", *HELLO_AGAIN)
    assert full_marks(run)
    assert run.card["target"] == "pkg.mod"


def test_a_module_with_several_functions_is_graded_function_by_function(folder: Folder) -> None:
    """Each has a scorecard of its own; the mistake of one costs the other nothing."""
    good = HELLO.replace("def serve", "def tcp_hello_server")
    wrong = HELLO.replace("def serve", "def tcp_echo_server")
    folder.write("mine.py", f"{good}\n\n{wrong}")
    run = folder.grade("--target", "mine")
    named = {card["target"]: card for card in run.cards}
    assert named["mine:tcp_hello_server"]["score"] == 100
    assert named["mine:tcp_echo_server"]["exercise"] == "tcp-echo"
    assert named["mine:tcp_echo_server"]["score"] < 100
    assert run.status == 1


@pytest.mark.parametrize(
    ("parameters", "call"),
    [
        ("", 'serve("127.0.0.1", 8999)'),
        ("port", 'serve("127.0.0.1", port)'),
        ("address", "serve(*address)"),
        ("host, port", "serve(host, port)"),
    ],
)
def test_a_function_is_called_with_what_it_takes(
    parameters: str, call: str, folder: Folder
) -> None:
    """With nothing, a port, an address, or host and port."""
    folder.write("mine.py", f"{HELLO}\n\ndef main({parameters}):\n    {call}\n")
    assert full_marks(folder.grade("--target", "mine:main", *HELLO_AGAIN))


def test_a_function_that_ignores_its_port_fails(folder: Folder) -> None:
    """It was told where to listen, so an address of its own is not mapped."""
    folder.write("mine.py", HELLO.replace("bind((host, port))", "bind((host, 0))"))
    run = folder.grade("--target", "mine:serve", *HELLO_AGAIN)
    assert (run.status, run.card["score"]) == (1, 0)
    assert "the one it was given" in run.card["results"][0]["observed"]


def test_a_command_is_told_its_address(folder: Folder) -> None:
    """In place of {host} and {port}; the files beside it are there."""
    folder.write("my server.py", HELLO_COMMAND)
    command = f"cmd:{sys.executable} 'my server.py' {{host}} {{port}}"
    assert full_marks(folder.grade("--target", command, *HELLO_AGAIN))


def test_a_command_in_another_language_is_graded_alike(folder: Folder) -> None:
    """Here a program for node."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    folder.write("server.js", NODE_HELLO)
    run = folder.grade("--target", "cmd:node server.js {host} {port}", *HELLO_AGAIN)
    assert full_marks(run)


def test_a_command_without_placeholders_has_a_network_of_its_own(folder: Folder) -> None:
    """Where the system gives none, nothing is judged and the reason says what to write."""
    folder.write("server.py", HELLO_SCRIPT)
    run = folder.grade("--target", f"cmd:{sys.executable} server.py", *HELLO_AGAIN)
    if set(run.outcomes.values()) == {"not-judged"}:
        reasons = {result["reason"] for result in run.card["results"]}
        assert all("{host} and {port}" in reason for reason in reasons)
    else:
        assert full_marks(run)


def test_a_command_that_does_not_exist_scores_zero(folder: Folder) -> None:
    """The program is the one who has to be mended, or its command."""
    run = folder.grade("--target", "cmd:no-such-program {host} {port}", *HELLO_AGAIN)
    assert (run.status, run.card["score"], run.card["max_score"]) == (1, 0, 100)


class Shout(socketserver.StreamRequestHandler):
    """Answers in capitals."""

    def handle(self) -> None:
        """Serve one client."""
        while data := self.request.recv(1024):
            self.request.sendall(data.upper())


class Echo(socketserver.BaseRequestHandler):
    """Returns a datagram."""

    def handle(self) -> None:
        """Serve one datagram."""
        data, sock = self.request
        sock.sendto(data, self.client_address)


@pytest.fixture(params=["tcp", "udp"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a server that runs in this process."""
    kinds: dict[str, Any] = {
        "tcp": (socketserver.ThreadingTCPServer, Shout),
        "udp": (socketserver.UDPServer, Echo),
    }
    kind, handler = kinds[request.param]
    with kind(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"{request.param}://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_server_that_runs_already_is_graded_by_its_answers(url: str, folder: Folder) -> None:
    """What needs its process is not judged, and left out of the maximum."""
    folder.write("shout.py", SHOUT)
    options = SHOUTING if url.startswith("tcp") else ("--exercise", "udp-echo")
    run = folder.grade("--target", url, *options)
    answer = "shouts" if url.startswith("tcp") else "returns-the-same-datagram"
    assert run.outcomes[answer] == "passed"
    if url.startswith("udp"):
        assert run.outcomes["prints-what-it-received"] == "not-judged"
        assert (run.card["complete"], run.card["max_score"] < 100) == (False, True)


def test_a_pattern_and_a_name_grade_several_programs(folder: Folder) -> None:
    """In the order of the command line, each once, with an overview at the end."""
    folder.write("shout.py", SHOUT)
    folder.write("b/server.py", PERFECT)
    folder.write("a/server.py", LOUD)
    folder.write("c.py", PERFECT)
    run = folder.grade("--target", "c.py", "--target", "*/server.py", "--target=c.py", *SHOUTING)
    scores = [(card["target"], card["score"]) for card in run.cards]
    assert scores == [("c.py", 100), ("a/server.py", 90), ("b/server.py", 100)]
    assert run.out.index("90 of 100   a/server.py") > run.out.rindex("tcp-shout server   100 of")


def test_ini_options_stand_in_for_the_command_line(folder: Folder) -> None:
    """Their paths are seen from their file, also when pytest is started below it."""
    folder.write("hw/server.py", LOUD)
    folder.write("shout.py", SHOUT)
    folder.write("sub/readme.txt", "")
    folder.write(
        "pytest.ini",
        "[pytest]\ntarget = hw/server.py\nexercise = shout.py\nrole = server\n"
        "sockets_fail_under = 95\nsockets_report = json=result.json\n",
    )
    run = folder.pytest(at="sub")
    assert (run.status, run.card["score"]) == (1, 90)
    assert folder.pytest("--sockets-fail-under=90").status == 0


def test_a_shells_expansion_of_a_pattern_is_not_imported(folder: Folder) -> None:
    """``--target *.py`` without quotes names one target; pytest must not run the others."""
    folder.write("shout.py", SHOUT)
    for name in ("a.py", "b.py"):
        folder.write(name, "open('imported', 'w')\n" + PERFECT)
    run = folder.pytest("--target", "a.py", "b.py", *SHOUTING)
    assert run.status == 4
    assert "quote a pattern" in run.err
    assert not (folder.path / "imported").exists()


def test_a_server_of_any_name_is_known_by_what_it_does(folder: Folder) -> None:
    """Its role was not told."""
    folder.write("hw.py", UDP_ECHO)
    run = folder.grade("--target", "hw.py", "--exercise", "udp-echo")
    assert (run.card["exercise"], run.card["role"]) == ("udp-echo", "server")
    assert full_marks(run)
