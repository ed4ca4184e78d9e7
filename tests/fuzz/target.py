"""One reader of strangers' words, and what has to be true of it whatever it is given.

A check raises AssertionError where a promise is broken; any other error means that
the reader let one out which it does not declare.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True)
class Target:
    """``check`` takes any bytes; ``inputs`` are bytes that come further than others.

    ``like`` are such inputs, from which others are made.
    """

    check: Callable[[bytes], None]
    inputs: SearchStrategy[bytes]
    like: tuple[bytes, ...] = ()


def target(
    check: Callable[[bytes], None],
    *like: bytes,
    inputs: SearchStrategy[bytes] | None = None,
) -> Target:
    """Return a target whose inputs are any bytes, those ``like`` real ones, and ``inputs``."""
    ways = [st.binary(max_size=400), *([inputs] if inputs is not None else [])]
    ways += [spoiled(each) for each in like]
    return Target(check, st.one_of(ways), like)


def spoiled(data: bytes) -> SearchStrategy[bytes]:
    """Return variants of ``data``: a part of it is another one."""
    return st.builds(
        lambda begin, length, part: data[:begin] + part + data[begin + length :],
        st.integers(0, len(data)),
        st.integers(0, 8) | st.integers(0, len(data)),
        st.binary(max_size=12) | st.sampled_from(ODD),
    )


ODD = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        "\0", "\n", "\r", "\f", "\x1b[31m", "\u2028", "\u202e", "\ud800", "\U0001f469\u200d",
        "{", "}", "{0}", "%s", "[" * 60, "(" * 60, '"', "'", '"""', "\\", "9" * 60, "0x" + "f" * 60,
        "1e999", "nan", "true", "null", "-1", "=1+1", "<b>", "]]>", "&amp;", "../", "你",
    )
)  # fmt: skip
"""What has broken readers before, here or elsewhere."""
