"""The runs of a store: what each made its marks by, and which of them goes on.

Knows what has to be the same for a run that was cut off to go on. Does not know
what a mark is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timezone
from typing import Any

from .grader import Settings
from .homework import Homework, Waiver, Weighing
from .store import Run, Store
from .submissions import Class

FINISHED = "finished"
"""The fact of a store that holds the number of the last run which came to its end."""


def terms_of(homework: Homework, found: Class, settings: Settings) -> dict[str, Any]:
    """Return what a run makes marks by: weights, waivers, who is in the class, seed, versions."""
    weighing = homework.weighing
    return {
        "title": homework.title,
        "points": dict(weighing.points),
        "pass_mark": weighing.pass_mark,
        "waivers": [{**asdict(each), "students": list(each.students)} for each in weighing.waivers],
        "students": {each.key: [each.student.name, each.student.id] for each in found.submissions},
        "seed": settings.seed,
        "versions": settings.versions,
        "portable": settings.portable,
    }


def weighing_of(run: Run) -> Weighing:
    """Return what verdicts counted for in ``run``."""
    terms = run.terms
    waivers = (Waiver(each["behaviour"], each["reason"], tuple(each["students"]))
               for each in terms["waivers"])  # fmt: skip
    return Weighing(terms["points"], terms["pass_mark"], tuple(waivers))


def students_of(run: Run) -> dict[str, tuple[str, str]]:
    """Return name and id of everybody in the class, by the key of their records."""
    return {key: (name, id_) for key, (name, id_) in run.terms["students"].items()}


def is_finished(store: Store, run: Run) -> bool:
    """Tell whether ``run`` came to its end."""
    return int(store.facts().get(FINISHED, 0)) >= run.number


def end_of(run: Run, store: Store) -> int:
    """Return the number of the last record that ``run``, or one before it, has made."""
    return next((each.before for each in store.runs() if each.number > run.number), store.newest)


def counts_after(store: Store, *, again: bool) -> int:
    """Return the number of the record behind which a record counts as finished.

    That is the last one when everything is graded ``again``, and stays it until that
    came to its end.
    """
    if again:
        return store.newest
    runs = store.runs()
    unfinished = runs and not is_finished(store, runs[-1])
    return int(runs[-1].terms["after"]) if unfinished else 0


def began(store: Store, terms: Mapping[str, Any], after: int, *, work: bool) -> Run:
    """Return the run that begins: the last one, where this goes on with it, or a new one.

    ``work`` says that there is something to grade. A run that was finished goes on only
    as long as there is nothing.
    """
    runs, told = store.runs(), {**terms, "after": after}
    if runs:
        finished = is_finished(store, runs[-1])
        before = {**told, "after": runs[-1].terms["after"]} if finished else told
        if runs[-1].terms == before and not (finished and work):
            return runs[-1]
    return store.begin(datetime.now(timezone.utc).isoformat(timespec="seconds"), told)


def finish(store: Store, run: Run) -> None:
    """Note that ``run`` came to its end."""
    store.note(**{FINISHED: str(run.number)})
