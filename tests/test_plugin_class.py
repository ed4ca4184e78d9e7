"""A class graded by plain pytest: ``--target 'submissions/*/server.py' -n``."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Folder

ROOT = Path(__file__).parent.parent
RIGHT = (ROOT / "reference" / "tcp_hello_server.py").read_text("utf-8")
SUBMISSIONS = {
    "ada/server.py": RIGHT,
    "bob/server.py": "print('not yet')\n",
    "conf/server.py": RIGHT,
    "conf/conftest.py": "raise SystemExit('conftest.py was run')\n",
    "conf/pytest.ini": "[pytest]\naddopts = -x --nonsense\n",
    "endless/server.py": "while True:\n    pass\n",
    "flood/server.py": "while True:\n    print('x' * 65536)\n",
    "kill/server.py": "import os, signal\nos.killpg(0, signal.SIGKILL)\n",
    "two\nlines/server.py": RIGHT,
}
SCORES = {
    "ada": 100,
    "bob": 0,
    "conf": 100,
    "endless": 0,
    "flood": 0,
    "kill": 0,
    "two\\nlines": 100,
}

pytestmark = pytest.mark.xdist_group("grade")


def test_workers_make_no_difference_and_a_neighbour_neither(folder: Folder) -> None:
    """The gradebook is the same byte for byte; who prints, loops or kills costs nobody else."""
    for name, text in SUBMISSIONS.items():
        folder.write(f"submissions/{name}", text)
    words = (
        "--target",
        "submissions/*/server.py",
        "--exercise",
        "tcp-hello",
        "--sockets-seed",
        "5",
    )
    books = []
    for workers in ((), ("-n", "2")):
        book = folder.path / f"{len(workers)}.csv"
        run = folder.grade(
            *words, "--sockets-seed", "5", *workers, f"--sockets-report=gradebook={book}"
        )
        assert run.status == 1, run.said
        scores = {card["target"].split("/")[1]: card["score"] for card in run.cards}
        assert {name.replace("\n", "\\n"): score for name, score in scores.items()} == SCORES
        assert {card["max_score"] for card in run.cards} == {100}
        books.append(book.read_bytes())
    assert books[0] == books[1]
