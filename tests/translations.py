"""The catalogues of translations: extracted from the code, merged and compiled.

Run as a program (``make locale``) it writes them anew and tells what is not translated.
A translation is kept as long as its English sentence stays the same, to the letter:
what has changed is to be translated again, not guessed.
"""

from __future__ import annotations

import ast
import inspect
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import get_args

import click
import sources
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from pytest_sockets import catalogue, cli, findings, plugin, tour
from pytest_sockets.behaviours import ROLES, Level
from pytest_sockets.exercises import Exercise, Part
from pytest_sockets.languages import CATALOGUE, DOMAIN, FOLDER

TEMPLATE = FOLDER / f"{DOMAIN}.pot"
TRANSLATED = FOLDER / CATALOGUE / "LC_MESSAGES" / f"{DOMAIN}.po"
COMPILED = TRANSLATED.with_suffix(".mo")
MARKERS = {"message", "translatable"}

HEADERS = {
    "Project-Id-Version": "pytest-sockets",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}

OF_CLICK = (
    "Usage:",
    "Options",
    "Commands",
    "default: {default}",
    "Show this message and exit.",
    "Show the version and exit.",
    "Error: {message}",
    "Try '{command} {option}' for help.",
    "Missing argument",
    "Missing parameter",
    "No such command {name!r}.",
    "No such option: {name}",
    "Option {name!r} requires an argument.",
    "{name}: {message}",
    "Invalid value: {message}",
    "Invalid value for {param_hint}: {message}",
    "{value!r} is not a valid {number_type}.",
    "Aborted!",
)
"""What click itself says; it asks the catalogue of the process."""


@dataclass(frozen=True)
class Found:
    """A text that is shown to people, the file that holds it, and what it is there."""

    text: str
    file: str
    remark: str = ""


def texts() -> dict[str, list[Found]]:
    """Return every text that can be translated with its places, in the order of the files."""
    every = [*_marked(), *_asked(), *_words(), *_of_the_command()]
    by_text: dict[str, list[Found]] = {}
    for found in sorted(every, key=lambda found: found.file):
        if found.text.strip() and _says_something(found.text):
            by_text.setdefault(found.text, []).append(found)
    return by_text


def fields(text: str) -> Counter[str]:
    """Return the fields of a template with their formats, and how often each is there.

    Raises:
        ValueError: a brace is missing or too many.
    """
    return Counter(
        f"{name}!{conversion}:{spec}"
        for _, name, spec, conversion in Formatter().parse(text)
        if name is not None
    )


def template() -> Catalog:
    """Return the catalogue of what can be translated, without translations."""
    return collected(texts(), {}, None)


def translated() -> Catalog:
    """Return the Chinese catalogue: what the code says now, with what is written down of it."""
    return collected(texts(), translations(), CATALOGUE)


def translations(path: Path = TRANSLATED) -> dict[str, str]:
    """Return what is written down in a catalogue, by its English text; "" is not translated."""
    if not path.exists():
        return {}
    known = read_po(io.BytesIO(path.read_bytes()))
    return {str(each.id): str(each.string) for each in known if each.id}


def collected(
    found: Mapping[str, list[Found]],
    known: Mapping[str, str],
    locale: str | None,
    domain: str = DOMAIN,
) -> Catalog:
    """Return a catalogue of the texts that were ``found``, with those translations of ``known``."""
    made = _Dateless(locale=locale, domain=domain, header_comment=f"# {domain}", fuzzy=False)
    for text, places in found.items():
        made.add(
            text,
            known.get(text, ""),
            locations=[(file, 0) for file in sorted({each.file for each in places})],
            auto_comments=sorted({each.remark for each in places if each.remark}),
        )
    return made


