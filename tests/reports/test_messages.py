"""A sentence shows its values as a person would write them."""

from __future__ import annotations

import pytest

from pytest_sockets.messages import SHOWN_BYTES, message, size_of

LONG = b"7" * 2000
CUT = repr(LONG[:SHOWN_BYTES]) + "…"


@pytest.mark.parametrize(
    ("template", "values", "told"),
    [
        ("got {data}", {"data": b"kq7"}, "got b'kq7'"),
        ("got {data}", {"data": LONG}, f"got {CUT} (2000 bytes)"),
        ("{data} ({count} bytes)", {"data": LONG, "count": 2000}, f"{CUT} (2000 bytes)"),
        ("{data} ({count} bytes)", {"data": b"kq7", "count": 3}, "b'kq7' (3 bytes)"),
    ],
)
def test_the_number_of_bytes_is_told_once(
    template: str, values: dict[str, object], told: str
) -> None:
    """What was cut is counted, by the sentence itself or by its value, never by both."""
    assert str(message(template, **values)) == told


def test_a_sentence_in_a_sentence_is_rendered_too() -> None:
    """Messages nest, and each counts its own bytes."""
    inner = message("{data} ({count} bytes)", data=LONG, count=2000)
    assert str(message("it said {what}", what=inner)) == f"it said {CUT} (2000 bytes)"


@pytest.mark.parametrize(
    ("address", "told"),
    [(("127.0.0.1", 8000), "127.0.0.1:8000"), (("::1", 8000), "[::1]:8000")],
)
def test_an_address_is_told_with_its_port(address: tuple[str, int], told: str) -> None:
    """Host and port are written as in a URL."""
    assert str(message("{address}", address=address)) == told


@pytest.mark.parametrize(("data", "told"), [(b"", "0 bytes"), (b"q", "1 byte"), (2, "2 bytes")])
def test_one_byte_is_no_plural(data: bytes | int, told: str) -> None:
    """A size reads as a person would say it."""
    assert str(size_of(data)) == told
