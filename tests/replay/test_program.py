"""What a replay knows of the program's address, from calls that the program itself tells of."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_sockets.replay.program import HOST, PORT, file_of, program
from pytest_sockets.targets import Target
from pytest_sockets.wire.events import Called

TARGET = Target(spec="client.py", kind="script", name="client")


def places(arguments: str) -> tuple[object, ...]:
    """Return the addresses that are made of a connect with ``arguments``."""
    call = Called(call="connect", arguments=arguments, result="", file="client.py", line=3)
    return program(TARGET, "client", "tcp", [call]).places


def test_the_address_is_the_last_argument() -> None:
    """What connect was given is where the replay listens."""
    assert places("('127.0.0.1', 9000)") == (("127.0.0.1", 9000),)


@pytest.mark.parametrize(
    ("spec", "file"),
    [
        ("hw/server.py", "hw/server.py"),
        ("server.py {port}", "server.py"),
        ("'my server.py' {port}", "my server.py"),
        (r"my\ server.py {port}", "my server.py"),
        ("my server.py", "my server.py"),
    ],
)
def test_a_script_is_started_by_its_file_however_it_was_quoted(
    spec: str, file: str, tmp_path: Path
) -> None:
    """A person types it into a shell of their own."""
    target = Target(spec=spec, kind="script", name="server", path=tmp_path / Path(file).name)
    assert file_of(target) == file


@pytest.mark.parametrize(
    "arguments", ["", "1)#", "{1: 2})#", "'')#", "{[]: 1}", "-" * 3000 + "1", "(" * 300, "\0"]
)
def test_arguments_that_are_none_name_no_address(arguments: str) -> None:
    """Whatever a program writes into its trace, the usual address stands in."""
    assert places(arguments) == ((HOST, PORT),)


def test_a_name_of_another_machine_is_told_as_one() -> None:
    """The replay listens here, and says which name is to be replaced in the program."""
    call = Called(call="connect", arguments="('server.invalid', 9000)", result="", file="client.py",
                  line=3)  # fmt: skip
    made = program(TARGET, "client", "tcp", [call])
    assert made.foreign == "server.invalid"
    assert made.places == ((HOST, 9000),)
