"""The command ``pytest-sockets``: what is asked and why, and something to begin and to play with.

Glue between click and what does the work. One's own program is graded by pytest, and the
commands for a class are in modules of their own.
"""

from __future__ import annotations

import difflib
import io
import json
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from . import catalogue, tour
from .autograder_command import autograder
from .behaviours import Role
from .by_hand import Play, serving, talking
from .catalogue import NoSuchExercise
from .compare_command import compare
from .crossplay_command import command as crossplay
from .exercises import Exercise
from .faults import Fault
from .faults.named import NAMED, fault_named, usage
from .findings import Misuse
from .grade_command import grade
from .messages import Message, message, spoken
from .references import Reference, reference
from .reports import questions
from .reports.live import LiveStory
from .reports.look import Look, look_of
from .reports.questions import Asked
from .speaking import SpeakingGroup, language_option
from .starter import CannotBegin, begin
from .wire.events import Exited

FAULTS = message(
    """\
FAULT is a name, and behind a colon what it takes:
{faults}

Every fault can wait with after=N, until N bytes (or datagrams) went by. seed=N chooses the same
bytes or datagrams again. S is in seconds, N+N are several numbers. Give --fault several times to
combine faults, in that order.""",
    faults="\n".join(f"  {usage(name)}" for name in NAMED),
)

HELP = """\
Look up exercises, begin one, and play with its reference programs.

pytest-sockets list                  the exercises
pytest-sockets new tcp-echo          server.py, client.py and pytest.ini
pytest                               grades them, in that folder
pytest-sockets explain ECH-02        why something is asked, and what to try
pytest-sockets serve tcp-echo        a server for your client
pytest-sockets talk tcp-echo 127.0.0.1 8000
                                     a client for your server
"""


