"""Text and JSON documents as a store keeps them: as UTF-8, compressed.

Knows what UTF-8 can't hold: it is replaced. Does not know what a document means.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any

FAST = 1
"""Level of compression: the next ones take eight times as long for a tenth less."""


def packed(document: Mapping[str, Any]) -> bytes:
    """Return a document as it is kept."""
    return compressed(
        json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    )


def unpacked(kept: bytes) -> Any:
    """Return the document that was kept.

    Raises:
        zlib.error: it was damaged.
        ValueError: what was kept is no document.
    """
    return json.loads(text_of(kept))


def compressed(text: str) -> bytes:
    """Return a text as it is kept."""
    return zlib.compress(text.encode("utf-8", "replace"), FAST)


def text_of(kept: bytes) -> str:
    """Return the text that was kept; see ``unpacked``."""
    return zlib.decompress(kept).decode()
