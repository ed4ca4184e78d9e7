"""The whole replay of one failure as the source of one script.

Knows what stands around the steps: what is repeated, how it is run, where the
program is. Does not know files.
"""

from __future__ import annotations

from pytest_sockets.messages import Message, message, spoken
from pytest_sockets.reports.wording import EXPECTED, OBSERVED, plain, say, wrap
from pytest_sockets.results import Result

from .helpers import chosen
from .program import Program
from .source import call, docstring, literal
from .statements import Statements
from .steps import Steps

WIDTH = 88

MARK = "# Written by pytest-sockets --sockets-replay, which replaces this file."
"""The first line, by which our own files are told from others."""

WORDS = 'WORDS = [word for word in sys.argv[1:] if word != "--step"]'

GUARD = """if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print()
"""


def conversation(result: Result, program: Program, name: str) -> str:
    """Return the script ``name`` that repeats the exchange of ``result`` with ``program``."""
    steps = Steps(result, program)
    steps.write()
    how = _how(program, name)
    return assembled(result, steps, how, _options(program, steps))


def called(result: Result, calls: Statements, folder: str, name: str) -> str:
    """Return the script ``name`` that calls a function again; its file is in ``folder``."""
    how = [
        message("run it from where it was graded: python {name}, or python -m pdb {name}",
                name=name),
        message("with --step it waits for Enter before each step; behind its name another "
                "folder of your program may stand"),
    ]  # fmt: skip
    return assembled(
        result, calls, how, [WORDS, f"FOLDER = WORDS[0] if WORDS else {literal(folder)}"]
    )


def assembled(
    result: Result, statements: Statements, how: list[Message], options: list[str]
) -> str:
    """Return the source: what it is, ``options``, the helpers, the steps, long messages."""
    helpers, imports = chosen(statements.helpers)
    modules = sorted(imports | statements.modules | {"sys"})
    top = ["\n".join([MARK, *docstring(_head(result, how)), "", *(f"import {m}" for m in modules)])]
    top += ["\n".join(lines) for lines in [options + statements.constants()] if lines]
    main = "\n".join(["def main():", *statements.lines])
    blocks = ["\n\n".join(top), *helpers, main, *statements.packed()]
    return "\n\n\n".join([*blocks, GUARD])


def _head(result: Result, how: list[Message]) -> list[str]:
    """Return the docstring's lines."""
    lines = [*wrap(say(result.title, spoken), WIDTH), "", plain(result.id)]
    for label, said in ((EXPECTED, result.expected), (OBSERVED, result.observed)):
        lines += _item(f"{label}: ", said)
    lines.append("")
    for number, sentence in enumerate(how, start=1):
        lines += _item(f"{number}. ", sentence)
    return lines


def _item(label: str, said: Message | None) -> list[str]:
    rows = wrap(plain(str(said or "")), WIDTH - len(label))
    return [f"{label if not place else ' ' * len(label)}{row}" for place, row in enumerate(rows)]


def _how(program: Program, name: str) -> list[Message]:
    """Return what a person does, in order."""
    script = message("python {name}, with --step it waits for Enter before each step", name=name)
    theirs = Message("{start}", {"start": program.start})
    if program.debug:
        theirs = message("{start}, or {debug}", start=program.start, debug=program.debug)
    if not program.start:
        theirs = message("your server, which already runs")
    first, second = (theirs, script) if program.role == "server" else (script, theirs)
    steps = [message("in one terminal: {what}", what=first),
             message("in another terminal: {what}", what=second)]  # fmt: skip
    where = "PATH" if program.transport == "unix" else "HOST PORT"
    steps.append(
        message("behind the script's name another address may stand: {where}; "
                "it has no deadlines, Ctrl-C ends it", where=where)
    )  # fmt: skip
    if program.transport == "unix":
        steps.append(message("both run in the same folder, since a socket file is named from it"))
    if program.foreign is not None:
        steps.append(
            message("your program names {host}, no address of this machine: write {local} there",
                    host=program.foreign, local=program.places[0][0])
        )  # fmt: skip
    return steps


def _options(program: Program, steps: Steps) -> list[str]:
    """Return the lines that say where the program is, and where files are written."""
    lines = [WORDS]
    first = program.places[0]
    if isinstance(first, str):
        lines.append(f"ADDRESS = WORDS[0] if WORDS else {literal(first)}")
    else:
        lines.append(f"HOST = WORDS[0] if WORDS else {literal(first[0])}")
        lines.append(f"PORT = int(WORDS[1]) if len(WORDS) > 1 else {first[1]}")
        lines.append("ADDRESS = (HOST, PORT)")
        ports = [str(place[1]) for place in program.places]
        # Nobody knows where else a program goes that does not tell of its calls.
        ports += [f"PORT + {number}" for number in range(len(ports), steps.addresses)]
        lines += [f"ADDRESS_{n} = (HOST, {port})" for n, port in enumerate(ports[1:], start=2)]
    if "write_file" in steps.helpers:
        steps.modules.add("os")
        lines += call("os.path.join", "os.path.dirname(__file__)", literal(steps.folder),
                      before="FOLDER = ", indent=0)  # fmt: skip
    return lines
