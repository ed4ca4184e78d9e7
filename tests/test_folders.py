"""Of a folder those programs are graded whose names say what they are."""

from __future__ import annotations

import pytest
from homework import SHOUT
from running import Folder

from pytest_sockets.assignments import assign_all
from pytest_sockets.behaviours import Role
from pytest_sockets.grading import Assignment
from pytest_sockets.programs.place import Runner
from pytest_sockets.targets import BadTarget

BOTH = ("tcp-echo-server", "tcp-echo-client", "tcp-echo-pair")


def assigned(
    spec: str, folder: Folder, runner: Runner, exercise: str | None = None, role: Role | None = None
) -> list[Assignment]:
    """Return what is graded under ``spec``."""
    return assign_all([spec], folder=folder.path, runner=runner, exercise=exercise, role=role)


def graded(
    spec: str, folder: Folder, runner: Runner, exercise: str | None = None, role: Role | None = None
) -> set[tuple[str, str]]:
    """Return the targets with exercise and role."""
    found = assigned(spec, folder, runner, exercise, role)
    return {(each.target.spec, each.name) for each in found}


def problem(
    spec: str, folder: Folder, runner: Runner, exercise: str | None = None, role: Role | None = None
) -> str:
    """Return what is said against ``spec``."""
    with pytest.raises(BadTarget) as caught:
        assigned(spec, folder, runner, exercise, role)
    return str(caught.value)


def write(folder: Folder, *names: str) -> None:
    """Put empty programs of these names into the folder."""
    for name in names:
        folder.write(name, "")


@pytest.mark.parametrize("spec", ["alice", "alice/", "./alice", "class 1/爱丽丝"])
def test_server_and_client_are_found_and_make_a_pair(
    spec: str, folder: Folder, runner: Runner
) -> None:
    """With the exercise given, names that tell the role are enough."""
    write(folder, f"{spec}/server.py", f"{spec}/client.py")
    found = assigned(spec, folder, runner, "tcp-echo")
    assert {each.name for each in found} == set(BOTH)
    together = found[-1].target
    assert (together.spec, together.kind, together.root) == (spec, "pair", folder.path / spec)
    assert [part.name for part in together.parts] == ["server", "client"]


@pytest.mark.parametrize(
    ("server", "client"),
    [("my_server", "my_client"), ("Server2", "the client"), ("服务端", "客户端")],
)
def test_a_name_may_tell_the_role_in_other_words(
    server: str, client: str, folder: Folder, runner: Runner
) -> None:
    """In English or in Chinese."""
    write(folder, f"alice/{server}.py", f"alice/{client}.py", "alice/notes.py")
    assert {name for _, name in graded("alice", folder, runner, "tcp-echo")} == set(BOTH)


def test_programs_named_by_the_rule_need_no_exercise(folder: Folder, runner: Runner) -> None:
    """Of any exercises; one that has both roles has a pair too, and others are left alone."""
    write(
        folder, "a/tcp_echo_server.py", "a/tcp_echo_client.py", "a/udp_time_client.py", "a/mine.py"
    )
    assert graded("a", folder, runner) == {
        ("a/tcp_echo_server.py", "tcp-echo-server"),
        ("a/tcp_echo_client.py", "tcp-echo-client"),
        ("a/udp_time_client.py", "udp-time-client"),
        ("a", "tcp-echo-pair"),
    }


def test_the_rule_counts_for_more_than_a_role_in_a_name(folder: Folder, runner: Runner) -> None:
    """A program of another exercise is never taken, nor one whose name says less."""
    write(folder, "a/tcp_echo_server.py", "a/server.py", "a/udp_echo_client.py", "a/client.py")
    assert graded("a", folder, runner, "tcp-echo") == {
        ("a/tcp_echo_server.py", "tcp-echo-server"),
        ("a/client.py", "tcp-echo-client"),
        ("a", "tcp-echo-pair"),
    }


