"""``pytest-sockets grade``: a class of submissions, graded in parallel and kept on disk.

Glue between click and what does the work. The submissions are data here: none of
them is imported, and each is run by a worker, in child processes.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from . import catalogue
from .catalogue import NoSuchExercise
from .courses import runs
from .courses.grader import LIMIT, Grader, Settings
from .courses.homework import Homework, whole_exercise
from .courses.homework_file import read_homework
from .courses.notices import BadCourse, meant
from .courses.outputs import check_title, write_outputs
from .courses.overview import odd, points, status, table
from .courses.progress import progress
from .courses.store import Store
from .courses.submissions import Class, find_submissions
from .languages import chosen
from .messages import Message, message, spoken
from .speaking import Speaking

WORK = "pytest-sockets-class-"
MOST_COLUMNS = 100
MOST_LISTED = 200


@click.command(cls=Speaking, short_help="Grade a class of submissions.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--exercise", metavar="NAME|PATH.py", help="What is asked, in all of its roles.")
@click.option("--assignment", "file", type=click.Path(path_type=Path), metavar="FILE.toml",
              help="What is asked, with points, pass mark and waivers.")  # fmt: skip
@click.option("--roster", type=click.Path(path_type=Path), metavar="FILE.csv",
              help="Who is in the class: columns name, id, email or folder.")  # fmt: skip
@click.option("--store", type=click.Path(path_type=Path), default="grades.db", show_default=True,
              help="Where each result is kept as soon as it is known.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Write gradebooks (CSV, Canvas, Moodle) and pages (HTML) there.")  # fmt: skip
@click.option("--resume", is_flag=True, help="Go on with a store: grade what is not finished.")
@click.option(
    "--again",
    is_flag=True,
    help="Grade everything anew in the same store; earlier results are kept there.",
)
@click.option("--workers", type=click.IntRange(1, 256), help="Submissions graded at a time.")
@click.option("--limit", type=click.FloatRange(1.0, 86400.0), default=LIMIT, show_default=True,
              help="Seconds after which a submission is given up.")  # fmt: skip
@click.option("--seed", type=int, help="Repeat a run with the same payloads.")
@click.option("--python", metavar="PATH", help="The interpreter that runs the programs.")
def grade(submissions: Path, **options: Any) -> None:
    """Grade every submission of SUBMISSIONS, and keep each result at once.

    SUBMISSIONS is a folder with a folder or an archive for each student, what Moodle or
    Canvas gives for download, a zip or tar archive of all that, or a roster (CSV) whose
    column folder says where each submission is. What is missing or odd is listed.

    With --resume and other points, waivers or pass mark the marks are made anew of what
    was judged before; "pytest-sockets compare" tells who moves.
    """
    import_nothing_from_here()
    try:
        unjudged = _grade(submissions, options)
    except BadCourse as error:
        raise click.UsageError(str(error.problem)) from error
    except OSError as error:
        raise click.ClickException(str(error)) from error
    sys.exit(1 if unjudged else 0)


def import_nothing_from_here() -> None:
    """Let no module be found in the current folder: students' files may lie there."""
    here = Path.cwd().resolve()
    sys.path[:] = [path for path in sys.path if path and Path(path).resolve() != here]


def _grade(source: Path, options: dict[str, Any]) -> int:
    """Grade the class; return how many submissions could not be judged."""
    homework = asked(options["exercise"], options["file"])
    with ExitStack() as closing:
        store = closing.enter_context(Store(options["store"]))
        settings = _settings(store, options)
        found = find_submissions(source, homework, _work(store, closing), options["roster"])
        after = runs.counts_after(store, again=options["again"])
        store.note(seed=str(settings.seed))
        if options["output"]:
            check_title(homework.title)
        grader = Grader(homework, found.submissions, store, settings, after)
        terms = runs.terms_of(homework, found, settings)
        run = runs.began(store, terms, after, work=bool(grader.left))
        _tell_before(found, grader)
        try:
            _run(grader, found, homework)
        except KeyboardInterrupt:
            text = "stopped; what is finished is kept in {store}: go on with --resume"
            raise click.ClickException(
                str(message(text, store=click.format_filename(options["store"])))
            ) from None
        runs.finish(store, run)
        tell("", *table(found, store.last, homework, columns_here()))
        if options["output"]:
            written = write_outputs(options["output"], found, store, homework, spoken)
            tell(*(message("wrote {path}", path=click.format_filename(path)) for path in written))
        statuses = store.statuses()
        return sum(statuses.get(each.key) != "graded" for each in found.submissions)


