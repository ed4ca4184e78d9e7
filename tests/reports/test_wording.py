"""Text is made fit to be shown: harmless, and measured in columns."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.reports.wording import chop, cut, lines_of, pad, plain, say, typewritten, wrap
from pytest_sockets.reports.wording import width as columns

from .samples import REPEATABLE

SHOWABLE = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J", r"\x1b[2J"),
        ("\u202egnp", r"\u202egnp"),
        ("a\u200bb", r"a\u200bb"),
        ("\udcff", r"\udcff"),
        ("one\ntwo\r", r"one\ntwo\r"),
        ("\u2028", r"\u2028"),
        ("\x9b31m", r"\x9b31m"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_what_could_harm_a_terminal_is_written_as_an_escape(hostile: str, shown: str) -> None:
    """Escape sequences, bidi overrides, zero-width characters and surrogates become visible."""
    assert plain(hostile) == shown


def test_harmless_text_stays_what_it_is() -> None:
    """Letters, signs and wide characters are not touched."""
    assert plain("naïve 你好 → ✓") == "naïve 你好 → ✓"


@REPEATABLE
@given(ANY_TEXT)
def test_no_text_keeps_a_control_or_a_surrogate(text: str) -> None:
    """Whatever a program prints, what is shown can be encoded and moves no cursor."""
    shown = plain(text)
    shown.encode("utf-8")
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_output_is_cut_to_its_last_lines_with_a_remark() -> None:
    """The end of the output is kept, and the reader is told how much is missing."""
    shown = lines_of(b"".join(b"line %d\n" % number for number in range(10)), 2)
    assert shown == ["… 8 lines before these are left out", "line 8", "line 9"]


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"a\r\nb", ["a", "b"]),
        (b"\xc4\xe3", ["\ufffd\ufffd"]),
        (b"\tx", ["        x"]),
        (b"a\x0cb", [r"a\x0cb"]),
    ],
)
def test_output_is_decoded_line_by_line(data: bytes, shown: list[str]) -> None:
    """Only newlines end lines, tabs are blanks, and what is not UTF-8 is replaced."""
    assert lines_of(data, 5) == shown


def test_a_chinese_character_takes_two_columns() -> None:
    """Columns are counted as a terminal does, combining marks as none."""
    assert columns("你好 a") == 6
    assert columns("e\u0301") == 1


def test_padding_fills_columns_and_never_cuts() -> None:
    """A padded text ends at the column that was asked for, or stays as it is."""
    assert pad("你", 4) == "你  "
    assert pad("long", 2) == "long"


@REPEATABLE
@given(st.text(), st.integers(-2, 12))
def test_a_cut_text_never_takes_more_columns_than_it_may(text: str, room: int) -> None:
    """What is cut fits, and says that it was cut when there is room to say so."""
    shown = cut(text, room)
    assert columns(shown) <= max(room, 0)
    assert shown == text or room < 1 or shown.endswith("…")


def test_a_wide_character_is_never_cut_in_half() -> None:
    """Where half a character would fit, a column stays free."""
    assert cut("你好吗", 4) == "你…"


@REPEATABLE
@given(
    st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))), st.integers(2, 30)
)
def test_wrapped_lines_fit_and_lose_nothing_but_blanks(text: str, room: int) -> None:
    """Wrapping moves text to other lines, and drops none of it."""
    lines = wrap(text, room)
    assert all(columns(line) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_prose_breaks_at_blanks_and_chinese_anywhere_but_before_a_comma() -> None:
    """Both kinds of script are broken as their readers expect."""
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("it seventeen", 7) == ["it seve", "nteen"]
    assert wrap("你好吗，我很好", 7) == ["你好", "吗，我", "很好"]


@REPEATABLE
@given(st.text(), st.integers(2, 30))
def test_chopped_lines_keep_every_blank(text: str, room: int) -> None:
    """Source and output are broken without any loss, since their blanks mean something."""
    lines = chop(text, room)
    assert "".join(lines) == text
    assert all(columns(line) <= room for line in lines)


def test_nothing_is_said_of_an_empty_text() -> None:
    """An empty text is not looked up: gettext would answer with its catalogue's header."""
    assert say("", lambda template: f"translated {template}") == ""


def test_typewritten_marks_are_ascii() -> None:
    """All signs that reports draw with have a form in ASCII."""
    assert typewritten("✓✗–→…│─▶◀×§").isascii()