@click.group(help=HELP, cls=SpeakingGroup, context_settings={"help_option_names": ["-h", "--help"]})
@language_option("English or Chinese, in place of the locale's language.")
@click.version_option(package_name="pytest-sockets")
def main() -> None:
    """Let what is printed be printable, whatever the terminal's encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


main.add_command(grade)
main.add_command(compare)
main.add_command(crossplay)
main.add_command(autograder)


@main.command(name="list", short_help="The exercises, or the behaviours of one.")
@click.argument("exercise", required=False)
@click.option("--json", "as_json", is_flag=True, help="Everything that is known, as JSON.")
def list_(exercise: str | None, *, as_json: bool) -> None:
    """List the exercises, or the behaviours of EXERCISE with its contract.

    EXERCISE is a name such as tcp-echo, or a Python file that defines one. Behind
    each behaviour stand its id in the catalogue, its level, its points, and the part
    that they belong to: basic is what the tutorial's own program can reach.
    """
    found = _all() if exercise is None else [_exercise(exercise)]
    if as_json:
        told = [questions.described_exercise(each, spoken) for each in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    elif exercise is None:
        _tell(questions.overview(found, _look()))
    else:
        _tell(questions.behaviours(found[0], _look()))


@main.command(short_help="Why something is asked, and what to try.")
@click.argument("id_", metavar="ID")
@click.option("--code", is_flag=True, help="Print a program that passes: it gives the answer away.")
def explain(id_: str, *, code: bool) -> None:
    """Explain what is asked: why it matters, what to try, where the tutorial tells it.

    ID is a behaviour as a report names it (tcp-echo-server/echoes-pieces-whole), the
    part behind its slash, or an id of the catalogue (ECH-02), which several may share.
    """
    look = _look()
    groups = _groups(id_)
    for number, group in enumerate(groups):
        _tell([*([""] if number else []), *questions.explained(group, look)])
    _tell(_examples([asked for group in groups for asked in group], look, code=code))


@main.command(short_help="Write the files that an exercise begins with.")
@click.argument("exercise")
@click.option("--role", type=click.Choice(["server", "client"]), help="Only this one's program.")
@click.option("--folder", type=click.Path(path_type=Path), default=".", show_default="this one")
def new(exercise: str, role: Role | None, folder: Path) -> None:
    """Begin EXERCISE: write server.py, client.py and pytest.ini, so that pytest alone grades.

    The programs hold the contract and the tutorial's address, and are still to be
    written. Nothing that exists is overwritten.
    """
    chosen = _exercise(exercise)
    roles: list[Role] = [each for each in chosen.profiles if each not in ("pair", "tour")]
    if role is not None and role not in roles:
        raise _usage(message("{exercise} has no {role}", exercise=chosen.name, role=role))
    if not roles:
        raise _usage(message("{exercise} asks for no program", exercise=chosen.name))
    try:
        source = Path(exercise) if exercise.endswith(".py") else None
        written = begin(chosen, roles if role is None else [role], folder, source)
    except CannotBegin as error:
        raise click.ClickException(str(error.problem)) from error
    for path in written:
        click.echo(message("wrote {path}", path=click.format_filename(path)))
    where = click.format_filename(folder.resolve())
    click.echo(message("write what is missing, then run pytest in {folder}", folder=where))


@main.command(after=FAULTS, short_help="A reference server for your own client.")
@click.argument("exercise")
@click.option("--host", help="Numeric address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535),
              help="Port to listen on, 0 for any.  [default: the tutorial's]")  # fmt: skip
@click.option("--path", help="Socket file to listen at, for unix-echo.  [default: echo.sock]")
@click.option("--fault", "faults", multiple=True, metavar="FAULT",
              help="Something that goes wrong with what the server says; see below.")  # fmt: skip
def serve(exercise: str, faults: tuple[str, ...], **where: Any) -> None:
    """Run the reference server of EXERCISE for your own client, until Ctrl-C.

    What is said is drawn as it happens. A server whose words are typed waits for yours at
    the keyboard.
    """
    given = {name: value for name, value in where.items() if value is not None}
    chosen = _exercise(exercise)
    _follow(
        lambda: serving(chosen, given, _faults(faults)),
        lambda play: message("serving {exercise} at {address}, until Ctrl-C",
                             exercise=chosen.name, address=play.address),
    )  # fmt: skip


@main.command(after=FAULTS, short_help="A reference client for your own server.")
@click.argument("exercise")
@click.argument("host", metavar="HOST|PATH")
@click.argument("port", type=click.IntRange(1, 65535), required=False)
@click.option("--fault", "faults", multiple=True, metavar="FAULT",
              help="Something that goes wrong with what the client says; see below.")  # fmt: skip
def talk(exercise: str, host: str, port: int | None, faults: tuple[str, ...]) -> None:
    """Run the reference client of EXERCISE against your own server at HOST PORT.

    For unix-echo the server is at PATH. What is said is drawn as it happens; a client
    whose words are typed waits for yours at the keyboard. Ctrl-C ends it.
    """
    chosen = _exercise(exercise)
    if (port is None) != (chosen.transport == "unix"):
        raise _usage(
            message("{exercise} needs the server's path, and no port", exercise=chosen.name)
            if port is not None
            else message("{exercise} needs the server's host and port", exercise=chosen.name)
        )
    server = host if port is None else (host, port)
    _follow(
        lambda: talking(chosen, server, _faults(faults)),
        lambda play: message("talking {exercise} with {address}, until Ctrl-C",
                             exercise=chosen.name, address=play.address),
    )  # fmt: skip


def _all() -> list[Exercise]:
    return [*catalogue.exercises().values(), tour.exercise()]


def _exercise(name: str) -> Exercise:
    if name == tour.exercise().name:
        return tour.exercise()
    try:
        return catalogue.exercise(name, Path.cwd())
    except NoSuchExercise as error:
        close = difflib.get_close_matches(name, [each.name for each in _all()], n=1)
        if not close or name.endswith(".py"):
            raise _usage(error.problem) from error
        text = "there is no exercise {name}; did you mean {close}?"
        raise _usage(message(text, name=name, close=close[0])) from error


def _groups(id_: str) -> list[list[Asked]]:
    every = list(questions.asked_in(_all()))
    groups = questions.named(id_, every)
    if groups:
        return groups
    close = ", ".join(questions.nearest(id_, every))
    if close:
        text = "there is no behaviour {id}; the nearest are {names}"
        raise _usage(message(text, id=repr(id_), names=close))
    text = "there is no behaviour {id}; pytest-sockets list EXERCISE names them"
    raise _usage(message(text, id=repr(id_)))


def _examples(asked: list[Asked], look: Look, *, code: bool) -> Iterator[str]:
    """Yield the contract, and the program that passes, where one exercise is meant."""
    exercises = {each.exercise.name: each.exercise for each in asked}
    if len(exercises) == 1:
        yield ""
        yield from questions.contract(asked[0].exercise, look)
    yield ""
    for found in dict.fromkeys(each for one in asked for each in _passing(one)):
        yield look.say(message("a program that passes: {path}", path=str(found.path)))
        yield from ("", *found.path.read_text("utf-8").splitlines()) if code else ()


def _passing(asked: Asked) -> list[Reference]:
    """Return the reference program, or of a pair both."""
    roles: list[Role] = ["server", "client"] if asked.role == "pair" else [asked.role]
    found = [reference(asked.exercise, role) for role in roles]
    return [each for each in found if each is not None]


def _faults(given: Iterable[str]) -> list[Fault]:
    return [fault_named(text) for text in given]


def _follow(
    start: Callable[[], AbstractContextManager[Play]], title: Callable[[Play], Message]
) -> None:
    """Start a play and tell it until it is over, or until Ctrl-C."""
    story = LiveStory(_look())
    # Whoever stops it otherwise than by Ctrl-C leaves nothing behind, either.
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with start() as play:
            click.echo(title(play))
            _tell_all(play, story)
    except KeyboardInterrupt:
        click.echo(story.end() + str(message("stopped")))
    except Misuse as misuse:
        raise _usage(misuse.problem) from misuse
    except BrokenPipeError:  # nobody reads any more: click ends without a word
        raise
    except OSError as error:
        raise click.ClickException(str(error)) from error
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell_all(play: Play, story: LiveStory) -> None:
    for event in play.events():
        if isinstance(event, Exited):
            end = message("the reference {side} ended with status {status}",
                          side=event.side, status=event.status)  # fmt: skip
            click.echo(story.end() + str(end))
        else:
            click.echo(story.text(event), nl=False)
    if play.full:
        full = message("no more is told, so much was said; it goes on until Ctrl-C")
        click.echo(story.end() + str(full))
        play.wait()


def _usage(problem: Message) -> click.UsageError:
    return click.UsageError(str(problem))


def _tell(lines: Iterable[str]) -> None:
    click.echo("\n".join(line.rstrip() for line in lines))


def _look() -> Look:
    return look_of(sys.stdout, spoken)


if __name__ == "__main__":
    main()
