"""What travels to another machine and back: the files of a task, and what came of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_sockets.courses import parcel
from pytest_sockets.courses.pool import Finished
from pytest_sockets.courses.serve import from_line, to_line
from pytest_sockets.messages import message

from .classes import below, law, write

NAMES = st.from_regex(r"[a-z][a-z0-9 \u4e00-\u4e10]{0,8}[a-z]", fullmatch=True)


def task_of(folder: Path | None) -> bytes:
    """Return the document of a task as the grader makes it."""
    part = {"exercise": "address-bits", "role": "function", "program": "address_bits.py"}
    return json.dumps({"folder": str(folder or ""), "seed": 1, "parts": [part]}).encode()


@settings(law, max_examples=30)
@given(files=st.dictionaries(st.tuples(NAMES, NAMES), st.binary(max_size=300), max_size=6))
def test_what_is_packed_is_unpacked_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, files: dict[tuple[str, str], bytes]
) -> None:
    """Names and bytes, and nothing of an earlier submission beside them."""
    folder = tmp_path_factory.mktemp("parcel")
    sent = {f"{outer}.d/{inner}": content for (outer, inner), content in files.items()}
    here, there = write(folder / "here", sent), write(folder / "there", {"submission/old.py": "x"})
    came = json.loads(parcel.unpacked(parcel.packed(task_of(here)), there))
    assert below(Path(came["folder"])) == sent
    assert {**came, "folder": str(here)} == json.loads(task_of(here))


def test_a_submission_without_a_folder_has_none_anywhere(tmp_path: Path) -> None:
    """Nothing was handed in."""
    came = json.loads(parcel.unpacked(parcel.packed(task_of(None)), tmp_path))
    assert came["folder"] == ""


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "a//x", ".", "", "a\\x", "a\nb"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """Whoever has made the parcel."""
    document = {"folder": "", "parts": [], "exercises": {}, "files": {name: "eA=="}}
    there = write(tmp_path / "in" / "there", {})
    with pytest.raises(ValueError, match=r"name|path"):
        parcel.unpacked(json.dumps(document).encode(), there)
    assert below(tmp_path) == {}


def test_what_came_of_a_task_is_told_in_a_line() -> None:
    """With the reason as a sentence that can still be translated."""
    whole = Finished("a", {"result": 1}, 2)
    lost = Finished("a", None, 1, message("took {seconds} s", seconds="5"))
    assert [from_line("a", to_line(each)) for each in (whole, lost)] == [whole, lost]


@pytest.mark.parametrize("line", [b"", b"no JSON", b"[]", b"{}", b'{"reason": 1}'])
def test_a_line_that_is_no_answer_is_refused(line: bytes) -> None:
    """Whatever has become of what wrote it."""
    with pytest.raises(ValueError, match=r"."):
        from_line("a", line)
