"""What a failure has shown, in the form in which signs are looked for.

Knows sentences, bytes and socket calls. Does not know which mistake they speak of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pytest_sockets.findings import CRASHES
from pytest_sockets.messages import Message, same
from pytest_sockets.results import Result
from pytest_sockets.system_words import in_words_of_linux
from pytest_sockets.wire.events import (
    Called,
    Datagram,
    Event,
    Finished,
    Opened,
    Reset,
    Sent,
    Started,
)

ADDRESS = re.compile(r"\('[^']*', \d+\)")


@dataclass(frozen=True)
class Seen:
    """The first failure of a program, and the ids of all behaviours that it fails."""

    result: Result
    failed: frozenset[str]

    @cached_property
    def texts(self) -> frozenset[str]:
        """The templates of what was observed and of its cause, without their values."""
        return frozenset(_templates(self.result.observed)) | frozenset(
            _templates(self.result.because)
        )

    @cached_property
    def expected(self) -> frozenset[str]:
        """The templates of what was expected."""
        return frozenset(_templates(self.result.expected))

    @cached_property
    def words(self) -> str:
        """What was observed, and its cause, in English, with a crash's error in Linux's words."""
        said = (self.result.observed, self.result.because)
        return in_words_of_linux("\n".join(each.render(same) for each in said if each))

    @property
    def crashed(self) -> bool:
        """True when an error of the program is a part of the evidence."""
        return not self.texts.isdisjoint(CRASHES)

    @cached_property
    def wanted(self) -> bytes:
        """The bytes that were expected, empty where none are told."""
        return _bytes_of(self.result, 0)

    @cached_property
    def got(self) -> bytes:
        """The bytes that came instead, empty where none are told."""
        return _bytes_of(self.result, 1)

    @property
    def text(self) -> str:
        """The text that was expected in what the program prints, empty where none was."""
        values = self.result.expected.values if self.result.expected else {}
        found = values.get("text", "")
        return found if isinstance(found, str) else ""

    @cached_property
    def calls(self) -> Sequence[Called]:
        """The socket calls of the program since its last start, those that returned."""
        return [call for call in self.begun if not call.entered]

    @cached_property
    def before_the_end(self) -> Sequence[Called]:
        """The calls that returned before our side closed its first connection, if it did."""
        ends = [event.at for event in self.result.transcript
                if isinstance(event, (Finished, Reset)) and event.side == "peer"]  # fmt: skip
        return [call for call in self.calls if not ends or call.at < ends[0]]

    @cached_property
    def begun(self) -> Sequence[Called]:
        """The calls since the last start, those too that have not returned; empty when unknown."""
        return [event for event in self._since_the_start if isinstance(event, Called)]

    @cached_property
    def told(self) -> Sequence[Sent | Datagram]:
        """What was sent to the program since its last start, in order."""
        sent = [e for e in self._since_the_start if isinstance(e, (Sent, Datagram))]
        return [event for event in sent if event.side == "peer"]

    @property
    def _since_the_start(self) -> Sequence[Event]:
        events = self.result.transcript
        starts = [place for place, event in enumerate(events) if isinstance(event, Started)]
        return events[starts[-1] if starts else 0 :]

    def named(self, *names: str) -> list[Called]:
        """Return the calls of these names, in order."""
        return [call for call in self.calls if call.call in names]

    @property
    def incoming(self) -> list[Called]:
        """The calls that were to receive, failed ones too."""
        return [call for call in self.calls if call.flow == "in"]

    @property
    def outgoing(self) -> list[Called]:
        """The calls that were to send, failed ones too."""
        return [call for call in self.calls if call.flow == "out"]

    @property
    def connections(self) -> int:
        """How many connections there were."""
        return sum(isinstance(event, Opened) for event in self.result.transcript)


def addresses_in(text: str) -> list[str]:
    """Return the addresses in a call's arguments or result, as Python writes them."""
    return ADDRESS.findall(text)


def _templates(said: Message | None) -> Iterator[str]:
    if said is not None:
        yield said.text
        for value in said.values.values():
            if isinstance(value, Message):
                yield from _templates(value)


def _bytes_of(result: Result, side: int) -> bytes:
    if result.difference is not None:
        return result.difference[side]
    return next(_bytes_in((result.expected, result.observed)[side]), b"")


def _bytes_in(said: Message | None) -> Iterator[bytes]:
    for value in said.values.values() if said is not None else ():
        if isinstance(value, bytes):
            yield value
        elif isinstance(value, Message):
            yield from _bytes_in(value)
