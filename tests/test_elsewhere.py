"""Nothing needs Linux: what Python lacks on Windows and macOS is taken away (``elsewhere``).

Nothing was run there. Sockets and processes are those of this machine, so what the other
kernel does is not shown.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus import corpus

import pytest_sockets
from pytest_sockets.kernel import families

if sys.platform != "linux":
    pytest.skip("it is Linux that plays the others", allow_module_level=True)

import elsewhere

ROOT = Path(__file__).parent.parent
SYSTEMS = list(elsewhere.SYSTEMS)
LINUX_ALONE = {"answers", "guardian", "landlock", "machine", "nursery", "site", "world"}
"""The modules of the child side that only the warm interpreter loads, which is Linux's."""

NO_TIME_WAIT = "this system does not show connections in TIME_WAIT"
NO_UNIX = str(families.NO_UNIX)

IMPORT_ALL = """
import importlib, json, sys
failed = {}
for name in json.loads(sys.argv[1]):
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed[name] = repr(error)
print(json.dumps(failed))
"""

WAYS = """
import json
from pytest_sockets.programs.place import Runner
runner = Runner(private=True)
ways = runner.launchers
found = type(ways.programs).__name__, ways.references is not None, runner.kernel
print(json.dumps([*found, sorted(runner.contained.layers)]))
runner.close()
"""


@pytest.fixture(scope="module", params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> str:
    """The name of the other system, as sys.platform has it."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def python(system: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter without what the other system lacks."""
    return elsewhere.wrapper(tmp_path_factory.mktemp("elsewhere"), system)


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interpreter without what Windows lacks."""
    return elsewhere.wrapper(tmp_path_factory.mktemp("windows"), "win32")


def run(
    python: Path, *words: str | Path, folder: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[bytes]:
    """Run that interpreter in English, and without a setting of ours."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PYTEST"))}
    return subprocess.run(
        [python, *words],
        cwd=folder,
        env={**kept, "LANGUAGE": "en", **variables},
        capture_output=True,
        check=False,
    )


def grade(python: Path, folder: Path, target: str, *options: str) -> dict[str, Any]:
    """Grade ``target`` on the other system, the program too, and return its scorecard."""
    words = ["-m", "pytest", "-p", "no:cacheprovider", "--target", target]
    words += ["--sockets-seed", "1", "--sockets-report", "json=result.json"]
    done = run(python, *words, "--sockets-python", python, *options, folder=folder)
    assert (folder / "result.json").exists(), done.stdout + done.stderr
    (card,) = json.loads((folder / "result.json").read_text("utf-8"))["scorecards"]
    assert "Traceback" not in json.dumps([each["reason"] for each in card["results"]])
    return dict(card)


def outcomes(card: dict[str, Any], outcome: str) -> dict[str, str | None]:
    """Return the results of that outcome, each with its reason."""
    return {
        result["id"].partition("/")[2]: result["reason"]
        for result in card["results"]
        if result["outcome"] == outcome
    }


def modules() -> Iterator[str]:
    """Yield the name of every module of the package, where it lies installed or not."""
    package = Path(pytest_sockets.__file__).parent
    for folder in (package, ROOT / "conformance", ROOT / "reference"):
        above = "" if folder == package else "pytest_sockets."
        for path in sorted(folder.rglob("*.py")):
            if path.stem != "__main__" and (path.parent.name != "tour" or path.stem == "__init__"):
                parts = path.relative_to(folder.parent).with_suffix("").parts
                yield above + ".".join(parts).removesuffix(".__init__")


def test_nothing_needs_linux_to_be_imported(python: Path, system: str) -> None:
    """Every module loads, but those of the interpreter that is started on Linux alone."""
    done = run(python, "-c", IMPORT_ALL, json.dumps(list(modules())))

    failed = json.loads(done.stdout or b"null")
    assert failed is not None, done.stderr
    assert {name.rpartition(".")[2] for name in failed} == (
        LINUX_ALONE if system == "win32" else set()
    )
    assert all(name.startswith("pytest_sockets.programs.child.") for name in failed)


