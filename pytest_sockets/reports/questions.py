"""What is asked: exercises in a table, the behaviours of one, and one behaviour explained.

Knows columns and ids. Does not run anything.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pytest_sockets.behaviours import Ask, Behaviour, Role
from pytest_sockets.exercises import Exercise, Weighed
from pytest_sockets.messages import Message, Translate, listed, message, same

from .evidence import said
from .look import Look
from .table import hang
from .wording import SEE, TRY, TUTORIAL, WHY, cited, pad, unwrapped, width, wrap

GAP = 2

CLOSE = 3
"""So many ids are suggested for one that does not exist."""


@dataclass(frozen=True)
class Asked:
    """A behaviour as one role of an exercise is asked for it."""

    exercise: Exercise
    role: Role
    weighed: Weighed

    @property
    def behaviour(self) -> Behaviour:
        """What is asked."""
        return self.weighed.behaviour

    @property
    def hint(self) -> str:
        """What to try, in the words of its exercise."""
        return self.exercise.profile(self.role).hint(self.behaviour)

    @property
    def id(self) -> str:
        """The id in reports: ``tcp-echo-server/echoes-pieces-whole``."""
        return f"{self.exercise.name}-{self.role}/{self.behaviour.slug}"


def asked_in(exercises: Iterable[Exercise]) -> Iterator[Asked]:
    """Yield every behaviour of ``exercises``, in the order of their profiles."""
    for exercise in exercises:
        for role, profile in exercise.profiles.items():
            for weighed in profile.behaviours:
                yield Asked(exercise, role, weighed)


def named(id_: str, every: Iterable[Asked]) -> list[list[Asked]]:
    """Return what ``id_`` names, those together that ask the same.

    It is the id of one, the part of it behind the slash, or an id of the catalogue.
    """
    groups: dict[Ask, list[Asked]] = {}
    for asked in every:
        if id_.lower() in [name.lower() for name in _names(asked)]:
            groups.setdefault(asked.behaviour.ask, []).append(asked)
    return list(groups.values())


def nearest(id_: str, every: Iterable[Asked]) -> list[str]:
    """Return the ids that are written most like ``id_``, none where none is like it."""
    names = {name.lower(): name for asked in every for name in _names(asked)}
    return [names[each] for each in difflib.get_close_matches(id_.lower(), names, CLOSE)]


def _names(asked: Asked) -> tuple[str, str, str]:
    return asked.id, asked.behaviour.slug, asked.behaviour.catalogue


def overview(exercises: Iterable[Exercise], look: Look) -> Iterator[str]:
    """Yield the lines of a table: name, what it asks for, and behaviours by role."""
    found = list(exercises)
    name = max((width(each.name) for each in found), default=0) + GAP
    for each in found:
        counts = [
            Message("{role} {count}", {"role": Message(role), "count": len(profile.behaviours)})
            for role, profile in each.profiles.items()
        ]
        told = message("{exercise} ({behaviours})", exercise=headline(each, look.translate),
                       behaviours=listed(counts))  # fmt: skip
        text = wrap(look.say(told), look.width - name)
        yield from hang(look.paint("strong", pad(each.name, name)), name, text)


def behaviours(exercise: Exercise, look: Look) -> Iterator[str]:
    """Yield the contract of ``exercise`` and a table of its behaviours, role by role."""
    yield from contract(exercise, look)
    for role, profile in exercise.profiles.items():
        yield ""
        yield look.paint("strong", look.text(f"{exercise.name}-{role}"))
        yield from _table(profile.behaviours, look)


def contract(exercise: Exercise, look: Look) -> Iterator[str]:
    """Yield what a student is told to write, its paragraphs wrapped anew."""
    told = look.translate(exercise.contract.strip())
    for number, paragraph in enumerate(re.split(r"\n\s*\n", told)):
        yield from [""] if number else []
        yield from wrap(look.text(unwrapped(paragraph)), look.width)


def headline(exercise: Exercise, translate: Translate = same) -> str:
    """Return what the exercise asks for, in a few words."""
    first = translate(exercise.contract.strip()).partition("\n")[0]
    return re.split(": |：", first, maxsplit=1)[-1].rstrip(".。")


def _table(found: Sequence[Weighed], look: Look) -> Iterator[str]:
    slug = max(width(each.behaviour.slug) for each in found) + GAP
    level = max(width(look.say(each.behaviour.level)) for each in found) + GAP
    for each in found:
        points = f"{each.points:>3}" if each.points else "   "
        row = f"  {pad(each.behaviour.slug, slug)}{each.behaviour.catalogue}{' ' * GAP}"
        row += f"{pad(look.say(each.behaviour.level), level)}{points}"
        part = look.say(each.part) if each.points else ""
        yield look.cut(f"{row}{' ' * GAP}{part}".rstrip(), look.width)


def explained(asked: Sequence[Asked], look: Look) -> Iterator[str]:
    """Yield why a behaviour matters and who is asked for it; ``asked`` all ask the same."""
    first = asked[0].behaviour
    for line in wrap(look.say(first.title), look.width):
        yield look.paint("strong", line)
    yield ""
    yield from said(WHY, first.why, look)
    yield from said(TRY, asked[0].hint if len(asked) == 1 else first.hint, look)
    yield from said(TUTORIAL, first.tutorial, look)
    yield from said(SEE, cited(f"{first.source}; {first.catalogue}", look.translate), look)
    yield ""
    for each in asked:
        yield from hang("", 2, wrap(look.say(_weight(each)), look.width - 2))
        needed = needs(each)
        if needed:
            text = message("needs {names}", names=", ".join(needed))
            yield from hang("", 4, wrap(look.say(text), look.width - 4))


def _weight(asked: Asked) -> Message:
    if not asked.weighed.points:
        return message(
            "{id}: {level}, without points", id=asked.id, level=Message(asked.behaviour.level)
        )
    return message(
        "{id}: {level}, {points} of 100 points, {part}",
        id=asked.id,
        level=Message(asked.behaviour.level),
        points=asked.weighed.points,
        part=Message(asked.weighed.part),
    )


def needs(asked: Asked) -> list[str]:
    """Return the ids, within the same profile, of what has to be met before."""
    profile = asked.exercise.profile(asked.role)
    own = [each for each in asked_in([asked.exercise]) if each.weighed in profile.behaviours]
    return [each.id for each in own if each.behaviour.ask in asked.behaviour.needs]


def described(asked: Asked, translate: Translate = same) -> Mapping[str, Any]:
    """Return everything that is known of a behaviour, for JSON."""
    behaviour = asked.behaviour
    return {
        "id": asked.id,
        "behaviour": behaviour.catalogue,
        "level": behaviour.level,
        "part": asked.weighed.part,
        "points": asked.weighed.points,
        "title": translate(behaviour.title),
        "why": translate(behaviour.why),
        "hint": translate(asked.hint),
        "source": cited(behaviour.source, translate).render(translate),
        "tutorial": translate(behaviour.tutorial) if behaviour.tutorial else None,
        "needs": needs(asked),
    }


def described_exercise(exercise: Exercise, translate: Translate = same) -> Mapping[str, Any]:
    """Return everything that is known of an exercise, for JSON."""
    return {
        "exercise": exercise.name,
        "transport": exercise.transport,
        "contract": translate(exercise.contract.strip()),
        "roles": list(exercise.profiles),
        "behaviours": [described(each, translate) for each in asked_in([exercise])],
    }
