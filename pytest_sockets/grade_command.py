"""``pytest-sockets grade``: a class of submissions, graded in parallel and kept on disk.

Glue between click and what does the work. The submissions are data here: none of
them is imported, and each is run by a worker, in child processes.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from .class_command import (
    CONTAINMENT,
    PYTHON,
    ROSTER,
    asked,
    check_containment,
    columns_here,
    import_nothing_from_here,
    settings_of,
    tell,
    tell_odd,
    tell_written,
    told_in_a_line,
    unheard,
    work_folder,
)
from .courses import runs
from .courses.cluster import Cluster
from .courses.grader import LIMIT, Grader
from .courses.homework import Homework
from .courses.notices import BadCourse
from .courses.outputs import check_title, prepare, write_outputs
from .courses.overview import points, status, table
from .courses.progress import progress
from .courses.store import Store
from .courses.submissions import Class, find_submissions
from .messages import message, spoken
from .speaking import Speaking


@click.command(cls=Speaking, short_help="Grade a class of submissions.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--exercise", metavar="NAME|PATH.py", help="What is asked, in all of its roles.")
@click.option("--role", "roles", type=click.Choice(["server", "client", "function"]),
              multiple=True, help="Grade only this role; may be given again.")  # fmt: skip
@click.option("--assignment", "file", type=click.Path(path_type=Path), metavar="FILE.toml",
              help="What is asked, with points, pass mark and waivers.")  # fmt: skip
@ROSTER
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
@click.option("--cluster", metavar="ADDRESS",
              help="Grade on a Dask cluster that runs already: tcp://HOST:PORT.")  # fmt: skip
@click.option("--limit", type=click.FloatRange(1.0, 86400.0), default=LIMIT, show_default=True,
              help="Seconds after which a submission is given up.")  # fmt: skip
@click.option("--seed", type=int, help="Repeat a run with the same payloads.")
@PYTHON
@CONTAINMENT
def grade(submissions: Path, **options: Any) -> None:
    """Grade every submission of SUBMISSIONS, and keep each result at once.

    SUBMISSIONS is a folder with a folder or an archive for each student, what Moodle or
    Canvas gives for download, a zip or tar archive of all that, or a roster (CSV) whose
    column folder says where each submission is. What is missing or odd is listed.

    With --resume and other points, waivers or pass mark the marks are made anew of what
    was judged before; "pytest-sockets compare" tells who moves.
    """
    import_nothing_from_here()
    text = "stopped; what is finished is kept in {store}: go on with --resume"
    kept = message(text, store=click.format_filename(options["store"]))
    with told_in_a_line(kept):
        unjudged = _grade(submissions, options)
    sys.exit(1 if unjudged else 0)


def _grade(source: Path, options: dict[str, Any]) -> int:
    """Grade the class; return how many submissions could not be judged."""
    homework = asked(options["exercise"], options["file"], options["roles"])
    if options["output"]:
        check_title(homework.title)
    with ExitStack() as closing:
        store = closing.enter_context(Store(options["store"]))
        _check_use(store, options)
        settings = settings_of(options, store.facts().get("seed"))
        cluster = None
        if options["cluster"] is not None:
            settings = replace(settings, cluster=options["cluster"])
            cluster = closing.enter_context(Cluster(settings, options["workers"]))
            tell(cluster.description)
        else:
            check_containment(settings)
        work = work_folder(closing, store)
        found = find_submissions(source, homework, work, options["roster"])
        if options["output"]:
            prepare(options["output"])
        after = runs.counts_after(store, again=options["again"])
        store.note(seed=str(settings.seed))
        grader = Grader(homework, found.submissions, store, settings, after)
        terms = runs.terms_of(homework, found, settings)
        run = runs.began(store, terms, after, work=bool(grader.left))
        _tell_before(found, grader)
        _run(grader, found, homework, cluster)
        runs.finish(store, run)
        tell("", *table(found, store.last, homework, columns_here()))
        if options["output"]:
            tell_written(write_outputs(options["output"], found, store, homework, spoken))
        statuses = store.statuses()
        return sum(statuses.get(each.key) != "graded" for each in found.submissions)


def _check_use(store: Store, options: dict[str, Any]) -> None:
    """Refuse to mix another grade into one that is there, unless it is said how."""
    if not store.empty and not (options["resume"] or options["again"]):
        text = (
            "{store} holds a grade: go on with it by --resume, grade everything anew by "
            "--again, or name another --store"
        )
        raise BadCourse(message(text, store=click.format_filename(store.path)))


def _tell_before(found: Class, grader: Grader) -> None:
    tell_odd(found)
    every, left = len(found.submissions), len(grader.left)
    tell(message("{left} of {every} submissions to grade, seed {seed}", left=left, every=every,
                  seed=grader.settings.seed))  # fmt: skip


def _run(grader: Grader, found: Class, homework: Homework, cluster: Cluster | None) -> None:
    by_key = {each.key: each for each in found.submissions}
    with progress(len(grader.left), sys.stdout) as step:
        for record in grader.run(cluster):
            submission = by_key[record.student]
            told = f"{submission.student.name}: {points(submission, record, homework)}"
            with unheard():
                step(f"{told}, {status(submission, record, homework)}")
