"""Commands of click that say everything in one language: ours, click's own words too.

Knows where click takes its words from (the catalogue of the process), how its help is
put together, and that a Chinese character takes two columns of it. Does not know what
the commands do.
"""

from __future__ import annotations

import contextlib
import copy
import gettext
import inspect
import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import click

from .languages import CATALOGUE, DOMAIN, FOLDER, LANGUAGES, chosen, language
from .messages import Message, message, same, speak, spoken
from .reports.wording import pad, unwrapped, width, wrap

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Page(click.HelpFormatter):
    """Lays help out as click does, by the columns that text takes."""

    def write_heading(self, heading: str) -> None:
        """Write the title of a section."""
        self._lines([str(message("{heading}:", heading=heading))])

    def write_text(self, text: str) -> None:
        """Write paragraphs, wrapped anew but for those with two blanks in a row: tables."""
        room = self.width - self.current_indent
        for number, paragraph in enumerate(re.split(r"\n\s*\n", text)):
            self._lines([""] if number else [])
            kept = "  " in paragraph
            self._lines(paragraph.splitlines() if kept else wrap(unwrapped(paragraph), room))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write names, and beside each what it stands for."""
        told = list(rows)
        beside = min(max(width(name) for name, _ in told), col_max) + col_spacing
        for name, text in told:
            first, *others = wrap(text, max(self.width - self.current_indent - beside, 10))
            if width(name) > beside - col_spacing:
                self._lines([name, " " * beside + first])
            else:
                self._lines([pad(name, beside) + first])
            self._lines(" " * beside + line for line in others)

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(f"{' ' * self.current_indent}{line}".rstrip() + "\n")


class Paged(click.Context):
    """What a command knows of its call; its help is laid out by ``Page``."""

    formatter_class = Page


class Speaking(click.Command):
    """A command whose help is in the language that the process speaks.

    ``after`` is told behind the options, in place of an epilog.
    """

    context_class = Paged

    def __init__(self, *args: Any, after: Message | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help as click does, of a copy that is translated."""
        told = copy.copy(self)
        told.help = spoken(inspect.cleandoc(self.help or ""))
        told.epilog = str(self.after) if self.after else None
        told.params = [_translated(each) for each in self.get_params(ctx)]
        told.add_help_option = False  # it is among the parameters already
        super(Speaking, told).format_help(ctx, formatter)

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the line that stands beside the command's name in a list."""
        return spoken(super().get_short_help_str(limit))


class SpeakingGroup(Speaking, click.Group):
    """A group of such commands, with an option for the language."""

    command_class = Speaking

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command in the locale's language, which the option can still change."""
        with _as_before():
            use_language(None)
            return super().main(*args, **extra)


def use_language(name: str | None) -> None:
    """Let us and click speak the language ``name``, with None the locale's."""
    speak(language(name))
    os.environ["LANGUAGE"] = CATALOGUE if chosen(name) == "zh" else "en"


def language_option(text: str) -> Callable[[_Command], _Command]:
    """Return a decorator that adds the option ``--lang``; ``text`` is its help."""

    def use(_context: click.Context, _option: click.Parameter, name: str | None) -> None:
        if name is not None:
            use_language(name)

    return click.option(
        "--lang", type=click.Choice(LANGUAGES), expose_value=False, is_eager=True, callback=use,
        help=text,
    )  # fmt: skip


@contextlib.contextmanager
def _as_before() -> Iterator[None]:
    """Let click look its words up in our catalogue; afterwards everything is as it was."""
    domain, told, before = gettext.textdomain(), os.environ.get("LANGUAGE"), speak(same)
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        speak(before)
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE", None)
        os.environ.update({} if told is None else {"LANGUAGE": told})


def _translated(parameter: click.Parameter) -> click.Parameter:
    told = copy.copy(parameter)
    if isinstance(told, click.Option):
        told.help = spoken(told.help) if told.help else None
        if isinstance(told.show_default, str):
            told.show_default = spoken(told.show_default)
    return told
