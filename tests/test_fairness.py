"""Where the tutorials are unclear or wrong, nobody is accused of following them.

What a program of the tutorials does wrong is told as the tutorial's fault, and
still lets it reach the basic part. A behaviour that would be unfair does not
exist, or has no points: that is held here too.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from facilities import PROVED
from fairness import IN_THE_TUTORIAL, ROWS, Row, everywhere, judged, weighed
from running import Folder

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Role
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Outcome, Result
from pytest_sockets.targets import find

HERE = Path(__file__).parent
UNMET = (Outcome.FAILED, Outcome.BLOCKED)

Judge = Callable[..., "dict[str, Result]"]


@pytest.fixture
def judge(tmp_path: Path, runner: Runner) -> Judge:
    """Judge a program given as text."""

    def judge(source: str, exercise: str, role: Role, only: str = "") -> dict[str, Result]:
        path = tmp_path / "homework.py"
        path.write_text(source, "utf-8")
        return judged(path, exercise, role, runner, only)

    return judge


def met(results: dict[str, Result]) -> bool:
    """Tell whether everything was passed, or is shown without points."""
    return all(r.outcome in (Outcome.PASSED, Outcome.INFO) for r in results.values())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id}-{Path(row.program).stem}")
def test_a_row_is_honoured(row: Row, runner: Runner) -> None:
    """The program passes what it should, fails what is really its own, and is told whose it is."""
    asked = f"{row.passes} {row.fails} {row.tutorial}"
    results = judged(HERE / row.program, row.exercise, row.role, runner, asked)

    fair = (Outcome.PASSED,) if PROVED else (Outcome.PASSED, Outcome.NOT_JUDGED)
    for name in row.passes.split():
        assert results[name].outcome in fair, f"{row.fair} {results[name].observed}"
    for name in (row.fails + " " + row.tutorial).split():
        assert results[name].outcome in UNMET, row.fair
    assert all(results[name].tutorial for name in row.tutorial.split()), row.fair


@pytest.mark.parametrize("name", IN_THE_TUTORIAL)
def test_what_the_tutorials_program_fails_is_told_as_the_tutorials_fault(name: str) -> None:
    """Each such behaviour says what the tutorial's program does, and none is of the basic part."""
    asked = weighed(name)
    for identity in IN_THE_TUTORIAL[name].split():
        assert asked[identity].behaviour.tutorial, identity
        if name != "tcp-json-file-client":  # its code contradicts the text printed above it
            assert asked[identity].part == "robust", identity


def test_the_remark_is_in_the_terminal_and_in_the_json_report(folder: Folder) -> None:
    """A student reads there that the tutorial is to blame as well."""
    program = HERE / "mistakes/tcp-upload/server/no_test_for_an_empty_name.py"
    folder.write("tcp_upload_server.py", program.read_bytes())
    run = folder.grade("--target", "tcp_upload_server.py")
    failed = [result for result in run.card["results"] if result["outcome"] == "failed"]

    assert [result["behaviour"] for result in failed] == ["SRV-05"]
    assert "the tutorial's program fails here too" in " ".join(run.out.split())
    assert failed[0]["tutorial"]


HELLO = """\
import socket
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind({address})  # bink
s.listen({backlog})
c, a = s.accept()
{body}
c.close()
s.close()  # 关闭客户端套接字
"""
ANSWER = "c.recv(1024)\nc.send(b'hello')"
CALL = """\
import socket
c = socket.socket()
c.connect({address})
c.send(b'hello')
{body}
c.close()
"""
DECODES = """\
print(a)
while True:
    data = c.recv(1024)
    if not data:
        break
    print('received', data.decode())
    c.send(data)"""


@pytest.mark.parametrize(
    ("row", "address"),
    [
        ("C-10", ("127.0.0.1", 8989)),
        ("C-10", ("127.0.0.1", 8000)),
        ("C-11", ("192.168.1.169", 8080)),
        ("C-11", ("*******", 8898)),
        ("C-53", ("127.0.0.1", 8999)),
    ],
)
def test_any_literal_address_will_do(row: str, address: tuple[str, int], judge: Judge) -> None:
    """C-10, C-11, C-53: a role is met where it is, whatever the other file or a comment says."""
    server = HELLO.format(address=address, backlog=5, body=ANSWER)
    client = CALL.format(address=address, body="print(c.recv(1024))")

    assert met(judge(server, "tcp-hello", "server"))
    assert met(judge(client, "tcp-hello", "client"))


@pytest.mark.parametrize("backlog", [-1, 0, 1, 5, 128])
def test_c_26_any_backlog_lets_a_client_queue(backlog: int, judge: Judge) -> None:
    """C-26: a refusal is never expected: systems differ in what a full queue does."""
    server = HELLO.format(address=("", 8000), backlog=backlog, body=DECODES)

    assert met(judge(server, "tcp-echo", "server", "LIF-07"))


def test_c_30_pieces_may_be_decoded_one_by_one(judge: Judge) -> None:
    """C-30: no character is cut, and no other encoding sent, where that would cost a point."""
    server = HELLO.format(address=("", 8000), backlog=5, body=DECODES)

    assert met(judge(server, "tcp-echo", "server"))
    assert everywhere("SRV-10") == []


def test_c_35_send_without_a_loop_is_no_error(judge: Judge) -> None:
    """C-35: on a blocking socket send takes everything."""
    server = HELLO.format(address=("", 8000), backlog=5, body=DECODES)

    assert met(judge(server, "tcp-echo", "server", "DAT-07"))
    assert all(each.behaviour.level == "should" for _, each in everywhere("FIL-10"))


