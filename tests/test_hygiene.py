"""What carries the project on: the hooks before a commit, the forms of issues, the workflow."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

YAML: Any = pytest.importorskip("yaml")
ROOT = Path(__file__).parent.parent
HOOKS = ROOT / ".pre-commit-config.yaml"
CONFIG = ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml"
FORMS = sorted(set((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) - {CONFIG})
HOMEWORK = "tests/mistakes/startup/syntax_error.py"
SHA = 40


def read(path: Path) -> Any:
    """Return what a file in YAML says."""
    return YAML.safe_load(path.read_text("utf-8"))


def entries() -> Iterator[str]:
    """Yield the commands that run before a commit."""
    for repo in read(HOOKS)["repos"]:
        yield from (hook["entry"] for hook in repo["hooks"])


def test_the_hooks_are_what_lint_runs() -> None:
    """A commit that passes them passes ``make lint`` as well."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lint = makefile.partition("\nlint: ")[2].partition("\n\n")[0]
    for entry in entries():
        assert f"$(BIN)/{entry.removesuffix(' --fix')}" in lint


@pytest.mark.parametrize("entry", [each for each in entries() if each.startswith("ruff ")])
def test_a_hook_leaves_homework_as_it_is(entry: str) -> None:
    """It is given the files of a commit by name, a mistake that does not compile among them."""
    pytest.importorskip("ruff")
    words = [sys.executable, "-m", *shlex.split(entry), "--diff", HOMEWORK]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_an_issue_asks_for_the_json_result(form: Path) -> None:
    """With the option that writes it, where the reader has none yet."""
    asked = {each["id"]: each["attributes"] for each in read(form)["body"]}
    assert asked["result"]["render"] == "json"
    assert "--sockets-report json=" in asked["result"]["description"]


def test_every_action_of_the_workflow_is_pinned() -> None:
    """By the whole name of a commit, which nobody can move."""
    jobs = read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    used = [step["uses"] for job in jobs.values() for step in job["steps"] if "uses" in step]
    assert used
    for action in used:
        commit = action.partition("@")[2]
        assert len(commit) == SHA
        assert set(commit) <= set("0123456789abcdef")
