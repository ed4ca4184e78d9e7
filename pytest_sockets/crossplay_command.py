"""``pytest-sockets crossplay``: who understands whom in a class.

Glue between click and what does the work.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click

from .class_command import (
    CONTAINMENT,
    PYTHON,
    ROSTER,
    asked,
    check_containment,
    import_nothing_from_here,
    settings_of,
    tell,
    tell_odd,
    tell_written,
    told_in_a_line,
    unheard,
    work_folder,
)
from .courses.crossplay import SECONDS, START, Crossplay, Pair, crossplay, matrix, playable
from .courses.grader import Settings
from .courses.outputs import MATRIX, display_names, prepare, write_matrix
from .courses.progress import duration, progress
from .courses.store import Store
from .courses.submissions import find_submissions
from .messages import message, spoken
from .reports.look import look_of
from .reports.matrix import REFERENCE, Met, to_document
from .reports.matrix_table import lines
from .results import Outcome
from .speaking import Speaking

MOST = 20
LIMIT = 60.0

SEED = "crossplay-seed/"
"""The fact of a store, with an exercise behind it, that holds with which seed was played."""


@click.command(name="crossplay", cls=Speaking, short_help="Who understands whom in a class.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--exercise", metavar="NAME|PATH.py", help="An exercise for a server and a client.")
@click.option("--assignment", "file", type=click.Path(path_type=Path), metavar="FILE.toml",
              help="What is asked, with the names of the files.")  # fmt: skip
@ROSTER
@click.option("--most", type=click.IntRange(0, 100000), default=MOST, show_default=True,
              help="Others that a program meets at most; the seed chooses them.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Write the matrix there: CSV and HTML.")  # fmt: skip
@click.option("--store", type=click.Path(path_type=Path, dir_okay=False), default="grades.db",
              show_default=True, help="Where each meeting is kept as soon as it has taken place; "
              "a grade in the same store shows the matrix on its page of the class.")  # fmt: skip
@click.option("--resume", is_flag=True, help="Go on with a store: play what is not finished.")
@click.option("--workers", type=click.IntRange(1, 256), help="Meetings at a time.")
@click.option("--limit", type=click.FloatRange(1.0, 86400.0), default=LIMIT, show_default=True,
              help="Seconds after which a meeting is given up.")  # fmt: skip
@click.option("--seed", type=int, help="Repeat a run with the same payloads and meetings.")
@PYTHON
@CONTAINMENT
def command(submissions: Path, **options: Any) -> None:
    """Let every client of SUBMISSIONS meet every server, and the reference programs.

    The matrix of who understands whom tells a wrong protocol (it fails with the reference
    and with the others) from what is wrong only with itself, or understands only itself.
    Every program meets the reference, its own other half and as many others as --most
    says. SUBMISSIONS is what "pytest-sockets grade" takes. Without --resume everything is
    played anew.
    """
    import_nothing_from_here()
    text = "stopped; the meetings so far are kept in {store}: go on with --resume"
    kept = message(text, store=click.format_filename(options["store"]))
    with told_in_a_line(kept), ExitStack() as closing:
        unjudged = _play(submissions, options, closing)
    sys.exit(1 if unjudged else 0)


def _play(source: Path, options: dict[str, Any], closing: ExitStack) -> bool:
    """Let the class play; return whether a meeting could not be judged."""
    homework = asked(options["exercise"], options["file"])
    name = playable(homework).exercise.name
    store = closing.enter_context(Store(options["store"]))
    settings = settings_of(options, store.facts().get(SEED + name) if options["resume"] else None)
    check_containment(settings)
    work = work_folder(closing, store)
    (work / "students").mkdir()
    found = find_submissions(source, homework, work / "students", options["roster"])
    tell_odd(found)
    if options["output"]:
        prepare(options["output"])
    play = crossplay(homework, found, work, settings.seed, options["most"])
    store.note(**{SEED + name: str(settings.seed)})
    names = list(display_names(found).values())
    made = matrix(play, names, _met(play, names, store, settings, resume=options["resume"]),
                  settings.seed, _now())  # fmt: skip
    tell("", *lines(made, look_of(sys.stdout, spoken)))
    store.note(**{MATRIX + name: json.dumps(to_document(made))})
    if options["output"]:
        tell_written(write_matrix(options["output"], made, spoken))
    return any(met.outcome is Outcome.NOT_JUDGED for met in made.met.values())


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


def _tell_before(play: Crossplay, meetings: int, settings: Settings) -> None:
    text = "{meetings} meetings (clients: {clients}, servers: {servers}, seed: {seed}): {time}"
    seconds = START + meetings * SECONDS / min(settings.workers, os.cpu_count() or 1)
    tell(
        message(
            text,
            meetings=meetings,
            clients=len(play.clients),
            servers=len(play.servers),
            seed=settings.seed,
            time=duration(seconds),
        )
    )


def _met(
    play: Crossplay, names: list[str], store: Store, settings: Settings, *, resume: bool
) -> dict[Pair, Met]:
    """Return what came of each meeting; tell of each client when it has met all its servers."""
    met = play.played(store, settings) if resume else {}
    pairs = [pair for pair in play.pairs if pair not in met]
    _tell_before(play, len(pairs), settings)
    passed = Counter(client for (client, _), came in met.items() if came.outcome is Outcome.PASSED)
    every, left = (Counter(client for client, _ in each) for each in (play.pairs, pairs))
    with progress(len(left), sys.stdout) as step:
        for pair, came in play.run(pairs, store, settings):
            met[pair] = came
            client = pair[0]
            passed[client] += came.outcome is Outcome.PASSED
            left[client] -= 1
            if not left[client]:
                name = message("the reference") if client == REFERENCE else names[client - 1]
                text = "{name}: understands {passed} of {every}"
                told = message(text, name=name, passed=passed[client], every=every[client])
                with unheard():
                    step(str(told))
    return met
