"""The source of the program under test, with the lines that took part in a failure.

Knows lines and which failures they had a part in. Which line is to blame is not
said: the trace tells where the program was, not what it should have done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from .row import Row
from .wording import plain


@dataclass
class SourceLine:
    """A line of a file; ``failures`` are the numbers of the failures that it had a part in."""

    number: int
    text: str
    failures: list[int] = field(default_factory=list)
    raised: bool = False


@dataclass(frozen=True)
class Listing:
    """A file of the program, by the name that the trace gives it."""

    file: str
    lines: Sequence[SourceLine]

    @property
    def name(self) -> str:
        """The file's name, fit to be shown."""
        return plain(PurePath(self.file).name)


def listings(
    sources: Mapping[str, Sequence[str]], stories: Mapping[int, Sequence[Row]]
) -> list[Listing]:
    """Return the files of ``sources``; ``stories`` are those of the failures, by their number."""
    files = {
        file: [SourceLine(number, text) for number, text in enumerate(lines, 1)]
        for file, lines in sorted(sources.items())
    }
    for number, story in stories.items():
        for call in (call for row in story for call in row.calls):
            lines = files.get(call.file or "", [])
            if call.line is None or not 0 < call.line <= len(lines):
                continue
            line = lines[call.line - 1]
            line.raised |= call.failed
            if number not in line.failures:
                line.failures.append(number)
    return [Listing(file, lines) for file, lines in files.items()]
