"""Every exercise with its contract and its behaviours, as Markdown, from the code itself.

Knows exercises and Markdown. Does not run anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pytest_sockets.exercises import Exercise, Profile, Weighed
from pytest_sockets.messages import Translate, same

from .questions import headline
from .wording import cited

HEAD = """\
# Exercises and behaviours

What each exercise asks, with the points of every behaviour. *Basic* is what the
tutorial's own program can reach, *robust* what it misses. A *must* decides the
exit status of a run; a *should* costs points only; a *may* is shown without
points. Sources are tutorial and section, or the standard.
"""
COLUMNS = "| behaviour | | level | part | points | source |"
TOLD = "**{title}.** {why} *Hint:* {hint}"
TUTORIAL = "*The tutorial:* {tutorial}"


def render(found: Iterable[Exercise], translate: Translate = same) -> str:
    """Return the page about the exercises ``found`` in the language of ``translate``."""
    lines = (line for exercise in found for line in _exercise(exercise, translate))
    return "\n".join([f"{translate(HEAD.strip())}\n", *lines]) + "\n"


def _exercise(exercise: Exercise, translate: Translate) -> Iterator[str]:
    contract = translate(exercise.contract.strip()).partition("\n")[2]
    yield f"## {exercise.name}\n"
    yield translate("{headline}.").format(headline=headline(exercise, translate)) + "\n"
    yield f"{contract.strip()}\n"
    for role, profile in exercise.profiles.items():
        yield f"### {exercise.name} {translate(role)}\n"
        yield from _profile(f"{exercise.name}-{role}", profile, translate)


def _profile(name: str, profile: Profile, translate: Translate) -> Iterator[str]:
    yield translate(COLUMNS)
    yield "|---|---|---|---|---:|---|"
    for weighed in profile.behaviours:
        yield _row(name, weighed, translate)
    yield ""
    for weighed in profile.behaviours:
        asked = weighed.behaviour
        yield f'<a id="{name}-{asked.slug}"></a>'
        yield translate(TOLD).format(
            title=translate(asked.title),
            why=translate(asked.why),
            hint=translate(profile.hint(asked)),
        )
        if asked.tutorial:
            yield translate(TUTORIAL).format(tutorial=translate(asked.tutorial))
        yield ""


def _row(name: str, weighed: Weighed, translate: Translate) -> str:
    asked = weighed.behaviour
    part = "–" if asked.level == "may" else translate(weighed.part)
    return (
        f"| [{translate(asked.title)}](#{name}-{asked.slug}) | {asked.catalogue} "
        f"| {translate(asked.level)} | {part} | {weighed.points} "
        f"| {cited(asked.source, translate).render(translate)} |"
    )
