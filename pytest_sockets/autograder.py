"""What Gradescope and GitHub Classroom need to grade an exercise by themselves.

Knows their files: Gradescope's zip with setup.sh and run_autograder
(https://gradescope-autograders.readthedocs.io/en/latest/specs/), Classroom's
workflow, and the older autograding.json. Whatever happens to a grade, a result
with the whole total is there: each brings one for the case that there is no other.
Does not write anything, and does not know the exercises.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from .autograder_scripts import (
    CLASSROOM,
    GRADESCOPE,
    OURS,
    PROGRAM,
    RUN_AUTOGRADER,
    SETTINGS,
    SETUP,
    STEPS,
    WORKFLOW,
    Places,
    command,
)
from .behaviours import Role
from .exercises import Exercise
from .messages import Message, Translate, message
from .reports.classroom import to_autograding, to_classroom
from .reports.gradescope import Visibility, to_gradescope
from .results import Scorecard
from .ungraded import ungraded

NOT_FINISHED = message(
    "the grader did not come to its end: that is not the program's fault; hand it in again"
)
SAFE = re.compile(r"[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)*", re.ASCII)
"""What a file's name may be, so that no shell, no YAML and no GitHub reads anything into it."""

EMPTY = b"[pytest]\n"

SECONDS = 480
"""What all programs together may take: Gradescope gives up after 600 seconds unless told."""

BEGINNING = datetime(1980, 1, 1, tzinfo=timezone.utc)
"""The date of files whose content alone should count; zip knows none before."""


