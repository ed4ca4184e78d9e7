"""The keyboard of a program under test: what is typed, and whether a line is asked for.

Knows how a program may wait for a line, and what of that is seen. Does not know
what is to be typed.
"""

from __future__ import annotations

import re

from ..findings import Finding, NotJudged
from ..messages import message
from ..programs.place import Place
from ..wire.events import Asked
from ..wire.surroundings import End
from .state import asks
from .watched import Watched

UNSEEN = message("this system does not show whether the program waits for the keyboard")

WAITS_UNSEEN = (
    re.compile(rb"\b(?:select|selectors|poll|epoll|kqueue|asyncio)\b"),
    re.compile(rb"\bstdin\b|\bos\.read\b"),
)
"""What is in the text of a program that waits for the keyboard and for sockets in one call.

The trace tells of input and of what reads sys.stdin, and not of that.
"""

OTHER_READS = re.compile(rb"/dev/(?:stdin|fd/0)|\b(?:dup|fdopen|os\.read)\(|\bopen\(\s*0\b")
"""What is in the text of a program that reads its keyboard past sys.stdin, untold by the trace."""


class Asking(Watched):
    """A program that may ask for lines, and gets them.

    ``asked_unseen`` is True once it was looked for at the keyboard, not found, and may be there.
    """

    def __init__(self, place: Place, quiet: float) -> None:
        super().__init__(place, quiet)
        self.asked_unseen = False

    def type(self, line: str) -> None:
        """Wait until the program asks for a line from the keyboard, and type ``line``."""
        self.expect_asks()
        self.program.type(line)

    def type_ahead(self, *lines: str) -> None:
        """Type ``lines`` at once, as soon as the program asks for the first."""
        self.expect_asks()
        self.program.type("\n".join(lines))

    def expect_asks(self) -> None:
        """Expect that the program waits for a line from the keyboard.

        Raises:
            Finding: it does not.
            NotJudged: it may do so in a way that can't be seen here.
        """
        end = self._until_it_asks()
        if end is not None:
            if self.asked_unseen:
                raise NotJudged(UNSEEN)
            raise Finding(
                message("the program asks for a line from the keyboard"),
                self.describe(end),
                rests_on_deadline=not end.proved,
            )
        self.transcript.add(Asked(at=self.transcript.now(), side="program"))

    def asks(self) -> bool:
        """Tell whether the program waits for a line from the keyboard, once it rests."""
        return self._until_it_asks() is None

    def _until_it_asks(self) -> End | None:
        waiting, look = self.watch(), self._look()
        while not asks(self.program, look):
            end = waiting.step()
            if end is not None and not asks(self.program, look):
                self.asked_unseen |= not end.proved and self._may_wait_unseen()
                return end
            self.transcript.wait(lambda: False, 0.0005)
        return None

    def _may_wait_unseen(self) -> bool:
        """Tell whether the program could wait for the keyboard without our seeing it."""
        if self.place.kernel:
            return False
        text = self.place.target.text
        if not self.program.traced or OTHER_READS.search(text):
            return True
        return all(sign.search(text) for sign in WAITS_UNSEEN)
