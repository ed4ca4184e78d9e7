"""A function under test: it is called in a process of its own, with values and not with sockets.

Knows how what a function returned or raised is compared, and told. Does not
know what its exercise asks for.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

from ..findings import Accusation, Finding
from ..messages import Message, message
from ..programs.calls import NOTHING, Answer
from .callee import Callee
from .compared import PLAIN, cut, difference, has_shape, item_difference, same, shown

PRINTED = message("it printed {text}: print shows a value, return hands it to the caller")
RAISES = message("it printed {text}: a caller learns of an error when it is raised, not printed")
RETURN = message("end the function with return and the value.")
KEPT = message(
    "{call} came to another end when it was called first: something is kept between the calls"
)
ANEW = message(
    "make anew in each call what the function changes: no list or iterator outside of it, "
    "or as a default value."
)


class Function(Callee):
    """The function under test.

    Arguments are what JSON can hold: text, numbers, booleans, None and lists of them.
    """

    _before: int = 0
    """How many bytes the program had printed before the last call."""

    _first: tuple[Sequence[object], Answer] | None = None
    """The arguments of the first call, and what came of it."""

    def ask(self, arguments: Sequence[object], expected: Message) -> Answer:
        """Call the function and return what came of it; see Callee."""
        self.introduce()
        self._before = len(self._printed())
        answer = super().ask(arguments, expected)
        self._first = self._first or (arguments, answer)
        return answer

    def call(self, *arguments: object) -> object:
        """Call the function and return what it returns; tuples come back as tuples.

        Raises:
            Finding: it raises an error, does not return, or returns no plain data.
            TargetError: there is no such function, or it takes other parameters.
        """
        expected = message("{call} returns a value", call=self.written(arguments))
        answer = self._answer(arguments, expected)
        if answer.value is NOTHING:
            raise Finding(expected, _told(answer))
        return answer.value

    def expect(self, value: object, *arguments: object) -> None:
        """Expect that the function returns ``value``; a list is as good as a tuple."""
        self.expect_any((value,), *arguments)

    def expect_any(self, values: Sequence[object], *arguments: object) -> None:
        """Expect that the function returns one of ``values``; the first one is told."""
        expected = message(
            "{call} returns {value}", call=self.written(arguments), value=shown(values[0])
        )
        answer = self.ask(arguments, expected)
        if any(same(answer.value, value) for value in values):
            return
        because = self._instead(answer, PRINTED) or _difference(answer, values)
        advice = RETURN if answer.value is None else None
        # Made before the function is asked once more: that is no step of the failure.
        finding = Finding(expected, _told(answer), because=because, advice=advice)
        kept = None if has_shape(answer.value, values) else self._kept(answer, expected)
        if kept is not None:
            finding.because, finding.advice = kept, ANEW
        raise finding

    def expect_item(self, place: int, value: object, *arguments: object) -> None:
        """Expect that item ``place`` of the tuple that the function returns is ``value``."""
        expected = message(
            "item {place} of {call} is {value}",
            place=place,
            call=self.written(arguments),
            value=shown(value),
        )
        answer = self._answer(arguments, expected)
        items = answer.value if isinstance(answer.value, (tuple, list)) else ()
        if len(items) <= place or not same(items[place], value):
            because = self._instead(answer, PRINTED) or _difference(answer, ())
            if len(items) > place:
                because = item_difference(place, items[place], value)
            raise Finding(expected, _told(answer), because=because)

    def expect_raises(self, error: type[Exception], *arguments: object) -> None:
        """Expect that the function raises ``error``, or an error that inherits from it."""
        call = self.written(arguments)
        expected = message("{call} raises {error}", call=call, error=error.__name__)
        answer = self.ask(arguments, expected)
        if error.__name__ not in answer.raised:
            raise Finding(expected, _told(answer), because=self._instead(answer, RAISES))

    def _answer(self, arguments: Sequence[object], expected: Message) -> Answer:
        """Call the function; that it raises an error is not what was expected."""
        answer = self.ask(arguments, expected)
        if answer.raised:
            raise Finding(expected, _told(answer))
        return answer

    def _printed(self) -> bytes:
        """Return what the program has printed so far, once it is read."""
        self.program.read_up()
        return self.program.stdout

    def _kept(self, answer: Answer, expected: Message) -> Message | None:
        """Say so when the first call, made again after ``answer``, comes to another end."""
        if self._first is None or self._first[1] is answer:
            return None
        arguments, before = self._first
        with contextlib.suppress(Accusation):
            again = self.ask(arguments, expected)
            if (again.raised, again.value) != (before.raised, before.value):
                return KEPT.of(call=self.written(arguments))
        return None

    def _instead(self, answer: Answer, printed: Message) -> Message | None:
        """Say ``printed`` of a function that printed and returned nothing."""
        if answer.raised or answer.value is not None:
            return None
        text = self._printed()[self._before :].decode("utf-8", "replace").strip()
        return printed.of(text=cut(text)) if text else None


def _difference(answer: Answer, values: Sequence[object]) -> Message | None:
    """Say in what the value of a call that returned is none of ``values``, if there are any."""
    if answer.raised:
        return None
    if answer.value is NOTHING:
        return PLAIN
    return difference(answer.value, values) if values else None


def _told(answer: Answer) -> Message:
    """Say what came of a call."""
    if answer.raised and answer.file:
        return message("it raised {error} ({file}:{line})",
                       error=cut(answer.shown), file=answer.file, line=answer.line)  # fmt: skip
    if answer.raised:
        return message("it raised {error}", error=cut(answer.shown))
    if answer.value is NOTHING:
        return message("it returned {value}, which is of type {type}",
                       value=cut(answer.shown), type=answer.type)  # fmt: skip
    return message("it returned {value}", value=cut(answer.shown))
