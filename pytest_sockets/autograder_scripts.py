"""The scripts of an autograder, with places for what is graded.

Knows shells, Gradescope's folders and GitHub's workflows. Does not know what is graded.
"""

from __future__ import annotations

from dataclasses import dataclass

OURS = ".github/classroom"
"""Where our files lie in a repository that Classroom grades."""

SETTINGS = "pytest.ini"


@dataclass(frozen=True)
class Places:
    """Folders as a script names them: of the submission, of our files, and one to work in."""

    system: str
    submission: str
    ours: str
    work: str


GRADESCOPE = Places("gradescope", "/autograder/submission", "/autograder/source", "$parts")
CLASSROOM = Places("classroom", "$GITHUB_WORKSPACE", f"$GITHUB_WORKSPACE/{OURS}", "$RUNNER_TEMP")


def command(program: str, exercise: str, role: str, language: str, places: Places) -> str:
    """Return the words behind ``python`` that grade one program, quoted for a shell.

    ``exercise`` is a name or a path, ``language`` en or zh. Nothing of the submission
    is imported or configures pytest: Python is isolated (-I), and the configuration
    file is ours.
    """
    words = [
        "-I -m pytest -p no:cacheprovider",
        f'-c "{places.ours}/{SETTINGS}" --rootdir "{places.work}"',
        f'--target "{places.submission}/{program}"',
        f'--exercise "{exercise}" --role {role} --sockets-lang {language}',
        f'--sockets-report "{places.system}={places.work}/{role}.json"',
    ]
    return " ".join(words)


SETUP = """\
#!/usr/bin/env bash
# Runs once, while Gradescope builds the image.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends python3 python3-venv
python3 -m venv /autograder/venv
/autograder/venv/bin/python -m pip install --quiet {install}
"""

RUN_AUTOGRADER = """\
#!/usr/bin/env bash
# Runs for each submission. Whatever happens, results.json is there and holds the whole total.
source=/autograder/source
results=/autograder/results/results.json
python=/autograder/venv/bin/python
parts=$(mktemp -d)
mkdir -p "$(dirname "$results")"
cp "$source/nothing.json" "$results"
cd "$parts" || exit 0
{programs}
"$python" -I -m pytest_sockets.reports.joining "$results" "$source/shown.json" {joined}
exit 0
"""

PROGRAM = """
cp "$source/nothing-{role}.json" "$parts/{role}.json"
timeout --signal=INT --kill-after=20 {seconds} \\
    "$python" {command}
"""

WORKFLOW = """\
name: Autograding Tests
on:
  - push
  - workflow_dispatch
  - repository_dispatch
permissions:
  checks: write
  actions: read
  contents: read
jobs:
  run-autograding-tests:
    runs-on: ubuntu-latest
    if: github.actor != 'github-classroom[bot]'
    steps:
      - name: Checkout code
        uses: actions/checkout@v4
      - name: Set up Python
        uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install pytest-sockets
        run: {install}{steps}
      - name: Autograding Reporter
        if: always()
        uses: classroom-resources/autograding-grading-reporter@v1
        env:
{results}
        with:
          runners: {runners}
"""

STEPS = """\
      - name: Grade the {role} of {exercise}
        continue-on-error: true
        timeout-minutes: 10
        run: |
          cd "$RUNNER_TEMP"
          python {command}
      - name: Hand over what came of the {role}
        id: {role}
        if: always()
        run: |
          result="$RUNNER_TEMP/{role}.json"
          test -s "$result" || result={folder}/nothing-{role}.json
          echo "result=$(base64 -w0 "$result")" >> "$GITHUB_OUTPUT"
"""
