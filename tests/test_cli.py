"""The command pytest-sockets: what it tells, and the files it begins an exercise with."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from homework import PERFECT, SHOUT, SUM
from running import Folder

from pytest_sockets import catalogue, tour
from pytest_sockets.cli import main
from pytest_sockets.exercises import Exercise
from pytest_sockets.references import reference
from pytest_sockets.reports.look import Look
from pytest_sockets.reports.questions import asked_in, overview
from pytest_sockets.reports.wording import width

EXERCISES = catalogue.exercises()
COMMANDS = ("list", "explain", "new", "serve", "talk", "grade", "compare", "crossplay",
            "autograder")  # fmt: skip


def command(*words: str, status: int = 0) -> str:
    """Return what the command prints; it ends with ``status``."""
    result: Result = CliRunner().invoke(main, words, env={"COLUMNS": "80"})
    assert result.exit_code == status, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output


@pytest.mark.parametrize("words", [[], *([each] for each in COMMANDS)])
def test_help_tells_what_is_taken(words: list[str]) -> None:
    """Every command has a first sentence, and every option a description."""
    told = command(*words, "--help")
    assert "Usage:" in told
    assert all(len(line) <= 80 for line in told.splitlines())
    if not words:
        assert all(f"\n  {each} " in told for each in COMMANDS)


# list


def test_list_names_every_exercise() -> None:
    """Nobody has to know where exercises are kept."""
    told = command("list").splitlines()
    names = [line.split()[0] for line in told if not line.startswith(" ")]
    assert names == [*EXERCISES, "tour"]


@pytest.mark.parametrize("name", [None, *EXERCISES, "tour"])
def test_lists_fit_into_80_columns(name: str | None) -> None:
    """A Chinese character takes two of them."""
    told = command("list", *([name] if name else [])).splitlines()
    assert max(map(width, told)) <= 80
    assert not [line for line in told if line != line.rstrip()]


@pytest.mark.parametrize("name", EXERCISES)
def test_list_of_an_exercise_names_every_behaviour_with_its_points(name: str) -> None:
    """In columns: id, id in the catalogue, level, points."""
    told = command("list", name)
    for asked in asked_in([EXERCISES[name]]):
        (line,) = (each for each in _part(told, asked.role) if asked.behaviour.slug in each.split())
        words = [asked.behaviour.slug, asked.behaviour.catalogue, asked.behaviour.level]
        points = [str(asked.weighed.points), asked.weighed.part] if asked.weighed.points else []
        assert line.split() == words + points
    columns = {line.index(line.split()[1]) for line in _part(told, "server")}
    assert len(columns) <= 1


def _part(told: str, role: str) -> list[str]:
    """Return the lines of one role's table."""
    for part in told.split("\n\n"):
        head, *lines = part.splitlines()
        if head.endswith(f"-{role}") and " " not in head:
            return lines
    return []


def test_columns_stand_below_each_other_behind_chinese_names() -> None:
    """They are measured in columns of the terminal, not in characters."""
    names = ["回声", "tcp-x"]
    found = [Exercise(each, "", "tcp", f"{each}: 一个服务器", {}) for each in names]
    lines = list(overview(found, Look(80)))
    assert {width(line[: line.index("一个")]) for line in lines} == {7}


def test_list_as_json_holds_every_behaviour() -> None:
    """What is told to people is told to programs."""
    told = json.loads(command("list", "--json"))
    ids = [each["id"] for exercise in told for each in exercise["behaviours"]]
    assert ids == [asked.id for asked in asked_in([*EXERCISES.values(), tour.exercise()])]
    (one,) = json.loads(command("list", "tcp-echo", "--json"))
    assert one["exercise"] == "tcp-echo"
    needing = next(each for each in one["behaviours"] if each["behaviour"] == "ECH-02")
    assert needing["needs"] == ["tcp-echo-server/returns-the-same-bytes"]


def test_list_takes_an_exercise_of_one_s_own(tmp_path: Path) -> None:
    """As --exercise does."""
    path = tmp_path / "shout.py"
    path.write_text(SHOUT, "utf-8")
    assert "leaves-digits-alone" in command("list", str(path))


