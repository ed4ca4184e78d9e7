"""A folder with a server and a client, graded by pytest in a process of its own."""

from __future__ import annotations

import re
import shutil
from typing import Any

from corpus import HERE
from running import Folder, Run

ALICE = ("--target", "alice", "--exercise", "tcp-echo")


def alice(folder: Folder, client: str = "") -> Folder:
    """Put the reference server, and a mistake or the reference as client, into ``alice``."""
    reference = HERE.parent / "reference"
    wrong = HERE / "mistakes" / "tcp-echo" / "client" / f"{client}.py"
    (folder.path / "alice").mkdir()
    shutil.copy(reference / "tcp_echo_server.py", folder.path / "alice" / "server.py")
    chosen = wrong if client else reference / "tcp_echo_client.py"
    shutil.copy(chosen, folder.path / "alice" / "client.py")
    return folder


def card(run: Run, role: str) -> dict[str, Any]:
    """Return the scorecard of one role."""
    (found,) = (each for each in run.cards if each["role"] == role)
    return found


def test_a_folder_has_a_scorecard_for_each_program_and_one_for_both(folder: Folder) -> None:
    """All three with full marks, and a line for each in the end."""
    run = alice(folder).grade(*ALICE, "--junitxml=junit.xml")
    assert run.status == 0, run.said
    told = [(each["target"], each["role"], each["score"]) for each in run.cards]
    assert told == [
        ("alice/server.py", "server", 100),
        ("alice/client.py", "client", 100),
        ("alice", "pair", 100),
    ]
    assert re.search(r"^100 of 100 +alice +tcp-echo pair$", run.out, re.MULTILINE)
    junit = (folder.path / "junit.xml").read_text("utf-8")
    assert 'classname="alice" name="tcp-echo-pair/understand-each-other"' in junit


def test_a_pair_that_does_not_fit_shows_both_programs(folder: Folder) -> None:
    """Client on the left, server on the right, and the lines of both in the margin."""
    run = alice(folder, "new_connection_per_line").grade(*ALICE, "-k", "pair")
    assert run.status == 1
    failed = card(run, "pair")["results"][0]
    assert (failed["outcome"], failed["points"]) == ("failed", 0)
    assert {event["side"] for event in failed["transcript"]} == {"client", "server"}
    assert {line["file"] for line in failed["lines"]} == {"client.py", "server.py"}
    assert re.search(r"^ +client\.py +server\.py$", run.out, re.MULTILINE)
    assert "client exited with status 1" in run.out
    assert "server.py:" in run.out
    assert "client.py:" in run.out


def test_the_command_given_asks_the_pair_again(folder: Folder) -> None:
    """It names the folder and the behaviour in full, and says the same as before."""
    run = alice(folder, "new_connection_per_line").grade(*ALICE, "-k", "pair")
    (again,) = re.findall(r"^ *pytest (--target alice .*)$", run.out, re.MULTILINE)
    assert "-k tcp-echo-pair/understand-each-other" in again
    second = folder.grade(*again.split())
    results = card(run, "pair")["results"][0], card(second, "pair")["results"][0]
    assert results[0]["observed"] == results[1]["observed"]
    assert "1 failed" in second.out


def test_what_a_program_fails_alone_blocks_the_pair_and_is_named(folder: Folder) -> None:
    """Also when it was not selected: it is asked for the pair's sake."""
    run = alice(folder, "receives_first").grade(*ALICE, "-k", "pair")
    results = card(run, "pair")["results"]
    assert {result["outcome"] for result in results} == {"blocked"}
    assert {result["blocked_by"] for result in results} == {"tcp-echo-client/speaks-first"}
    assert "mend tcp-echo-client/speaks-first first" in run.out


def test_workers_find_the_same(folder: Folder) -> None:
    """A worker that asks the pair need not be the one that asked its two programs."""
    alone = alice(folder, "receives_first").grade(*ALICE, "--sockets-seed", "7")
    shared = folder.grade(*ALICE, "--sockets-seed", "7", "-n", "2")
    assert shared.status == alone.status
    assert [summed(each) for each in shared.cards] == [summed(each) for each in alone.cards]


def summed(found: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Return what came of each behaviour of a scorecard."""
    return [(each["id"], each["outcome"], each["blocked_by"]) for each in found["results"]]


def test_two_servers_end_the_run_with_one_sentence(folder: Folder) -> None:
    """Bad use of the command line, and nothing is run."""
    shutil.copy(alice(folder).path / "alice" / "server.py", folder.path / "alice" / "my_server.py")
    run = folder.pytest(*ALICE)
    assert run.status == 4
    assert "alice holds 2 programs for the server of tcp-echo: my_server.py, server.py" in run.said
    assert "Traceback" not in run.said
