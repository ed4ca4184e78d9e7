"""``pytest-sockets crossplay``: programs of a class meet each other, each pair contained."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from facilities import PROVED

from pytest_sockets.cli import main
from pytest_sockets.courses.crossplay import _met, _pairs, playable
from pytest_sockets.courses.homework import Homework, HomeworkPart, whole_exercise
from pytest_sockets.courses.notices import BadCourse
from pytest_sockets.courses.outputs import write_outputs
from pytest_sockets.courses.pool import Finished
from pytest_sockets.courses.store import Store
from pytest_sockets.messages import message, same
from pytest_sockets.results import Outcome

from .classes import ECHO, SERVER, WHOLE, Files, found, write
from .test_grade_command import KILLER, environment

pytestmark = [pytest.mark.xdist_group("grade"), pytest.mark.timeout(600)]

ROOT = Path(__file__).parent.parent.parent
RIGHT = {role: (ROOT / "reference" / f"tcp_echo_{role}.py").read_text("utf-8")
         for role in ("server", "client")}  # fmt: skip

# Both wait for a word of welcome that the exercise does not have.
OWN_SERVER = """\
import socket

listener = socket.socket()
listener.bind(("127.0.0.1", 8000))
listener.listen()
connection, address = listener.accept()
connection.send(b"welcome")
while data := connection.recv(1024):
    connection.send(data)
"""
OWN_CLIENT = """\
import socket

sock = socket.socket()
sock.connect(("127.0.0.1", 8000))
print(sock.recv(1024).decode())
while line := input("> "):
    sock.send(line.encode())
    print(sock.recv(1024).decode())
