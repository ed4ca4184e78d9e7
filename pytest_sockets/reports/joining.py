"""Gradescope's results.json of several programs: ``python -m pytest_sockets.reports.joining``.

Knows the form that ``gradescope`` writes, and joins several into one that says of
each behaviour when students see it. Where a submission has several programs,
each is graded by a run of its own, so that one that is missing costs the others
nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from .files import write_atomically


def joined(documents: Sequence[Mapping[str, Any]], visibility: Mapping[str, str]) -> dict[str, Any]:
    """Return one document with the tests of all, whose score and time are the sums.

    What is said of the whole is that of the first. ``visibility`` is by the ids of
    behaviours.
    """
    if len(documents) == 1:
        tests = [_seen(test, visibility) for test in documents[0]["tests"]]
        return {**documents[0], "tests": tests}
    first = documents[0]
    extra = [document["extra_data"] for document in documents]
    return {
        **first,
        "score": sum(document["score"] for document in documents),
        "execution_time": round(sum(document["execution_time"] for document in documents), 3),
        "output": "\n".join(document["output"] for document in documents),
        "extra_data": {
            **extra[0],
            "seed": [each["seed"] for each in extra],
            "max_score": sum(each["max_score"] for each in extra),
            "complete": all(each["complete"] for each in extra),
        },
        "tests": [_seen(test, visibility) for test in _tests(documents)],
    }


def _tests(documents: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for place, document in enumerate(documents, 1):
        for test in document["tests"]:
            scorecard = test["extra_data"]["id"].partition("/")[0]
            number = f"{place}.{test['number']}"
            yield {**test, "name": f"{scorecard}: {test['name']}", "number": number}


def _seen(test: Mapping[str, Any], visibility: Mapping[str, str]) -> dict[str, Any]:
    return {**test, "visibility": visibility.get(test["extra_data"]["id"], test["visibility"])}


def main(out: str, shown: str, *parts: str) -> None:
    """Join the files ``parts`` into the file ``out``; ``shown`` is the file of visibilities."""
    visibility = json.loads(Path(shown).read_text("utf-8"))
    documents = [json.loads(Path(part).read_text("utf-8")) for part in parts]
    text = json.dumps(joined(documents, visibility), ensure_ascii=False, allow_nan=False, indent=1)
    write_atomically(Path(out), text + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
