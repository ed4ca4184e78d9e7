"""How far a class is graded, told in lines that no student's name can break."""

from __future__ import annotations

import io
import re

from pytest_sockets.courses.progress import progress


def test_a_name_can_neither_break_a_line_nor_steer_the_terminal() -> None:
    """Whoever hands something in chooses the name of a folder."""
    stream = io.StringIO()
    with progress(2, stream) as step:
        step("two\nlines\x1b[31m: 100 of 100")
        step("bob: 0 of 100")
    first, second = stream.getvalue().splitlines()
    assert re.fullmatch(r"\[1/2\] two\\nlines\\x1b\[31m: 100 of 100  \(about .* left\)", first)
    assert second == "[2/2] bob: 0 of 100"
