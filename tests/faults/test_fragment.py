"""Fragment cuts messages where it was told to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_sockets.faults import Fragment
from pytest_sockets.wire.events import Event, Sent

from .stories import law, stories


@law
@given(st.binary(max_size=200), st.integers(1, 50))
def test_every_piece_but_the_last_has_the_size(data: bytes, size: int) -> None:
    """Pieces are ``size`` bytes long; the last one has what is left, at least one byte."""
    pieces = [e.data for e in Fragment(size=size).plan([Sent(data=data)]) if isinstance(e, Sent)]
    assert all(len(piece) == size for piece in pieces[:-1])
    assert 0 < len(pieces[-1]) <= size or not data


@law
@given(st.binary(max_size=60), st.sets(st.integers(1, 60), min_size=1, max_size=6))
def test_a_message_is_cut_at_the_offsets_inside_it(data: bytes, at: set[int]) -> None:
    """The ends of the pieces are exactly the offsets that lie inside the message."""
    planned = Fragment(at=tuple(at)).plan([Sent(data=data)])
    lengths = [len(event.data) for event in planned if isinstance(event, Sent)]
    ends = {sum(lengths[: i + 1]) for i in range(len(lengths))}
    assert ends == {offset for offset in at if offset < len(data)} | {len(data)}


@law
@given(stories(), st.integers(1, 50))
def test_only_what_was_cut_is_a_piece(story: list[Event], size: int) -> None:
    """A message that fits into one piece goes out as it is, and so does all else."""
    planned = Fragment(size=size).plan(story)
    whole = [e for e in story if not (isinstance(e, Sent) and len(e.data) > size)]
    assert [e for e in planned if not (isinstance(e, Sent) and e.piece)] == whole


@pytest.mark.parametrize("wrong", [{"size": 0}, {"size": -1}, {"at": (0,)}, {"at": (3, -1)}])
def test_a_piece_has_at_least_one_byte(wrong: dict[str, int]) -> None:
    """A size or an offset below 1 is an error that names it."""
    given = next(iter(wrong.values()))
    with pytest.raises(ValueError, match=r"after 1 byte or more, not") as raised:
        Fragment(**wrong)  # type: ignore[arg-type]
    assert str(raised.value).endswith(str(given))


@pytest.mark.parametrize("wrong", [{}, {"size": 3, "at": (1,)}])
def test_either_a_size_or_offsets_are_given(wrong: dict[str, int]) -> None:
    """Neither and both are errors."""
    with pytest.raises(ValueError, match=r"^Fragment needs either a size or offsets$"):
        Fragment(**wrong)  # type: ignore[arg-type]
