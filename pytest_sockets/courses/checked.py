"""A table of a TOML file, read key by key: what is not as described is said with key and value.

Knows types and bounds. Does not know what the keys mean.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ..messages import Message, message
from .notices import BadCourse, meant, shown

KINDS: dict[type, Message] = {
    str: message("text"),
    list: message("a list"),
    dict: message("a table"),
}
MOST_SHOWN = 80


class Table:
    """One table of the file ``file``; ``where`` names it, as in ``part 2``.

    Raises:
        BadCourse: the table has a key that is not in ``known``.
    """

    def __init__(
        self, file: str, values: Mapping[str, Any], known: Collection[str], where: str = ""
    ) -> None:
        self.file = file
        self.where = where
        self._values = values
        for key in values:
            if key not in known:
                raise self.error(key, message("there is no such key; {meant}",
                                              meant=meant(key, known)))  # fmt: skip

    def error(self, key: str, problem: Message) -> BadCourse:
        """Return the error that ``key`` is not as it should be."""
        name = f"{self.where}: {shown(key)}" if self.where else shown(key)
        text = "{file}: {key}: {problem}"
        return BadCourse(message(text, file=shown(self.file), key=name, problem=problem))

    def text(self, key: str, *, required: bool = False) -> str:
        """Return the text under ``key``; empty where there is none."""
        if required and key not in self._values:
            raise self.error(key, message("it is missing"))
        text: str = self._typed(key, str, "")
        if required and not text.strip():
            raise self.error(key, message("it is empty"))
        return text

    def one_of(self, key: str, allowed: Collection[str], otherwise: str) -> str:
        """Return the word under ``key``, one of ``allowed``; where it is missing, ``otherwise``."""
        if key not in self._values and otherwise not in allowed:
            raise self.error(key, message("it is missing; {meant}", meant=meant("", allowed)))
        word: str = self._typed(key, str, otherwise)
        if word not in allowed:
            raise self.error(key, message("{word} is none of them; {meant}", word=_value(word),
                                          meant=meant(word, allowed)))  # fmt: skip
        return word

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts under ``key``, or the only one; none where there is none."""
        found = self._values.get(key, [])
        texts = [found] if isinstance(found, str) else found
        if not isinstance(texts, list) or not all(isinstance(t, str) and t.strip() for t in texts):
            problem = message("it has to be text or a list of texts, not {value}",
                              value=_value(found))  # fmt: skip
            raise self.error(key, problem)
        return tuple(texts)

    def number(self, key: str, most: float, otherwise: float | None) -> float | None:
        """Return the number under ``key``, from 0 to ``most``."""
        found = self._values.get(key, otherwise)
        if found is None:
            return None
        number = isinstance(found, (int, float)) and not isinstance(found, bool)
        # Neither nan nor inf is between two numbers.
        if not number or not 0 <= found <= most:
            problem = message("it has to be a number from 0 to {most}, not {value}",
                              most=f"{most:g}", value=_value(found))  # fmt: skip
            raise self.error(key, problem)
        return float(found)

    def tables(self, key: str) -> list[dict[str, Any]]:
        """Return the tables under ``key``: [[part]], [[part]], …."""
        found = self._typed(key, list, [])
        if not all(isinstance(each, dict) for each in found):
            raise self.error(key, message("each has to be a table: [[{key}]]", key=key))
        return list(found)

    def table(self, key: str) -> dict[str, Any]:
        """Return the table under ``key``: [visibility]."""
        found: dict[str, Any] = self._typed(key, dict, {})
        return found

    def _typed(self, key: str, kind: type, otherwise: object) -> Any:
        found = self._values.get(key, otherwise)
        if not isinstance(found, kind):
            problem = message("it has to be {kind}, not {value}", kind=KINDS[kind],
                              value=_value(found))  # fmt: skip
            raise self.error(key, problem)
        return found


def _value(value: object) -> str:
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # nested without end, or a number without end
        return f"<{type(value).__name__}>"
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
