"""What the commands for a class have in common: what is asked, how it is graded, what is told.

Glue between click and ``courses``.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import uuid
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import click

from . import catalogue
from .behaviours import Role
from .catalogue import NoSuchExercise
from .courses.grader import WORKERS, Settings
from .courses.homework import Homework, exercise_in, whole_exercise
from .courses.homework_file import read_homework
from .courses.notices import BadCourse, meant
from .courses.overview import odd
from .courses.store import Store
from .courses.submissions import Class
from .exercises import Exercise, no_such_role
from .interrupts import STATUS, interruptible
from .languages import chosen
from .messages import Message, message
from .programs.containment import MODES, refusal
from .programs.interpreters import interpreter
from .programs.place import Runner

WORK = "pytest-sockets-class-"
SHOW_CURSOR = b"\x1b[?25h"
"""A bar of progress has hidden it."""

MOST_COLUMNS = 100
MOST_LISTED = 200

ROSTER = click.option("--roster", type=click.Path(path_type=Path), metavar="FILE.csv",
                      help="Who is in the class: columns name, id, email or folder.")  # fmt: skip
PYTHON = click.option("--python", metavar="PATH", help="The interpreter that runs the programs.")

CONTAINMENT = click.option(
    "--containment",
    type=click.Choice(MODES),
    default="auto",
    show_default=True,
    help="How far programs are kept from doing harm: as far as this machine can (auto), in full "
    "or nothing runs (strict), not at all (off).",
)


class Stopped(click.ClickException):
    """Ctrl-C has ended the command; its status is that of shells for it."""

    exit_code = STATUS


@contextmanager
def told_in_a_line(kept: Message) -> Iterator[None]:
    """Tell what is wrong as click does; of Ctrl-C what is ``kept``, and how to go on.

    Raises:
        click.ClickException: what was raised inside, as a line to be shown.
    """
    try:
        with interruptible(lambda: _say_at_once(kept)):
            yield
    except BadCourse as error:
        raise click.UsageError(str(error.problem)) from error
    except OSError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        raise Stopped(str(kept)) from None


def _say_at_once(what: Message) -> None:
    """Tell ``what`` from a signal handler, past whatever Python is writing just now."""
    if sys.stdout.isatty():
        os.write(sys.stdout.fileno(), SHOW_CURSOR)
    os.write(2, f"\n{what}\n".encode(errors="backslashreplace"))


def import_nothing_from_here() -> None:
    """Let no module be found in the current folder: students' files may lie there."""
    here = Path.cwd().resolve()
    sys.path[:] = [path for path in sys.path if path and Path(path).resolve() != here]


def asked(exercise: str | None, file: Path | None, roles: Collection[Role] = ()) -> Homework:
    """Return what is asked: an exercise, or what an assignment file says.

    Of an exercise that is all its roles, or those that are told.

    Raises:
        BadCourse: there is neither, or both, or it is none that there is.
    """
    if (exercise is None) == (file is None):
        raise BadCourse(message("say what is asked: either --exercise NAME or --assignment FILE"))
    if file is not None and roles:
        text = "--role goes with --exercise: an assignment file tells the roles itself"
        raise BadCourse(message(text))
    if file is not None:
        return read_homework(file)
    assert exercise is not None
    found = _exercise(exercise)
    source = Path(exercise) if exercise.endswith(".py") else None
    for role in roles:
        if role not in found.profiles:
            raise BadCourse(no_such_role(found, role))
    return exercise_in(roles, found, source) if roles else whole_exercise(found, source)


def _exercise(exercise: str) -> Exercise:
    try:
        return catalogue.exercise(exercise, Path.cwd())
    except NoSuchExercise as error:
        if exercise.endswith(".py"):
            raise BadCourse(error.problem) from error
        text = "there is no exercise {name}; {meant}"
        near = meant(exercise, catalogue.exercises())
        raise BadCourse(message(text, name=repr(exercise), meant=near)) from error


def settings_of(options: dict[str, Any], earlier: str | None = None) -> Settings:
    """Return how is graded; without ``--seed`` the seed is the ``earlier`` one, or any.

    Raises:
        BadCourse: there is no such interpreter.
    """
    seed = options["seed"]
    if seed is None:
        seed = int(earlier or random.SystemRandom().randrange(1, 10**6))
    return Settings(
        seed=seed,
        python=_interpreter(options["python"]),
        workers=options["workers"] or WORKERS,
        limit=options["limit"],
        language=chosen(None),
        containment=options["containment"],
    )


def check_containment(settings: Settings) -> None:
    """Tell what programs can't be kept from on this machine.

    Raises:
        BadCourse: they have to be kept from it.
    """
    if settings.containment == "off":
        return
    runner = Runner(
        settings.python,
        portable=settings.portable,
        private=True,
        containment=settings.containment,
    )
    contained = runner.contained
    runner.close()
    if contained.missing and settings.containment == "strict":
        raise BadCourse(refusal(contained))
    if contained.missing:
        tell(message("programs are not contained in full; {advice}", advice=contained.advice))


def _interpreter(python: str | None) -> str:
    """Return the interpreter's path from the root: workers are started in another folder.

    Links in it stay as they are: one into a virtual environment says which it is.
    """
    if python is None:
        return sys.executable
    found = interpreter(python)
    if found is None:
        text = "--python: {python} is no Python interpreter of version 3.8 or newer"
        raise BadCourse(message(text, python=python))
    return str(Path(found).absolute())


def work_folder(closing: ExitStack, store: Store | None = None) -> Path:
    """Return a new folder for copies, which is removed with ``closing``.

    One that a killed run with the ``store`` has left is removed.
    """
    folder = Path(tempfile.gettempdir(), f"{WORK}{uuid.uuid4().hex}")
    if store is not None:
        left = Path(store.facts().get("work", ""))
        if left.name.startswith(WORK):
            shutil.rmtree(left, ignore_errors=True)
        store.note(work=str(folder))
    folder.mkdir(mode=0o700)
    closing.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def columns_here() -> int:
    """Return how wide a table may be."""
    return min(shutil.get_terminal_size().columns, MOST_COLUMNS)


def tell(*lines: str | Message) -> None:
    """Print ``lines``."""
    with unheard():
        for line in lines:
            click.echo(str(line).rstrip())


@contextmanager
def unheard() -> Iterator[None]:
    """Let work go on although nobody reads any more what is printed, as behind ``| head``."""
    try:
        yield
    except BrokenPipeError:
        # What is still in Python's buffer goes nowhere, and is not complained of at its end.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def tell_odd(found: Class) -> None:
    """Print what is missing or odd, within bounds."""
    listed = list(odd(found))
    tell(*listed[:MOST_LISTED])
    if len(listed) > MOST_LISTED:
        tell(message("and {number} more notices", number=len(listed) - MOST_LISTED))


def tell_written(paths: list[Path]) -> None:
    """Print which files were written."""
    tell(*(message("wrote {path}", path=click.format_filename(path)) for path in paths))
