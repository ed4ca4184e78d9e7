"""What ``pytest-sockets autograder`` writes works where it is taken to."""

from __future__ import annotations

import io
import json
import os
import re
import runpy
import shutil
import stat
import subprocess
import sys
import zipfile
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from homework import SHOUT
from reports.test_gradescope_and_classroom import AUTOGRADING, CLASSROOM, GRADESCOPE

from pytest_sockets import catalogue
from pytest_sockets.cli import main

EXERCISES = catalogue.exercises()
BASH = shutil.which("bash")
ON_LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux") or BASH is None,
    reason="Gradescope's and GitHub's scripts are Bash on Linux",
)


def autograder(*words: str, status: int = 0) -> str:
    """Return what the command prints; it ends with ``status``."""
    result = CliRunner().invoke(main, ["--lang", "en", "autograder", *words])
    assert result.exit_code == status, result.output
    return result.output


def unpacked(path: Path, folder: Path) -> Path:
    """Unpack a zip file as Gradescope does, with the modes of its files."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            archive.extract(info, folder)
            (folder / info.filename).chmod(info.external_attr >> 16)
    return folder


def bash(*words: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Return what came of a run of Bash."""
    assert BASH is not None
    return subprocess.run(
        [BASH, *words], capture_output=True, text=True, timeout=100, check=False, **more
    )


# Gradescope


class Gradescope:
    """Gradescope's machine: /autograder is a folder of the test's."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        autograder(*words, "--for", "gradescope", "--output", str(folder / "autograder.zip"))
        self.source = unpacked(folder / "autograder.zip", folder / "source")
        self.submission = folder / "submission"
        self.submission.mkdir()
        python = folder / "venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        python.chmod(0o755)

    def hand_in(self, **files: Path | str) -> dict[str, Any]:
        """Return the valid results.json of a submission."""
        for name, content in files.items():
            text = content if isinstance(content, str) else content.read_text("utf-8")
            (self.submission / f"{name}.py").write_text(text, encoding="utf-8")
        script = self.folder / "run_autograder"
        text = (self.source / "run_autograder").read_text("utf-8")
        script.write_text(text.replace("/autograder/", f"{self.folder}/"), encoding="utf-8")
        done = bash(str(script), cwd=self.folder)
        assert done.returncode == 0, done.stdout + done.stderr
        results: dict[str, Any] = json.loads((self.folder / "results/results.json").read_text())
        GRADESCOPE.validate(results)
        assert results["extra_data"]["max_score"] == sum(t["max_score"] for t in results["tests"])
        return results


def reference(name: str) -> Path:
    """Return a program that passes."""
    return Path(__file__).parent.parent / "reference" / f"{name}.py"


def test_the_zip_holds_what_gradescope_asks_for(tmp_path: Path) -> None:
    """Both scripts at its root and executable, and results for the case that nothing else is."""
    path = tmp_path / "autograder.zip"
    autograder("tcp-echo", "--for", "gradescope", "--output", str(path))
    files = {each.name: each for each in unpacked(path, tmp_path / "source").iterdir()}
    assert {"setup.sh", "run_autograder", "nothing.json"} <= set(files)
    for name in ("setup.sh", "run_autograder"):
        assert files[name].stat().st_mode & stat.S_IXUSR
        assert files[name].read_bytes().startswith(b"#!/usr/bin/env bash\n")
        assert b"\r" not in files[name].read_bytes()
    nothing = json.loads(files["nothing.json"].read_text("utf-8"))
    GRADESCOPE.validate(nothing)
    assert (nothing["score"], nothing["extra_data"]["max_score"]) == (0, 200)
    assert "hand it in again" in nothing["output"]


@ON_LINUX
@pytest.mark.parametrize("name", EXERCISES)
def test_the_scripts_are_bash(name: str, tmp_path: Path) -> None:
    """For every exercise, as ``bash -n`` reads them."""
    path = tmp_path / "autograder.zip"
    autograder(name, "--for", "gradescope", "--output", str(path))
    source = unpacked(path, tmp_path / "source")
    for script in ("setup.sh", "run_autograder"):
        assert bash("-n", str(source / script)).returncode == 0


def test_the_same_command_makes_the_same_file(tmp_path: Path) -> None:
    """Nothing in it comes from the clock or from the machine."""
    paths = [tmp_path / name for name in ("a.zip", "b.zip")]
    for path in paths:
        autograder("udp-echo", "--for", "gradescope", "--output", str(path))
    assert paths[0].read_bytes() == paths[1].read_bytes()


@ON_LINUX
def test_gradescope_grades_two_programs_that_pass(tmp_path: Path) -> None:
    """Server and client are graded by runs of their own and told together."""
    machine = Gradescope(tmp_path, "tcp-hello")
    files = {role: reference(f"tcp_hello_{role}") for role in ("server", "client")}
    results = machine.hand_in(**files)
    assert (results["score"], results["extra_data"]["max_score"]) == (200, 200), results
    assert results["tests"][0]["name"].startswith("tcp-hello-server: ")
    assert results["tests"][-1]["number"].startswith("2.")


@ON_LINUX
def test_a_behaviour_is_shown_when_the_instructor_says(tmp_path: Path) -> None:
    """In the grade, and in what is there when there is none; the others are seen at once."""
    words = ["tcp-hello", "--role", "server", "--visibility", "restarts-at-once=after_due_date"]
    machine = Gradescope(tmp_path, *words)
    nothing = json.loads((machine.source / "nothing.json").read_text("utf-8"))
    for results in (nothing, machine.hand_in(server="this is no Python")):
        later = [test["extra_data"]["id"] for test in results["tests"]
                 if test["visibility"] != "visible"]  # fmt: skip
        assert later == ["tcp-hello-server/restarts-at-once"]


@ON_LINUX
def test_an_assignment_file_says_when_behaviours_are_shown(tmp_path: Path) -> None:
    """All of them, and one otherwise; an option has the last word."""
    (tmp_path / "hw.toml").write_text(
        'title = "x"\n[[part]]\nexercise = "tcp-hello"\nrole = "server"\n'
        '[visibility]\nothers = "after_published"\n'
        '"tcp-hello-server/restarts-at-once" = "hidden"\n'
        '"tcp-hello-server/listens-on-its-address" = "hidden"\n'
    )
    words = ["tcp-hello", "--role", "server", "--assignment", str(tmp_path / "hw.toml"),
             "--visibility", "listens-on-its-address=visible"]  # fmt: skip
    nothing = json.loads((Gradescope(tmp_path, *words).source / "nothing.json").read_text("utf-8"))
    seen = {test["extra_data"]["id"].partition("/")[2]: test["visibility"]
            for test in nothing["tests"]}  # fmt: skip
    assert seen.pop("restarts-at-once") == "hidden"
    assert seen.pop("listens-on-its-address") == "visible"
    assert set(seen.values()) == {"after_published"}


@ON_LINUX
def test_a_program_that_is_missing_costs_the_other_nothing(tmp_path: Path) -> None:
    """The total stays, the client has its points, and it is told which file was looked for."""
    machine = Gradescope(tmp_path, "tcp-hello")
    results = machine.hand_in(client=reference("tcp_hello_client"))
    assert (results["score"], results["extra_data"]["max_score"]) == (100, 200)
    assert "server.py does not exist" in results["output"]


@ON_LINUX
def test_the_grader_imports_nothing_of_a_submission(tmp_path: Path) -> None:
    """Not by a module's name, and not by a configuration file: it would run as the grader."""
    machine = Gradescope(tmp_path, "tcp-hello", "--role", "server")
    for name in ("json", "socket", "conftest", "sitecustomize", "pytest_sockets", "evil"):
        (machine.submission / f"{name}.py").write_text(
            f"open({str(tmp_path / 'imported')!r}, 'w').close()\nraise SystemExit\n"
        )
    (machine.submission / "pytest.ini").write_text("[pytest]\naddopts = -p evil --no-header\n")
    (machine.submission / "pyproject.toml").write_text('[tool.pytest.ini_options]\naddopts="-x"\n')
    results = machine.hand_in(server="import time\nprint('nothing to see')\n")
    assert results["extra_data"]["max_score"] == 100
    assert not (tmp_path / "imported").exists()


