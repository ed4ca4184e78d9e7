"""A replay shows with the same program what was observed, and with a right one what is expected."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from corpus import HERE

from pytest_sockets.messages import Message
from pytest_sockets.programs.place import Runner
from pytest_sockets.replay.folder import script

from .repeating import failing, repeated, written

REFERENCE = HERE.parent / "reference"

SHAPES = {
    "tcp_echo_server": ("tcp-echo/server/receives_once", "returns-every-message"),
    "tcp_hello_client": ("tcp-hello/client/adds_a_newline", "sends-hello"),
    "udp_echo_server": ("udp-echo/server/upper_case", "returns-the-same-datagram"),
    "udp_echo_client": ("udp-echo/client/adds_a_newline", "sends-the-line-as-it-was-typed"),
    "unix_echo_server": ("unix-echo/server/upper_case", "returns-the-same-bytes"),
    "unix_echo_client": ("unix-echo/client/adds_a_newline", "sends-the-line-as-it-was-typed"),
}
"""Reference program to a mistake in its exercise and the behaviour that it fails."""

LAST = {
    # It ends with bytes unread: whether that is FIN or RST is a race.
    "tcp_echo_server": (r"(the end of the stream|error: .*reset)", r"received b'\d+' \(8 bytes\)"),
    "tcp_hello_client": (r"received b'hello!?\\n'", r"received b'hello!?' "),
    "udp_echo_server": (r"received b'[ A-Z]+' ", r"received b'(?=.*[a-z])[ A-Za-z]+' "),
    "udp_echo_client": (r"received b'[\w ]+\\n' ", r"received b'[\w ]+' "),
    "unix_echo_server": (r"received b'[ A-Z\d\\t]+' ", r"received b'(?=.*[a-z].*)[ \w\\]+' "),
    "unix_echo_client": (r"received b'.*\\n' ", r"received b'.*[^n]' "),
}
"""What a replay prints last with the mistake, and with the reference program."""


@pytest.mark.parametrize("shape", SHAPES)
def test_the_mistake_shows_again_what_was_observed(
    shape: str, runner: Runner, tmp_path: Path
) -> None:
    """The exchange fails without the harness as it failed with it."""
    replay = written(*SHAPES[shape], runner)
    heard = repeated(replay, replay.path, tmp_path)
    assert re.search(rf"  {LAST[shape][0]}.*\n\Z", heard), heard


@pytest.mark.parametrize("shape", SHAPES)
def test_a_right_program_shows_what_is_expected(shape: str, runner: Runner, tmp_path: Path) -> None:
    """Whoever has mended the program sees it by the same script."""
    replay = written(*SHAPES[shape], runner)
    heard = repeated(replay, REFERENCE / f"{shape}.py", tmp_path)
    assert re.search(rf"  {LAST[shape][1]}.*\n\Z", heard), heard


def test_an_address_of_another_machine_becomes_this_one_s(runner: Runner) -> None:
    """The tutorial's own network is not the reader's: what to change is said."""
    replay = written("tcp-json-file/client/ascii_dict", "stores-a-file-with-a-chinese-name", runner)
    assert 'else "127.0.0.1"' in replay.source
    assert "your program names 192.168.1.169, no address of this machine" in replay.source


def test_what_the_behaviour_put_into_the_folder_is_written_beside(
    runner: Runner, tmp_path: Path
) -> None:
    """The person is told to copy it, and is waited for."""
    replay = written("tcp-upload/server/appends", "replaces-a-file-of-the-same-name", runner)
    (tmp_path / "replay.py").write_text(replay.source, "utf-8")
    run = subprocess.run(
        [sys.executable, "replay.py"], cwd=tmp_path, capture_output=True, input=b"", check=False
    )
    assert b"copy it into your program's folder" in run.stdout
    (written_file,) = (tmp_path / "tcp-upload-server-replaces-a-file-of-the-same-name").iterdir()
    assert len(written_file.read_bytes()) == 1200


def test_a_function_is_called_again(runner: Runner, tmp_path: Path) -> None:
    """It is imported from its folder and called with the values of the failed call."""
    replay = written("subnet/function/adds", "ands-address-and-mask", runner)
    (tmp_path / "replay.py").write_text(replay.source, "utf-8")
    told = {
        path: subprocess.run(
            [sys.executable, "replay.py", str(path)], cwd=tmp_path, capture_output=True, check=True
        ).stdout.decode()
        for path in (replay.path.parent, _reference_as(replay.path.name, tmp_path / "right"))
    }
    wrong, right = told.values()
    assert "returned ('171.15.9.1', '171.15.9.2', False)" in wrong
    assert "returned ('172.16.10.0', '172.16.10.0', True)" in right


def _reference_as(name: str, folder: Path) -> Path:
    folder.mkdir()
    (folder / name).write_bytes((REFERENCE / "subnet_function.py").read_bytes())
    return folder


COMPILED = [
    *SHAPES.values(),
    ("subnet/function/adds", "ands-address-and-mask"),
    ("tcp-echo/server/receives_once", "returns-a-long-message-whole"),
    ("tcp-upload/server/appends", "replaces-a-file-of-the-same-name"),
    ("tcp-upload/server/single_recv", "stores-what-was-sent"),
    ("udp-chat/client/one_message_only", "shows-the-answer-before-the-next-message"),
    ("tcp-hello/client/hides_the_refusal", "gives-up-without-a-server"),
]


@pytest.mark.parametrize(("name", "slug"), COMPILED)
def test_a_replay_is_python_3_8_and_tidy(
    name: str, slug: str, runner: Runner, tmp_path: Path
) -> None:
    """The standard library does, an old interpreter too, and ruff has nothing to say."""
    source = written(name, slug, runner).source
    tree = ast.parse(source, feature_version=(3, 8))
    modules = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert modules <= set(sys.stdlib_module_names)
    path = tmp_path / "replay.py"
    path.write_text(source, "utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    subprocess.run([*ruff, "check", "--isolated", path], check=True, cwd=tmp_path)
    format_ = ["format", "--check", "--isolated", "--line-length", "100"]
    subprocess.run([*ruff, *format_, path], check=True, cwd=tmp_path)


@pytest.mark.parametrize(
    ("name", "slug", "reason"),
    [
        ("tcp-hello/server/bind_missing", "listens-on-its-address", "never came up"),
        ("tcp-hmac-auth/server/compares_lengths", "cuts-off-a-wrong-answer", "new each time"),
    ],
)
def test_what_can_not_be_repeated_says_why(
    name: str, slug: str, reason: str, runner: Runner
) -> None:
    """A script that could not show the failure is not written."""
    told = script(failing(name, slug, runner), "replay.py")
    assert isinstance(told, Message)
    assert reason in str(told)