def asked(exercise: str | None, file: Path | None) -> Homework:
    """Return what is asked: all roles of an exercise, or what an assignment file says.

    Raises:
        BadCourse: there is neither, or both, or it is none that there is.
    """
    if (exercise is None) == (file is None):
        raise BadCourse(message("say what is asked: either --exercise NAME or --assignment FILE"))
    if file is not None:
        return read_homework(file)
    assert exercise is not None
    try:
        found = catalogue.exercise(exercise, Path.cwd())
    except NoSuchExercise as error:
        if exercise.endswith(".py"):
            raise BadCourse(error.problem) from error
        text = "there is no exercise {name}; {meant}"
        near = meant(exercise, catalogue.exercises())
        raise BadCourse(message(text, name=repr(exercise), meant=near)) from error
    return whole_exercise(found, Path(exercise) if exercise.endswith(".py") else None)


def _settings(store: Store, options: dict[str, Any]) -> Settings:
    """Return how this run grades; a run that is resumed has its seed from the first one."""
    if not store.empty and not (options["resume"] or options["again"]):
        text = (
            "{store} holds a grade: go on with it by --resume, grade everything anew by "
            "--again, or name another --store"
        )
        raise BadCourse(message(text, store=click.format_filename(store.path)))
    seed = options["seed"]
    if seed is None:
        seed = int(store.facts().get("seed") or random.SystemRandom().randrange(1, 10**6))
    return Settings(
        seed=seed,
        python=interpreter(options["python"]),
        workers=options["workers"] or os.cpu_count() or 1,
        limit=options["limit"],
        portable=os.environ.get("PYTEST_SOCKETS_PORTABLE", "") not in ("", "0"),
        language=chosen(None),
    )


def columns_here() -> int:
    """Return how wide a table may be."""
    return min(shutil.get_terminal_size().columns, MOST_COLUMNS)


def interpreter(python: str | None) -> str:
    """Return the path of the interpreter ``python``, with None our own.

    Raises:
        BadCourse: there is none.
    """
    if python is None:
        return sys.executable
    found = shutil.which(python)
    if found is None:
        raise BadCourse(message("--python: there is no program {python}", python=python))
    return found


def _work(store: Store, closing: ExitStack) -> Path:
    """Return a new folder for copies; the one that a killed run has left is removed."""
    left = store.facts().get("work", "")
    if Path(left).name.startswith(WORK) and Path(left).parent == Path(tempfile.gettempdir()):
        shutil.rmtree(left, ignore_errors=True)
    folder = copies(closing)
    store.note(work=str(folder))
    return folder


def copies(closing: ExitStack) -> Path:
    """Return a new folder, which is removed with ``closing``."""
    folder = tempfile.mkdtemp(prefix=WORK)
    closing.callback(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _tell_before(found: Class, grader: Grader) -> None:
    listed = list(odd(found))
    tell(*listed[:MOST_LISTED])
    if len(listed) > MOST_LISTED:
        tell(message("and {number} more notices", number=len(listed) - MOST_LISTED))
    every, left = len(found.submissions), len(grader.left)
    tell(message("{left} of {every} submissions to grade, seed {seed}", left=left, every=every,
                  seed=grader.settings.seed))  # fmt: skip


def _run(grader: Grader, found: Class, homework: Homework) -> None:
    by_key = {each.key: each for each in found.submissions}
    with progress(len(grader.left), sys.stdout) as step:
        for record in grader.run():
            submission = by_key[record.student]
            told = f"{submission.student.name}: {points(submission, record, homework)}"
            step(f"{told}, {status(submission, record, homework)}")


def tell(*lines: str | Message) -> None:
    """Print ``lines``."""
    for line in lines:
        click.echo(str(line).rstrip())
