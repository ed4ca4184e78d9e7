"""What counts as a difference between two feedbacks on one program, and what does not."""

from __future__ import annotations

import pytest
from feedback import check, difference, golden_file

from pytest_sockets.results import Scorecard

TOLD = """upper_case.py: Echoes in capital letters.

  ✗ Returns exactly the bytes it was sent  must   0 of 20

✗ tcp-echo-server/returns-the-same-bytes
  Returns exactly the bytes it was sent

  expected   b'02024666' (8 bytes)
  observed   nothing, then a reset of the
             connection (RST)

      peer                   upper_case.py
  1   │                      │  started: upper_case.py

  stdout     │ connect from ('127.0.0.1', 45906)

  why        the client's port is 45906, see 127.0.0.1:45906
  try        send it back
"""


def test_other_words_are_a_difference() -> None:
    """The lines in which they differ are told."""
    lines = difference(TOLD, TOLD.replace("send it back", "send back all of it")).splitlines()
    assert "-  try        send it back" in lines
    assert "+  try        send back all of it" in lines


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("│  started: upper_case.py", "│  prints 'x'"),
        ("│ connect from ('127.0.0.1', 45906)", "│ connect from"),
        ("see 127.0.0.1:45906", "see 127.0.0.1:33001"),
        ("nothing, then a reset of the\n             connection (RST)",
         "nothing, then the end of the stream"),
        ("why        the client's", "why        the\n             client's"),
    ],
    ids=["picture", "output", "port", "end", "where a line is broken"],
)  # fmt: skip
def test_what_no_two_runs_have_in_common_is_none(one: str, other: str) -> None:
    """Program and peer run beside each other, and the system chooses numbers."""
    assert one in TOLD
    assert difference(TOLD, TOLD.replace(one, other)) == ""


def test_how_a_connection_ended_counts_where_that_was_asked() -> None:
    """FIN and RST are the difference between a good end and a bad one then."""
    asked = TOLD.replace("b'02024666' (8 bytes)", "the end of the stream")
    ended = asked.replace("a reset of the\n             connection (RST)", "nothing more")
    assert difference(asked, ended) != ""
    assert difference(asked, asked.replace("a reset of the\n             connection (RST)",
                                           "the end of the stream")) != ""  # fmt: skip


def test_the_line_on_which_a_program_computes_is_chance() -> None:
    """A loop has several lines; where a program waits, it stays."""
    computes = "the program keeps computing and does not come back to the conversation"
    loop = TOLD.replace("send it back", f"{computes} (a.py:16)")
    waits = TOLD.replace("send it back", "waits for bytes in recv (a.py:16)")
    assert difference(loop, loop.replace("a.py:16", "a.py:17")) == ""
    assert difference(waits, waits.replace("a.py:16", "a.py:17")) != ""


def test_an_error_counts_by_its_name() -> None:
    """Each version of Python words errors in its own way."""
    crash = "the program crashed: TypeError: bind() takes\n             exactly one argument"
    crashed = TOLD.replace("send it back", crash) + "  see        004\n"
    assert difference(crashed, crashed.replace("bind() takes", "socket.bind() takes")) == ""
    assert difference(crashed, crashed.replace("TypeError", "OSError")) != ""
    assert difference(crashed, crashed.replace("see        004", "see        003")) != ""


def test_a_time_of_day_counts_only_where_nobody_asks_for_it() -> None:
    """An answer with the time is another one each second."""
    clock = TOLD.replace("tcp-echo-server", "udp-time-server")
    assert difference(TOLD, TOLD.replace("(8 bytes)", "(9 bytes)")) != ""
    assert difference(clock, clock.replace("(8 bytes)", "(9 bytes)")) == ""


def test_what_was_never_kept_is_a_difference() -> None:
    """A new mistake needs a file."""
    assert difference("", TOLD) != ""


def test_a_difference_counts_when_every_grade_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One grade that tells what is kept is enough: the others had a bad moment."""
    told = iter(["a", "b", "kept", "c"])
    monkeypatch.setattr("feedback.LANGUAGES", {"en": str})
    monkeypatch.setattr("feedback._differs", lambda *_: "" if (t := next(told)) == "kept" else t)
    grades: list[None] = []

    def again() -> Scorecard:
        grades.append(None)
        return None  # type: ignore[return-value] # nobody looks at it

    assert check(None, None, again, update=False) == []  # type: ignore[arg-type]
    assert len(grades) == 2


def test_a_golden_file_lies_where_its_mistake_does() -> None:
    """Language, exercise, role and name make its path."""
    from test_mistakes import MISTAKES

    path = golden_file(MISTAKES[0], "en")
    assert path.parts[-4:] == ("en", MISTAKES[0].exercise, MISTAKES[0].role,
                               f"{MISTAKES[0].path.stem}.txt")  # fmt: skip
