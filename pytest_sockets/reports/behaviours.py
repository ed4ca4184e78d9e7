"""Every exercise with its contract and its behaviours, as Markdown, from the code itself.

Knows exercises and Markdown. Does not run anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..exercises import Exercise, Profile, Weighed

HEAD = """# Exercises and behaviours

What each exercise asks, with the points of every behaviour. *Basic* is what the
tutorial's own program can reach, *robust* what it misses. A *must* decides the
exit status of a run; a *should* costs points only; a *may* is shown without
points. Sources are tutorial and section, or the standard.
"""


def render(found: Iterable[Exercise]) -> str:
    """Return the page about the exercises ``found``."""
    return "\n".join([HEAD, *(line for exercise in found for line in _exercise(exercise))]) + "\n"


def _exercise(exercise: Exercise) -> Iterator[str]:
    title, _, contract = exercise.contract.strip().partition("\n")
    yield f"## {exercise.name}\n"
    yield f"{title.partition(': ')[2] or title}\n"
    yield f"{contract.strip()}\n"
    for role, profile in exercise.profiles.items():
        yield f"### {exercise.name} {role}\n"
        yield from _profile(exercise.name, role, profile)


def _profile(name: str, role: str, profile: Profile) -> Iterator[str]:
    yield "| behaviour | | level | part | points | source |"
    yield "|---|---|---|---|---:|---|"
    for weighed in profile.behaviours:
        yield _row(f"{name}-{role}", weighed)
    yield ""
    for weighed in profile.behaviours:
        asked = weighed.behaviour
        yield f'<a id="{name}-{role}-{asked.slug}"></a>'
        yield f"**{asked.title}.** {asked.why} *Hint:* {profile.hint(asked)}"
        if asked.tutorial:
            yield f"*The tutorial:* {asked.tutorial}"
        yield ""


def _row(name: str, weighed: Weighed) -> str:
    asked = weighed.behaviour
    part = "–" if asked.level == "may" else weighed.part
    return (
        f"| [{asked.title}](#{name}-{asked.slug}) | {asked.catalogue} | {asked.level} "
        f"| {part} | {weighed.points} | {asked.source} |"
    )
