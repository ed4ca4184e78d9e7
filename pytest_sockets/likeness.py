"""Programs of a class that are nearly the same: a place to look, and no accusation.

Knows text only; nothing is imported or run. A program becomes a row of tokens in
which names, strings and numbers are all alike and comments are gone, so that
renaming and reformatting change nothing. Of the hashes of all runs of ``RUN``
tokens a part is kept by winnowing (Schleimer, Wilkerson, Aiken: "Winnowing:
Local Algorithms for Document Fingerprinting", 2003): every run of ``SURE`` tokens
that two programs share is found.

Short programs for one task are alike without anybody having copied, and all that
was handed out is in all of them. What a good part of the class shares, and what
``given`` programs (the tutorial's, the starter's) have, is therefore not counted;
two programs that are made of nothing else are named only when their text is the same.
"""

from __future__ import annotations

import io
import keyword
import token
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

RUN = 9
"""Tokens that are hashed together."""

SURE = 16
"""Tokens in a row that are certain to be found when two programs share them."""

SHARED = 0.5
"""The part of a class above which what it has in common tells nothing."""

FEW = 5
"""Programs of which it can't be told what a class was handed out."""

FEWEST = 8
"""Fingerprints without which a program is too short, or too usual, to be compared."""

ALIKE = 0.8
"""The part of the fingerprints from which two programs are named."""

MOST_BYTES = 200_000

MOST_COLUMNS = 2_000
"""Characters of a line that are read: Python 3.12 takes the square of them."""

_LEFT_OUT = {tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, token.ENDMARKER, token.NEWLINE}
_LINE = {token.INDENT, token.DEDENT}


@dataclass(frozen=True)
class Likeness:
    """Two programs by their names, and the part of the larger that both have, from 0 to 1.

    ``identical`` is true when they are the same text, blank lines aside.
    """

    first: str
    second: str
    share: float
    identical: bool


def likenesses(
    sources: Mapping[str, str], given: Iterable[str] = (), *, alike: float = ALIKE
) -> list[Likeness]:
    """Return the pairs of ``sources`` (name to text) that are nearly the same, most alike first.

    ``given`` are texts that everybody was given. In a class of fewer than ``FEW``,
    sharing is no sign of what was handed out: only ``given`` is left out there.
    """
    prints = {name: fingerprints(text) for name, text in sources.items()}
    handed_out = list(given)
    usual = _usual(prints.values()).union(*map(fingerprints, handed_out))
    texts = {name: _text(text) for name, text in sources.items()}
    ours = set(map(_text, handed_out))
    own = {name: found - usual for name, found in prints.items()}
    found = []
    for first, second in combinations(sorted(prints), 2):
        identical = texts[first] == texts[second] and texts[first] not in ours
        share = 1.0 if identical else _share(own[first], own[second])
        if share >= alike:
            found.append(Likeness(first, second, share, identical))
    return sorted(found, key=lambda each: (not each.identical, -each.share, each.first))


def groups(found: Iterable[Likeness]) -> list[list[str]]:
    """Return the names that likenesses join, directly or through others, the largest first."""
    joined: dict[str, set[str]] = {}
    for each in found:
        group = joined.get(each.first, {each.first}) | joined.get(each.second, {each.second})
        joined.update(dict.fromkeys(group, group))
    unique = {id(group): sorted(group) for group in joined.values()}
    return sorted(unique.values(), key=lambda names: (-len(names), names))


def fingerprints(text: str) -> frozenset[int]:
    """Return the fingerprints of a program, whatever its names, strings and layout are."""
    tokens = list(normal(text[:MOST_BYTES]))
    runs = [tokens[place : place + RUN] for place in range(len(tokens) - RUN + 1)]
    hashes = [_hash("\0".join(run)) for run in runs]
    window = SURE - RUN + 1
    windows = [hashes[place : place + window] for place in range(len(hashes) - window + 1)]
    return frozenset(min(each) for each in (windows or ([hashes] if hashes else [])))


def normal(text: str) -> Iterator[str]:
    """Yield the tokens of a program; where Python can't read it, its words so far."""
    try:
        for each in tokenize.generate_tokens(io.StringIO(_readable(text)).readline):
            if each.type in _LINE:
                yield token.tok_name[each.type]
            elif each.type not in _LEFT_OUT:
                yield _kind(each)
    except (tokenize.TokenError, SyntaxError, UnicodeDecodeError):
        return


def _readable(text: str) -> str:
    """Return ``text`` without what no tokenizer reads, or only in a long time."""
    whole = text.replace("\0", "").encode("utf-8", "replace").decode()
    return "\n".join(line[:MOST_COLUMNS] for line in whole.split("\n"))


def _kind(each: tokenize.TokenInfo) -> str:
    if each.type == token.NAME:
        return each.string if keyword.iskeyword(each.string) else "name"
    if each.type in (token.NUMBER, token.STRING):
        return "value"
    return "value" if "STRING" in token.tok_name[each.type] else each.string


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _usual(prints: Iterable[frozenset[int]]) -> set[int]:
    every = list(prints)
    if len(every) < FEW:
        return set()
    counts = Counter(each for found in every for each in found)
    return {each for each, count in counts.items() if count > SHARED * len(every)}


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    larger = max(len(one), len(other))
    return len(one & other) / larger if min(len(one), len(other)) >= FEWEST else 0.0


def _text(source: str) -> tuple[str, ...]:
    return tuple(line.rstrip() for line in source.splitlines() if line.strip())
