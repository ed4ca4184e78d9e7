"""The files that homework begins with: the contract, the address in one place, and no solution.

Knows what is written and that nothing is ever overwritten. Does not know what a
right program looks like.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from .behaviours import Role
from .exercises import Exercise, plain_name
from .messages import Message, message, spoken
from .references import reference

SETTINGS = "pytest.ini"


class CannotBegin(Exception):  # noqa: N818 - it says what is not possible
    """Nothing was written; ``problem`` says why, and what to do."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


def begin(
    exercise: Exercise, roles: Sequence[Role], folder: Path, source: Path | None = None
) -> list[Path]:
    """Write the starter files for ``roles`` into ``folder``; return those that are new.

    A file that is there already with the same contents is left alone. ``source`` is the
    file that defines an exercise of the user's own.

    Raises:
        CannotBegin: another file of that name is there, or the folder can't be written to.
    """
    asked = _seen_from(folder, source) if source is not None else ""
    wanted = {folder / name: text for name, text in files(exercise, roles, asked).items()}
    taken = [path for path, text in wanted.items() if _differs(path, text)]
    if taken:
        raise CannotBegin(
            message(
                "{files}: there already, and nothing is overwritten; move it away or name "
                "another --folder",
                files=", ".join(map(str, taken)),
            )
        )
    new = [path for path in wanted if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in new:
            with path.open("x", encoding="utf-8") as file:
                file.write(wanted[path])
    except OSError as error:
        raise CannotBegin(
            message("{folder} can't be written to: {why}", folder=str(folder), why=error.strerror)
        ) from error
    return new


def files(exercise: Exercise, roles: Sequence[Role], asked: str = "") -> Mapping[str, str]:
    """Return the text of each file by its name.

    ``asked`` is what ``--exercise`` takes where that is not the name.
    """
    programs = {_name(exercise, role): _program(exercise, role) for role in roles}
    return {**programs, SETTINGS: _settings(exercise, asked)}


def _seen_from(folder: Path, source: Path) -> str:
    """Return the path of ``source`` as a configuration file in ``folder`` names it."""
    try:
        return Path(os.path.relpath(source.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return source.resolve().as_posix()


def _differs(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") != text
    except FileNotFoundError:
        return False
    except (OSError, UnicodeError):
        return path.exists() or path.is_symlink()


def _name(exercise: Exercise, role: Role) -> str:
    return f"{plain_name(exercise.name) if role == 'function' else role}.py"


def _settings(exercise: Exercise, asked: str) -> str:
    if "function" in exercise.profiles:
        named = f"exercise = {asked}\n" if asked else ""
        return f"[pytest]\ntarget = {_name(exercise, 'function')}\n{named}"
    return f"[pytest]\ntarget = .\nexercise = {asked or exercise.name}\n"


def _program(exercise: Exercise, role: Role) -> str:
    write = _function if role == "function" else _script
    contract = spoken(exercise.contract.strip())
    return "\n".join([f'r"""{contract}\n"""', "", *write(exercise, role), ""])


def _function(exercise: Exercise, role: Role) -> Iterator[str]:
    found = reference(exercise, role)
    name = found.function if found else plain_name(exercise.name)
    yield ""
    yield f"def {name}({', '.join(found.parameters) if found else '*values'}):"
    yield f"    raise NotImplementedError({_quoted(_mine(exercise, role))})"


def _script(exercise: Exercise, role: Role) -> Iterator[str]:
    address = _address(exercise, role)
    yield "import socket"
    yield ""
    if len(address) == 1:
        yield f"ADDRESS = {_quoted(address[0])}"
    else:
        yield f"ADDRESS = ({', '.join(map(_quoted, address))})"
    yield ""
    yield ""
    yield "def main():"
    yield f"    raise NotImplementedError({_quoted(_mine(exercise, role))})"
    yield ""
    yield ""
    yield 'if __name__ == "__main__":'
    yield "    main()"


def _address(exercise: Exercise, role: Role) -> tuple[object, ...]:
    """Return the tutorial's own address, for a client that knows several that of its server."""
    others: tuple[Role, ...] = ("server", "client")
    for each in (role, *others):
        found = reference(exercise, each)
        if found is not None and found.address:
            return found.address
    return ("127.0.0.1", 8000)


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else repr(value)


def _mine(exercise: Exercise, role: Role) -> str:
    text = message("the {role} of {exercise} is still to be written",
                   role=Message(role), exercise=exercise.name)  # fmt: skip
    return str(text)
