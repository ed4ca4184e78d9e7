"""What scripted peers and servers of ours have to tell at the end of a test.

Knows how an exchange is drawn, and that a script that was not kept fails the
test. See ``witnesses`` for when they are heard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from .evidence import kept
from .findings import Finding, Misuse, NotJudged
from .messages import message
from .reports.exchange import exchange, unmet
from .reports.look import Look
from .scripts.peer import ScriptedPeer
from .wire.transcript import Transcript

T = TypeVar("T")

CODE = "code under test"
WIDEST = 100


def made(make: Callable[[], T]) -> T:
    """Return what ``make`` returns; a misuse is shown at the line of the test.

    What this system can't do skips the test, with the reason.
    """
    __tracebackhide__ = True
    try:
        return make()
    except NotJudged as nothing:
        reason = str(nothing.reason)
    except Misuse as misuse:
        raise misuse.with_traceback(None) from None
    pytest.skip(reason)


class Script:
    """A scripted peer as a witness."""

    def __init__(self, peer: ScriptedPeer, look: Look) -> None:
        self.quiet = False
        self._peer = peer
        self._look = look
        self._told = False

    def judge(self) -> None:
        """Fail the test when a step was not met by now; what is still open may be met later."""
        self._peer.settle()
        if self._peer.over:
            self._tell()

    def finish(self) -> None:
        """Wait for the end of the script, and stop it; fail when a step was not met."""
        try:
            if not self.quiet and not self._told:
                self._tell()
        finally:
            self._peer.stop()

    def _tell(self) -> None:
        reason = None
        try:
            self._peer.wait()
        except Finding:
            self._told = True
        except NotJudged as nothing:
            self._told, reason = True, nothing.reason
        if reason is not None:
            pytest.skip(f"{self._peer.name}: {reason}")
        if self._told:
            pytest.fail(self._text(), pytrace=False)

    def _wrong(self) -> str:
        mismatch = self._peer.mismatch
        if mismatch is None:
            return ""
        step = message("{peer}: {step}", peer=self._peer.name, step=mismatch.step)
        return unmet(step, mismatch.finding, self._look)

    def _text(self) -> str:
        story = drawn(self._peer.transcript, self._look, self._peer.name)
        return "\n\n".join(filter(None, [self._wrong(), story]))

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield what went wrong in the script, if anything did, and the exchange."""
        if not self._told:
            yield from titled(self._peer.name, self._text())


class Exchange:
    """A transcript as a witness; ``name`` is whose it is."""

    def __init__(self, transcript: Transcript, look: Look, name: str) -> None:
        self.quiet = False
        self._transcript = transcript
        self._look = look
        self._name = name

    def judge(self) -> None:
        """Accuse nobody."""

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield the exchange, unless nothing was said."""
        yield from titled(self._name, drawn(self._transcript, self._look, self._name))


def titled(title: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the section of a report, unless there is nothing to tell."""
    if text:
        yield title, text


def drawn(transcript: Transcript, look: Look, name: str) -> str:
    """Return the exchange with the peer ``name`` as a ladder."""
    return exchange(kept(transcript.events), look, peer=name, program=CODE)


def look_of(config: pytest.Config) -> Look:
    """Return how reports are drawn in this run: without colour, as wide as the terminal."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:  # in a worker of xdist
        return Look()
    writer = config.get_terminal_writer()
    encoding = getattr(writer._file, "encoding", None) or "utf-8"
    return Look(min(writer.fullwidth, WIDEST), ascii=not encoding.lower().startswith("utf"))
