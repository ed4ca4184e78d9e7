"""From a question to a verdict: one behaviour is asked of one program.

Knows the rules of the verdict: what a failure is blocked by, when it is asked
once more, whose fault an exception is, and that a result is remembered, so that
order, selection and distribution of the questions change nothing. Does not
know pytest, and does not print.
"""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass

from .attempts import Attempt
from .behaviours import Ask, Behaviour, Role, behaviour_of
from .causes import cause
from .diagnosis import diagnose
from .evidence import (
    lines,
    of_another_client,
    other_encoding,
    recv_sizes,
    sources,
)
from .exercises import Exercise, Profile, Weighed, plain_name
from .findings import Accusation, Blocked, NotJudged, PortTaken, TargetError
from .messages import Message, message
from .programs.place import Place, Runner
from .programs.room import lack_of
from .results import Outcome, Result, Scorecard
from .roles import Pair, Subject, Unit, kind_of
from .roles.keyboard import UNSEEN
from .smallest import MOST_RUNS, smallest
from .targets import TOUR, Target, to_call

PATIENCE = 3
"""How many times longer than the failure a run that narrows it down may take, on average."""

PLACES = 5
"""How many places are tried, one after the other, until nobody else uses the place's port."""

GLANCE = 0.2
"""Seconds between glances at another thread: on Windows no wait can be interrupted."""


@dataclass(frozen=True)
class Assignment:
    """One target, graded in one role of one exercise."""

    target: Target
    exercise: Exercise
    role: Role

    @property
    def profile(self) -> Profile:
        """The weighed behaviours of the role."""
        return self.exercise.profiles[self.role]

    @property
    def name(self) -> str:
        """Exercise and role in one word: ``tcp-echo-server``; the tour has no role."""
        return TOUR if self.role == TOUR else f"{self.exercise.name}-{self.role}"

    def id(self, weighed: Weighed) -> str:
        """Return the behaviour's id: ``tcp-echo-server/echoes-pieces-whole``."""
        return f"{self.name}/{weighed.behaviour.slug}"


