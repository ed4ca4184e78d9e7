"""A behaviour is declared by one decorator; what is missing is told when it is declared."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_sockets import Server, behaviour
from pytest_sockets.behaviours import Ask, behaviour_of


@behaviour("ABC-01", source="001 §2", level="should", tutorial="forgets to")
def test_echoes_pieces_whole(server: Server) -> None:
    """Echoes pieces whole.

    TCP is a stream
    of bytes.

    It always was.

    Hint: call recv
    until it returns b"".
    """


# They are data here: pytest must not take them for tests of this project.
DECLARED: Ask = test_echoes_pieces_whole
del test_echoes_pieces_whole


def undeclared(docstring: str | None) -> Ask:
    """Return a function of a server with that docstring."""

    def ask(server: Any) -> None: ...

    ask.__doc__ = docstring
    return ask


def test_title_explanation_and_hint_are_read_from_the_docstring() -> None:
    """Line breaks become blanks, and the title loses its full stop."""
    declared = behaviour_of(DECLARED)
    assert declared.title == "Echoes pieces whole"
    assert declared.why == "TCP is a stream of bytes. It always was."
    assert declared.hint == 'call recv until it returns b"".'


def test_what_the_decorator_was_told_is_kept() -> None:
    """Id, level, source and what the tutorial does are the behaviour's."""
    declared = behaviour_of(DECLARED)
    told = (declared.catalogue, declared.level, declared.source, declared.tutorial)
    assert told == ("ABC-01", "should", "001 §2", "forgets to")


def test_a_behaviour_is_named_after_its_function() -> None:
    """The slug in ids never depends on a position."""
    assert behaviour_of(DECLARED).slug == "echoes-pieces-whole"


@pytest.mark.parametrize("role", ["server", "client", "pair", "function", "tour"])
def test_the_parameter_names_the_role(role: str) -> None:
    """A function of one parameter is asked of that role."""
    names: dict[str, Ask] = {}
    exec(f"def ask({role}): 'Title.\\n\\nWhy.\\n\\nHint: how.'", names)
    behaviour("ABC-01", source="")(names["ask"])
    assert behaviour_of(names["ask"]).role == role


@pytest.mark.parametrize("parameters", ["", "host", "server, client"])
def test_any_other_parameter_is_an_error(parameters: str) -> None:
    """The error lists the roles there are."""
    names: dict[str, Ask] = {}
    exec(f"def ask({parameters}): 'Title.\\n\\nWhy.\\n\\nHint: how.'", names)
    with pytest.raises(TypeError, match=r"^ask: the one parameter must be one of server, client"):
        behaviour("ABC-01", source="")(names["ask"])


@pytest.mark.parametrize(
    "docstring",
    [
        None,
        "",
        "Title.",
        "Title.\n\nHint: how.",
        "Title.\n\nWhy.",
        "T.\n\nW.\n\nHint: a.\n\nHint: b.",
    ],
)
def test_a_docstring_without_its_three_parts_is_an_error(docstring: str | None) -> None:
    """A behaviour without an explanation or a hint would leave a student alone."""
    with pytest.raises(TypeError, match=r"needs a title, an explanation and a Hint:$"):
        behaviour("ABC-01", source="")(undeclared(docstring))


def test_a_docstring_may_be_chinese() -> None:
    """A teacher writes for students who read Chinese."""
    ask = undeclared("回答一行。\n\n原因。\n\n提示：conn.sendall(line)")
    behaviour("ABC-01", source="")(ask)
    declared = behaviour_of(ask)
    assert (declared.title, declared.why, declared.hint) == (
        "回答一行",
        "原因。",
        "conn.sendall(line)",
    )


def test_needs_may_be_one_or_several() -> None:
    """One function stands for a tuple of one."""
    text = "Title.\n\nWhy.\n\nHint: how."
    one, none, two = (undeclared(text) for _ in range(3))
    behaviour("ABC-01", source="", needs=DECLARED)(one)
    behaviour("ABC-01", source="")(none)
    behaviour("ABC-01", source="", needs=(DECLARED, one))(two)
    needs = [behaviour_of(ask).needs for ask in (one, none, two)]
    assert needs == [(DECLARED,), (), (DECLARED, one)]


def test_the_function_stays_what_it_is() -> None:
    """Declaring changes nothing about calling it."""
    ask = undeclared("Title.\n\nWhy.\n\nHint: how.")
    assert behaviour("ABC-01", source="")(ask) is ask


def test_a_function_that_was_not_declared_is_no_behaviour() -> None:
    """The error says what to do."""
    with pytest.raises(TypeError, match=r"^ask is no behaviour: decorate it with @behaviour$"):
        behaviour_of(undeclared(None))


def test_a_misspelled_level_is_refused() -> None:
    """A failure of no known level would cost nothing."""
    with pytest.raises(ValueError, match="a level is one of must, should, may, not 'would'"):
        behaviour("ABC-01", source="", level="would")  # type: ignore[arg-type]


def test_what_is_needed_is_a_behaviour() -> None:
    """A name alone can't be asked."""
    with pytest.raises(TypeError, match="'test_other' is no behaviour"):
        behaviour("ABC-01", source="", needs="test_other")  # type: ignore[arg-type]