def test_with_a_role_only_that_program_is_graded(folder: Folder, runner: Runner) -> None:
    """A pair was not asked for."""
    write(folder, "a/server.py", "a/client.py")
    assert graded("a", folder, runner, "tcp-echo", "client") == {("a/client.py", "tcp-echo-client")}


def test_one_program_alone_makes_no_pair(folder: Folder, runner: Runner) -> None:
    """Nor do two roles of an exercise in which nobody has said how a pair is seen to fit."""
    write(folder, "a/server.py", "b/server.py", "b/client.py")
    folder.write("shout.py", SHOUT)
    assert graded("a", folder, runner, "tcp-echo") == {("a/server.py", "tcp-echo-server")}
    assert graded("b", folder, runner, "shout.py") == {("b/server.py", "tcp-shout-server")}


def test_what_is_hidden_or_below_is_left_out(folder: Folder, runner: Runner) -> None:
    """So are conftest.py, what Python keeps for itself, and files in other languages."""
    write(folder, "a/server.py", "a/.old_server.py", "a/__pycache__/server.py", "a/old/server.py")
    write(folder, "a/conftest.py", "a/client.js", "a/client_notes.txt")
    assert graded("a", folder, runner, "tcp-echo") == {("a/server.py", "tcp-echo-server")}


def test_a_pattern_may_match_folders(folder: Folder, runner: Runner) -> None:
    """Each is graded by itself; files beside them are not programs."""
    write(folder, "all/bob/server.py", "all/eve/client.py", "all/.git/server.py", "all/list.txt")
    assert graded("all/*", folder, runner, "tcp-echo") == {
        ("all/bob/server.py", "tcp-echo-server"),
        ("all/eve/client.py", "tcp-echo-client"),
    }


def test_a_package_is_still_a_module(folder: Folder, runner: Runner) -> None:
    """By its name; with a slash behind it, it is a folder."""
    write(folder, "pkg/__init__.py", "pkg/server.py")
    assert "pkg is a package without __main__.py" in problem("pkg", folder, runner, "tcp-echo")
    assert graded("pkg/", folder, runner, "tcp-echo") == {("pkg/server.py", "tcp-echo-server")}


def test_an_empty_folder_is_an_error(folder: Folder, runner: Runner) -> None:
    """Also one in which nothing is a program."""
    write(folder, "a/readme.txt", "a/.hidden.py")
    assert problem("a", folder, runner) == "the folder a holds no Python program"


def test_two_programs_for_one_role_are_an_error(folder: Folder, runner: Runner) -> None:
    """Both are named, and what can be done."""
    write(folder, "a/server.py", "a/my_server.py", "a/client.py")
    said = problem("a", folder, runner, "tcp-echo")
    assert "a holds 2 programs for the server of tcp-echo: my_server.py, server.py." in said
    assert said.endswith("or name the one to grade: --target a/my_server.py")
    write(folder, "b/tcp_echo_server_threads.py", "b/tcp_echo_server.py")
    assert "tcp_echo_server.py, tcp_echo_server_threads.py" in problem("b", folder, runner)


def test_a_folder_without_a_fitting_name_is_an_error(folder: Folder, runner: Runner) -> None:
    """It says what there is, and which names fit."""
    write(folder, "a/one.py", "a/two.py")
    said = problem("a", folder, runner, "tcp-echo")
    assert said.startswith("a holds no program for tcp-echo, only one.py, two.py: name it ")
    assert "server.py or tcp_echo_server.py or client.py or tcp_echo_client.py" in said
    assert "client.py" not in problem("a", folder, runner, "tcp-echo", "server")
    assert "such as tcp_echo_server.py: there is one.py, two.py" in problem("a", folder, runner)


def test_roles_without_an_exercise_are_an_error(folder: Folder, runner: Runner) -> None:
    """server.py may be any exercise's: they are listed."""
    write(folder, "a/server.py", "a/client.py")
    said = problem("a", folder, runner)
    assert "nothing tells the exercise of client.py, server.py in a: add --exercise NAME" in said
    assert "tcp-echo" in said
