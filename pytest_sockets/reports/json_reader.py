"""Scorecards from the JSON document of a run: what gradebooks and the page of a class need.

Knows the form "pytest-sockets/1". The way back is not complete: sentences come as
they were said, in the language of the document, and the exchange stays where it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_sockets.messages import Message
from pytest_sockets.results import Diagnosis, Line, Outcome, Result, Scorecard


def scorecards(
    document: Mapping[str, Any], sources: Mapping[str, str], mistakes: Mapping[str, Message]
) -> list[Scorecard]:
    """Return the scorecards of ``document``, which keeps to its schema.

    ``sources`` are the places that document the behaviours, by their ids, and
    ``mistakes`` what a known mistake does, by its slug: the form has no key for them.
    """
    return [
        Scorecard(
            target=card["target"],
            exercise=card["exercise"],
            role=card["role"],
            results=[_result(result, sources) for result in card["results"]],
            seed=document["seed"],
            containment=document["containment"],
            diagnosis=_diagnosis(card.get("diagnosis"), mistakes),
        )
        for card in document["scorecards"]
    ]


def _diagnosis(told: Mapping[str, str] | None, mistakes: Mapping[str, Message]) -> Diagnosis | None:
    if told is None or told["like"] not in mistakes:
        return None
    return Diagnosis(told["like"], mistakes[told["like"]], told["result"])


def _result(told: Mapping[str, Any], sources: Mapping[str, str]) -> Result:
    return Result(
        id=told["id"],
        behaviour=told["behaviour"],
        level=told["level"],
        part=told["part"],
        outcome=Outcome(told["outcome"]),
        max_points=told["max_points"],
        title=told["title"],
        why=told["why"],
        hint=told["hint"],
        source=sources.get(told["id"], ""),
        tutorial=told["tutorial"],
        expected=_sentence(told["expected"]),
        observed=_sentence(told["observed"]),
        because=_sentence(told["because"]),
        smallest=_sentence(told.get("smallest")),
        blocked_by=told["blocked_by"],
        reason=_sentence(told["reason"]),
        lines=[Line(**line) for line in told["lines"]],
        duration=told["duration"],
        attempts=told["attempts"],
    )


def _sentence(text: str | None) -> Message | None:
    return None if text is None else Message("{text}", {"text": text})
