"""What speaks for a verdict: what was expected and observed, the exchange, the output.

Knows the order of the evidence and its labels. The program's output is set
behind a bar, so that nothing it prints can be taken for the report's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from pytest_sockets.findings import CONNECTS, CRASHED
from pytest_sockets.messages import Message, message
from pytest_sockets.results import Result, Scorecard
from pytest_sockets.wire.events import Called, Datagram, Opened, Started

from .difference import NARROWEST, windows
from .errors import meaning
from .ladder import draw_rows, rows
from .look import Look
from .readings import reading
from .wording import (
    AGAIN,
    BECAUSE,
    BLOCK_LABELS,
    BYTES,
    EXPECTED,
    LIKELY,
    LIMIT,
    LINES,
    MEANS,
    NOTE,
    OBSERVED,
    SEE,
    STDERR,
    STDOUT,
    TRY,
    TUTORIAL,
    WHY,
    chop,
    cited,
    lines_of,
    pad,
    width,
    wrap,
)  # fmt: skip

OUTPUT_LINES = 12
ROWS_OF_A_LINE = 3
"""A line of output is cut when it would fill more lines of the report than this."""


def evidence(result: Result, scorecard: Scorecard, look: Look) -> Iterator[str]:
    """Yield the lines below the heading of a failure."""
    parts = (
        _verdict(result, scorecard, look),
        story(result, scorecard, look),
        _output(result, look),
        _advice(result, look),
    )
    blank = False
    for part in parts:
        for place, line in enumerate(part):
            if blank and not place:
                yield ""
            blank = True
            yield line


def story(result: Result, scorecard: Scorecard, look: Look) -> list[str]:
    """Return the exchange as a ladder, or the student's lines when no exchange was kept."""
    if result.transcript:
        story_rows = rows(result.transcript, scorecard.sources, result.failed_at)
        return draw_rows(story_rows, look, *sides(result, scorecard))
    told = [
        f"{look.text(PurePath(line.file).name)}:{line.line}  {look.text(line.call)}"
        for line in result.lines
    ]
    room = look.width - label_columns(look)
    return labelled(LINES, [look.cut(line, room) for line in told], look) if told else []


def sides(result: Result, scorecard: Scorecard) -> list[str]:
    """Return the name of the program; of two that talk with each other the server's first."""
    if scorecard.role == "pair":
        return [_file_of(result, party) for party in ("server", "client")]
    return [_program(result, scorecard)]


def _program(result: Result, scorecard: Scorecard) -> str:
    files = [event.file for event in result.transcript if isinstance(event, Called) and event.file]
    return PurePath(files[0] if files else scorecard.target).name


def _file_of(result: Result, party: str) -> str:
    files = [e.command for e in result.transcript if isinstance(e, Started) and e.side == party]
    return PurePath(files[0]).name if files else party


def _verdict(result: Result, scorecard: Scorecard, look: Look) -> Iterator[str]:
    yield from said(EXPECTED, result.expected, look, "good")
    yield from said(OBSERVED, result.observed, look, "bad")
    yield from differing(result.difference, look)
    yield from said(LIMIT, result.smallest, look)
    if not told_already(result):
        yield from said(BECAUSE, result.because, look)
    yield from said(LIKELY, scorecard.likely(result), look)
    yield from said(MEANS, meaning(result), look)


def told_already(result: Result) -> bool:
    """Tell whether what was observed names the cause: a crash need not be told twice."""
    observed = str(result.observed)
    values = [str(value) for value in (result.because.values.values() if result.because else ())]
    return bool(values) and all(value and value in observed for value in values)


