"""What one attempt at one behaviour has shown.

Knows what is kept of it as evidence. Does not know how it was made, nor what it counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .behaviours import Ask
from .evidence import done_before, kept, plain_paths
from .findings import Accusation, Finding
from .messages import Message, message
from .results import Outcome
from .roles import Pair, Subject, Unit
from .wire.events import Event

KEPT_OUTPUT = 4096
"""Bytes of what a program has printed that are kept."""


@dataclass
class Attempt:
    """What one attempt at one behaviour has shown."""

    outcome: Outcome = Outcome.PASSED
    accusation: Accusation | None = None
    reason: Message | None = None
    because: Message | None = None
    events: Sequence[Event] = ()
    steps: Sequence[Event] = ()
    failed_at: float | None = None
    printed: bytes = b""
    errors: bytes = b""
    duration: float = 0.0
    labels: list[Message] = field(default_factory=list)
    blocked_by: Ask | None = None
    ours: bool = False
    elsewhere: bool = False
    eased: Mapping[Unit, tuple[int, int]] = field(default_factory=dict)
    smallest: Message | None = None

    @property
    def proved(self) -> bool:
        """True when the behaviour was seen to be met, or not to be, and no deadline said so."""
        if self.outcome is Outcome.FAILED:
            accusation = self.accusation
            return isinstance(accusation, Finding) and not accusation.rests_on_deadline
        return self.outcome is Outcome.PASSED

    def say_nothing(self, reason: Message, *, ours: bool) -> None:
        """Judge nothing, whatever was found before ``reason`` came up."""
        self.outcome, self.reason, self.ours = Outcome.NOT_JUDGED, reason, ours
        self.accusation = self.because = self.blocked_by = None

    def keep_evidence(self, subject: Subject | Pair) -> None:
        """Keep what the attempt has shown, once everything the programs told was read."""
        last = min(part.taken_down for part in subject.parts)
        events = [event for event in subject.events if event.at <= last]
        self.events = kept(events)
        self.eased = subject.parts[0].ease.asked
        if self.accusation is not None:
            self.failed_at = self.accusation.made - subject.parts[0].transcript.opened
            self.steps = done_before(events, self.failed_at)
        parts = [part for part in subject.parts if part.programs]
        if len(subject.parts) == 1:
            self.printed = b"".join(part.program.stdout for part in parts)[-KEPT_OUTPUT:]
        errors = b"".join(plain_paths(part.program.stderr, part.folder) for part in parts)
        self.errors = errors[-KEPT_OUTPUT:]

    def confirmed_by(self, second: Attempt) -> Message:
        """Return what is told of this attempt and of the second, which counts."""
        if second.outcome is Outcome.FAILED:
            return message(
                "only time speaks against it, so it was tried twice, with the same result"
            )
        return message(
            "a deadline passed in the first of two attempts: {observed}",
            observed=self.accusation.observed if self.accusation else "",
        )
