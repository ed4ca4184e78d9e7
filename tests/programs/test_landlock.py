"""Landlock, tried in children: each version of it, files, ports, and our own files."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("Landlock is Linux's", allow_module_level=True)

from pytest_sockets.programs.child import answers, landlock, linux, machine, seccomp


@pytest.fixture(autouse=True)
def version() -> int:
    """The version of Landlock that this kernel has."""
    try:
        return landlock.version()
    except OSError:
        pytest.skip("this kernel has no Landlock")


def forbidden(rules: landlock.Rules | None, *acts: Callable[[], object]) -> list[bool]:
    """Return which of ``acts`` fail for want of permission in a child under ``rules``."""
    assert rules is not None
    reading, writing = os.pipe()
    if os.fork() == 0:
        linux.prctl(machine.PR_SET_NO_NEW_PRIVS, 1)
        rules.enforce()
        for act in acts:
            os.write(writing, bytes([_is_forbidden(act)]))
        os._exit(0)
    os.wait()
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        return [bool(each) for each in told.read()]


def _is_forbidden(act: Callable[[], object]) -> bool:
    try:
        act()
    except PermissionError:
        return True
    except OSError:
        return False
    return False


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of one's own and one of somebody else's, each with a file."""
    for name in ("own", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    return tmp_path / "own", tmp_path / "other"


@pytest.mark.parametrize("older", range(1, 8))
def test_each_version_keeps_programs_from_other_files(
    older: int, version: int, folders: tuple[Path, Path]
) -> None:
    """A kernel that knows fewer rights forbids less, and is asked for no more."""
    if older > version:
        pytest.skip("this kernel has an older version")
    own, other = folders
    rules = landlock.Rules(older)
    rules.allow(str(own), landlock.READ | landlock.WRITE)

    assert forbidden(
        rules,
        lambda: (own / "file").write_text("new"),
        (own / "folder").mkdir,
        (other / "file").read_text,
        lambda: (other / "file").open("a"),
        (other / "file").unlink,
        lambda: os.listdir(other),
    ) == [False, False, True, True, True, True]


def test_a_file_can_be_allowed_and_what_is_not_there_needs_no_rule(
    version: int, folders: tuple[Path, Path]
) -> None:
    """A device is a file: rights for folders are left out of its rule."""
    own, other = folders
    rules = landlock.Rules(version)
    rules.allow(str(own / "file"), landlock.READ | landlock.WRITE)
    rules.allow(str(other / "nothing"), landlock.READ)

    assert forbidden(rules, (own / "file").read_text, (other / "file").read_text) == [False, True]


def test_only_the_ports_of_a_request_are_reached(version: int) -> None:
    """Where a program shares the machine's network it may not look around there."""
    if version < landlock.PORTS_SINCE:
        pytest.skip("this kernel knows no rules about ports")
    with (
        socket.create_server(("127.0.0.1", 0)) as ours,
        socket.create_server(("127.0.0.1", 0)) as others,
    ):
        rules = landlock.Rules(version, ports=True)
        rules.allow_ports([0], [ours.getsockname()[1]])

        assert forbidden(
            rules,
            lambda: socket.socket().connect(ours.getsockname()),
            lambda: socket.socket().connect(others.getsockname()),
            lambda: socket.socket().bind(("127.0.0.1", 0)),
            lambda: socket.socket().bind(("127.0.0.1", 2000)),
        ) == [False, True, False, True]


def test_the_package_is_hidden_and_what_lies_beside_it_is_not(version: int, tmp_path: Path) -> None:
    """Where site-packages is open, our own files there are not; names can be listed."""
    site = tmp_path / "lib" / "site-packages"
    for name in ("pytest_sockets/conformance", "numpy"):
        (site / name).mkdir(parents=True)
        (site / name / "code.py").write_text("answer = 42")
    (tmp_path / "lib64").symlink_to("lib")
    ours = str(site / "pytest_sockets")

    readable = answers.around([str(tmp_path)], ours)
    assert readable is not None

    assert forbidden(
        answers.hidden(version, [*readable, str(tmp_path)], ours),
        (site / "pytest_sockets/conformance/code.py").read_text,
        (tmp_path / "lib64/site-packages/pytest_sockets/conformance/code.py").read_text,
        (site / "numpy/code.py").read_text,
        lambda: os.listdir(site),
    ) == [True, True, False, False]


def test_what_lies_beside_the_package_can_be_moved(version: int, tmp_path: Path) -> None:
    """A rename from folder to folder asks for more than to read and to write."""
    if version < landlock.SINCE[landlock.REFER]:
        pytest.skip("this kernel lets nobody move files from folder to folder")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "file").write_text("42")
    rules = answers.hidden(version, [str(tmp_path)], "/nowhere")

    forbidden(rules, lambda: os.rename(tmp_path / "one" / "file", tmp_path / "two" / "file"))

    assert (tmp_path / "two" / "file").read_text() == "42"


def test_nothing_is_hidden_where_it_need_not_be(tmp_path: Path) -> None:
    """What is not open to programs at all needs no more rules."""
    assert answers.around(["/usr"], str(tmp_path / "pytest_sockets")) is None


def test_a_folder_within_another_needs_no_rule(tmp_path: Path) -> None:
    """Each is named once, by its real name."""
    (tmp_path / "usr" / "bin").mkdir(parents=True)
    (tmp_path / "bin").symlink_to("usr/bin")
    (tmp_path / "usr2").mkdir()
    names = {str(tmp_path / name) for name in ("usr", "usr/bin", "bin", "usr2")}

    assert machine.outermost(names) == [str(tmp_path / "usr"), str(tmp_path / "usr2")]


def test_a_kernel_without_landlock_can_still_filter_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one layer lacks is no reason to do without the other."""

    def missing() -> int:
        raise OSError("no such call")

    monkeypatch.setattr(landlock, "version", missing)

    assert machine.Machine().filter == seccomp.program(os.uname().machine)


@pytest.mark.parametrize(("attempt", "works"), [(lambda: True, True), (lambda: False, False),
                                                (lambda: 1 / 0, False)])  # fmt: skip
def test_a_layer_is_tried_and_not_believed(attempt: Callable[[], bool], works: bool) -> None:
    """What fails, or seems to work and changes nothing, is no layer."""
    assert machine.tried(attempt) is works