def differing(difference: tuple[bytes, bytes] | None, look: Look) -> Iterator[str]:
    """Yield expected and observed bytes below each other, with a caret where they part.

    Nothing, where nothing was observed: there is no place to point at.
    """
    if difference is None or difference[0] == difference[1] or not difference[1]:
        return
    expected, observed = (str(len(data)) for data in difference)
    digits = max(len(expected), len(observed))
    counts = [
        look.say(message("{count} expected", count=expected.rjust(digits))),
        look.say(message("{count} observed", count=observed.rjust(digits))),
    ]
    room = look.width - label_columns(look)
    beside = 2 + max(width(count) for count in counts)
    if room - beside < NARROWEST:
        beside, counts = 0, ["", ""]
    shown = windows(*difference, room - beside, look.spell("…"))
    longest = max(len(text) for text in shown.texts)
    told = [
        f"{pad(text, longest)}  {count}".rstrip()
        for text, count in zip(shown.texts, counts, strict=True)
    ]
    remark = look.say(message("^ first difference at byte {place}", place=shown.place))
    if shown.caret + width(remark) > room:
        remark = remark.removeprefix("^ ")
        told += [" " * shown.caret + "^", *wrap(remark, room)]
    else:
        told.append(" " * shown.caret + remark)
    yield from labelled(BYTES, told, look)
    read = reading(*difference, room, look.spell("…"))
    if read is not None:
        rows = [look.spell(text) for text in read.texts]
        yield from labelled(read.label, [*rows, " " * read.caret + "^"], look)


def _output(result: Result, look: Look) -> Iterator[str]:
    """Yield the end of what the program printed, behind a bar."""
    bar = look.spell("│ ")
    room = look.width - label_columns(look) - width(bar)
    for label, data in ((STDOUT, result.printed), (STDERR, result.errors)):
        lines = [
            bar + row
            for line in lines_of(data, OUTPUT_LINES, look.translate)
            for row in chop(look.cut(look.spell(line), ROWS_OF_A_LINE * room), room)
        ]
        if lines:
            yield from labelled(label, lines, look)


def _advice(result: Result, look: Look) -> Iterator[str]:
    yield from said(WHY, why_of(result), look)
    yield from said(TRY, hint_of(result), look)
    if result.tutorial:
        tutorial = look.say(result.tutorial)
        too = message("the tutorial's program fails here too: {what}", what=tutorial)
        yield from said(TUTORIAL, too, look)
    yield from said(SEE, cited(result.source, look.translate), look)
    for label in result.labels:
        yield from said(NOTE, label, look)
    if result.again:
        yield from unbroken(AGAIN, look.text(result.again), look)


def why_of(result: Result) -> Message | str:
    """Return the behaviour's explanation, unless the program did not come as far as to connect."""
    if _never_came(result):
        return message(
            "The client takes the first step: it calls connect with the server's address, one "
            "tuple of host and port."
        )
    return result.why


def hint_of(result: Result) -> Message | str:
    """Return the behaviour's hint, unless the program failed before it came to the behaviour."""
    if result.advice is not None:
        return result.advice
    crashed = result.observed is not None and result.observed.text == CRASHED
    if crashed and not _met(result) and result.errors and meaning(result) is None:
        return message("mend this error first: stderr names its file and line")
    if _never_came(result):
        return message(
            "sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM), then "
            "sock.connect((host, port)), before anything is sent."
        )
    return result.hint


def _met(result: Result) -> bool:
    return any(isinstance(event, (Opened, Datagram)) for event in result.transcript)


def _never_came(result: Result) -> bool:
    """Tell whether a client was to connect and did not, where something else was asked."""
    awaited = result.expected is not None and result.expected.text == CONNECTS
    return awaited and not _met(result) and result.behaviour != "LIF-12"


def unbroken(label: Message, text: str, look: Look) -> Iterator[str]:
    """Yield what is there to be copied in one piece, below its label when it does not fit."""
    if width(text) <= look.width - label_columns(look):
        yield from labelled(label, [text], look)
    else:
        yield from labelled(label, [""], look)
        yield f"  {text}"


def said(label: Message, what: Message | str | None, look: Look, style: str = "") -> list[str]:
    """Return a sentence beside its label; nothing when there is nothing to say."""
    text = look.say(what) if what else ""
    if not text:
        return []
    lines = wrap(text, look.width - label_columns(look))
    return labelled(label, [look.paint(style, line) for line in lines], look)


def labelled(label: Message, lines: Sequence[str], look: Look) -> list[str]:
    """Return ``lines`` below each other, beside their label."""
    columns = label_columns(look)
    lead = "  " + look.paint("faint", pad(look.say(label), columns - 2))
    return [(" " * columns if place else lead) + line for place, line in enumerate(lines)]


def label_columns(look: Look) -> int:
    """Return how many columns the labels take."""
    return 2 + max(width(look.say(label)) for label in BLOCK_LABELS) + 3
