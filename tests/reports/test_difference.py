"""The caret stands under the first byte that differs."""

from __future__ import annotations

from ast import literal_eval

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.reports.difference import windows

from .samples import REPEATABLE


@pytest.mark.parametrize(
    ("expected", "observed", "place"),
    [
        (b"kq7 0413", b"kq7", 3),
        (b"kq7", b"kq7 0413", 3),
        (b"abc", b"xbc", 0),
        (b"\n\n\x00a", b"\n\n\x00b", 3),
        (b"it's", b'it"s', 2),
        (b"", b"a", 0),
    ],
)
def test_the_caret_is_at_the_first_byte_that_differs(
    expected: bytes, observed: bytes, place: int
) -> None:
    """Escapes take several columns, and the caret counts them."""
    shown = windows(expected, observed, 80)
    assert shown.place == place
    for text, data in zip(shown.texts, (expected, observed), strict=True):
        assert literal_eval(text) == data
        assert literal_eval(text[: shown.caret] + "'") == data[:place]


@REPEATABLE
@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_long_bytes_are_cut_to_a_window_around_the_difference(
    prefix: bytes, one: bytes, other: bytes
) -> None:
    """Both texts fit, the caret is inside or right behind them, and marks the byte it says."""
    one, other = prefix + one, prefix + other
    shown = windows(one, other, 40)
    for text, data in zip(shown.texts, (one, other), strict=True):
        assert len(text) <= 40
        after = literal_eval("b'" + text[shown.caret :].removesuffix(" …"))
        assert data[shown.place :].startswith(after)
    assert shown.caret < 40


def test_what_is_left_out_is_marked_on_its_side() -> None:
    """An ellipsis says that there are bytes before, or after."""
    shown = windows(b"a" * 100 + b"x" + b"b" * 100, b"a" * 100 + b"y", 40)
    assert (shown.texts[0][0], shown.texts[0][-1]) == ("…", "…")
    assert (shown.texts[1][0], shown.texts[1][-1]) == ("…", "'")
