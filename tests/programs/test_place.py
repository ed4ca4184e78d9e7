"""A place: its copies of the homework, its ports, its sockets, its network."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from pytest_sockets.programs import folder
from pytest_sockets.programs.folder import ThrowAway
from pytest_sockets.programs.warm import Site
from pytest_sockets.wire.transcript import Transcript

from .shapes import PLAIN, at
from .steps import Stage, bound, ended, until


@pytest.fixture
def thrown(tmp_path: Path) -> Path:
    """Return a homework's folder with files that matter and files that do not."""
    for name in (
        "server.py",
        "text.txt",
        "pkg/mod.py",
        ".git/config",
        "venv/lib.py",
        "a/b/c/d/e.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def copied(root: Path, *first: Path) -> set[str]:
    """Return the names of the files that a throw-away folder holds."""
    made = ThrowAway(root, first)
    try:
        return {str(p.relative_to(made.work)) for p in made.work.rglob("*") if p.is_file()}
    finally:
        made.close()


def test_the_homework_is_copied_and_what_is_none_is_not(thrown: Path) -> None:
    """Hidden folders, virtual environments and what lies too deep are left out."""
    assert copied(thrown) == {"server.py", "text.txt", "pkg/mod.py"}


def test_the_program_is_copied_before_all_others(
    thrown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are too many files, it is there all the same."""
    monkeypatch.setattr(folder, "MOST_FILES", 1)

    assert copied(thrown, thrown / "text.txt") == {"server.py", "text.txt"}


def test_a_file_that_is_too_large_is_left_out(
    thrown: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The smaller ones behind it are copied."""
    monkeypatch.setattr(folder, "MOST_BYTES", 100)
    (thrown / "large.py").write_bytes(bytes(101))

    assert copied(thrown) == {"server.py", "text.txt", "pkg/mod.py"}


def test_a_program_works_two_levels_deep() -> None:
    """A name such as ``../../file`` still lies in what is thrown away."""
    made = ThrowAway(None)
    (made.work / "../../file").write_text("x")
    outer = made.work.parent.parent
    made.close()

    assert not outer.exists()


def test_files_that_a_command_names_are_copied_first(
    isolating: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command's script is found among many neighbours."""
    monkeypatch.setattr(folder, "MOST_FILES", 0)
    isolating.write("hw/program.sh", "echo here\n")
    isolating.write("other.py", "")
    place = isolating.place("cmd:sh hw/program.sh")

    assert ended(place.start(Transcript())).stdout == b"here\n"
    assert not (place.folder.work / "other.py").exists()


def test_only_the_programs_own_sockets_are_seen(stage: Stage) -> None:
    """Other listeners of the machine, and its clients' sockets, are none of its."""
    with socket.create_server(("127.0.0.1", 0)):
        place, program = stage.start(at(PLAIN))
        address = bound(place, program)

        assert place.sockets(program, "tcp") == [address]
        assert place.sockets(program, "udp") == []


def test_a_program_that_is_stopped_goes_on_when_told(stage: Stage) -> None:
    """SIGSTOP and SIGCONT reach all of its processes."""
    place, program = stage.start("print(input())\n")
    place.stop(program)
    program.type("hello")
    place.go_on(program)

    assert ended(program).stdout == b"hello\n"


def test_new_ports_are_other_ports(stage: Stage) -> None:
    """After ``renew_ports`` no earlier port is used."""
    stage.write("program.py", at(PLAIN))
    place = stage.place()
    before = set(place.ports)
    place.renew_ports()

    assert before.isdisjoint(place.ports)
    assert bound(place, place.start(Transcript()))[1] == place.port


def test_what_a_site_refuses_is_answered_once(isolating: Stage) -> None:
    """An error belongs to its own request: the next one is answered as ever."""
    launcher = isolating.runner.launcher
    assert isinstance(launcher, Site)
    site = launcher.isolated()
    with pytest.raises(OSError, match="not supported"):
        site.socket(255, socket.SOCK_STREAM)

    with site.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
        assert sock.family == socket.AF_INET
    site.close()


def test_the_words_that_say_how_a_program_is_contained_are_true(isolating: Stage) -> None:
    """A layer is named where it is missing."""
    place = isolating.place("cmd:true")
    mapped = isolating.place(str(isolating.write("program.py", "").name))

    assert "own network" not in str(place.containment)
    assert "own network" in str(mapped.containment)
    assert "throw-away folder" not in str(mapped.containment)


def test_a_function_is_told_where_to_listen(stage: Stage) -> None:
    """It gets host and port of the place, which are not mapped."""
    stage.write(
        "hw.py",
        "import socket\n"
        "def tcp_echo_server(host, port):\n"
        "    sk = socket.create_server((host, port))\n"
        "    print(host, port, *sk.getsockname(), flush=True)\n"
        "    sk.accept()\n",
    )
    place = stage.place("hw:tcp_echo_server")
    program = place.start(Transcript())
    address = bound(place, program)
    until(program, lambda: program.stdout.endswith(b"\n"))

    assert address == ("127.0.0.1", place.port)
    assert program.stdout == f"127.0.0.1 {place.port} 127.0.0.1 {place.port}\n".encode()