def test_a_file_that_can_t_be_loaded_is_told_as_it_is(tmp_path: Path) -> None:
    """Its name may be like one of ours: it is a file all the same."""
    path = tmp_path / "tcp-echo.py"
    path.write_text("exercise = (", "utf-8")
    told = command("list", str(path), status=2)
    assert "can't be loaded: SyntaxError" in " ".join(told.split())
    assert "did you mean" not in told


# explain


def test_a_behaviour_is_explained_by_its_id() -> None:
    """With everything that is known of it, and no answer to copy."""
    told = " ".join(command("explain", "tcp-echo-server/returns-every-message").split())
    asked = next(a for a in asked_in([EXERCISES["tcp-echo"]]) if a.behaviour.catalogue == "ECH-02")
    behaviour = asked.behaviour
    for part in (behaviour.title, behaviour.why, behaviour.hint, behaviour.source):
        assert part in told
    assert f"{asked.id}: must, {asked.weighed.points} of 100 points, basic" in told
    assert "needs tcp-echo-server/returns-the-same-bytes" in told
    assert "The client speaks first." in told
    assert "tcp_echo_server.py" in told
    assert "import socket" not in told


def test_what_the_tutorial_s_program_does_wrong_is_told() -> None:
    """It is the failing example that there is."""
    every = asked_in(EXERCISES.values())
    asked = next(each for each in every if each.behaviour.tutorial)
    assert str(asked.behaviour.tutorial) in " ".join(command("explain", asked.id).split())


@pytest.mark.parametrize("id_", ["ECH-02", "ech-02", "returns-every-message"])
def test_an_id_of_the_catalogue_explains_all_that_have_it(id_: str) -> None:
    """What is the same is told once, and then whose it is."""
    told = command("explain", id_)
    having = [a.id for a in asked_in(EXERCISES.values()) if a.behaviour.catalogue == "ECH-02"]
    assert len(having) > 2
    assert all(f"  {each}: " in told for each in having)
    assert told.count("The conversation is a loop") == 1


@pytest.mark.parametrize("name", [*EXERCISES, "tour"])
def test_every_behaviour_can_be_explained(name: str) -> None:
    """Within 80 columns, but for a path."""
    exercise = tour.exercise() if name == "tour" else EXERCISES[name]
    for asked in asked_in([exercise]):
        told = command("explain", asked.id).splitlines()
        assert max(width(line) for line in told if "program that passes" not in line) <= 80


def test_the_code_of_a_program_that_passes_is_shown_when_asked_for() -> None:
    """It is the reference program's file, as it stands."""
    found = reference(EXERCISES["tcp-echo"], "server")
    assert found is not None
    told = command("explain", "tcp-echo-server/returns-every-message", "--code")
    assert found.path.read_text("utf-8").strip() in told


def test_a_pair_is_passed_by_two_programs() -> None:
    """The reference server and the reference client."""
    told = command("explain", "tcp-echo-pair/wait-for-each-other")
    assert "tcp_echo_server.py" in told
    assert "tcp_echo_client.py" in told


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("tcp-echo-server/returns-evry-message", "tcp-echo-server/returns-every-message"),
        ("ECH-2", "ECH-02"),
        ("restart-at-once", "restarts-at-once"),
    ],
)
def test_the_nearest_ids_are_suggested_for_a_wrong_one(wrong: str, right: str) -> None:
    """Whoever has mistyped one sees what was meant."""
    told = command("explain", wrong, status=2)
    assert wrong in told
    assert right in told


@pytest.mark.parametrize("words", [["list"], ["new"], ["serve"], ["talk"]])
def test_an_exercise_that_does_not_exist_is_said_to_be_missing(words: list[str]) -> None:
    """With the nearest name, or with all of them."""
    more = ["127.0.0.1", "1"] if words == ["talk"] else []
    assert "did you mean tcp-echo?" in command(*words, "tcp-ecco", *more, status=2)
    assert ", ".join(EXERCISES) in command(*words, "?", *more, status=2)


# new


