"""``pytest-sockets autograder``: the files with which Gradescope or GitHub Classroom grades.

Glue between click and ``autograder``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import click

from . import catalogue, languages
from .autograder import Asked, CannotMake, classroom_files, gradescope_zip
from .behaviours import Role
from .catalogue import NoSuchExercise
from .courses.homework_file import read_homework
from .courses.notices import BadCourse
from .exercises import Exercise
from .messages import message, spoken
from .reports.gradescope import VISIBILITIES, Visibility
from .speaking import Speaking

ROLES: tuple[Role, ...] = ("server", "client", "function")
PACKAGE = "pytest-sockets"


@click.command(cls=Speaking, short_help="Files for Gradescope or GitHub Classroom.")
@click.argument("exercise")
@click.option("--for", "system", type=click.Choice(["gradescope", "classroom"]), required=True,
              help="The system that is to grade.")  # fmt: skip
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True,
              help="Grade only this role; may be given again.")  # fmt: skip
@click.option("--program", "names", multiple=True, metavar="ROLE=FILE",
              help="What students call their file.  [default: server.py, client.py]")  # fmt: skip
@click.option("--visibility", "shown", multiple=True, metavar="BEHAVIOUR=WHEN",
              help="When Gradescope shows it: hidden, after_due_date, …")  # fmt: skip
@click.option("--assignment", "file", type=click.Path(path_type=Path), metavar="FILE.toml",
              help="When Gradescope shows what, as [visibility] says there.")  # fmt: skip
@click.option("--package", metavar="WHEEL|REQUIREMENT",
              help="What pip installs there.  [default: this version]")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path), show_default="autograder.zip, .",
              help="The zip file, or the repository's folder.")  # fmt: skip
def autograder(
    exercise: str,
    system: str,
    roles: Sequence[Role],
    names: Sequence[str],
    shown: Sequence[str],
    file: Path | None,
    package: str | None,
    output: Path | None,
) -> None:
    """Write what Gradescope or GitHub Classroom needs to grade EXERCISE by itself.

    For Gradescope that is a zip file to be uploaded as the assignment's autograder, for
    Classroom a workflow and the older autograding.json, to be put into the template
    repository. EXERCISE is a name such as tcp-echo, or a Python file that defines one,
    which is brought along. Nothing that exists is overwritten.
    """
    asked = _asked(exercise, roles, names, package or f"{PACKAGE}=={version(PACKAGE)}")
    asked = replace(asked, visibility={**_assigned(asked, file), **_visibility(asked, shown)})
    try:
        if system == "gradescope":
            path = output or Path("autograder.zip")
            _write({path: gradescope_zip(asked, spoken)})
        else:
            folder = output or Path()
            files = classroom_files(asked, spoken)
            _write({folder / name: content for name, content in files.items()})
    except CannotMake as error:
        raise click.ClickException(str(error.problem)) from error


def _asked(exercise: str, roles: Sequence[Role], names: Sequence[str], package: str) -> Asked:
    try:
        chosen = catalogue.exercise(exercise, Path.cwd())
    except NoSuchExercise as error:
        raise click.UsageError(str(error.problem)) from error
    source = Path(exercise) if exercise.endswith(".py") else None
    programs = _programs(chosen, roles, names)
    # Every language that can be chosen here is the process's by now.
    spoken_here = languages.chosen(None)
    return Asked(chosen, programs, package, version(PACKAGE), source, spoken_here)


def _programs(exercise: Exercise, roles: Sequence[Role], names: Sequence[str]) -> dict[Role, str]:
    """Return the file of each role: told, or named after the role, a function after itself."""
    wanted = [role for role in ROLES if role in exercise.profiles and role in (roles or ROLES)]
    if not wanted or set(roles) - set(wanted):
        text = "{exercise} has no role {role}"
        missing = ", ".join(sorted(set(roles) - set(wanted))) or ", ".join(ROLES)
        raise click.UsageError(str(message(text, exercise=exercise.name, role=missing)))
    found = {role: f"{exercise.name if role == 'function' else role}.py" for role in wanted}
    for text in names:
        word, _, name = text.partition("=")
        role = next((each for each in wanted if each == word), None)
        if role is None or not name:
            problem = message(
                "--program is ROLE=FILE (roles: {roles}), not {text}",
                roles=", ".join(wanted),
                text=repr(text),
            )
            raise click.UsageError(str(problem))
        found[role] = name
    return found


def _assigned(asked: Asked, file: Path | None) -> dict[str, Visibility]:
    """Return when behaviours are seen as the assignment ``file`` says, by their ids."""
    if file is None:
        return {}
    try:
        homework = read_homework(file)
    except BadCourse as error:
        raise click.UsageError(str(error.problem)) from error
    name = asked.exercise.name
    own = [part for part in homework.parts
           if part.exercise.name == name and part.role in asked.programs]  # fmt: skip
    if not own:
        text = "{file} asks for no {exercise}: name another --assignment"
        problem = message(text, file=click.format_filename(file), exercise=name)
        raise click.UsageError(str(problem))
    return {part.id(each): homework.seen(part.id(each))
            for part in own for each in part.profile.behaviours}  # fmt: skip


def _visibility(asked: Asked, shown: Sequence[str]) -> dict[str, Visibility]:
    """Return when behaviours are seen, by their ids; they are told by id, slug or catalogue."""
    found: dict[str, Visibility] = {}
    for text in shown:
        name, _, word = text.partition("=")
        when = next((each for each in VISIBILITIES if each == word), None)
        ids = [
            f"{asked.exercise.name}-{role}/{weighed.behaviour.slug}"
            for role in asked.programs
            for weighed in asked.exercise.profiles[role].behaviours
            if name in (weighed.behaviour.slug, weighed.behaviour.catalogue)
            or name == f"{asked.exercise.name}-{role}/{weighed.behaviour.slug}"
        ]
        if when is None or not ids:
            problem = message(
                "--visibility is BEHAVIOUR=WHEN ({words}), and {exercise} has the behaviour; "
                "not {text}",
                words=", ".join(VISIBILITIES),
                exercise=asked.exercise.name,
                text=repr(text),
            )
            raise click.UsageError(str(problem))
        found |= dict.fromkeys(ids, when)
    return found


def _write(files: dict[Path, bytes]) -> None:
    taken = [path for path in files if path.exists()]
    if taken:
        text = "{files}: there already, and nothing is overwritten; name another --output"
        raise click.ClickException(str(message(text, files=", ".join(map(str, taken)))))
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            text = "{path} can't be written: {why}"
            named = error.filename or path  # a full disk names no file
            problem = message(text, path=str(named), why=error.strerror)
            raise click.ClickException(str(problem)) from error
        click.echo(message("wrote {path}", path=click.format_filename(path)))
