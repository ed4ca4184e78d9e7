"""A script may ask for its address, or for its role: it is graded like any other.

How addresses of every kind are mapped is tested with the programs themselves;
here the verdict counts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hellos import Grade, client, grader, lost, server, the_failure

from pytest_sockets.behaviours import Role
from pytest_sockets.programs.place import Runner


@pytest.fixture
def grade(tmp_path: Path, runner: Runner) -> Grade:
    """Grade a source text as a target."""
    return grader(tmp_path, runner)


ADDRESSES = {
    "argparse-defaults": (
        ("p = argparse.ArgumentParser()\n"
        "p.add_argument('--host', default='127.0.0.1')\n"
        "p.add_argument('-p', '--port', type=int, default=8000)\n"
        "a = p.parse_args()"),
        "a.host",
        "a.port",
    ),
    "argparse-required-options": (
        ("p = argparse.ArgumentParser()\n"
        "p.add_argument('--host', required=True)\n"
        "p.add_argument('-p', '--port', type=int, required=True)\n"
        "a = p.parse_args()"),
        "a.host",
        "a.port",
    ),
    "argparse-required-words": (
        ("p = argparse.ArgumentParser()\n"
        "p.add_argument('port', type=int)\n"
        "p.add_argument('host')\n"
        "a = p.parse_args()"),
        "a.host",
        "a.port",
    ),
    "argv": ("", "sys.argv[1]", "int(sys.argv[2])"),
    "argv-port": ("", "''", "int(sys.argv[1])"),
    "argv-port-first": ("", "sys.argv[2]", "int(sys.argv[1])"),
    "argv-with-a-usage": (
        ("if len(sys.argv) != 3:\n"
        "    print('Usage: python', sys.argv[0], 'HOST PORT')\n"
        "    sys.exit(1)"),
        "sys.argv[1]",
        "int(sys.argv[2])",
    ),
    "argv-or-default": (
        "port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000",
        "'127.0.0.1'",
        "port",
    ),
    "environment-or-default": ("", "'127.0.0.1'", "int(os.environ.get('PORT', 8000))"),
    "input": ("host = input('IP: ')\nport = int(input('端口: '))", "host", "port"),
    "input-port": ("port = int(input('which port? '))", "'localhost'", "port"),
    "input-port-first": ("port = int(input('port '))\nhost = input()", "host", "port"),
    "input-host": ("host = input('server address: ').strip()", "host", "8000"),
    "input-in-one-line": ("host, port = input('host:port ').split(':')", "host", "int(port)"),
    "stdin": ("host = sys.stdin.readline().strip()\nport = int(sys.stdin.readline())",
              "host", "port"),
}  # fmt: skip


@pytest.mark.parametrize("shape", ADDRESSES)
def test_a_server_may_ask_for_its_address(shape: str, grade: Grade) -> None:
    """By arguments, environment or keyboard, in any order: it is found out by trying."""
    before, host, port = ADDRESSES[shape]

    assert lost(grade(server(host, port, before), "server")) == []


@pytest.mark.parametrize("shape", ADDRESSES)
def test_a_client_may_ask_for_its_servers_address(shape: str, grade: Grade) -> None:
    """By arguments, environment or keyboard, in any order: it is found out by trying."""
    before, host, port = ADDRESSES[shape]
    host = host.replace("''", "'127.0.0.1'")

    assert lost(grade(client(host, port, before), "client")) == []


@pytest.mark.parametrize("shape", ["argv", "argparse-required-options", "input"])
def test_asking_for_the_address_works_the_portable_way(
    shape: str, grade: Grade, portable_runner: Runner
) -> None:
    """Without the kernel's proofs the same is learned, from the trace alone."""
    before, host, port = ADDRESSES[shape]
    results = grade(server(host, port, before), "server", runner=portable_runner)

    assert {outcome for _, outcome, _ in lost(results)} <= {"not-judged"}


def test_the_lines_of_a_conversation_are_not_taken_for_an_address(grade: Grade) -> None:
    """A UDP client that asks for its words first gets them from the exercise, not from us."""
    source = (Path(__file__).parent.parent / "reference" / "udp_echo_client.py").read_text()

    assert lost(grade(source, "client", exercise="udp-echo")) == []


@pytest.mark.parametrize("words", ["{host} {port}", "127.0.0.1 8000"])
def test_arguments_may_stand_behind_the_name_of_a_script(words: str, grade: Grade) -> None:
    """With placeholders it has to use the address it was told; any other is mapped."""
    source = server("sys.argv[1]", "int(sys.argv[2])")
    results = grade(source, "server", spec=f"homework.py {words}")

    assert lost(results) == []


def test_a_script_that_was_told_its_address_has_to_use_it(grade: Grade) -> None:
    """Its own address is not mapped then."""
    results = grade(server(port=0), "server", spec="homework.py {host} {port}")

    assert "instead of" in str(the_failure(results).observed)


@pytest.mark.parametrize("given", ["env PORT={port} {python}", "{python} -X utf8"])
def test_a_command_gives_an_address_in_its_environment_or_arguments(
    given: str, grade: Grade
) -> None:
    """Commands take their placeholders anywhere."""
    if sys.platform == "win32":
        pytest.skip("there is no env")
    source = server("'127.0.0.1'", "int(os.environ.get('PORT') or sys.argv[1])")
    command = given.replace("{python}", sys.executable) + " homework.py {port}"
    results = grade(source, "server", spec=f"cmd:{command}")

    assert lost(results) == []


def test_missing_arguments_that_cannot_be_guessed_are_told(grade: Grade) -> None:
    """The finding says how they are given."""
    before = "p = argparse.ArgumentParser()\np.add_argument('--colour', required=True, type=int)\n"
    results = grade(server(before=before + "p.parse_args()"), "server")

    assert "--target 'server.py {host} {port}'" in str(the_failure(results).because)


BOTH = {
    "word": "if len(sys.argv) > 1 and sys.argv[1] == 'server':",
    "required": "if sys.argv[1] == 'server':",
    "option": "if '--server' in sys.argv:",
    "letter": "if sys.argv[-1:] == ['-s']:",
}


@pytest.mark.parametrize("role", ["server", "client"])
@pytest.mark.parametrize("flag", BOTH)
def test_both_roles_may_be_in_one_file(flag: str, role: Role, grade: Grade) -> None:
    """A flag on the command line chooses; --role says which one is graded."""
    parts = [server().replace("\n", "\n    "), client().replace("\n", "\n    ")]
    source = f"import sys\n{BOTH[flag]}\n    {parts[0]}\nelse:\n    {parts[1]}\n"

    assert lost(grade(source, role)) == []


def test_an_asyncio_client_may_take_its_address_from_arguments(grade: Grade) -> None:
    """Its connect does not block; it is seen all the same."""
    source = """\
import asyncio, sys
async def main():
    reader, writer = await asyncio.open_connection(sys.argv[1], int(sys.argv[2]))
    writer.write(b'hello')
    print(await reader.read(100))
    writer.close()
asyncio.run(main())
"""

    assert lost(grade(source, "client")) == []
