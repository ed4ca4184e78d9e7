"""What a program is graded for: an exercise weighs behaviours, role by role.

Knows contracts, weights and names. Does not know how a behaviour is observed,
nor where exercises are kept (conformance, or a file of the user's own).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from .behaviours import ROLES, Ask, Behaviour, Role, behaviour_of
from .messages import Message, message

Transport = Literal["tcp", "udp", "unix", "none"]
Part = Literal["basic", "robust"]

TRANSPORTS: tuple[Transport, ...] = get_args(Transport)


def plain_name(name: str) -> str:
    """Return a name in lower case, its words joined by underscores: ``address_bits``."""
    return re.sub(r"[\W_]+", "_", name).strip("_").lower()


@dataclass(frozen=True)
class Weighed:
    """A behaviour with its points and the part of the profile it belongs to."""

    behaviour: Behaviour
    points: int
    part: Part


@dataclass(frozen=True)
class Profile:
    """The behaviours of one role of an exercise, in the order they are asked.

    ``one_shot`` is true when the program ends after its conversation.
    ``facts`` are values of the contract that shared behaviours ask for. ``hints``
    stand in for the behaviours' own, where this exercise has other means.
    """

    behaviours: tuple[Weighed, ...]
    one_shot: bool
    facts: Mapping[str, Any] = field(default_factory=dict)
    hints: Mapping[Ask, Message] = field(default_factory=dict)

    def hint(self, behaviour: Behaviour) -> str:
        """Return what to try when a program fails ``behaviour`` here."""
        own = self.hints.get(behaviour.ask)
        return own.text if own else behaviour.hint

    @property
    def total(self) -> int:
        """The points of all behaviours together: 100 in a complete profile."""
        return sum(weighed.points for weighed in self.behaviours)


def profile(
    *,
    basic: Mapping[Ask, int],
    robust: Mapping[Ask, int] | None = None,
    info: tuple[Ask, ...] = (),
    one_shot: bool,
    hints: Mapping[Ask, Message] | None = None,
    **facts: Any,
) -> Profile:
    """Return a profile from behaviour functions and their points.

    ``basic`` is what the tutorial's own program can reach, ``robust`` what it
    misses, ``info`` what is shown without points. ``hints`` are sentences of this
    exercise for behaviours that it shares with others.

    Raises:
        TypeError: one of them is no behaviour.
        ValueError: the points do not sum to 100, are no whole numbers from 0 on, or
            two behaviours have one id.
    """
    weighed = [Weighed(behaviour_of(ask), points, "basic") for ask, points in basic.items()]
    weighed += [
        Weighed(behaviour_of(ask), points, "robust") for ask, points in (robust or {}).items()
    ]
    weighed += [Weighed(behaviour_of(ask), 0, "robust") for ask in info]
    made = Profile(tuple(weighed), one_shot, facts, hints or {})
    for slug, times in Counter(each.behaviour.slug for each in weighed).items():
        if times > 1:
            raise ValueError(f"{slug} stands in a profile {times} times")
    for each in weighed:
        if type(each.points) is not int or each.points < 0:
            raise ValueError(f"{each.behaviour.slug} has a number of points, not {each.points!r}")
    if made.total != 100:
        raise ValueError(f"the points of a profile sum to 100, not to {made.total}")
    return made


@dataclass(frozen=True)
class Exercise:
    """A homework task: who speaks first, which bytes, how it ends.

    ``contract`` is the text a student is given; ``system`` the catalogue's id
    of the tutorial system it stands for.
    """

    name: str
    system: str
    transport: Transport
    contract: str
    profiles: Mapping[Role, Profile]

    def __post_init__(self) -> None:
        """Refuse what could not be graded.

        Raises:
            ValueError: there is no such transport or role, the name is no name, or a
                behaviour is asked of another role than that of its profile.
        """
        if not re.fullmatch(r"\w+(-\w+)*", self.name):
            raise ValueError(f"an exercise's name is words with - between them, not {self.name!r}")
        if self.transport not in TRANSPORTS:
            known = ", ".join(TRANSPORTS)
            raise ValueError(f"a transport is one of {known}, not {self.transport!r}")
        for role, made in self.profiles.items():
            if role not in ROLES:
                raise ValueError(f"a role is one of {', '.join(ROLES)}, not {role!r}")
            for weighed in made.behaviours:
                if weighed.behaviour.role != role:
                    told = f"{weighed.behaviour.slug} is asked of a {weighed.behaviour.role}"
                    raise ValueError(f"{told}, and stands in the profile of a {role}")

    def profile(self, role: Role) -> Profile:
        """Return the profile of ``role``.

        Raises:
            KeyError: the exercise has no such role.
        """
        return self.profiles[role]


def no_such_role(exercise: Exercise, role: Role) -> Message:
    """Say that ``exercise`` lacks ``role``, and which roles it has."""
    having = ", ".join(each for each in exercise.profiles if each != "pair")
    text = "{exercise} has no role {role}; it has {roles}"
    return message(text, exercise=exercise.name, role=role, roles=having)