@ON_LINUX
def test_an_exercise_of_one_s_own_is_brought_along(tmp_path: Path) -> None:
    """Its file is in the zip, and grades there."""
    (tmp_path / "shout.py").write_text(SHOUT, encoding="utf-8")
    (tmp_path / "machine").mkdir()
    machine = Gradescope(tmp_path / "machine", str(tmp_path / "shout.py"))
    results = machine.hand_in(server="this is no Python")
    assert (results["score"], results["extra_data"]["max_score"]) == (0, 100)
    assert "SyntaxError" in results["tests"][0]["output"]


def test_a_wheel_is_brought_along(tmp_path: Path) -> None:
    """Where the package is not to come from an index."""
    wheel = tmp_path / "pytest_sockets-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"PK")
    path = tmp_path / "a.zip"
    autograder("url", "--for", "gradescope", "--package", str(wheel), "--output", str(path))
    source = unpacked(path, tmp_path / "source")
    assert (source / wheel.name).read_bytes() == b"PK"
    assert f"--quiet /autograder/source/{wheel.name}\n" in (source / "setup.sh").read_text()


def test_students_are_told_in_the_language_of_the_command(tmp_path: Path) -> None:
    """The scripts ask for it, and the results that are brought along are in it."""
    path = tmp_path / "a.zip"
    words = ["--lang", "zh", "autograder", "url", "--for", "gradescope", "--output", str(path)]
    assert CliRunner().invoke(main, words).exit_code == 0
    source = unpacked(path, tmp_path / "source")
    assert "--sockets-lang zh " in (source / "run_autograder").read_text("utf-8")
    nothing = json.loads((source / "nothing.json").read_text("utf-8"))
    assert re.search("[\u4e00-\u9fff]", nothing["output"])


# Classroom


