"""One TCP connection with the program: what we say, with faults, and what we expect.

Knows how an answer is compared with what was expected. Does not know which
exercise is graded, nor how we speak; see ``speech``.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from pytest_sockets.findings import Finding
from pytest_sockets.messages import Message, message, one_of, size_of

from .speech import SpokenStream
from .stream import FIRST_LOOK, LAST_LOOK, on_deadline
from .surroundings import End

Compared = tuple[bytes, bytes] | None


class Peer(SpokenStream):
    """A connection whose other end the program holds, and our part of the conversation.

    Every method that expects something raises Finding when something else
    happens. See Stream for what is known of the connection.
    """

    _came = False

    def __enter__(self) -> Peer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # What we expect

    def expect(self, data: bytes, *, patience: float | None = None) -> None:
        """Expect exactly ``data`` as the next bytes.

        ``patience`` is how long, in seconds, a program that sleeps is given for the next of them.
        """
        end = self._gather(len(data), patience=patience)
        if self._takes(data):
            return
        raise self._other_than(data, end=end)

    def expect_one_of(self, *answers: bytes) -> bytes:
        """Expect one of ``answers`` and return it; the longest that fits counts."""
        end = None
        for size in sorted({len(answer) for answer in answers}):
            # When a shorter answer is complete: is it the beginning of a longer one?
            end = self._gather(size, one_round=bytes(self._buffer) in answers)
        for answer in sorted(answers, key=len, reverse=True):
            if self._takes(answer):
                return answer
        raise self._other_than(*answers, end=end)

    def expect_something(self, expected: Message | None = None) -> bytes:
        """Expect at least one byte and return all that has come with it.

        ``expected`` says for the finding what should have come, where that is known.
        """
        end = self._gather(1)
        if self._buffer:
            return self._take_all()
        raise self._unmet(expected or message("at least one byte"), end, late=on_deadline(end))

    def expect_end(self) -> None:
        """Expect the end of the stream (FIN) with nothing before it."""
        end = self._gather(None)
        if self.at_end and not self._buffer:
            return
        expected = message("the end of the stream (the program closes the connection)")
        raise self._unmet(expected, end, late=on_deadline(end) and not self._buffer)

    def expect_nothing(self) -> None:
        """Expect that the program sends nothing of its own accord now."""
        waiting = self._around.watch(one_round=True)
        while not self.over and not self._buffer and waiting.step() is None:
            self._look(FIRST_LOOK)
        self.look()
        if self._buffer:
            more = message("nothing more") if self._came else message("nothing yet")
            raise self._unmet(more, None)

    def expect_open(self) -> None:
        """Expect that the program has neither closed nor reset the connection by now."""
        self.look()
        if self.over:
            expected = message("an open connection")
            raise Finding(expected, self._observed(b"", None), connection=self.number)

    def hear(self) -> None:
        """Wait for the first byte, the end of the stream, or rest; judge nothing."""
        self._gather(1, one_round=True)

    def receive(self, count: int) -> bytes:
        """Return the next ``count`` bytes, or what there is when no more will come."""
        self._gather(count, one_round=True)
        return self._take(count)

    def received_so_far(self) -> bytes:
        """Return all that comes until the end of the stream, a reset, or rest.

        Nothing is judged by it, so one round of a program that polls is enough.
        """
        self._gather(None, one_round=True)
        return self._take_all()

    def everything(self) -> bytes:
        """Return all that comes until the stream ends or the program rests; sleep is waited for."""
        self.unsure = on_deadline(self._gather(None))
        return self._take_all()

    def heard_within(self, seconds: float) -> bytes:
        """Return all that comes within ``seconds``, or until the program waits for good."""
        now, waiting = self._around.transcript.now, self._around.watch(seconds)
        until, end = now() + seconds, None
        while not self.over and now() < until and (end is None or not end.proved):
            end = waiting.step()
            self._look(LAST_LOOK / 4)
        self.look()
        return self._take_all()

    # How it is done

    def _takes(self, data: bytes) -> bool:
        if not self._buffer.startswith(data):
            return False
        del self._buffer[: len(data)]
        self._came = True
        return True

    def _take_all(self) -> bytes:
        return self._take(len(self._buffer))

    def _take(self, count: int) -> bytes:
        data = bytes(self._buffer[:count])
        del self._buffer[:count]
        self._came = self._came or bool(data)
        return data

    def _other_than(self, *answers: bytes, end: End | None) -> Finding:
        """Return the finding that none of ``answers`` came; wrong bytes need no deadline."""
        got = bytes(self._buffer)
        expected = (
            message("{data} ({size})", data=answers[0], size=size_of(answers[0]))
            if len(answers) == 1
            else _any_of(answers)
        )
        late = on_deadline(end) and any(a.startswith(got) for a in answers)
        return self._unmet(expected, end, late=late, compared=(answers[0], got))

    def _unmet(
        self, expected: Message, end: End | None, *, late: bool = False, compared: Compared = None
    ) -> Finding:
        """Return the finding that what has come, and is unread, is not what was expected."""
        return Finding(
            expected,
            self._observed(bytes(self._buffer), end),
            difference=compared,
            rests_on_deadline=late,
            connection=self.number,
        )


def _any_of(answers: Sequence[bytes]) -> Message:
    """Return ``answers`` as they are written in a program: Chinese as text, not as escapes."""
    try:
        texts = [answer.decode() for answer in answers]
    except UnicodeDecodeError:
        texts = []
    if not texts or all(text.isascii() for text in texts):
        return one_of(repr(answer) for answer in answers)
    return message("{text} in UTF-8", text=one_of(f'"{text}"' for text in texts))
