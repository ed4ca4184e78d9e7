"""The map between written and real AF_UNIX paths, without any socket."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.programs.child.paths import LONGEST, LONGEST_NAME, Paths
from pytest_sockets.programs.socket_files import LONGEST_MAPPED

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there is no AF_UNIX here")

ODD = [None, 5, ("127.0.0.1", 80), "", b"", "/tmp/" + "x" * 200, ("/tmp/a",)]
OUTSIDE = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=20)


def paths(folder: Path, *, peer: str = "") -> Paths:
    """Return the map of a program with ``folder`` as its throw-away folder."""
    (folder / "s").mkdir(exist_ok=True)
    return Paths(str(folder / "s"), str(folder), peer)


def bound(path: str) -> None:
    """Leave a socket file at the path, reached through its folder since that may be long."""
    there = os.getcwd()
    os.chdir(os.path.dirname(path))
    try:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.bind(os.path.basename(path))
    finally:
        os.chdir(there)


@given(OUTSIDE)
def test_what_is_bound_is_told_back_as_it_was_written(name: str) -> None:
    """The real path is in our folder, short, and getsockname gives the written one."""
    made = Paths("/t/s", "/t")
    written = "/tmp/" + name
    real = made.to_bind("unix", written)

    assert os.path.dirname(real) == "/t/s"
    assert len(os.fsencode(os.path.basename(real))) <= LONGEST_MAPPED
    assert made.own("unix", real) == written
    assert made.own("unix", os.fsencode(real)) == os.fsencode(written)


@given(OUTSIDE, OUTSIDE)
def test_two_paths_stand_for_two_files(one: str, other: str) -> None:
    """And the same path for the same file, in a later run too: nothing is numbered."""
    first, second = (Paths("/t/s", "/t").to_bind("unix", "/tmp/" + name) for name in (one, other))

    assert (first == second) == (one == other)


@pytest.mark.parametrize("address", ODD)
def test_what_is_no_path_is_left_to_the_system(address: Any, tmp_path: Path) -> None:
    """The system refuses it with its own words."""
    made = paths(tmp_path, peer=str(tmp_path / "s" / "server.sock"))

    assert made.to_bind("unix", address) is address
    assert made.to_reach("unix", address) is address


@pytest.mark.parametrize("name", ["echo.sock", "./echo.sock", "sub/echo.sock"])
def test_a_relative_path_is_used_as_it_is(name: str, tmp_path: Path) -> None:
    """It already lies where the program works."""
    assert paths(tmp_path).to_bind("unix", name) == name


def test_a_path_beside_the_program_is_used_as_it_is(tmp_path: Path) -> None:
    """What it makes of its own place lies in the throw-away folder."""
    written = str(tmp_path / "homework" / "echo.sock")
    assert paths(tmp_path).to_bind("unix", written) == written


def test_an_abstract_name_stays_abstract(tmp_path: Path) -> None:
    """It is one that no other program on this machine can have."""
    real = paths(tmp_path).to_bind("unix", b"\0echo")
    assert real.startswith("\0" + str(tmp_path))


@pytest.mark.parametrize("written", ["/tmp/echo.sock", "echo.sock", b"/run/x", "\0echo"])
def test_a_client_reaches_our_server_by_any_path(written: Any, tmp_path: Path) -> None:
    """And getpeername gives what it wrote."""
    server = str(tmp_path / "s" / "server.sock")
    made = paths(tmp_path, peer=server)

    assert made.to_reach("unix", written) == server
    assert made.other("unix", server) == os.fsdecode(written)


def test_a_program_reaches_itself(tmp_path: Path) -> None:
    """What it has bound is meant, even where it may reach a server."""
    made = paths(tmp_path, peer="/p")
    assert made.to_reach("unix", "/tmp/a") == "/p"
    assert made.to_reach("unix", "/tmp/b") == "/p"
    assert made.to_bind("unix", "/tmp/b") == made.to_reach("unix", "/tmp/b") != "/p"


def test_a_file_that_was_bound_is_found_under_its_written_path(tmp_path: Path) -> None:
    """By the next run as well, which has bound nothing yet."""
    bound(paths(tmp_path).to_bind("unix", "/tmp/echo.sock"))
    again = paths(tmp_path)

    for written in ("/tmp/echo.sock", b"/tmp/echo.sock", Path("/tmp/echo.sock")):
        assert again.file(written) == again.to_bind("unix", "/tmp/echo.sock")


def test_the_socket_files_of_others_are_not_seen(tmp_path: Path) -> None:
    """Whatever lies on this machine, the program finds nothing there, and can't remove it."""
    others = tmp_path / "others"
    others.mkdir()
    bound(str(others / "x"))
    (others / "plain").write_text("")
    inner = tmp_path / "inner"
    inner.mkdir()
    made = paths(inner)

    assert os.path.dirname(made.file(str(others / "x"))) == str(inner / "s")
    assert made.file(str(others / "plain")) == str(others / "plain")
    assert made.file("/no such file") == "/no such file"


@pytest.mark.parametrize("path", [0, None, "", b"", "a\0b", "/a\0b", "\0abstract", object()])
def test_what_is_no_path_is_left_to_the_function(path: Any, tmp_path: Path) -> None:
    """Descriptors, and what the function refuses with its own words."""
    assert paths(tmp_path).file(path) is path


@pytest.mark.parametrize(
    ("name", "seen"), [("/tmp/echo.sock", True), ("./uds_socket", True), ("history.txt", False)]
)
def test_a_client_sees_the_file_of_our_server(name: str, seen: bool, tmp_path: Path) -> None:
    """Where it asks for a file that is called as sockets are; other files stay as they are."""
    server = str(tmp_path / "s" / "server.sock")
    assert paths(tmp_path, peer=server).file(name) == (server if seen else name)


def test_a_mapped_path_fits_into_a_socket_address() -> None:
    """In a folder for temporary files of the usual length there is room for any name."""
    usual = "/tmp/pytest-sockets-abcdefgh/s/"
    assert len(usual) + LONGEST_MAPPED < LONGEST
    assert LONGEST_NAME < LONGEST_MAPPED