def classroom(folder: Path, *words: str) -> Any:
    """Return the workflow that the command writes, as YAML reads it."""
    yaml: Any = pytest.importorskip("yaml", reason="PyYAML is not installed")
    autograder(*words, "--for", "classroom", "--output", str(folder))
    return yaml.safe_load((folder / ".github/workflows/classroom.yml").read_text("utf-8"))


@pytest.mark.parametrize("name", EXERCISES)
def test_the_workflow_is_yaml_and_hands_over_every_result(name: str, tmp_path: Path) -> None:
    """Each runner that the reporter reads is a step, and its result has the name it looks for."""
    steps = classroom(tmp_path, name)["jobs"]["run-autograding-tests"]["steps"]
    reporter = steps[-1]
    runners = reporter["with"]["runners"].split(",")
    assert reporter["uses"].startswith("classroom-resources/autograding-grading-reporter@")
    assert set(runners) <= {step.get("id") for step in steps}
    assert reporter["env"] == {
        f"{runner.upper()}_RESULTS": f"${{{{ steps.{runner}.outputs.result }}}}"
        for runner in runners
    }
    folder = tmp_path / ".github" / "classroom"
    AUTOGRADING.validate(json.loads((folder / "autograding.json").read_text("utf-8")))
    for runner in runners:
        nothing = json.loads((folder / f"nothing-{runner}.json").read_text("utf-8"))
        CLASSROOM.validate(nothing)
        assert (nothing["max_score"], nothing["status"]) == (100, "error")


@ON_LINUX
@pytest.mark.parametrize("handed_in", [True, False], ids=["graded", "never graded"])
def test_the_steps_hand_over_base64(handed_in: bool, tmp_path: Path) -> None:
    """Of the grade, or of the result that was brought for the case that there is none."""
    steps = classroom(tmp_path, "tcp-hello", "--role", "server")["jobs"]["run-autograding-tests"]
    shutil.copy(reference("tcp_hello_server"), tmp_path / "server.py")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(_python(tmp_path))
    (tmp_path / "temp").mkdir()
    env = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_WORKSPACE": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "RUNNER_TEMP": str(tmp_path / "temp"),
    }
    runs = [step["run"] for step in steps["steps"] if "run" in step][1:]
    for run in runs if handed_in else runs[1:]:
        bash("-e", "-c", run, cwd=tmp_path, env=env)
    name, _, encoded = (tmp_path / "output").read_text().strip().partition("=")
    result = json.loads(b64decode(encoded))
    CLASSROOM.validate(result)
    assert (name, result["max_score"]) == ("result", 100)
    assert sum(test["score"] for test in result["tests"]) == (100 if handed_in else 0)


def _python(folder: Path) -> Path:
    path = folder / "this_python"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    path.chmod(0o755)
    return path


# Bad use


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["tcp-ech"], "there is no exercise tcp-ech"),
        (["url", "--role", "server"], "url has no role server"),
        (["tcp-echo", "--visibility", "ECH-01=never"], "--visibility is BEHAVIOUR=WHEN (visible,"),
        (["tcp-echo", "--visibility", "XXX-01=hidden"], "not 'XXX-01=hidden'"),
        (["tcp-echo", "--assignment", "no.toml"], "no.toml can't be read"),
        (["tcp-echo", "--program", "server"], "--program is ROLE=FILE (roles: server, client)"),
        (["tcp-echo", "--program", "server=$(x).py"], "'$(x).py' is no name for a file here"),
        (["tcp-echo", "--program", "server=../x.py"], "'../x.py' is no name for a file here"),
        (["tcp-echo", "--package", "${{ secrets.X }}"], "is nothing that pip takes"),
        (["tcp-echo", "--package", "no.whl"], "no.whl can't be read: No such file"),
    ],
)
def test_bad_use_is_told_and_writes_nothing(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was wrong, with the value."""
    monkeypatch.chdir(tmp_path)
    for system in ("gradescope", "classroom"):
        result = CliRunner().invoke(main, ["--lang", "en", "autograder", *words, "--for", system])
        assert result.exit_code in (1, 2)
        assert told in " ".join(result.output.split())
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A workflow that an instructor has changed stays."""
    autograder("url", "--for", "classroom", "--output", str(tmp_path))
    told = autograder("url", "--for", "classroom", "--output", str(tmp_path), status=1)
    assert "nothing is overwritten" in told


def test_a_zip_is_one_that_everybody_can_read(tmp_path: Path) -> None:
    """Its checksums are right."""
    path = tmp_path / "a.zip"
    autograder("subnet", "--for", "gradescope", "--output", str(path))
    assert zipfile.ZipFile(io.BytesIO(path.read_bytes())).testzip() is None


def test_the_ready_made_autograders_are_current() -> None:
    """Whoever changes the scripts, or an exercise's titles, runs ``python docs/generate.py``."""
    root = Path(__file__).parent.parent
    made = runpy.run_path(str(root / "docs" / "generate.py"))["autograders"]()
    assert len(made) >= 5
    for path, content in made.items():
        assert path.read_bytes() == content, path