def written(made: Catalog) -> bytes:
    """Return a catalogue as the text that is kept in the repository."""
    file = io.BytesIO()
    write_po(file, made, width=100, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def compiled(made: Catalog) -> bytes:
    """Return a catalogue as the standard library's gettext reads it."""
    file = io.BytesIO()
    write_mo(file, made)
    return file.getvalue()


def main() -> None:
    """Write template, translations and what is compiled of them; tell what is missing."""
    chinese = translated()
    TRANSLATED.parent.mkdir(parents=True, exist_ok=True)
    TEMPLATE.write_bytes(written(template()))
    TRANSLATED.write_bytes(written(chinese))
    COMPILED.write_bytes(compiled(chinese))
    missing = [each for each in chinese if each.id and not each.string]
    for file, count in sorted(Counter(each.locations[0][0] for each in missing).items()):
        click.echo(f"{count:>5} not translated in {file}")
    click.echo(f"{len(missing):>5} of {len(chinese)} not translated")


class _Dateless(Catalog):
    """A catalogue with the headers that do not change when nothing else does."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The lines of the header."""
        language = [("Language", CATALOGUE)] if self.locale else []
        return [*HEADERS.items(), *language]


def _says_something(text: str) -> bool:
    """Tell whether there is more in a template than fields."""
    return any(literal for literal, *_ in Formatter().parse(text))


def _marked() -> Iterator[Found]:
    """Yield what the code marks: message("…") and translatable("…")."""
    for folder in ("pytest_sockets", "conformance"):
        for path in sources.modules(folder):
            name = sources.named(path)
            reader = _Reader(name)
            reader.visit(ast.parse(path.read_bytes()))
            yield from (Found(text, name) for text in reader.texts)


def _is_constant(node: ast.expr) -> bool:
    """Tell whether it names a sentence that is marked where it is made, for all to say."""
    marked = str(getattr(findings, node.id, "")) if isinstance(node, ast.Name) else ""
    return f'translatable("{marked}")' in Path(findings.__file__).read_text("utf-8")


class _Reader(ast.NodeVisitor):
    """Finds marked texts in a module, also where a local variable holds them."""

    def __init__(self, name: str) -> None:
        self.texts: list[str] = []
        self._name = name
        self._function: ast.AST = ast.Module([], [])

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Remember in which function we are."""
        before, self._function = self._function, node
        self.generic_visit(node)
        self._function = before

    def visit_Call(self, node: ast.Call) -> None:
        """Keep the text of a marker."""
        if isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            told = list(self._literals(node.args[0]))
            if not told and not _is_constant(node.args[0]):
                raise ValueError(f"{self._name}:{node.lineno}: a marker needs a literal text")
            self.texts += told
        self.generic_visit(node)

    def _literals(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.IfExp):
            yield from self._literals(node.body)
            yield from self._literals(node.orelse)
        elif isinstance(node, ast.Name):
            for each in ast.walk(self._function):
                if isinstance(each, ast.Assign) and ast.dump(each.targets[0]) == ast.dump(
                    ast.Name(node.id, ast.Store())
                ):
                    yield from self._literals(each.value)


def _asked() -> Iterator[Found]:
    """Yield contracts, and of every behaviour what is told of it."""
    for exercise in [*catalogue.exercises().values(), tour.exercise()]:
        yield Found(exercise.contract.strip(), _file_of(exercise), "contract")
        for profile in exercise.profiles.values():
            for each in (weighed.behaviour for weighed in profile.behaviours):
                file = f"conformance/tour/{each.ask.__name__}.py"
                if each.role != "tour":
                    file = _path(inspect.getsourcefile(each.ask))
                yield Found(each.title, file, "title")
                yield Found(each.why, file, "why")
                yield Found(each.hint, file, "hint")
                yield Found(each.tutorial or "", file, "the tutorial")
                yield from (
                    Found(place, file, "source")
                    for place in each.source.split("; ")
                    if re.search("[a-z]{3}", place)
                )


def _file_of(exercise: Exercise) -> str:
    name = exercise.name.replace("-", "_")
    return f"conformance/{'tour/__init__' if name == 'tour' else f'test_{name}'}.py"


def _path(file: str | None) -> str:
    return sources.named(Path(file or "").resolve())


def _words() -> Iterator[Found]:
    """Yield the words that results hold, and what pytest's --help says of our options."""
    yield from (Found(role, "pytest_sockets/behaviours.py", "role") for role in ROLES)
    yield from (Found(each, "pytest_sockets/behaviours.py", "level") for each in get_args(Level))
    yield from (Found(part, "pytest_sockets/exercises.py", "part") for part in get_args(Part))
    yield from (Found(text, "pytest_sockets/plugin.py", "help") for text in plugin.HELP.values())


def _of_the_command() -> Iterator[Found]:
    """Yield what the command's --help says."""
    yield from (Found(text, "pytest_sockets/cli.py", "said by click") for text in OF_CLICK)
    commands: list[click.Command] = [cli.main, *cli.main.commands.values()]
    for command in commands:
        told = [command.help, command.short_help]
        for each in (each for each in command.params if isinstance(each, click.Option)):
            told += [each.help, each.show_default if isinstance(each.show_default, str) else None]
        yield from (
            Found(inspect.cleandoc(text), "pytest_sockets/cli.py", "help") for text in told if text
        )


if __name__ == "__main__":
    main()
