"""A task on its way to another machine: the files that it names travel in its document.

Knows where a task's document names files, and nothing of what is done with them. Who
packs is the grader, of copies that were made within bounds; who unpacks still lets no
name lead out of the folder that is given.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..messages import Message, message
from .names import path_in
from .sink import SUBMISSION

MOST_BYTES = SUBMISSION.size
"""Bytes of a submission that are sent at most, as many as one archive may hold."""

MOST_FILES = SUBMISSION.files


class TooLarge(ValueError):  # noqa: N818 - it says what the submission is
    """A submission that is not sent; ``problem`` says why, and what to do about it."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


def packed(task: bytes) -> bytes:
    """Return the document ``task`` with the files of its submission and its exercises in it.

    Raises:
        TooLarge: they are too many, or hold too many bytes.
        OSError: one of them can't be read.
    """
    document = json.loads(task)
    exercises: dict[str, str] = {}
    for part in document["parts"]:
        if part["exercise"].endswith(".py"):
            part["exercise"] = _added(exercises, Path(part["exercise"]))
    files = dict(_files(Path(document["folder"]))) if document["folder"] else None
    return json.dumps({**document, "folder": "", "files": files, "exercises": exercises}).encode()


def unpacked(parcel: bytes, folder: Path) -> bytes:
    """Return the document that was packed; the files lie below ``folder`` from now on.

    Those of another submission that lay there are gone. A file of exercises keeps its
    place as long as it holds the same.

    Raises:
        ValueError: it is no parcel, or a name in it leads elsewhere.
        OSError: a file can't be written.
    """
    document: dict[str, Any] = json.loads(parcel)
    exercises, files = document.pop("exercises"), document.pop("files")
    for part in document["parts"]:
        if part["exercise"] in exercises:
            path = _inside(folder / "exercises", part["exercise"])
            if not path.exists():
                _write(path, exercises[part["exercise"]])
            part["exercise"] = str(path)
    submission = folder / "submission"
    shutil.rmtree(submission, ignore_errors=True)
    if files is not None:
        _write_all(submission, files)
        document["folder"] = str(submission)
    return json.dumps(document).encode()


def _added(exercises: dict[str, str], path: Path) -> str:
    """Add the file ``path``; return its name there, another one when it holds something else."""
    source = path.read_bytes()
    name = f"{hashlib.sha256(source).hexdigest()}/{path.name}"
    exercises[name] = base64.b64encode(source).decode()
    return name


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield names and contents (base64) of all files below ``folder``."""
    left, number = MOST_BYTES, 0
    for where, _, names in os.walk(folder):
        for path in (Path(where, name) for name in names):
            content = path.read_bytes() if path.stat().st_size <= left else None
            number += 1
            if content is None or number > MOST_FILES:
                raise TooLarge(_too_large())
            left -= len(content)
            yield path.relative_to(folder).as_posix(), base64.b64encode(content).decode()


def _too_large() -> Message:
    text = (
        "it was not sent to the cluster: it has more than {files} files or {size} MiB; "
        "grade it here, by --resume without --cluster"
    )
    return message(text, files=MOST_FILES, size=MOST_BYTES >> 20)


def _write_all(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir()
    for name, content in files.items():
        _write(_inside(folder, name), content)


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(base64.b64decode(content, validate=True))


def _inside(folder: Path, name: str) -> Path:
    """Return the path of ``name``, each part of which has to be a plain name."""
    parts = name.split("/")
    if any(str(path_in(part)) != part for part in parts):
        raise ValueError(f"{name!r} is no name of a file in a folder")
    return folder.joinpath(*parts)
