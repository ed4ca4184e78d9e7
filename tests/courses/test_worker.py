"""What a worker makes of one submission: a scorecard for each part, whatever is lacking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from pytest_sockets import catalogue
from pytest_sockets.courses.grader import _part
from pytest_sockets.courses.homework import Homework, HomeworkPart, whole_exercise
from pytest_sockets.courses.worker import graded
from pytest_sockets.programs.place import Runner

from .classes import found, write

REFERENCE = Path(__file__).parent.parent.parent / "reference"
HELLO = whole_exercise(catalogue.exercises()["tcp-hello"])
BITS = catalogue.exercises()["address-bits"]
GOOD_BITS = (REFERENCE / "address_bits_function.py").read_text("utf-8")
PROGRAMS = {f"{role}.py": (REFERENCE / f"tcp_hello_{role}.py").read_text("utf-8")
            for role in ("server", "client")}  # fmt: skip

Cards = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    """What runs the programs."""
    made = Runner()
    yield made
    made.close()


def cards(runner: Runner, folder: Path, files: Any, homework: Homework = HELLO) -> Cards:
    """Return the scorecards by role of a submission that holds ``files``."""
    write(folder / "hw" / "ada", files)
    (only,) = found(folder / "hw", folder / "w", homework=homework).submissions
    task = {"folder": str(only.folder), "origin": only.origin, "seed": 1,
            "parts": [asdict(_part(part, only)) for part in homework.parts]}  # fmt: skip
    return {card["role"]: card for card in graded(task, runner)["result"]["scorecards"]}


def total(of: Cards) -> dict[str, tuple[float, float]]:
    """Return points and the most points by role."""
    return {role: (card["score"], card["max_score"]) for role, card in of.items()}


def test_server_client_and_both_together_are_graded(runner: Runner, tmp_path: Path) -> None:
    """The whole exercise, as a reference solves it."""
    found_cards = cards(runner, tmp_path, PROGRAMS)
    assert total(found_cards) == dict.fromkeys(("server", "client", "pair"), (100.0, 100.0))
    assert found_cards["server"]["target"] == "ada/server.py"


def test_what_is_missing_costs_its_points_and_blocks_the_pair(
    runner: Runner, tmp_path: Path
) -> None:
    """The total stays what it is, and what to mend first is named."""
    found_cards = cards(runner, tmp_path, {"README": "x"})
    assert total(found_cards) == dict.fromkeys(("server", "client", "pair"), (0.0, 100.0))
    first, *others = found_cards["server"]["results"]
    assert first["outcome"] == "failed"
    assert first["observed"].startswith("there is no program for it (server.py")
    assert {each["blocked_by"] for each in others} == {first["id"]}
    assert {each["blocked_by"] for each in found_cards["pair"]["results"]} == {first["id"]}


def test_what_is_unclear_is_not_judged(runner: Runner, tmp_path: Path) -> None:
    """It costs nothing until somebody has looked, and the card says that it is not complete."""
    files = {"server_a.py": "", "server_b.py": "", "client_a.py": "", "client_b.py": ""}
    found_cards = cards(runner, tmp_path, files)
    assert {card["complete"] for card in found_cards.values()} == {False}
    assert set(total(found_cards).values()) == {(0.0, 0.0)}


def test_a_file_that_is_no_text_is_no_program(runner: Runner, tmp_path: Path) -> None:
    """The student is told so, by the name of the file."""
    found_cards = cards(runner, tmp_path, {"server.py": b"\0", "client.py": b"\0"})
    assert total(found_cards)["server"] == (0.0, 100.0)
    said = found_cards["server"]["results"][0]["observed"]
    assert said == "server.py is no text file: it holds binary data"


@pytest.mark.parametrize(
    "name", ["cmd:exit.py", "tcp:x.py", "-c.py", "a b.py", "[x].py", "it's.py", "解 答.py", "*.py"]
)
@pytest.mark.skipif("os.name == 'nt'", reason="Windows allows fewer names")
def test_a_file_s_name_is_nothing_but_a_name(runner: Runner, tmp_path: Path, name: str) -> None:
    """Neither a command nor an address nor a pattern."""
    homework = Homework("x", (HomeworkPart(BITS, "function", 10.0, ("*.py",)),))
    assert total(cards(runner, tmp_path, {name: GOOD_BITS}, homework)) == {"function": (100, 100)}


def test_an_exercise_of_ones_own_is_graded(runner: Runner, tmp_path: Path) -> None:
    """Its file is named by where it lies, and read by the worker."""
    suite = REFERENCE.parent / "conformance" / "test_address_bits.py"
    own = write(tmp_path / "own", {"mine.py": suite.read_text("utf-8")}) / "mine.py"
    part = HomeworkPart(catalogue.exercise(str(own), tmp_path), "function", 10.0, (), own)
    homework = replace(HELLO, parts=(part,))
    assert total(cards(runner, tmp_path, {"x.py": GOOD_BITS}, homework)) == {"function": (100, 100)}


def test_a_submission_s_own_modules_are_its_program_s_alone(runner: Runner, tmp_path: Path) -> None:
    """A file that is named like a module of ours is never imported by the worker."""
    trap = f"open({str(tmp_path / 'ran')!r}, 'w').write('x')\n"
    names = (
        "conftest.py",
        "sitecustomize.py",
        "usercustomize.py",
        "pytest_sockets.py",
        "psutil.py",
    )
    files = {"address_bits.py": GOOD_BITS, **dict.fromkeys(names, trap)}
    homework = Homework("x", (HomeworkPart(BITS, "function", 10.0),))
    assert total(cards(runner, tmp_path, files, homework)) == {"function": (100, 100)}
    assert not (tmp_path / "ran").exists()
