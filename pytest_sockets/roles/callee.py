"""A function under test as a process that is called: how it starts, answers, or fails to.

Knows the connection to the function, and why no answer comes. Does not know what is
expected of what it returns.
"""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Sequence

from ..exercises import Profile
from ..findings import Finding, TargetError
from ..kernel.readiness import readable
from ..messages import Message, message
from ..programs.calls import Answer, Calls, Introduction
from ..programs.place import Place
from ..programs.request import HOST
from ..programs.rest import Rest
from ..wire.events import Invoked, Raised, Returned
from ..wire.stream import FIRST_LOOK
from ..wire.surroundings import End
from .compared import shown
from .state import asks, waits_for_keyboard
from .subject import Subject
from .whereabouts import at_its_line

IMPORTED = message(
    "what stands at the top level of a file runs when it is imported: "
    'write it below if __name__ == "__main__":'
)
PARAMETERS = message("a function gets its values from its parameters, not from the keyboard")
RETURNS = message(
    "take the parameters and return a value: no input(), no exit(), no server "
    "and no endless loop in the function."
)
DISTURBED = message("it wrote into the connection that its values are told through")


class Callee(Subject):
    """The process of the function; its file is imported at the first call.

    ``profile.facts["parameters"]`` names what the contract has it take, such as
    ``"first, second, mask"``.
    """

    def __init__(self, place: Place, profile: Profile, chance: random.Random, quiet: float) -> None:
        super().__init__(place, profile, chance, quiet)
        self._calls: Calls | None = None

    @property
    def name(self) -> str:
        """The function's name in the program."""
        return self.place.target.function

    def written(self, arguments: Sequence[object]) -> str:
        """Return the call as Python writes it."""
        return f"{self.name}({', '.join(map(shown, arguments))})"

    def ask(self, arguments: Sequence[object], expected: Message) -> Answer:
        """Call the function and return what came of it.

        Raises:
            Finding: it does not come back.
            TargetError: there is no such function, or it takes other parameters.
        """
        calls, call = self.introduce(), self.written(arguments)
        self.transcript.add(Invoked(at=self.transcript.now(), call=call))
        end: End | None
        try:
            calls.ask(arguments)
            end = self._line(calls)
        except OSError:
            end = self._settle()
        if end is not None:
            raise self._never(end, expected)
        try:
            answer = calls.answer()
        except ValueError as error:
            raise Finding(expected, DISTURBED) from error
        if answer.takes is not None:
            takes = message("it takes {parameters}", parameters=answer.takes)
            raise self._unfit(takes, self._definition())
        kind = Raised if answer.raised else Returned
        self.transcript.add(
            kind(at=self.transcript.now(), side="program", call=call, result=answer.shown,
                 file=answer.file, line=answer.line)
        )  # fmt: skip
        return answer

    def _never(self, end: End, expected: Message) -> Finding:
        asking = self._asks_now(end)
        return Finding(
            expected,
            asking or self.describe(end),
            because=PARAMETERS if asking else None,
            advice=None if self._crashed(end) else RETURNS,
            rests_on_deadline=not end.proved,
        )

    def describe(self, end: End) -> Message:
        """Say what the function does that does not return, and where; see Watched."""
        if end is Rest.SPINNING:
            return at_its_line(self.program, message("it keeps computing and does not return"))
        said = super().describe(end)
        return at_its_line(self.program, said) if end is Rest.SILENT else said

    def introduce(self) -> Calls:
        """Return the connection to the function; its program is started when it was not.

        Raises:
            TargetError: there is no such function.
        """
        if self._calls is None:
            self._calls = self._start()
            end = self._line(self._calls)
            if end is not None:
                raise self._not_imported(end)
            try:
                self._check(self._calls.introduction())
            except ValueError as error:
                raise self._unfit(DISTURBED, RETURNS) from error
        return self._calls

    def _start(self) -> Calls:
        with self.place.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            listener.bind((HOST, self.place.port))
            listener.listen(1)
            self.programs.append(self.place.start(self.transcript, peers=(self.place.port,)))
            end = self._wait(lambda limit: bool(readable([listener], limit)))
            if end is not None:
                raise self._not_imported(end)
            return Calls(listener.accept()[0])

    def _line(self, calls: Calls) -> End | None:
        """Wait for a whole line; return why none comes."""
        while True:
            end = self._wait(calls.wait)
            if end is not None:
                return end
            complete = calls.read()
            if complete is None:
                return self._settle()
            if complete:
                return None

    def _wait(self, ready: Callable[[float], bool]) -> End | None:
        """Wait until there is something to read; return why there never is."""
        waiting = self.watch()
        while not ready(FIRST_LOOK):
            end = waiting.step()
            if end is not None and not ready(0):
                return end
        return None

    def _delivered(self) -> bool:
        calls, diag = self._calls, self.place.diag
        row = diag.lookup(calls.remote, calls.local) if calls and diag else None
        if calls is None or row is None or row.bytes_received is None:
            return True
        arrived = row.bytes_received >= calls.sent or row.receive_queue > 0
        return arrived and row.send_queue == 0

    def _check(self, said: Introduction) -> None:
        if said.type is None:
            names = ", ".join(said.functions)
            raise self._unfit(
                message("it defines {names}", names=names)
                if names
                else message("it defines no function"),
                self._definition(),
            )
        if said.coroutine:
            coroutine = message("it is a coroutine function, which async def makes")
            raise self._unfit(coroutine, self._definition())
        if not said.callable:
            raise self._unfit(
                message("{name} is a value of type {type}, not a function",
                        name=self.name, type=said.type),
                message("give the value another name: {name} is the name of the function.",
                        name=self.name),
            )  # fmt: skip

    def _unfit(self, observed: Message, advice: Message) -> TargetError:
        return TargetError(self._contract(), observed, advice=advice)

    def _definition(self) -> Message:
        return message("begin the function with: def {name}({parameters}):",
                       name=self.name, parameters=self._parameters())  # fmt: skip

    def _top_level(self) -> Message:
        return message(
            "leave def {name}({parameters}): at the top level, and write the rest below "
            'if __name__ == "__main__":',
            name=self.name,
            parameters=self._parameters(),
        )

    def _parameters(self) -> str:
        return str(self.profile.facts.get("parameters", "…"))

    def _contract(self) -> Message:
        path = self.place.target.path
        return message(
            "{file} has a function {name}({parameters}) that can be imported",
            file=path.name if path else "",
            name=self.name,
            parameters=self._parameters(),
        )

    def _not_imported(self, end: End) -> TargetError:
        crashed = self._crashed(end)
        return TargetError(
            self._contract(),
            self._asks_now(end) or self.describe(end),
            because=None if crashed else IMPORTED,
            advice=None if crashed else self._top_level(),
            rests_on_deadline=not end.proved,
        )

    def _crashed(self, end: End) -> bool:
        return end is Rest.ENDED and self.crash() is not None

    def _asks_now(self, end: End) -> Message | None:
        if end is Rest.ENDED or not asks(self.program, self._look()):
            return None
        return waits_for_keyboard(self.program)

    def end(self) -> None:
        """Let go of everything; see Subject."""
        super().end()
        if self._calls is not None:
            self._calls.close()
