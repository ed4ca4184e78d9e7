"""``--sockets-containment``: as far as the machine can, in full or not at all, or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from facilities import linux
from homework import PERFECT, SHOUT, SHOUTING
from running import Folder

from pytest_sockets.cli import main
from pytest_sockets.programs.place import Runner

SERVER = ("--target=server.py", *SHOUTING)
STRICT = "--sockets-containment=strict"
LESS = {"PYTEST_SOCKETS_PORTABLE": "1"}
REFUSED = "strict containment runs nothing here; missing: "


@pytest.fixture
def shouting(folder: Folder) -> Folder:
    """A folder with an exercise and a program."""
    folder.write("shout.py", SHOUT)
    folder.write("server.py", PERFECT)
    return folder


@pytest.fixture(scope="module")
def full() -> bool:
    """Whether this machine can contain programs in full."""
    runner = Runner(private=True)
    missing = runner.contained.missing
    runner.close()
    return not missing


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_strict_refuses_to_run_with_less(workers: tuple[str, ...], shouting: Folder) -> None:
    """Bad use of pytest, status 4: what is missing is listed, and nothing has run."""
    run = shouting.pytest(*SERVER, STRICT, *workers, env=LESS)

    assert run.status == 4, run.said
    assert REFUSED in run.err
    assert "PYTEST_SOCKETS_PORTABLE turns it off" in run.err


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_strict_grades_where_the_machine_can(
    workers: tuple[str, ...], shouting: Folder, full: bool
) -> None:
    """Contained in full, and the same marks; a machine that can't is told so."""
    run = shouting.grade(*SERVER, STRICT, *workers)

    if full:
        assert (run.status, run.document["containment"]) == (0, "full"), run.said
        assert run.card["score"] == 100
    else:
        assert (run.status, REFUSED in run.err) == (4, True)


def test_strict_refuses_a_command_whatever_its_words_look_like(shouting: Folder) -> None:
    """An address among them does not make it a server that already runs."""
    spec = f"cmd:{Path(sys.executable).as_posix()} server.py http://127.0.0.1"
    run = shouting.pytest("--target", spec, *SHOUTING, STRICT, env=LESS)

    assert (run.status, REFUSED in run.err) == (4, True), run.said


def test_strict_has_nothing_to_refuse_where_nothing_is_run(shouting: Folder) -> None:
    """A server that already runs is contained by whoever started it, or not."""
    address = ("--target=tcp://127.0.0.1:1", "--exercise=tcp-echo", "--role=server")

    assert shouting.pytest(*address, STRICT, env=LESS).status == 1


def test_the_report_says_it_of_whichever_program_ran(shouting: Folder) -> None:
    """The first that was named may not have been selected."""
    shouting.write("other.py", PERFECT)
    run = shouting.grade(
        "--target=other.py", *SERVER, "--sockets-containment=off", "-k", "server.py"
    )

    assert [card["complete"] for card in run.cards] == [False, True]
    assert run.document["containment"] == "throw-away folder only"


def test_turned_off_the_report_says_so(shouting: Folder) -> None:
    """And the program runs all the same."""
    run = shouting.grade(*SERVER, "--sockets-containment=off")

    assert (run.status, run.document["containment"]) == (0, "throw-away folder only")


def test_the_setting_can_stand_in_the_configuration_file(shouting: Folder) -> None:
    """As ``sockets_containment``; what it may not be is refused."""
    shouting.write("pytest.ini", "[pytest]\nsockets_containment = strict\n")
    assert shouting.pytest(*SERVER, env=LESS).status == 4

    shouting.write("pytest.ini", "[pytest]\nsockets_containment = strictly\n")
    run = shouting.pytest(*SERVER)
    assert run.status == 4
    assert "sockets_containment is auto, strict or off, not 'strictly'" in run.err


def test_what_is_missing_is_in_the_report(shouting: Folder) -> None:
    """Where programs are contained in part, the layers that they are without are named."""
    run = shouting.grade(*SERVER, env=LESS)

    told = "all but own files, filtered system calls, own processes, own network, ordinary user"
    assert run.document["containment"] == (
        told if sys.platform != "win32" else told.replace("own files", "limits, own files")
    )


@linux
def test_where_namespaces_are_refused_the_other_layers_hold(shouting: Folder) -> None:
    """As in a container: the same marks, and what is missing is said."""
    within = (sys.executable, str(Path(__file__).with_name("without_namespaces.py")))

    run = shouting.grade(*SERVER, within=within)
    refused = shouting.pytest(*SERVER, STRICT, within=within)

    assert (run.status, run.card["score"]) == (0, 100), run.said
    # For root an interpreter that others may not run is in the way of being another user.
    assert run.document["containment"] in (
        "all but own processes, own network",
        "all but own processes, own network, ordinary user",
    )
    assert (refused.status, REFUSED + "own processes, own network" in refused.err) == (4, True)


# A class


@pytest.mark.parametrize("command", ["grade", "crossplay"])
def test_a_strict_class_is_not_graded_with_less(
    command: str, shouting: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bad use of the command, in a line, before anything is unpacked or run."""
    monkeypatch.chdir(shouting.path)
    shouting.write("hw/ada/tcp_echo_server.py", PERFECT)

    words = [command, "hw", "--exercise", "tcp-echo", "--containment", "strict"]
    result = CliRunner().invoke(main, words, env={**LESS, "LANGUAGE": "en"})

    assert result.exit_code == 2
    assert REFUSED in result.output


def test_whoever_grades_a_class_is_told_what_is_missing(
    shouting: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Strangers' programs are about to run: what they are not kept from is said before."""
    monkeypatch.chdir(shouting.path)
    shouting.write("hw/ada/address_bits.py", "def address_bits(address):\n    return 0\n")

    words = ["grade", "hw", "--exercise", "address-bits", "--workers", "1"]
    result = CliRunner().invoke(main, words, env={**LESS, "LANGUAGE": "en"})

    assert "programs are not contained in full; missing: own files" in result.output