def test_nothing_starts_what_is_linux_s(python: Path, system: str) -> None:
    """Programs are spawned there, and references too."""
    done = run(python, "-c", WAYS)
    limits = [] if system == "win32" else ["limits"]
    assert json.loads(done.stdout) == ["Spawner", False, False, ["environment", "folder", *limits]]


@pytest.mark.timeout(300)
def test_the_tests_can_be_collected_on_windows(windows: Path) -> None:
    """What needs Linux says so in a test, and stops none of the others."""
    words = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--collect-only", "tests"]
    done = run(windows, *words, folder=ROOT)
    assert done.returncode == 0, done.stdout[-2000:]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("system", "program"),
    [
        ("win32", "tcp_echo_server"),
        ("win32", "tcp_echo_client"),
        ("win32", "udp_echo_server"),
        ("win32", "udp_echo_client"),
        ("darwin", "tcp_echo_server"),
        ("darwin", "udp_echo_client"),
    ],
)
def test_a_reference_gets_full_marks(system: str, program: str, tmp_path: Path) -> None:
    """Of what can be judged there; what can't says why."""
    python = elsewhere.wrapper(tmp_path, system)
    shutil.copy(ROOT / "reference" / f"{program}.py", tmp_path)
    card = grade(python, tmp_path, f"{program}.py")

    unjudged = outcomes(card, "not-judged")
    unmet = [each for each in card["results"] if each["outcome"] in ("failed", "blocked")]
    assert not unmet, json.dumps(unmet, indent=1)
    assert card["score"] == card["max_score"] > 0
    if program == "tcp_echo_server" and system == "win32":
        assert unjudged == dict.fromkeys(
            ("restarts-at-once", "sets-the-option-before-bind"), NO_TIME_WAIT
        )
    else:
        assert unjudged == {}


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("system", "name"),
    [
        ("win32", "tcp-hello-server-reuse_missing"),
        ("win32", "udp-echo-client-speaks_gbk"),
        ("darwin", "tcp-hello-server-reuse_missing"),
    ],
)
def test_a_mistake_fails_what_it_fails_on_linux(system: str, name: str, tmp_path: Path) -> None:
    """Or that is not judged, with a reason; a wrong program is not passed for being elsewhere."""
    python = elsewhere.wrapper(tmp_path, system)
    (mistake,) = (each for each in corpus("mistakes", "Fails") if each.name == name)
    shutil.copy(mistake.path, tmp_path)
    options = ("--exercise", mistake.exercise, "--role", mistake.role)
    card = grade(python, tmp_path, mistake.path.name, *options)

    of = {result["behaviour"]: result for result in card["results"]}
    failed = {key for key, result in of.items() if result["outcome"] == "failed"}
    assert failed <= mistake.declared
    for missing in mistake.declared - failed:
        assert of[missing]["outcome"] == "not-judged"
        assert of[missing]["reason"]


def test_there_are_no_socket_files_on_windows(windows: Path, tmp_path: Path) -> None:
    """All of the exercise says why, for a program and for a server that runs already."""
    shutil.copy(ROOT / "reference" / "unix_echo_server.py", tmp_path)
    card = grade(windows, tmp_path, "unix_echo_server.py")
    assert set(outcomes(card, "not-judged").values()) == {NO_UNIX}
    assert card["max_score"] == 0


def test_a_stop_of_the_tour_that_windows_lacks_says_so(windows: Path, tmp_path: Path) -> None:
    """The others go on."""
    card = grade(windows, tmp_path, "tour", "-k", "unix-socket or half-a-close")
    shown = outcomes(card, "info")
    assert list(shown) == ["half-a-close"]
    assert outcomes(card, "not-judged")["unix-socket-is-a-file"] == (
        "Python has no AF_UNIX on this system"
    )


