"""Programs that are nearly the same are found, and programs for one task are not accused."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_sockets.likeness import Likeness, fingerprints, groups, likenesses

PROGRAMS = {
    path.stem: path.read_text("utf-8")
    for path in sorted((Path(__file__).parent.parent / "reference").glob("tcp_*.py"))
}
LONG = PROGRAMS["tcp_hmac_auth_server"]
MISTAKES = {
    path.name: path.read_text("utf-8", "replace")
    for path in sorted((Path(__file__).parent / "mistakes").glob("tcp-echo/server/*.py"))
}


def renamed(text: str) -> str:
    """Return a program with other names, other comments and other layout."""
    other = re.sub(r"\b(key|secret|data|conn|connection|peer|server)\b", r"my_\1", text)
    return "# my own work\n\n" + other.replace("\n\n", "\n# think\n\n")


def test_a_renamed_copy_is_found() -> None:
    """Names, comments and blank lines hide nothing."""
    (found,) = likenesses(
        {"anna": LONG, "bob": renamed(LONG), "eve": PROGRAMS["tcp_upload_client"]}
    )
    assert (found.first, found.second, found.identical) == ("anna", "bob", False)
    assert found.share > 0.95


def test_the_same_text_is_identical_and_comes_first() -> None:
    """Blank lines and blanks at the end of a line aside."""
    copy = LONG.replace("\n", "  \n") + "\n\n"
    found = likenesses({"a": renamed(LONG), "b": LONG, "c": copy})
    assert found[0] == Likeness("b", "c", 1.0, identical=True)
    assert len(found) == 3


def test_different_programs_are_not_named() -> None:
    """Servers for different tasks share what servers have."""
    assert likenesses(PROGRAMS) == []


def test_small_programs_for_one_task_are_not_named() -> None:
    """A class that was taught one way writes it one way."""
    named = likenesses(MISTAKES)
    assert [each for each in named if not each.identical] == []


def test_what_was_handed_out_is_not_counted() -> None:
    """Whoever hands in the starter's file unchanged has copied from nobody."""
    assert likenesses({"a": LONG, "b": LONG}, given=[LONG]) == []


def test_what_most_of_the_class_has_is_not_counted() -> None:
    """Unless their texts are the same, that is what was handed out."""
    many = {f"{number}": f"{renamed(LONG)}\nx{number} = {number}\n" for number in range(6)}
    assert likenesses(many) == []


def test_an_added_line_hides_nothing() -> None:
    """A part that is long enough is found wherever it stands."""
    found = likenesses({"a": LONG, "b": LONG + "\nprint('mine', 1 + 2)\n"})
    assert [each.share > 0.9 for each in found] == [True]


def test_an_empty_or_broken_program_is_compared_with_nothing() -> None:
    """What Python can't read is read as far as it goes."""
    assert likenesses({"a": "", "b": "def f(:\n  '''", "c": "\0", "d": "x = (1,\n" * 3}) == []


def test_groups_join_what_is_alike() -> None:
    """A is like B and B like C: one place to look, not two."""
    found = [Likeness("a", "b", 1, identical=True), Likeness("x", "y", 1, identical=True),
             Likeness("b", "c", 0.9, identical=False)]  # fmt: skip
    assert groups(found) == [["a", "b", "c"], ["x", "y"]]


@settings(derandomize=True, deadline=None, database=None)
@given(st.text(max_size=300))
def test_any_text_has_fingerprints(text: str) -> None:
    """Whatever is handed in under the name of a program is read without an error."""
    assert fingerprints(text) == fingerprints(text)
    assert all(0 <= each < 2**64 for each in fingerprints(text))
