"""Plain data from text that a stranger has written as Python literals.

Knows what such text can do to a parser. Nothing of it is executed, and whatever
it holds there is one error.
"""

from __future__ import annotations

import ast
import warnings

LONGEST = 1 << 16
"""Characters of a literal that is read: a tree takes hundreds of bytes for each of them."""


def value_of(text: str) -> object:
    """Return the value that the literal ``text`` stands for.

    Raises:
        ValueError: it is none, it is too long, or its value can't be written as text again.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a literal of {len(text)} characters")
    try:
        with warnings.catch_warnings():
            # A doubtful escape in it is nobody's business here.
            warnings.simplefilter("ignore")
            value: object = ast.literal_eval(text)
        repr(value)
    except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ValueError(f"no literal: {type(error).__name__}") from error
    return value


def arguments_of(text: str) -> tuple[object, ...]:
    """Return the values of a call's arguments, which are written as ``text``, at least one.

    Raises:
        ValueError: these are no arguments, or not all of them are literals.
    """
    value = value_of(f"({text},)")
    if not isinstance(value, tuple):
        raise ValueError("no arguments")
    return value