sock.close()
"""
STUDENTS: dict[str, Files] = {
    "ada": {"server.py": RIGHT["server"], "client.py": RIGHT["client"]},
    "bob": {"server.py": OWN_SERVER, "client.py": OWN_CLIENT},
    "cy": {"server.py": KILLER},
}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a class has played."""
    folder = tmp_path_factory.mktemp("class")
    for name, files in STUDENTS.items():
        write(folder / "hw" / name, files)
    words = ["--lang", "en", "crossplay", str(folder / "hw"), "--exercise", "tcp-echo", "--seed",
             "3", "--store", str(folder / "grades.db"),
             "--output", str(folder / "out")]  # fmt: skip
    result = CliRunner().invoke(main, words, env={"COLUMNS": "100"})
    assert result.exit_code == 0, result.output
    (folder / "told").write_text(result.output, "utf-8")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file.

    How long is waited where silence can't be proved is measured anew by each run.
    """
    text = re.sub(r"within [\d.]+ s", "within … s", path.read_text("utf-8-sig"))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_client_meets_every_server_and_the_references(played: Path) -> None:
    """Each pair in a place of its own, also with one that kills its process group."""
    matrix: Mapping[str, dict[str, str]] = {
        row.pop("client"): row for row in rows(played / "out" / "crossplay.csv")
    }
    right = {"the reference": "passed", "ada": "passed", "bob": "failed", "cy": "failed"}
    assert matrix == {
        "the reference": right,
        "ada": right,
        "bob": {"the reference": "failed", "ada": "failed", "bob": "passed", "cy": "failed"},
    }


def test_a_protocol_of_its_own_is_told_from_a_wrong_program(played: Path) -> None:
    """Each with what was observed where it met the reference."""
    told = {
        (row["student"], row["role"]): row
        for row in rows(played / "out" / "crossplay-verdicts.csv")
    }
    assert {whose: row["verdict"] for whose, row in told.items()} == {
        ("ada", "client"): "fits",
        ("ada", "server"): "fits",
        ("bob", "client"): "only-itself",
        ("bob", "server"): "only-itself",
        ("cy", "server"): "nobody",
    }
    waits = "waits for bytes in recv (client.py:5)" if PROVED else "nothing more within"
    assert waits in told["bob", "client"]["observed"]
    assert told["cy", "server"]["observed"]


def test_the_cost_is_told_before_and_who_is_missing(played: Path) -> None:
    """Nobody is left out in silence."""
    told = (played / "told").read_text("utf-8")
    assert "12 meetings (clients: 3, servers: 4, seed: 3): about " in told
    assert "cy: tcp-echo-client: there is no program for it" in told
    assert "2 bob           ✗ ✗ ✓ ✗" in told


def test_what_a_store_was_told_is_on_the_page_of_the_class(played: Path, tmp_path: Path) -> None:
    """Grading and playing are two commands."""
    pytest.importorskip("jinja2")
    handed_in = found(played / "hw", tmp_path / "work")
    with Store(played / "grades.db") as store:
        assert json.loads(store.facts()["crossplay/tcp-echo"])["seed"] == 3
        write_outputs(tmp_path / "out", handed_in, store, WHOLE, same)
    assert "Who understands whom: tcp-echo" in (tmp_path / "out" / "class.html").read_text("utf-8")


def test_one_that_is_killed_goes_on_where_it_was(played: Path, tmp_path: Path) -> None:
    """What has met does not meet again, unless one of the two has changed."""
    words = ["crossplay", str(played / "hw"), "--exercise", "tcp-echo", "--workers", "1",
             "--store", str(tmp_path / "x.db")]  # fmt: skip
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "pytest_sockets.cli", *words, "--seed", "3"]
    with subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.PIPE,
                          text=True) as process:  # fmt: skip
        assert process.stdout is not None
        assert any(line.startswith("[1/3]") for line in process.stdout)
        process.kill()
    with Store(tmp_path / "x.db") as store:
        kept = len(store.meetings("tcp-echo"))
    assert 4 <= kept < 12
    words = ["--lang", "en", *words, "--output", str(tmp_path / "out"), "--resume"]
    result = CliRunner().invoke(main, words, env={"COLUMNS": "100"})
    assert f"{12 - kept} meetings (clients: 3, servers: 4, seed: 3): about " in result.output
    for name in ("crossplay.csv", "crossplay-verdicts.csv"):
        assert rows(tmp_path / "out" / name) == rows(played / "out" / name)
    shutil.copytree(played / "hw", tmp_path / "hw")
    (tmp_path / "hw" / "bob" / "client.py").write_text(RIGHT["client"], "utf-8")
    words[3] = str(tmp_path / "hw")
    result = CliRunner().invoke(main, words, env={"COLUMNS": "100"})
    # All of bob's files may decide: his client meets four servers, his server three clients.
    assert "6 meetings (clients: 3, servers: 4, seed: 3): about " in result.output


@pytest.mark.parametrize("most", [0, 3, 8, None])
def test_everybody_meets_as_many_others_as_the_limit_says(most: int | None) -> None:
    """And always the reference and the own other half; the seed decides."""
    students = list(range(1, 10))
    pairs = _pairs(students, 3, most)
    assert pairs == _pairs(students, 3, most)
    assert len(pairs) == len(set(pairs))
    for own, other in ((0, 1), (1, 0)):
        met = Counter(pair[own] for pair in pairs if pair[other] != 0)
        assert {met[each] for each in students} == {1 + min(8, 8 if most is None else most)}
    assert {(0, 0), *((each, each) for each in students)} <= set(pairs)
    assert {(0, each) for each in students} | {(each, 0) for each in students} <= set(pairs)


def test_another_seed_chooses_other_meetings() -> None:
    """Where not all meet."""
    students = list(range(1, 30))
    assert _pairs(students, 3, 3) != _pairs(students, 4, 3)


def test_a_meeting_that_could_not_be_judged_accuses_nobody() -> None:
    """The worker was lost, or the harness has an error."""
    lost = _met(Finished("[1, 2]", None, 2, message("it was killed")))
    assert (lost.outcome, lost.told) == (Outcome.NOT_JUDGED, "it was killed")
    ours = _met(Finished("[1, 2]", {"result": None, "error": "Traceback\nValueError: x\n"}, 1))
    assert ours.outcome is Outcome.NOT_JUDGED
    assert "an error of the harness, not of the program: ValueError: x" in ours.told


def test_an_exercise_without_two_programs_can_t_be_played() -> None:
    """It is said which can."""
    from pytest_sockets import catalogue

    every = catalogue.exercises()
    assert playable(WHOLE).exercise is ECHO
    assert playable(SERVER).exercise is ECHO
    with pytest.raises(BadCourse, match=r"url has no server and client .* there are .*tcp-echo"):
        playable(whole_exercise(every["url"]))
    two = Homework("x", tuple(HomeworkPart(every[name], "server", 1.0)
                              for name in ("tcp-echo", "tcp-hello")))  # fmt: skip
    with pytest.raises(BadCourse, match="tcp-echo, tcp-hello could be played: name one"):
        playable(two)


def test_an_assignment_for_a_server_alone_has_no_clients_to_play(tmp_path: Path) -> None:
    """Only the reference client meets the servers."""
    write(tmp_path / "hw" / "ada", {"server.py": RIGHT["server"]})
    (tmp_path / "hw.toml").write_text(
        'title = "x"\n[[part]]\nexercise = "tcp-echo"\nrole = "server"\n'
    )
    words = ["--lang", "en", "crossplay", str(tmp_path / "hw"), "--assignment",
             str(tmp_path / "hw.toml"), "--store", str(tmp_path / "x.db")]  # fmt: skip
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "2 meetings (clients: 1, servers: 2, " in result.output
    assert "fits: 1 of 1" in result.output


def test_where_no_output_can_be_written_nobody_plays(tmp_path: Path) -> None:
    """It is known before the meetings have been waited for."""
    write(tmp_path / "hw" / "ada", {"server.py": RIGHT["server"]})
    write(tmp_path, {"taken": ""})
    words = ["--lang", "en", "crossplay", str(tmp_path / "hw"), "--exercise", "tcp-echo",
             "--store", str(tmp_path / "x.db"),
             "--output", str(tmp_path / "taken" / "out")]  # fmt: skip
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "can't be written" in result.output
    assert "meetings" not in result.output
