"""``pytest-sockets grade``: a class graded in real processes, killed, resumed and refused."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from running import clean_environment

from pytest_sockets.cli import main
from pytest_sockets.courses.store import Record, Store

from .classes import Files, history, last_records, write, zipped

pytestmark = pytest.mark.xdist_group("grade")

ROOT = Path(__file__).parent.parent.parent
SCHEMA = resources.files("pytest_sockets") / "reports" / "result.schema.json"
GOOD = next((ROOT / "reference").glob("*address_bits*.py")).read_text("utf-8")
WRONG = "def address_bits(address):\n    return address\n"
ENDLESS = "while True:\n    pass\n"
BINARIES = "Scripts" if os.name == "nt" else "bin"
KILLER = "import os, signal\nos.killpg(0, signal.SIGKILL)\n"
STUDENTS: dict[str, Files] = {
    "ada": {"address_bits.py": GOOD},
    "bob": {"address_bits.py": WRONG},
    "cy": {"notes.txt": "sorry"},
    "dan": {"address_bits.py": KILLER},
    "eve": {"address_bits.py": b"\0\1\2"},
    "fay": {"a/address_bits.py": GOOD, "b/address_bits.py": WRONG},
    "张三": {"address_bits.py": GOOD},
}
POINTS = {"ada": 100.0, "bob": 0.0, "cy": 0.0, "dan": 0.0, "eve": 0.0, "fay": None, "张三": 100.0}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The instructor's folder, with a class in it; copies are made below it as well."""
    for name, files in STUDENTS.items():
        write(tmp_path / "hw" / name, files)
    zipped(tmp_path / "hw" / "gus.zip", {"address_bits.py": GOOD})
    (tmp_path / "tmp").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a run that makes its copies below ``folder``."""
    clean = clean_environment()
    return {**clean, "PYTHONIOENCODING": "utf-8", "TMPDIR": str(folder / "tmp"), "LANGUAGE": "en"}


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the command."""
    command = [sys.executable, "-m", "pytest_sockets.cli", "grade", "hw", "--exercise",
               "address-bits", "--workers", "2", *words]  # fmt: skip
    return subprocess.Popen(command, cwd=folder, env=environment(folder), text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            encoding="utf-8")  # fmt: skip


def run(folder: Path, *words: str, status: int = 0) -> str:
    """Return what the command prints; it ends with ``status``."""
    with start(folder, *words) as process:
        told, _ = process.communicate(timeout=110)
    assert process.returncode == status, told
    return told


def records(path: Path) -> dict[str, Record]:
    """Return the last record of each student."""
    with Store(path) as store:
        return last_records(store)


def score(record: Record) -> float | None:
    """Return the points of the only part, None when not everything was judged."""
    assert record.result is not None
    (card,) = record.result["scorecards"]
    assert sum(result["max_points"] for result in card["results"]) == 100
    return float(card["score"]) if card["complete"] else None