def test_c_57_a_server_that_reads_once_gets_what_fits_into_once(judge: Judge) -> None:
    """C-57: we read everything before a clean end is judged, and leave nothing unread."""
    server = HELLO.format(address=("", 8000), backlog=5, body=ANSWER)

    assert met(judge(server, "tcp-hello", "server", "CLS-07 CLS-09 CLS-13"))


def test_c_58_the_keyboard_stays_open(runner: Runner) -> None:
    """C-58: a program that waits for a line meets no end of its standard input."""
    reference = HERE.parent / "reference" / "tcp_echo_client.py"
    results = judged(reference, "tcp-echo", "client", runner)

    assert met(results)
    assert not [r.id for r in results.values() if b"EOFError" in r.errors]


def test_c_59_an_older_version_of_python_is_named(judge: Judge) -> None:
    """C-59: hmac.new without a hash was right once: the finding says until when."""
    body = "import hmac, os\nn = os.urandom(32)\nc.send(n)\nhmac.new(b'tutorial-secret', n)"
    server = HELLO.format(address=("", 8000), backlog=5, body=body)
    results = judge(server, "tcp-hmac-auth", "server", "XCH-01")

    assert results["XCH-01"].outcome is Outcome.FAILED
    assert "Python 3.7 or older" in str(results["XCH-01"].because)


def test_c_61_output_needs_no_flush_and_is_utf_8(judge: Judge) -> None:
    """C-61: what is printed through a pipe is seen at once, without a newline too."""
    client = CALL.format(
        address=("127.0.0.1", 8000), body="print('你好', c.recv(1024), end='')\nc.recv(1)"
    )
    (result,) = judge(client, "tcp-hello", "client", "XCH-11").values()

    assert result.observed is None
    assert "你好".encode() in result.printed


@pytest.mark.parametrize(
    ("row", "identity"),
    [
        ("C-19", "HDR-04"),
        ("C-22", "PRT-02"),
        ("C-23", "PRT-06"),
        ("C-34", "API-10"),
        ("C-36", "API-02"),
        ("C-46", "UDP-07"),
        ("C-46", "UDP-12"),
        ("C-47", "UDP-06"),
        ("C-49", "ADR-09"),
        ("C-51", "PRT-09"),
        ("C-56", "CLS-12"),
        ("C-57", "CLS-10"),
        ("C-62", "FIL-14"),
    ],
)
def test_what_only_informs_costs_no_points(row: str, identity: str) -> None:
    """Limits, times and systems' own ways are shown at most."""
    assert all(not each.points for _, each in everywhere(identity)), row


@pytest.mark.parametrize(
    ("row", "identity", "exercise"),
    [
        ("C-14", "XCH-08", "tcp-duplex-chat"),
        ("C-31", "SRV-03", "tcp-echo-server"),
        ("C-38", "CHT-06", "tcp-quit-chat"),
        ("C-44", "TIM-04", "udp-time-server"),
    ],
)
def test_what_an_exercise_does_not_promise_is_not_asked(
    row: str, identity: str, exercise: str
) -> None:
    """Turns, resets, empty lines and default formats are of other exercises."""
    assert not [name for name, _ in everywhere(identity) if name.startswith(exercise)], row


@pytest.mark.parametrize(
    ("row", "identity", "exercise", "level"),
    [
        ("C-12", "SRV-04", "tcp-turn-chat-server", "should"),
        ("C-32", "UDP-10", "udp-echo-server", "must"),
        ("C-32", "UDP-11", "udp-echo-client", "must"),
        ("C-44", "TIM-04", "udp-time-default-server", "must"),
        ("C-44", "TIM-07", "udp-time-server", "should"),
        ("C-45", "XCH-11", "udp-time-default-client", "should"),
        ("C-48", "ADR-06", "subnet-function", "must"),
        ("C-50", "ADR-01", "url-function", "must"),
    ],
)
def test_what_is_asked_has_its_fair_level(
    row: str, identity: str, exercise: str, level: str
) -> None:
    """What works as it was written is a must; what the tutorial forgot is not."""
    assert weighed(exercise)[identity].behaviour.level == level, row


def test_c_25_ports_are_not_those_of_clients(runner: Runner) -> None:
    """C-25: a client's TIME_WAIT can't keep a server from its port."""
    limits = Path("/proc/sys/net/ipv4/ip_local_port_range")
    if not limits.exists():
        pytest.skip("this system does not tell")
    low, high = map(int, limits.read_text().split())
    place = runner.place(find("test_fairness.py", folder=HERE)[0])
    place.close()

    assert not [port for port in place.ports if low <= port <= high]


def test_c_62_a_program_runs_two_levels_below_what_is_thrown_away(runner: Runner) -> None:
    """C-62: a name with ../ in it writes into a folder that is gone afterwards."""
    place = runner.place(find("test_fairness.py", folder=HERE)[0])
    outer = place.folder.work.parent.parent
    place.close()

    assert not outer.exists()


def test_c_60_sockets_of_the_file_system_are_asked_where_there_are_any() -> None:
    """C-60: elsewhere an exercise about them is not judged, and costs nothing."""
    names = [e.name for e in catalogue.exercises().values() if e.transport == "unix"]

    assert names or not hasattr(socket, "AF_UNIX")


def test_every_row_is_named_by_a_test() -> None:
    """None of the contradictions that are known is forgotten."""
    text = Path(__file__).read_text("utf-8") + str(ROWS)

    assert [n for n in range(1, 63) if f"C-{n:02d}" not in text] == []
