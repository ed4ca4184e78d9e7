"""A function as a target, graded by pytest in a process of its own."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest
from homework import HELLO, SUM
from running import Folder

WRONG = "def address_bits(address):\n    return bin(int(address.split('.')[0]))\n"
LEAVES_A_TRACE = "open('imported', 'w').close()\nimport sys\nassert 'pytest' not in sys.modules\n"


def test_a_function_is_graded_with_its_call_in_the_story(folder: Folder) -> None:
    """What it was called with, what it returned, and on which line."""
    folder.write("address_bits.py", LEAVES_A_TRACE + WRONG)
    run = folder.grade("--target", "address_bits.py")
    assert run.status == 1
    assert run.outcomes == {"writes-32-bits": "failed", "refuses-what-is-no-address": "blocked"}
    assert "called in a process of its own" in run.out
    assert "observed   it returned '0b1100100'" in run.out
    assert "returns '0b1100100'" in run.out
    assert "5  return bin(int(address.split('.')[0]))" in run.out
    assert not (folder.path / "imported").exists()


def test_the_report_of_a_function_keeps_to_its_schema(folder: Folder) -> None:
    """Calls and their ends are events, the line of the end is a line that took part."""
    folder.write("address_bits.py", WRONG)
    run = folder.grade("--target", "address_bits.py")
    schema = (files("pytest_sockets") / "reports" / "result.schema.json").read_text("utf-8")
    jsonschema.validate(run.document, json.loads(schema))
    first = run.card["results"][0]
    assert (run.card["role"], first["id"]) == (
        "function",
        "address-bits-function/writes-32-bits",
    )
    assert [event["event"] for event in first["transcript"]] == ["started", "invoked", "returned"]
    assert [(line["line"], line["call"]) for line in first["lines"]] == [
        (2, "address_bits('100.4.5.6') → '0b1100100'")
    ]


def test_the_command_that_asks_again_asks_the_same(folder: Folder) -> None:
    """It names the role that the function has."""
    folder.write("address_bits.py", WRONG)
    told = folder.pytest("--target", "address_bits.py", "--sockets-seed", "3").out
    again = next(line for line in told.splitlines() if line.startswith("  pytest --target"))
    run = folder.grade(*again.split()[1:])
    assert run.outcomes["writes-32-bits"] == "failed"


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_a_module_may_hold_several_functions(workers: tuple[str, ...], folder: Folder) -> None:
    """Each is graded for its own exercise, also by xdist's workers."""
    text = "def subnet(a, b, mask):\n    return 1\n\n\n" + WRONG
    folder.write("mine.py", text)
    run = folder.grade("--target", "mine", *workers)
    assert [(card["target"], card["exercise"]) for card in run.cards] == [
        ("mine:subnet", "subnet"),
        ("mine:address_bits", "address-bits"),
    ]
    assert all(card["results"][0]["outcome"] == "failed" for card in run.cards)


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_a_module_is_run_as_a_whole_whatever_its_functions_are_called(
    workers: tuple[str, ...], folder: Folder
) -> None:
    """One of them may have the module's own name: it was not the one that was asked for."""
    text = HELLO.replace("def serve(", "def server(") + '\n\nserver("127.0.0.1", 8999)\n'
    folder.write("server.py", text)
    run = folder.grade("--target=server", "--exercise=tcp-hello", "--role=server", *workers)
    assert (run.card["target"], run.card["score"], run.status) == ("server", 100, 0), run.said


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["alone", "xdist"])
@pytest.mark.parametrize("spec", ["sums.py", "sums", "sums:add"])
def test_a_function_of_any_name_is_graded_for_an_exercise_of_ones_own(
    spec: str, workers: tuple[str, ...], folder: Folder
) -> None:
    """The exercise that was told says what it is."""
    folder.write("sum.py", SUM)
    folder.write("sums.py", "def add(a, b):\n    return a + b\n")
    run = folder.grade("--target", spec, "--exercise", "sum.py", *workers)
    assert run.status == 0, run.said
    assert (run.card["exercise"], run.card["score"]) == ("my-sum", 100)


NEAR = """\
from urllib.parse import urlsplit


def url(address):
    if address.count("://") > 1:
        return address.split("://")
    parts = urlsplit(address)
    port = {"http": 80, "ftp": 21}[parts.scheme] if parts.port is None else parts.port
    return (parts.scheme, parts.username, parts.password, parts.hostname, port, parts.path,
            parts.query)
"""


def test_what_is_for_information_is_shown_and_costs_nothing(folder: Folder) -> None:
    """A URL in the query of a URL is beyond what the tutorial asks for."""
    folder.write("url.py", NEAR)
    run = folder.grade("--target", "url.py")
    last = run.card["results"][-1]
    assert (run.status, run.card["score"], last["outcome"]) == (0, 100, "info")
    assert "it returned ['http', " in last["observed"]
