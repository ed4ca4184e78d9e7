"""``pytest-sockets compare``: who moves between two runs of a grade, and by what.

Glue between click and what does the work.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from .class_command import columns_here, tell
from .courses.moved import lines, to_table
from .courses.moves import Side, moves
from .courses.notices import BadCourse
from .courses.store import Run, Store
from .messages import message
from .reports.files import write_atomically
from .speaking import Speaking

STORE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(cls=Speaking, short_help="Who moves from one grade of a class to the next.")
@click.argument("store", type=STORE)
@click.argument("other", type=STORE, required=False)
@click.option("--since", metavar="RUN|DATE",
              help="Compare with this run: its number, or the last by that date.")  # fmt: skip
@click.option("--csv", "table", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the moves as CSV, too.")  # fmt: skip
def compare(store: Path, other: Path | None, since: str | None, table: Path | None) -> None:
    """Tell who moves, by which behaviour, from what to what, and why.

    STORE is where "pytest-sockets grade" has kept its results. Without more its last run
    is compared with the one before; with --since with an earlier one; with OTHER the last
    run of OTHER with that of STORE. Nothing is graded and nothing changes.
    """
    try:
        with ExitStack() as closing:
            before, after = _sides(store, other, since, closing)
            found = list(moves(before, after))
            tell(*lines(before, after, found, columns_here()))
        if table is not None:
            write_atomically(table, to_table(found))
    except BadCourse as error:
        raise click.UsageError(str(error.problem)) from error
    except BrokenPipeError:  # nobody reads any more: click ends without a word
        raise
    except OSError as error:
        raise click.ClickException(str(error)) from error


def _sides(
    path: Path, other: Path | None, since: str | None, closing: ExitStack
) -> tuple[Side, Side]:
    if other is not None and other.samefile(path):
        raise BadCourse(message("the two stores are one: name another one, or use --since"))
    store = closing.enter_context(Store(path))
    runs = _runs(store)
    if other is not None:
        second = closing.enter_context(Store(other))
        last = runs[-1] if since is None else _since(runs, since)
        return Side(store, last), Side(second, _runs(second)[-1])
    if since is None and len(runs) == 1:
        text = "{store} holds one run only: grade with --resume or --again first, or name OTHER"
        raise BadCourse(message(text, store=click.format_filename(path)))
    earlier = runs[-2] if since is None else _since(runs, since)
    return Side(store, earlier), Side(store, runs[-1])


def _runs(store: Store) -> list[Run]:
    runs = store.runs()
    if not runs:
        raise BadCourse(message("{store} holds no run: nothing was graded into it",
                                store=click.format_filename(store.path)))  # fmt: skip
    return runs


def _since(runs: list[Run], since: str) -> Run:
    """Return the run with the number ``since``, or the last one that had begun by that date."""
    if since.isdecimal() and len(since) < 8:
        found = [run for run in runs if run.number == int(since)]
    else:
        moment = _moment(since)
        found = [run for run in runs if datetime.fromisoformat(run.began) <= moment]
    if not found:
        first = f"1 ({runs[0].began})"
        last = f"{runs[-1].number} ({runs[-1].began})"
        text = "--since {since}: there is no such run; there are {first} to {last}"
        raise BadCourse(message(text, since=repr(since), first=first, last=last))
    return found[-1]


def _moment(text: str) -> datetime:
    """Return the moment that ``text`` names; without a time zone it is that of this machine.

    Raises:
        BadCourse: it names none.
    """
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError) as error:
        problem = "--since {since}: it has to be a run's number or a date such as 2026-03-31"
        raise BadCourse(message(problem, since=repr(text))) from error
