"""Bytes are read as text or as numbers where their escapes tell a student nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.reports.readings import reading
from pytest_sockets.reports.wording import HEX, TEXT, width

ROOM = 40


@pytest.mark.parametrize(
    ("one", "other"), [(b"kq7 0413", b"kq7"), (b"a\tb\r\n", b"a"), (b"", b"x")]
)
def test_what_a_keyboard_has_tells_by_itself(one: bytes, other: bytes) -> None:
    """A second way of writing it would only be longer."""
    assert reading(one, other, ROOM) is None


def test_text_in_utf_8_is_shown_as_text() -> None:
    """The caret counts columns: a Chinese character takes two."""
    read = reading("你好世界".encode(), "你好，世界".encode(), ROOM)
    assert read is not None
    assert (read.label, read.texts) == (TEXT, ("'你好世界'", "'你好，世界'"))
    assert read.caret == len("'") + 4


def test_text_that_is_answered_in_another_encoding_shows_its_bytes() -> None:
    """What is no UTF-8 stands there as escapes, below the text that was expected."""
    read = reading("你好".encode(), "你好".encode("gbk"), ROOM)
    assert read is not None
    assert read.texts == ("'你好'", "'\\xc4\\xe3\\xba\\xc3'")


def test_a_number_s_bytes_are_shown_in_hexadecimal() -> None:
    """The order of bytes is seen at once."""
    read = reading(b"\x2c\x01\x00\x00", b"\x00\x00\x01\x2c", ROOM)
    assert read is not None
    assert (read.label, read.texts, read.caret) == (HEX, ("2c 01 00 00", "00 00 01 2c"), 0)


def test_the_window_is_around_the_first_difference() -> None:
    """Far from the start, what is left out is marked on both sides."""
    read = reading(bytes(100), bytes(60) + b"\xff" + bytes(39), ROOM)
    assert read is not None
    first, second = read.texts
    assert first.startswith("… ")
    assert first.endswith(" …")
    assert (first[read.caret :][:2], second[read.caret :][:2]) == ("00", "ff")


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_a_reading_fits_and_its_caret_is_in_it(one: bytes, other: bytes) -> None:
    """Whatever is compared."""
    read = reading(one, other, ROOM)
    if read is not None:
        assert max(map(width, read.texts)) <= ROOM
        assert 0 <= read.caret <= ROOM
