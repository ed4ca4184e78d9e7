"""Scorecards as JSON, in the fixed form "pytest-sockets/1" of result.schema.json.

Knows the form. Bytes are base64, times are seconds, sentences are in the
report's language. What the form has no key for (labels, output, network) is
left to the other reports.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from pytest_sockets.messages import Message, Translate, apart, message, same, size_of
from pytest_sockets.results import Diagnosis, Line, Result, Scorecard
from pytest_sockets.wire.events import Called, Event

SCHEMA = "pytest-sockets/1"

_SURROGATE = re.compile("[\ud800-\udfff]")


def to_json(scorecards: Sequence[Scorecard], **run: Any) -> str:
    """Return the JSON document of a run, ending in a newline; see ``to_document`` for ``run``.

    Lone surrogates, which UTF-8 cannot hold, become U+FFFD.

    Raises:
        ValueError: ``started`` has no time zone, or a duration is not a finite number.
    """
    document = to_document(scorecards, **run)
    return whole(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1)) + "\n"


def to_document(
    scorecards: Sequence[Scorecard],
    *,
    version: str,
    started: datetime,
    seed: int,
    containment: Message | str,
    platform: str,
    translate: Translate = same,
) -> dict[str, Any]:
    """Return what the JSON document of a run holds; lone surrogates stay what they are.

    ``started`` carries its time zone.

    Raises:
        ValueError: ``started`` has no time zone.
    """
    if started.utcoffset() is None:
        raise ValueError("started has no time zone: give an aware datetime")
    return {
        "schema": SCHEMA,
        "version": version,
        "started": started.isoformat(),
        "seed": seed,
        "containment": _text(containment, translate),
        "platform": platform,
        "scorecards": [_scorecard(scorecard, translate) for scorecard in scorecards],
    }


def whole(text: str) -> str:
    """Return ``text`` as UTF-8 can hold it: a lone surrogate becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _scorecard(scorecard: Scorecard, translate: Translate) -> dict[str, Any]:
    return {
        "target": scorecard.target,
        "exercise": scorecard.exercise,
        "role": scorecard.role,
        "score": float(scorecard.score),
        "max_score": float(scorecard.max_score),
        "complete": scorecard.complete,
        "diagnosis": _diagnosis(scorecard.diagnosis, translate),
        "results": [_result(result, translate) for result in scorecard.results],
    }


def _diagnosis(diagnosis: Diagnosis | None, translate: Translate) -> dict[str, str] | None:
    if diagnosis is None:
        return None
    likely = diagnosis.sentence.render(translate)
    return {"like": diagnosis.slug, "likely": likely, "result": diagnosis.result}


def _result(result: Result, translate: Translate) -> dict[str, Any]:
    return {
        "id": result.id,
        "behaviour": result.behaviour,
        "level": result.level,
        "part": result.part,
        "outcome": str(result.outcome),
        "points": result.points,
        "max_points": result.max_points,
        "title": _text(result.title, translate),
        "expected": _sentence(result.expected, translate),
        "observed": _sentence(result.observed, translate),
        "because": _sentence(result.because, translate),
        "smallest": _sentence(result.smallest, translate),
        "why": _text(result.why, translate),
        "hint": _sentence(result.advice, translate) or _text(result.hint, translate),
        "tutorial": _text(result.tutorial, translate) if result.tutorial else None,
        "blocked_by": result.blocked_by,
        "reason": _sentence(result.reason, translate),
        "lines": [_line(line) for line in result.lines],
        "transcript": [
            _event(event, translate) for event in result.transcript if not isinstance(event, Called)
        ],
        "duration": round(result.duration, 6),
        "attempts": result.attempts,
    }


def _text(text: Message | str, translate: Translate) -> str:
    if isinstance(text, Message):
        return text.render(translate)
    return translate(text) if text else ""  # gettext answers "" with its own header


def _sentence(sentence: Message | None, translate: Translate) -> str | None:
    return None if sentence is None else sentence.render(translate)


def _line(line: Line) -> dict[str, Any]:
    return {"file": line.file, "line": line.line, "call": line.call, "source": line.source}


def _event(event: Event, translate: Translate) -> dict[str, Any]:
    data = getattr(event, "data", None)
    told = _NOTES[event.name](event) if event.name in _NOTES else ""
    notes = apart(filter(None, [told, _text(event.note or "", translate)]))
    return {
        "at": round(event.at, 6),
        "side": event.side,
        "event": event.name,
        "data": None if data is None else b64encode(data).decode("ascii"),
        "note": notes.render(translate) or None,
    }


def _way(event: Any) -> Message:
    one, other = _address(event.local), _address(event.remote)
    return message("{one} to {other}", one=one, other=other)


def _address(address: tuple[str, int]) -> Message | str:
    host, port = address[:2]
    if not host or "/" in host:  # an AF_UNIX socket, named or not
        return host.replace("\0", "@") or message("a socket without a name")
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


_NOTES: dict[str, Callable[[Any], Message | str]] = {
    "started": lambda event: event.command,
    "opened": _way,
    "refused": lambda event: _address(event.remote),
    "datagram": _way,
    "streamed": lambda event: size_of(event.size),
    "paused": lambda event: f"{event.seconds:g} s",
    "printed": lambda event: event.stream,
    "typed": lambda event: event.line,
    "invoked": lambda event: event.call,
    "returned": lambda event: event.result,
    "raised": lambda event: event.result,
    "exited": lambda event: message("status {status}", status=event.status),
}
"""What an event holds besides bytes, told in its note."""