FIXTURES = """
import socket

import pytest

from pytest_sockets import Fragment


def test_lingering(lingering_port):
    pass


def test_socket_file(unix_echo_server):
    pass


def test_busy(busy_port):
    with socket.socket() as mine, pytest.raises(OSError):
        mine.bind(("127.0.0.1", busy_port))


def test_proxy(tcp_echo_server, faulty_proxy):
    proxy = faulty_proxy(tcp_echo_server, Fragment(size=1))
    with socket.create_connection(proxy.address) as client:
        client.sendall(b"hello")
        assert client.recv(5, socket.MSG_WAITALL) == b"hello"


def test_datagrams(udp_echo_server, faulty_proxy):
    proxy = faulty_proxy(udp_echo_server)
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.settimeout(10)
        client.sendto(b"hello", proxy.address)
        assert client.recv(100) == b"hello"


def test_nobody_behind(tcp_port, faulty_proxy):
    proxy = faulty_proxy(tcp_port)
    with socket.create_connection(proxy.address) as client, pytest.raises(ConnectionError):
        client.settimeout(10)
        assert client.recv(1), "the end"
        raise AssertionError


def test_program(program):
    server = program("server.py")
    with socket.create_connection(server.address) as client:
        client.sendall(b"hello")
        assert client.recv(5, socket.MSG_WAITALL) == b"hello"


def test_leaks(no_socket_leaks):
    socket.socket().close()
"""


def test_the_fixtures_work_without_linux(python: Path, system: str, tmp_path: Path) -> None:
    """Those that can't are skipped with the reason."""
    (tmp_path / "test_fixtures.py").write_text(FIXTURES, "utf-8")
    shutil.copy(ROOT / "reference" / "tcp_echo_server.py", tmp_path / "server.py")
    done = run(python, "-m", "pytest", "-rs", "-p", "no:cacheprovider", folder=tmp_path)

    said = done.stdout.decode()
    assert done.returncode == 0, said
    if system == "win32":
        assert "lingering_port: on Windows a connection in TIME_WAIT does not keep a port" in said
        assert f"unix_echo_server: {NO_UNIX}" in said
        assert "6 passed, 2 skipped" in said
    else:
        assert "8 passed" in said


@pytest.mark.timeout(300)
def test_a_class_is_graded_on_windows(windows: Path, tmp_path: Path) -> None:
    """By workers that are spawned there."""
    for name in ("ann", "bob"):
        (tmp_path / "class" / name).mkdir(parents=True)
        shutil.copy(ROOT / "reference" / "address_bits_function.py", tmp_path / "class" / name)
    (tmp_path / "class" / "bob" / "address_bits_function.py").write_text(
        "def address_bits_function(address):\n    return address\n", "utf-8"
    )
    words = ["-m", "pytest_sockets.cli", "grade", "class", "--exercise", "address-bits"]
    done = run(windows, *words, "--python", windows, folder=tmp_path)
    said = done.stdout.decode()
    assert re.search(r"^ann +100 of 100  graded$", said, re.MULTILINE), said + done.stderr.decode()
    assert re.search(r"^bob +\d{1,2} of 100  graded$", said, re.MULTILINE), said


@pytest.mark.parametrize("code_page", ["cp936", "cp437", "cp1252"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_console_of_any_code_page_is_written_to(
    code_page: str, language: str, tmp_path: Path
) -> None:
    """What it has no character for is replaced; nothing of ours ends in UnicodeEncodeError."""
    (tmp_path / "server.py").write_text(CHINESE, "utf-8")
    words = ["-m", "pytest", "-p", "no:cacheprovider", "--target", "server.py", "--exercise"]
    words += ["tcp-echo", "-k", "first_client or chinese or bytes", "--sockets-lang", language]
    done = run(Path(sys.executable), *words, folder=tmp_path, PYTHONIOENCODING=code_page)

    said = done.stdout.decode(code_page)
    assert done.returncode == 1, said
    assert "UnicodeEncodeError" not in said
    assert b"Traceback" not in done.stderr
    assert ("程序" in said) == (language == "zh" and code_page == "cp936")


CHINESE = """
import socket

with socket.create_server(("127.0.0.1", 8000)) as listener:
    connection, address = listener.accept()
    while data := connection.recv(1024):
        print("收到 ✓ 🦊", data)
        connection.sendall("你好 🦊".encode())
"""
