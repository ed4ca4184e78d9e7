"""What is said of a program that rests: how it ended, or what it waits in.

Knows threads, exit statuses and tracebacks. Does not know what was expected.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ..findings import CRASHED
from ..kernel import processes, threads
from ..kernel.threads import Thread
from ..messages import Message, message
from ..programs.program import TRACE, Program
from ..programs.rest import OUTPUTS, Look, Rest, at_keyboard
from ..programs.rest import asks as reads_the_keyboard
from ..wire.events import (
    Address,
    Called,
    Datagram,
    Opened,
    Printed,
    Sent,
    Started,
    Streamed,
    Typed,
)
from ..wire.surroundings import End
from ..wire.transcript import Transcript
from .whereabouts import asleep, computing

NOT_FOUND = 127
"""The status of a shell that knows no such command (POSIX, Shell Command Language, 2.8.2)."""

LONGEST_ERROR = 600
"""Characters of an error that are told: the trace, with which it is compared, has fewer."""

TRACEBACKS = (
    "Traceback (most recent call last)", "SyntaxError", "IndentationError", "TabError"
)  # fmt: skip
"""What is in every traceback, and in what is printed of a file that is no Python."""

ERROR = re.compile(r"(?: +\| )?([A-Za-z_][\w.]*(?:$|:.*))", re.DOTALL)
"""The line of a traceback that names the error; within a group of errors a bar stands before it."""

PARTS = (
    b"Exception in thread ",
    b"Exception occurred during processing of request from",
    b"Exception in callback ",
    b"Task exception was never retrieved",
    b"Unhandled exception in client_connected_cb",
)
"""What threading, socketserver and asyncio print before the traceback of what they give up."""

NEWS = (Started, Opened, Sent, Streamed, Datagram, Typed)
"""What a program may be asked to deal with."""

TIME_LIMITS = ("TimeoutError: timed out", "socket.timeout: timed out")
"""What Python says of settimeout(): of connections that the system gave up it says more."""

FLOOD = message("the program prints without end (more than 1 MiB was not read)")

OUR_SILENCE = message(
    "a time limit of the program's own ended it while it was waited for, since nothing proves here "
    "that it rests"
)

WAITS = (
    (threads.READS, "recv", message("the program waits for bytes in recv")),
    (threads.WRITES, "send", message("the program is blocked sending")),
    (threads.ACCEPTS, "accept", message("the program waits for a client in accept")),
)


def describe(program: Program, end: End, quiet: float) -> Message:
    """Say what the program does now that it rests; ``quiet`` is in seconds, see Look."""
    if end is Rest.ENDED:
        return _ended(program)
    if end is Rest.SPINNING:
        return computing(program)
    if end is Rest.SILENT:
        silent = message("nothing more within {seconds} s", seconds=round(quiet, 2))
        return FLOOD if program.flooding else silent
    if end is Rest.ASLEEP:
        return asleep(program)
    return _waits_in(program)


def blocked_sending(program: Program) -> bool:
    """Tell whether a thread of the program is blocked sending, without a time limit."""
    return any(
        thread.call in threads.WRITES | {"sendfile"}
        and thread.descriptor not in (*OUTPUTS, TRACE)
        and thread.wait is threads.Wait.FOREVER
        for thread in threads.snapshot(program.pids())
    )


def _waits_in(program: Program) -> Message:
    if program.flooding:
        return FLOOD
    blocked = threads.snapshot(program.pids())
    if any(t.call in threads.WRITES and t.descriptor in OUTPUTS for t in blocked):
        return message("the program is blocked writing its output")
    for calls, traced, text in WAITS:
        for thread in blocked:
            if thread.call in calls and _on_socket(thread):
                return _at_line(program, text, traced)
    if any(t.call in threads.READS and at_keyboard(program, t) for t in blocked):
        return waits_for_keyboard(program)
    return message("the program waits and does nothing more")


def _on_socket(thread: Thread) -> bool:
    """Tell whether the call that it waits in is on a socket: of most their names say so."""
    if thread.call not in threads.ON_ANY_FILE or thread.descriptor is None:
        return True
    return processes.is_socket(thread.pid, thread.descriptor)


def asks(program: Program, look: Look) -> bool:
    """Tell whether the program waits for a line from the keyboard that was not typed yet."""
    return reads_the_keyboard(program, look) and (look.kernel or not _has_a_line(program))


def _has_a_line(program: Program) -> bool:
    """Tell whether a line was typed that the program is about to take, as its trace tells."""
    began = program.transcript.started
    typed = [event for event in program.transcript.of(Typed) if event.at >= began]
    calls = [c for c in program.transcript.of(Called) if c.call == "input" and c.at >= began]
    taken = [call for call in calls if not call.entered and not call.error]
    if all(call.result.startswith(("'", '"')) for call in taken):
        return len(typed) > len(taken)
    # Who reads sys.stdin takes what there is, and that may be several lines.
    entered = max((call.at for call in calls if call.entered), default=0.0)
    return bool(typed) and typed[-1].at > entered


def waits_for_keyboard(program: Program) -> Message:
    """Say that it waits for the keyboard, and on which line."""
    return _at_line(program, message("the program waits for the keyboard"), "input")


def _at_line(program: Program, what: Message, traced: str) -> Message:
    """Add the line of the last such call that began and did not return."""
    entered = [
        call
        for call in program.transcript.of(Called)
        if call.entered and call.file and call.call.startswith(traced)
    ]
    if not entered:
        return what
    last = entered[-1]
    return message("{what} ({file}:{line})", what=what, file=last.file, line=last.line)


def _ended(program: Program) -> Message:
    crash = crashed(program.stderr)
    if crash is not None:
        return message(CRASHED, error=crash)
    if program.status is not None and program.status < 0:
        return message("the program was ended by signal {number}", number=-program.status)
    if program.status == NOT_FOUND:
        return message(
            "the program ended with status {status}, by which a shell says: command not found",
            status=program.status,
        )
    return message("the program ended with status {status}", status=program.status)


def crashed(stderr: bytes) -> str | None:
    """Return the line that names the error of the last traceback in ``stderr``, None without one.

    The error's own text may have further lines: the first one stands behind the indented ones.
    """
    text = stderr.decode("utf-8", "replace")
    if not any(sign in text for sign in TRACEBACKS):
        return None
    # Other signs that separate lines may stand in the error's own text.
    every = text.replace("\r\n", "\n").split("\n")
    lines = [(before, found[1]) for before, line in pairwise(["", *every])
             if (found := ERROR.fullmatch(line))]  # fmt: skip
    first = [line for before, line in lines if before.startswith(" ")]
    named = first or [line for _, line in lines]
    # Some versions of Python name the program's own classes with their module.
    return _cut(named[-1].strip().removeprefix("__main__.")) if named else None


def crashed_in_part(transcript: Transcript) -> str | None:
    """Return the error that has ended a thread, a task or a handler, None without one.

    Only one that was printed after everything that was sent or typed: an earlier
    one may have been about somebody else.
    """
    told = b""
    for event in transcript.events:
        if isinstance(event, NEWS) and (event.side != "program" or isinstance(event, Opened)):
            told = b""
        elif isinstance(event, Printed) and event.stream == "stderr":
            told += event.data
    begins = [told.index(sign) for sign in PARTS if sign in told]
    return crashed(told[min(begins) :]) if begins else None


def on_screen(program: Program) -> bytes:
    """Return what a program shows: what it prints, then its stderr up to an error; no colours."""
    calm = program.stderr.partition(TRACEBACKS[0].encode())[0]
    return re.sub(rb"\x1b\[[0-9;]*m", b"", program.stdout + calm)


def timed_out(stderr: bytes) -> bool:
    """Tell whether the program crashed because a time limit that it had set itself was over."""
    return (crashed(stderr) or "").startswith(TIME_LIMITS)


def _cut(error: str) -> str:
    return error if len(error) <= LONGEST_ERROR else f"{error[:LONGEST_ERROR]}…"


def waits_told(transcript: Transcript, name: str) -> int:
    """Return how many calls were told that are called ``name`` or wait for others."""
    return sum(call.entered or call.call == name for call in transcript.of(Called))


def hear(program: Program, name: str, known: int, seconds: float) -> int:
    """Wait until more such calls were told than are ``known``; return their number.

    The wait ends after so many ``seconds``, or when the program does. What it tells says
    when it is worth asking the system, and nothing else.
    """
    transcript = program.transcript
    transcript.wait(lambda: not program.running or waits_told(transcript, name) > known, seconds)
    return waits_told(transcript, name)


def reachable(address: Address) -> Address:
    """Return the address under which a socket bound to ``address`` can be reached from here."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address[0], address[0])  # noqa: S104
    return host, address[1]