@pytest.mark.parametrize("name", EXERCISES)
def test_starter_files_hold_the_contract_and_no_solution(name: str, tmp_path: Path) -> None:
    """They are Python, and no socket is used in them."""
    command("new", name, "--folder", str(tmp_path))
    programs = sorted(tmp_path.glob("*.py"))
    roles = [role for role in EXERCISES[name].profiles if role != "pair"]
    assert len(programs) == len(roles)
    for path in programs:
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree) == EXERCISES[name].contract.strip()
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        assert {ast.unparse(each) for each in calls} <= {"main", "NotImplementedError"}


def test_starter_files_have_the_tutorial_s_address(tmp_path: Path) -> None:
    """Each in one place, whatever kind of address it is."""
    for name, address in (
        ("tcp-hello", 'ADDRESS = ("127.0.0.1", 8999)'),
        ("udp-chat", 'ADDRESS = ("127.0.0.1", 8081)'),
        ("unix-echo", 'ADDRESS = "echo.sock"'),
    ):
        command("new", name, "--folder", str(tmp_path / name))
        for path in (tmp_path / name).glob("*.py"):
            assert path.read_text("utf-8").count(address) == 1


@pytest.mark.parametrize("name", ["tcp-echo", "unix-echo", "url", "tcp-socketserver"])
def test_pytest_alone_grades_a_started_folder_and_the_skeleton_fails(
    name: str, folder: Folder
) -> None:
    """Not a single point is given for what is not written yet."""
    command("new", name, "--folder", str(folder.path))
    run = folder.grade()
    assert run.status == 1, run.said
    roles = list(EXERCISES[name].profiles)
    assert [(card["exercise"], card["role"]) for card in run.cards] == [(name, r) for r in roles]
    assert {card["score"] for card in run.cards} == {0}
    outcomes = {result["outcome"] for card in run.cards for result in card["results"]}
    assert outcomes <= {"failed", "blocked"}


def test_a_started_folder_is_passed_by_a_right_program(folder: Folder) -> None:
    """The settings name the right exercise, and the file the right role."""
    found = reference(EXERCISES["tcp-hello"], "server")
    assert found is not None
    command("new", "tcp-hello", "--role", "server", "--folder", str(folder.path))
    folder.write("server.py", found.path.read_bytes())
    run = folder.grade()
    assert (run.status, run.card["score"]) == (0, 100), run.said


@pytest.mark.parametrize(
    ("text", "program", "score"),
    [(SHOUT, PERFECT, 100), (SUM, "def my_sum(a, b):\n    return a + b\n", 100)],
)
def test_a_started_folder_knows_an_exercise_of_ones_own(
    text: str, program: str, score: int, folder: Folder
) -> None:
    """By its file, as it is seen from the folder."""
    source, hw = folder.write("course/mine.py", text), folder.path / "ada" / "hw"
    command("new", str(source), "--folder", str(hw))
    for path in hw.glob("*.py"):
        path.write_text(program, "utf-8")
    run = Folder(hw).grade()
    assert (run.status, run.card["score"]) == (0, score), run.said


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Where one file is in the way, none is written."""
    mine = tmp_path / "client.py"
    mine.write_text("mine", "utf-8")
    told = command("new", "tcp-echo", "--folder", str(tmp_path), status=1)
    assert "client.py" in told
    assert [path.name for path in tmp_path.iterdir()] == ["client.py"]
    assert mine.read_text("utf-8") == "mine"


def test_what_was_begun_can_be_gone_on_with(tmp_path: Path) -> None:
    """The client's file can follow the server's; the settings are there already."""
    for role in ("server", "client", "client"):
        command("new", "tcp-echo", "--role", role, "--folder", str(tmp_path))
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["client.py", "pytest.ini", "server.py"]


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["tcp-socketserver", "--role", "client"], 2, "tcp-socketserver has no client"),
        (["tour"], 2, "asks for no program"),
        (["tcp-echo", "--folder", "file"], 1, "file can't be written to"),
    ],
)
def test_new_says_what_is_not_possible(
    words: list[str], status: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A role that there is not, and a folder that is none."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    assert told in command("new", *words, status=status)