class Grading:
    """The verdicts on one assignment; each behaviour is judged once and remembered."""

    def __init__(self, assignment: Assignment, runner: Runner, seed: int) -> None:
        self.assignment = assignment
        self.runner = runner
        self.seed = seed
        self.network: Message | None = None
        self.containment: Message | str = ""
        self._results: dict[Ask, Future[Result]] = {}
        self._never_came_up: set[str] = set()

    def result(self, weighed: Weighed) -> Result:
        """Return the verdict on one behaviour, judging it and what it needs first.

        May be called by several threads: each behaviour is judged by one of them.
        """
        ask, mine = weighed.behaviour.ask, Future[Result]()
        known = self._results.setdefault(ask, mine)
        if known is mine:
            try:
                mine.set_result(self._judge(weighed))
            except BaseException as error:
                del self._results[ask]
                mine.set_exception(error)
                raise
        while not known.done():
            wait([known], GLANCE)
        return known.result()

    def scorecard(self, results: Sequence[Result]) -> Scorecard:
        """Return the scorecard that ``results`` make."""
        return Scorecard(
            target=self.assignment.target.spec,
            exercise=self.assignment.exercise.name,
            role=self.assignment.role,
            results=results,
            seed=self.seed,
            network=self.network,
            containment=self.containment,
            sources=sources(self.assignment.target, results),
            diagnosis=diagnose(self.assignment.exercise.name, self.assignment.role, results),
        )

    def _judge(self, weighed: Weighed) -> Result:
        needed = [self.result(need) for need in self._needs(weighed.behaviour)]
        failed = [
            r
            for r in needed
            if r.outcome in (Outcome.FAILED, Outcome.BLOCKED)
            and r.blocked_by != self.assignment.id(weighed)
        ]
        first = failed[0] if failed else None
        if first is not None and any(r.id in self._never_came_up for r in failed):
            return self._blocked(weighed, first, Attempt())
        attempt, attempts = self._ask(weighed, 1), 1
        late = attempt.accusation is not None and attempt.accusation.rests_on_deadline
        if late and first is None:
            attempts = 2
            again = self._ask(weighed, 2)
            again.labels.append(attempt.confirmed_by(again))
            attempt = again
        if attempt.blocked_by is not None and first is None:
            by = self._weighed(attempt.blocked_by)
            name = self.assignment.id(by)
            return self._result(weighed, attempt, attempts=attempts, blocked_by=name)
        unmet = attempt.outcome is not Outcome.PASSED and not attempt.ours
        if unmet and first is not None:
            return self._blocked(weighed, first, attempt)
        if isinstance(attempt.accusation, TargetError):
            self._never_came_up.add(self.assignment.id(weighed))
        attempt.smallest = self._smallest(weighed, attempt)
        return self._result(weighed, attempt, attempts=attempts)

    def _smallest(self, weighed: Weighed, failed: Attempt) -> Message | None:
        """Return where the failure begins: fresh programs are asked the same with less."""
        fresh = self.assignment.target.kind != "address"
        askable = failed.proved and failed.eased and fresh
        if failed.outcome is not Outcome.FAILED or not askable:
            return None
        until = time.monotonic() + PATIENCE * MOST_RUNS * failed.duration

        def passes(limits: Mapping[Unit, int]) -> bool | None:
            if time.monotonic() > until:
                return None
            attempt = self._ask(weighed, 1, limits)
            return attempt.outcome is Outcome.PASSED if attempt.proved else None

        return smallest(failed.eased, passes, recv_sizes(failed.events, self.assignment.target))

    def _weighed(self, ask: Ask) -> Weighed:
        return next(w for w in self.assignment.profile.behaviours if w.behaviour.ask is ask)

    def _needs(self, behaviour: Behaviour) -> list[Weighed]:
        """Return what the behaviour needs, directly or not, as far as this profile asks it.

        What is needed first comes first, so that it is named as the one to mend.
        """
        asked = {other.behaviour.ask: other for other in self.assignment.profile.behaviours}
        found: dict[Ask, Weighed] = {}
        for need in behaviour.needs:
            for deeper in self._needs(behaviour_of(need)):
                found.setdefault(deeper.behaviour.ask, deeper)
            if need in asked:
                found[need] = asked[need]
        return list(found.values())

    def _blocked(self, weighed: Weighed, first: Result, attempt: Attempt) -> Result:
        attempt.outcome = Outcome.BLOCKED
        return self._result(weighed, attempt, blocked_by=first.blocked_by or first.id)

    def _ask(
        self, weighed: Weighed, number: int, limits: Mapping[Unit, int] | None = None
    ) -> Attempt:
        """Return what an attempt shows: the next one's, where others took the port from it."""
        for _ in range(PLACES):
            attempt = self._attempt(weighed, number, limits)
            if not attempt.elsewhere:
                break
        return attempt

    def _attempt(self, weighed: Weighed, number: int, limits: Mapping[Unit, int] | None) -> Attempt:
        attempt = Attempt()
        began = time.monotonic()
        chance = random.Random(f"{self.seed}/{self.assignment.id(weighed)}/{number}")  # noqa: S311
        try:
            if number > 1:
                self.runner.measure()
            place = self.runner.place(self._target(weighed))
            try:
                subject = self._subject(place, chance, number)
                subject.parts[0].ease.limits = limits or {}
                self.network, self.containment = place.description, place.containment
                try:
                    with subject:
                        self._put(weighed, subject, attempt)
                finally:
                    attempt.keep_evidence(subject)
            finally:
                place.close()
        except NotJudged as nothing:
            attempt.say_nothing(nothing.reason, ours=nothing.ours)
            attempt.elsewhere = isinstance(nothing, PortTaken)
        except Exception as error:  # noqa: BLE001 - whatever it was, it was ours and is shown
            attempt.say_nothing(lack_of(error) or _of_the_harness(), ours=True)
        if not self.runner.kernel:
            seconds = round(self.runner.quiet * number**2, 2)
            attempt.labels.append(
                message(
                    "silence counts after {seconds} s, since nothing proves it here",
                    seconds=seconds,
                )
            )
        attempt.duration = time.monotonic() - began
        return attempt

    def _put(self, weighed: Weighed, subject: Subject | Pair, attempt: Attempt) -> None:
        try:
            weighed.behaviour.ask(subject)
        except Blocked as blocked:
            attempt.outcome, attempt.blocked_by = Outcome.BLOCKED, blocked.by
        except Accusation as accusation:
            for part in subject.parts:
                part.place.check_room()
                if accusation.rests_on_deadline and part.asked_unseen:
                    raise NotJudged(UNSEEN) from None
            attempt.outcome, attempt.accusation = Outcome.FAILED, accusation
            attempt.because = (
                accusation.because
                or other_encoding(accusation.difference)
                or of_another_client(accusation, subject.events)
                or cause(subject, accusation)
            )

    def _target(self, _weighed: Weighed) -> Target:
        """Return the program, or the function, that a behaviour is asked of."""
        target, name = self.assignment.target, plain_name(self.assignment.exercise.name)
        return to_call(target, name) if self.assignment.role == "function" else target

    def _subject(self, place: Place, chance: random.Random, number: int) -> Subject | Pair:
        kind = kind_of(self.assignment.role, self.assignment.exercise.transport)
        return kind(place, self.assignment.profile, chance, self.runner.quiet * number**2)

    def _result(
        self,
        weighed: Weighed,
        attempt: Attempt,
        *,
        attempts: int = 1,
        blocked_by: str | None = None,
    ) -> Result:
        asked, accusation = weighed.behaviour, attempt.accusation
        outcome = attempt.outcome
        if asked.level == "may" and outcome in (Outcome.PASSED, Outcome.FAILED):
            outcome = Outcome.INFO
        return Result(
            id=self.assignment.id(weighed),
            behaviour=asked.catalogue,
            level=asked.level,
            part=weighed.part,
            outcome=outcome,
            max_points=weighed.points,
            title=asked.title,
            why=asked.why,
            hint=self.assignment.profile.hint(asked),
            source=asked.source,
            tutorial=asked.tutorial,
            expected=accusation.expected if accusation else None,
            observed=accusation.observed if accusation else None,
            because=attempt.because,
            advice=accusation.advice if accusation else None,
            smallest=attempt.smallest,
            difference=accusation.difference if accusation else None,
            blocked_by=blocked_by,
            reason=attempt.reason,
            lines=lines(attempt.events, self.assignment.target),
            transcript=attempt.events,
            steps=attempt.steps,
            connection=accusation.connection if accusation else 0,
            failed_at=attempt.failed_at,
            printed=attempt.printed,
            errors=attempt.errors,
            labels=attempt.labels,
            duration=attempt.duration,
            attempts=attempts,
            ours=attempt.ours,
        )


def _of_the_harness() -> Message:
    """Return what is said of the exception that is being handled."""
    text = "an error of the harness, not of the program: {error}"
    return message(text, error=traceback.format_exc())


def not_run(grading: Grading, weighed: Weighed, reason: Message) -> Result:
    """Return the result of a behaviour that was never asked, because of ``reason``."""
    return grading._result(weighed, Attempt(outcome=Outcome.NOT_JUDGED, reason=reason), attempts=0)