class CannotMake(Exception):  # noqa: N818 - it says what is not possible
    """No autograder can be made; ``problem`` says why, and what to do."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Asked:
    """What is to be graded, and with what.

    ``programs`` are the files that students hand in, by role. ``package`` is what
    pip installs: a requirement, or the path of a wheel that is brought along.
    ``source`` is the file that defines an exercise of the user's own, ``language`` (en or
    zh) the one that students are told in. ``visibility`` says of behaviours, by
    their ids, when students see them in Gradescope; all others are seen at once.
    """

    exercise: Exercise
    programs: Mapping[Role, str]
    package: str
    version: str
    source: Path | None = None
    language: str = "en"
    visibility: Mapping[str, Visibility] = field(default_factory=dict)

    @property
    def wheel(self) -> Path | None:
        """The wheel to be brought along."""
        return Path(self.package) if self.package.endswith(".whl") else None

    def name_in(self, folder: str) -> str:
        """Return what ``--exercise`` takes where our files lie in ``folder``."""
        return f"{folder}/{self.source.name}" if self.source else self.exercise.name

    def install(self, folder: str) -> str:
        """Return what pip is given where our files lie in ``folder``, quoted for a shell."""
        return shlex.quote(f"{folder}/{self.wheel.name}" if self.wheel else self.package)

    def brought(self) -> dict[str, bytes]:
        """Return the files that are brought along as they are.

        Raises:
            CannotMake: one of them can't be read.
        """
        paths = [path for path in (self.wheel, self.source) if path]
        try:
            return {path.name: path.read_bytes() for path in paths}
        except OSError as error:
            text = "{path} can't be read: {why}"
            raise CannotMake(message(text, path=str(error.filename), why=error.strerror)) from error

    def nothing(self, roles: Sequence[Role] = ()) -> list[Scorecard]:
        """Return the scorecards of programs that were never graded."""
        return [
            ungraded(self.exercise, role, self.programs[role], NOT_FINISHED)
            for role in roles or self.programs
        ]


def check(asked: Asked) -> None:
    """Check the names that stand in scripts.

    Raises:
        CannotMake: one of them is none that every shell and system reads alike.
    """
    names = [*asked.programs.values(), *(asked.brought())]
    for name in names:
        if not SAFE.fullmatch(name):
            text = "{name} is no name for a file here: letters, digits, _ . - and / between folders"
            raise CannotMake(message(text, name=repr(name)))
    if "\n" in asked.package or "${{" in asked.package:
        raise CannotMake(
            message("{package} is nothing that pip takes", package=repr(asked.package))
        )


def gradescope_zip(asked: Asked, translate: Translate) -> bytes:
    """Return the zip file that is uploaded to Gradescope as an autograder.

    Raises:
        CannotMake: a file can't be read, or has a name that scripts can't hold.
    """
    check(asked)
    files: dict[str, bytes] = {
        "setup.sh": SETUP.format(install=asked.install(GRADESCOPE.ours)).encode(),
        "run_autograder": _run_autograder(asked).encode(),
        SETTINGS: EMPTY,
        "shown.json": json.dumps(dict(asked.visibility), indent=1).encode(),
        "nothing.json": _nothing(asked, list(asked.programs), translate).encode(),
        **asked.brought(),
    }
    for role in asked.programs:
        files[f"nothing-{role}.json"] = _nothing(asked, [role], translate).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, BEGINNING.timetuple()[:6])
            info.create_system = 3  # Unix: the mode below counts
            is_script = name in ("setup.sh", "run_autograder")
            info.external_attr = (0o100755 if is_script else 0o100644) << 16
            archive.writestr(info, content)
    return packed.getvalue()


def classroom_files(asked: Asked, translate: Translate) -> dict[str, bytes]:
    """Return the files of a repository that GitHub Classroom grades, by their paths.

    Raises:
        CannotMake: a file can't be read, or has a name that scripts can't hold.
    """
    check(asked)
    install = f"python -m pip install --quiet {asked.install(OURS)}"
    older = to_autograding(
        asked.exercise,
        list(asked.programs.items()),
        asked=asked.name_in(OURS),
        options=["-c", f"{OURS}/{SETTINGS}", "--rootdir", ".", "--sockets-lang", asked.language],
        setup=install,
        translate=translate,
    )
    files = {
        ".github/workflows/classroom.yml": _workflow(asked, install).encode(),
        f"{OURS}/autograding.json": older.encode(),
        f"{OURS}/{SETTINGS}": EMPTY,
    }
    for role in asked.programs:
        nothing = to_classroom(asked.nothing([role]), translate=translate)
        files[f"{OURS}/nothing-{role}.json"] = nothing.encode()
    return {**files, **{f"{OURS}/{name}": data for name, data in asked.brought().items()}}


def _nothing(asked: Asked, roles: Sequence[Role], translate: Translate) -> str:
    return to_gradescope(
        asked.nothing(roles),
        version=asked.version,
        started=BEGINNING,
        seed=0,
        containment="",
        platform="",
        translate=translate,
        visibility=asked.visibility,
    )


def _command(asked: Asked, role: Role, places: Places) -> str:
    exercise = asked.name_in(places.ours)
    return command(asked.programs[role], exercise, role, asked.language, places)


def _run_autograder(asked: Asked) -> str:
    each = SECONDS // len(asked.programs)
    parts = [
        PROGRAM.format(role=role, seconds=each, command=_command(asked, role, GRADESCOPE))
        for role in asked.programs
    ]
    joined = " ".join(f'"$parts/{role}.json"' for role in asked.programs)
    return RUN_AUTOGRADER.format(programs="".join(parts), joined=joined)


def _workflow(asked: Asked, install: str) -> str:
    steps = [
        STEPS.format(
            role=role,
            folder=OURS,
            exercise=asked.exercise.name,
            command=_command(asked, role, CLASSROOM),
        )
        for role in asked.programs
    ]
    results = [
        f"          {role.upper()}_RESULTS: ${{{{ steps.{role}.outputs.result }}}}"
        for role in asked.programs
    ]
    return WORKFLOW.format(
        install=install,
        steps="\n" + "".join(steps).strip("\n"),
        results="\n".join(results),
        runners=",".join(asked.programs),
    )
