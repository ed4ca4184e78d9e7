"""``--target tour`` shows and grades nothing: its report, its selection, its status."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from importlib import resources

import jsonschema
import pytest
from homework import HELLO
from running import Folder

from pytest_sockets import tour
from pytest_sockets.reports.wording import width

TOUR = ("--target", "tour")
TWO = ("-k", "half-a-close or bound-once")


def test_a_tour_ends_with_status_0_and_a_valid_report(folder: Folder) -> None:
    """All stops are in it, without points; those that were not asked for say so."""
    run = folder.grade(*TOUR, *TWO, "--sockets-fail-under", "50", "--junitxml", "junit.xml")
    schema = resources.files("pytest_sockets.reports") / "result.schema.json"
    jsonschema.validate(run.document, json.loads(schema.read_text("utf-8")))
    results = {result["id"]: result for result in run.card["results"]}

    assert run.status == 0
    assert (run.card["exercise"], run.card["role"], run.card["target"]) == ("tour",) * 3
    assert (run.card["score"], run.card["max_score"], run.card["complete"]) == (0, 0, True)
    assert len(results) == len(tour.assignment().profile.behaviours)
    assert {r["outcome"] for r in results.values()} == {"info", "not-judged"}
    shown = results["tour/a-socket-is-bound-once"]
    assert shown["expected"].startswith("its console session binds one socket three times")
    assert shown["observed"].endswith("as the tutorial says: False")
    assert [line["line"] for line in shown["lines"]][:1] == [15]
    assert {event["event"] for event in shown["transcript"]} == {"started", "printed", "exited"}
    case = ET.parse(folder.path / "junit.xml").find(".//*[@name='tour/half-a-close']/properties")
    assert case is not None
    told = {each.get("name"): each.get("value") for each in case}
    assert (told["outcome"], told["behaviour"]) == ("info", "CLS-09")
    assert str(told["observed"]).startswith("recv, recv -> b'question' b''")


def test_a_stop_is_shown_with_its_exchange_in_80_columns(folder: Folder) -> None:
    """Without any option that asks for it: that is what the tour is for."""
    run = folder.pytest(*TOUR, *TWO)
    lines = run.out[run.out.index("\ntour   on ") :].split("\n")

    assert "i One direction can be finished while the other goes on\n" in run.out
    assert "── b'question' ─" in run.out
    assert "client.shutdown(socket.SHUT_WR)" in run.out
    assert "note       this machine differs" in run.out
    assert "not judged" not in run.out
    copied = ("/", "code ")
    assert [s for s in lines if width(s) > 80 and not s.strip().startswith(copied)] == []


def test_the_command_of_a_stop_shows_it_again(folder: Folder) -> None:
    """And nothing else."""
    run = folder.pytest(*TOUR, *TWO, "-q")
    again = folder.pytest("--target", "tour", "-k", "half-a-close", "-v")

    assert run.out.count("\ni ") == 2
    assert "again      pytest --target tour -k half-a-close" in again.out
    assert "tour::tour/half-a-close INFO" in again.out
    assert "  22  print(" in again.out
    assert "1 shown in " in again.out


@pytest.mark.parametrize("options", [("-n2",), ("-p", "no:terminal")], ids=" ".join)
def test_a_tour_works_with_other_plugins(options: tuple[str, ...], folder: Folder) -> None:
    """Distributed over workers, and without a terminal."""
    run = folder.grade(*TOUR, *TWO, *options)

    assert (run.status, list(run.outcomes.values()).count("info")) == (0, 2)


@pytest.mark.parametrize(
    ("options", "others"),
    [
        (("--exercise", "tcp-echo"), "--exercise tcp-echo"),
        (("--role", "server"), "--role server"),
        (("--target", "server.py"), "server.py"),
        (("--target", "server.py", "--role", "client"), "server.py, --role client"),
    ],
)
def test_a_tour_goes_with_nothing_else(
    options: tuple[str, ...], others: str, folder: Folder
) -> None:
    """The error names what has to go."""
    folder.write("server.py", HELLO)
    run = folder.pytest(*TOUR, *options)

    assert run.status == 4
    told = f"ERROR: the tour grades nothing: --target tour goes without {others}"
    assert run.said.strip().splitlines()[-1] == told


def test_a_program_called_tour_is_named_by_its_file(folder: Folder) -> None:
    """The name without an ending is the tour's."""
    folder.write("tour.py", HELLO + '\n\nserve("127.0.0.1", 8999)\n')
    run = folder.grade("--target", "tour.py", "--exercise", "tcp-hello", "-k", "takes")

    assert (run.card["exercise"], run.card["role"]) == ("tcp-hello", "server")
