"""The scorecard of a program that was not graded: all of its profile, and why.

Knows what would have been asked, so that totals stay what they are when there is
no program at all, or nobody left to grade it.
"""

from __future__ import annotations

from .behaviours import Role
from .exercises import Exercise, Profile, Weighed
from .messages import Message
from .results import Outcome, Result, Scorecard


def ungraded(
    exercise: Exercise, role: Role, target: str, reason: Message, *, seed: int = 0
) -> Scorecard:
    """Return the scorecard of ``target``, in which nothing is judged, because of ``reason``."""
    name = f"{exercise.name}-{role}"
    profile = exercise.profiles[role]
    results = [_result(name, profile, weighed, reason) for weighed in profile.behaviours]
    return Scorecard(target=target, exercise=exercise.name, role=role, results=results, seed=seed)


def _result(name: str, profile: Profile, weighed: Weighed, reason: Message) -> Result:
    asked = weighed.behaviour
    return Result(
        id=f"{name}/{asked.slug}",
        behaviour=asked.catalogue,
        level=asked.level,
        part=weighed.part,
        outcome=Outcome.NOT_JUDGED,
        max_points=weighed.points,
        title=asked.title,
        why=asked.why,
        hint=profile.hint(asked),
        source=asked.source,
        tutorial=asked.tutorial,
        reason=reason,
        attempts=0,
    )