def without_times(record: Record) -> Any:
    """Return what does not differ between two runs: everything but the times."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            gone = {"started", "duration", "at", "finished", "seconds"}
            return {name: plain(each) for name, each in value.items() if name not in gone}
        if isinstance(value, (list, tuple)):
            return [plain(each) for each in value]
        return re.sub(r"\b\d{4,5}\b|0x[0-9a-f]+", "N", value) if isinstance(value, str) else value

    return plain(vars(record))


def test_a_grade_goes_on_when_nobody_reads_what_it_prints(folder: Path) -> None:
    """``| head`` is no reason to lose the rest of a class, nor to complain."""
    command = [sys.executable, "-m", "pytest_sockets.cli", "grade", "hw", "--exercise",
               "address-bits"]  # fmt: skip
    with subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()
    assert (complaints, process.returncode) == (b"", 0)
    with Store(folder / "grades.db") as store:
        assert set(store.statuses().values()) == {"graded"}


def test_every_submission_is_accounted_for(folder: Path) -> None:
    """Good, wrong, missing, binary, unclear, and one that kills its own process group."""
    told = run(folder, "--seed", "5")
    kept = records(folder / "grades.db")
    assert {name: score(record) for name, record in kept.items()} == POINTS | {"gus": 100.0}
    assert {record.seed for record in kept.values()} == {5}
    assert all(re.search(rf"^{name} .* of 100 ", told, re.M) for name in kept if name != "fay")
    assert re.search(r"^fay +0 of 0 +not everything was judged", told, re.M)
    assert "several files fit, a/address_bits.py, b/address_bits.py" in told
    assert not list((folder / "tmp").glob("pytest-sockets-class-*"))


def test_a_record_is_a_valid_result_with_all_it_takes_to_repeat_it(folder: Path) -> None:
    """Seed, versions, containment, machine, conditions and the digests of the files."""
    import jsonschema

    run(folder, "--seed", "5")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    for record in records(folder / "grades.db").values():
        jsonschema.validate(record.result, schema)
        assert set(record.versions) == {"pytest-sockets", "python", "grader"}
        assert record.platform
        assert set(record.conditions) == {"portable", "limit", "workers", "processors"}
    ada = records(folder / "grades.db")["ada"]
    assert ada.result is not None
    assert ada.result["containment"]
    assert set(ada.files) == {"address_bits.py"}


def killed_after(folder: Path, count: int, *words: str) -> int:
    """Kill the command once it has told of ``count`` submissions; return how many it told."""
    with start(folder, *words) as process:
        assert process.stdout is not None
        finished = 0
        for line in process.stdout:
            finished += line.startswith("[")
            if finished == count:
                process.send_signal(signal.SIGKILL)
                break
    return finished


def test_a_killed_run_goes_on_where_it_was(folder: Path) -> None:
    """Nothing that was finished is lost or done again, and the results are the same."""
    assert killed_after(folder, 2, "--seed", "5") == 2
    assert killed_after(folder, 2, "--resume") == 2
    run(folder, "--resume")
    with Store(folder / "grades.db") as store:
        assert {len(history(store, student)) for student in store.statuses()} == {1}
    run(folder, "--seed", "5", "--store", "other.db")
    resumed, undisturbed = records(folder / "grades.db"), records(folder / "other.db")
    assert {name: without_times(each) for name, each in resumed.items()} == {
        name: without_times(each) for name, each in undisturbed.items()
    }
    assert not list((folder / "tmp").glob("pytest-sockets-class-*"))


def test_what_has_changed_is_graded_again_and_nothing_else(folder: Path) -> None:
    """Another file, or another seed; the earlier record stays."""
    run(folder, "--seed", "5")
    write(folder / "hw" / "bob", {"address_bits.py": GOOD})
    assert "1 of 8 submissions to grade" in run(folder, "--resume")
    assert score(records(folder / "grades.db")["bob"]) == 100.0
    assert "0 of 8 submissions to grade" in run(folder, "--resume")
    with Store(folder / "grades.db") as store:
        assert [score(each) for each in history(store, "bob")] == [0.0, 100.0]


COMMAND = Path(sysconfig.get_path("scripts")) / "pytest-sockets"


@pytest.mark.skipif(not COMMAND.exists(), reason="the command is not installed as a script")
def test_nothing_is_imported_from_the_folder_that_the_command_is_run_in(folder: Path) -> None:
    """An instructor may well be in the folder of a student, or in that of all of them."""
    trap = f"open({str(folder / 'ran')!r}, 'w').close()\n"
    names = ("pickle", "random", "signal", "selectors", "psutil", "pytest_sockets", "tomllib",
             "multiprocessing", "socket", "json", "sitecustomize")  # fmt: skip
    write(folder / "hw", {f"{name}.py": trap for name in names})
    write(folder / "hw", {f"{name}/__init__.py": trap for name in ("threading", "sqlite3", "rich")})
    done = subprocess.run([COMMAND, "grade", ".", "--exercise", "address-bits"], cwd=folder / "hw",
                          env=environment(folder), capture_output=True, text=True, encoding="utf-8",
                          check=False)  # fmt: skip
    assert re.search(r"^ada +100 of 100", done.stdout, re.M), done.stdout + done.stderr
    assert not (folder / "ran").exists()


def test_a_finished_grade_is_not_overwritten(folder: Path) -> None:
    """Whoever means to go on says so."""
    run(folder)
    told = run(folder, status=2)
    assert "grades.db holds a grade: go on with it by --resume, grade everything anew by " in told


def test_a_submission_that_takes_too_long_is_not_judged_and_told(folder: Path) -> None:
    """The others are graded, and the exit status tells that something is open."""
    for name in STUDENTS:
        shutil.rmtree(folder / "hw" / name)
    command = "import time\ntime.sleep(10 ** 6)\n"
    write(folder / "hw" / "bob", {"address_bits.py": command})
    told = run(folder, "--limit", "1", "--workers", "1", status=1)
    kept = records(folder / "grades.db")
    assert kept["bob"].status == "not-judged"
    assert kept["bob"].attempts == 2
    assert re.search(r"^bob +– +not judged: grading took longer than 1 s", told, re.M)


def test_a_grade_that_is_interrupted_says_how_to_go_on(folder: Path) -> None:
    """And leaves neither processes nor copies."""
    with start(folder, "--seed", "5") as process:
        assert process.stdout is not None
        assert any(line.startswith("[") for line in process.stdout)
        process.send_signal(signal.SIGINT)
        told = process.stdout.read()
    assert process.returncode == 130
    assert re.sub(r"^\[.*\n", "", told, flags=re.M) == (
        "Error: stopped; what is finished is kept in grades.db: go on with --resume\n"
    )
    assert not list((folder / "tmp").glob("pytest-sockets-class-*"))


def test_where_no_output_can_be_written_nothing_is_graded(folder: Path) -> None:
    """It is known before the class has been waited for."""
    write(folder, {"taken": ""})
    told = run(folder, "--output", os.path.join("taken", "out"), status=2)
    assert "--output: " in told
    assert "can't be written" in told
    assert records(folder / "grades.db") == {}


def test_with_a_role_only_that_program_is_asked_for(folder: Path) -> None:
    """Nobody loses points for a client that was no homework."""
    shutil.rmtree(folder / "hw")
    server = (ROOT / "reference" / "tcp_hello_server.py").read_text("utf-8")
    write(folder / "hw" / "ada", {"homework.py": server})
    told = run(folder, "--exercise", "tcp-hello", "--role", "server")
    assert re.search(r"^ada +100 of 100", told, re.M)
    assert "homework.py is taken for tcp-hello-server, whatever its name" in told


def test_the_interpreter_is_found_from_the_folder_that_the_command_is_run_in(
    folder: Path,
) -> None:
    """And the links of a virtual environment are not followed out of it."""
    shutil.rmtree(folder / "hw")
    inside = "\nimport sys\nassert sys.prefix != sys.base_prefix\n"
    write(folder / "hw" / "ada", {"address_bits.py": GOOD + inside})
    venv.create(folder / "own", symlinks=os.name != "nt")
    told = run(folder, "--python", os.path.join("own", BINARIES, "python"))
    assert re.search(r"^ada +100 of 100", told, re.M)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in; there are no submissions in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none", "--exercise", "url"], "there is no folder or archive none"),
        (["."], "either --exercise NAME or --assignment FILE"),
        ([".", "--exercise", "url", "--assignment", "a.toml"], "either --exercise"),
        ([".", "--exercise", "tcp-ecko"], "did you mean tcp-echo?"),
        ([".", "--exercise", "none.py"], "there is no file"),
        ([".", "--exercise", "url", "--role", "server"], "url has no role server; it has function"),
        ([".", "--exercise", "url", "--role", "pair"], "--role"),
        ([".", "--assignment", "a.toml", "--role", "server"], "--role goes with --exercise"),
        ([".", "--assignment", "none.toml"], "none.toml can't be read"),
        ([".", "--exercise", "url"], "holds no submission"),
        ([".", "--exercise", "url", "--store", "no/x.db"], "can't be opened"),
        ([".", "--exercise", "url", "--python", "no-python"], "no-python is no Python interpreter"),
        ([".", "--exercise", "url", "--python", "true"], "true is no Python interpreter"),
        ([".", "--exercise", "url", "--workers", "0"], "--workers"),
    ],
)
def test_bad_use_is_said_in_a_line(elsewhere: Path, words: list[str], said: str) -> None:
    """With what to do about it, and no traceback."""
    result = CliRunner().invoke(main, ["grade", *words], env={"LANGUAGE": "en"})
    assert result.exit_code == 2
    assert said in result.output
    assert isinstance(result.exception, SystemExit)
