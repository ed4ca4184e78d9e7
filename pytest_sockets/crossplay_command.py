"""``pytest-sockets crossplay``: who understands whom in a class.

Glue between click and what does the work.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import Counter
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import click

from .courses.crossplay import SECONDS, START, Crossplay, crossplay, matrix
from .courses.grader import Settings
from .courses.notices import BadCourse
from .courses.outputs import display_names, write_matrix
from .courses.overview import odd
from .courses.progress import duration, progress
from .courses.store import Store
from .courses.submissions import Class, find_submissions
from .grade_command import MOST_LISTED, asked, copies, import_nothing_from_here, interpreter, tell
from .languages import chosen
from .messages import message, spoken
from .reports.look import look_of
from .reports.matrix import REFERENCE, Matrix, Met, to_document
from .reports.matrix_table import lines
from .results import Outcome
from .speaking import Speaking

MOST = 20
LIMIT = 60.0


@click.command(name="crossplay", cls=Speaking, short_help="Who understands whom in a class.")
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--exercise", metavar="NAME|PATH.py", help="An exercise for a server and a client.")
@click.option("--assignment", "file", type=click.Path(path_type=Path), metavar="FILE.toml",
              help="What is asked, with the names of the files.")  # fmt: skip
@click.option("--roster", type=click.Path(path_type=Path), metavar="FILE.csv",
              help="Who is in the class: columns name, id, email or folder.")  # fmt: skip
@click.option("--most", type=click.IntRange(0, 100000), default=MOST, show_default=True,
              help="Others that a program meets at most; the seed chooses them.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
              help="Write the matrix there: CSV and HTML.")  # fmt: skip
@click.option("--store", type=click.Path(path_type=Path, dir_okay=False),
              help="Keep it with a grade, whose page of the class then shows it.")  # fmt: skip
@click.option("--workers", type=click.IntRange(1, 256), help="Meetings at a time.")
@click.option("--limit", type=click.FloatRange(1.0, 86400.0), default=LIMIT, show_default=True,
              help="Seconds after which a meeting is given up.")  # fmt: skip
@click.option("--seed", type=int, help="Repeat a run with the same payloads and meetings.")
@click.option("--python", metavar="PATH", help="The interpreter that runs the programs.")
def command(submissions: Path, **options: Any) -> None:
    """Let every client of SUBMISSIONS meet every server, and the reference programs.

    The matrix of who understands whom tells a wrong protocol (it fails with the reference
    and with the others) from what is wrong only with itself, or understands only itself.
    Every program meets the reference, its own other half and as many others as --most
    says. SUBMISSIONS is what "pytest-sockets grade" takes.
    """
    import_nothing_from_here()
    try:
        with ExitStack() as closing:
            _play(submissions, options, closing)
    except BadCourse as error:
        raise click.UsageError(str(error.problem)) from error
    except OSError as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        raise click.ClickException(str(message("stopped; nothing is kept"))) from None


def _play(source: Path, options: dict[str, Any], closing: ExitStack) -> None:
    homework, settings = asked(options["exercise"], options["file"]), _settings(options)
    store = closing.enter_context(Store(options["store"])) if options["store"] else None
    work = copies(closing)
    (work / "students").mkdir()
    found = find_submissions(source, homework, work / "students", options["roster"])
    play = crossplay(homework, found, work, settings.seed, options["most"])
    _tell_before(found, play, settings)
    names = list(display_names(found).values())
    played = datetime.now(timezone.utc).isoformat(timespec="seconds")
    made = matrix(play, names, _met(play, names, settings), settings.seed, played)
    tell("", *lines(made, look_of(sys.stdout, spoken)))
    if store is not None:
        store.note(**{f"crossplay/{made.exercise}": json.dumps(to_document(made))})
    if options["output"]:
        written = write_matrix(options["output"], made, spoken)
        tell(*(message("wrote {path}", path=click.format_filename(path)) for path in written))
    sys.exit(1 if _unjudged(made) else 0)


def _settings(options: dict[str, Any]) -> Settings:
    seed = options["seed"]
    return Settings(
        seed=random.SystemRandom().randrange(1, 10**6) if seed is None else seed,
        python=interpreter(options["python"]),
        workers=options["workers"] or os.cpu_count() or 1,
        limit=options["limit"],
        portable=os.environ.get("PYTEST_SOCKETS_PORTABLE", "") not in ("", "0"),
        language=chosen(None),
    )


def _tell_before(found: Class, play: Crossplay, settings: Settings) -> None:
    listed = list(odd(found))
    tell(*listed[:MOST_LISTED])
    if len(listed) > MOST_LISTED:
        tell(message("and {number} more notices", number=len(listed) - MOST_LISTED))
    text = "{meetings} meetings (clients: {clients}, servers: {servers}, seed: {seed}): {time}"
    seconds = START + len(play.pairs) * SECONDS / min(settings.workers, os.cpu_count() or 1)
    tell(
        message(
            text,
            meetings=len(play.pairs),
            clients=len(play.clients),
            servers=len(play.servers),
            seed=settings.seed,
            time=duration(seconds),
        )
    )


def _met(play: Crossplay, names: list[str], settings: Settings) -> dict[tuple[int, int], Met]:
    """Return what came of each meeting; tell of each client when it has met all its servers."""
    met: dict[tuple[int, int], Met] = {}
    every = Counter(client for client, _ in play.pairs)
    left = every.copy()
    with progress(len(every), sys.stdout) as step:
        for pair, came in play.run(settings):
            met[pair] = came
            client = pair[0]
            left[client] -= 1
            if not left[client]:
                name = message("the reference") if client == REFERENCE else names[client - 1]
                passed = sum(one.outcome is Outcome.PASSED for (who, _), one in met.items()
                             if who == client)  # fmt: skip
                text = "{name}: understands {passed} of {every}"
                step(str(message(text, name=name, passed=passed, every=every[client])))
    return met


def _unjudged(made: Matrix) -> bool:
    return any(met.outcome is Outcome.NOT_JUDGED for met in made.met.values())
