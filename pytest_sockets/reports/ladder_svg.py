"""Draws the story of an exchange as SVG: two lifelines, arrows, the student's lines.

Knows coordinates. What happened, in which order and beside which line, is told by
``rows``; colours and line styles are the page's, by class. Text is measured in
columns of a monospaced font.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from pytest_sockets.messages import Message, apart, message

from .ladder import LIMITS
from .ladder_margin import Line, Margin
from .ladder_shape import NARROW, PIECE, WIDE, Ladder, Shape
from .parties import WHO
from .row import Row
from .wording import cut
from .wording import width as columns_of

__all__ = ["NARROW", "WIDE", "Ladder", "Shape", "draw_svg"]

LINE = 19.0
"""From one line of the margin to the next, in pixels as all lengths here."""
GAP = 14.0
TOP = 34.0
BROKEN = 0.6
"""How far an arrow goes that does not arrive, in parts of its way."""


def draw_svg(ladder: Ladder, shape: Shape, name: str) -> str:
    """Return an ``<svg>`` element; ``name`` makes the ids in it unique on the page."""
    return ET.tostring(_Drawing(ladder, shape).svg(f"{name}~{shape.name}"), encoding="unicode")


def _text(
    parent: ET.Element, x: float, y: float, text: str, kind: str, anchor: str = "start"
) -> None:
    values = {"class": kind, "x": f"{x:g}", "y": f"{y:g}"}
    if anchor != "start":
        values["text-anchor"] = anchor
    ET.SubElement(parent, "text", values).text = text


def _path(parent: ET.Element, kind: str, d: str) -> None:
    ET.SubElement(parent, "path", {"class": kind, "d": d})


class _Drawing:
    """One diagram, drawn from the top to the bottom."""

    def __init__(self, ladder: Ladder, shape: Shape) -> None:
        self._ladder = ladder
        self._shape = shape
        self._body = ET.Element("g")
        many = len({row.connection for row in ladder.rows if row.connection}) > 1
        self._numbered = many and shape.beside
        self._left = 62.0 if self._numbered else 30.0
        labels = [ladder.label(row) for row in ladder.rows if row.side != "harness"]
        wanted = max(map(columns_of, labels), default=0) * shape.column + 2 * GAP
        self._right = self._left + min(max(wanted, shape.arrow[0]), shape.arrow[1])
        self._x = self._right + GAP if shape.beside else self._left + GAP
        end = shape.width if shape.beside else self._right - GAP
        self._margin = Margin(ladder, self._columns(end - self._x), aligned=shape.beside)
        self._y = TOP

    def _columns(self, length: float) -> int:
        return int(length / self._shape.column)

    def svg(self, name: str) -> ET.Element:
        """Return the whole drawing."""
        for index, row in enumerate(self._ladder.rows):
            self._row(row, failed=index == self._ladder.failure)
        end = self._y
        self._verdict()
        self._legend()
        root = ET.Element(
            "svg",
            {
                "class": f"ladder {self._shape.name}",
                "viewBox": f"0 0 {self._shape.width:g} {self._y + 6:g}",
                "role": "graphics-document",
                "aria-labelledby": f"{name}-title",
                "aria-describedby": f"{name}-desc",
                "font-size": f"{self._shape.font:g}",
            },
        )
        self._described(root, name)
        self._lifelines(root, end)
        root.append(self._body)
        return root

    def _described(self, root: ET.Element, name: str) -> None:
        peer, program = self._ladder.names
        title = message("The exchange between {peer} and {program}", peer=peer, program=program)
        ET.SubElement(root, "title", id=f"{name}-title").text = self._ladder.say(title)
        told = [message("{count} steps", count=len(self._ladder.rows)), self._ladder.verdict]
        desc = self._ladder.say(apart(filter(None, told)))
        ET.SubElement(root, "desc", id=f"{name}-desc").text = desc

    def _lifelines(self, root: ET.Element, end: float) -> None:
        peer, program = self._ladder.names
        room = self._columns((self._right - self._left) / 2)
        _text(root, self._left - 4, 15, cut(peer, room), "name")
        if self._shape.beside:
            wide = self._columns(self._shape.width - self._right)
            _text(root, self._right - 4, 15, cut(program, wide), "name")
        else:
            _text(root, self._right + 4, 15, cut(program, room), "name", "end")
        for x in (self._left, self._right):
            _path(root, "life", f"M{x:g} 24V{end:g}")

    def _row(self, row: Row, *, failed: bool) -> None:
        top, group = self._y, ET.SubElement(self._body, "g", {"class": "row"})
        told = self._ladder.told(row)
        if told:
            group.set("role", "group")
            ET.SubElement(group, "title").text = told
        mark = ET.SubElement(group, "rect", {"class": "failure"}) if failed else None
        self._numbers(group, row, top + 17)
        below = self._between(group, row, top)
        first = below + (13 if row.arrow else 17)
        if self._shape.beside:
            first = top + (22 if row.arrow else 17)
        for line in self._margin.lines(row):
            self._line(group, line, first)
            below, first = max(below, first + 6), first + LINE
        self._y = below + (6 if self._shape.beside else 4)
        if mark is not None:
            box = {"x": 0, "y": top, "width": self._shape.width, "height": self._y - top, "rx": 4}
            mark.attrib.update({name: f"{value:g}" for name, value in box.items()})

    def _numbers(self, group: ET.Element, row: Row, y: float) -> None:
        if row.number:
            _text(group, self._left - 10, y, str(row.number), "number", "end")
        if self._numbered and row.connection:
            _text(group, 0, y, f"#{row.connection}", "number")

    def _between(self, group: ET.Element, row: Row, top: float) -> float:
        """Draw what is between the lifelines; return where it ends."""
        if row.side == "harness":
            if row.label:
                self._dot(group, row.label, top + 13)
            return top
        if row.arrow:
            self._arrow(group, row, top + 24)
            return top + 28
        ours = row.side == "peer"
        x, anchor = (self._left + GAP, "start") if ours else (self._right - GAP, "end")
        _text(group, x, top + 17, self._fitting(row), "pause", anchor)
        if row.event == "paused":
            side = self._left if ours else self._right
            _path(group, "wait", f"M{side:g} {top + 4:g}v18")
        return top + 24

    def _dot(self, group: ET.Element, remark: Message, y: float) -> None:
        """Mark the lifeline of the one whom a remark is about."""
        x = self._left if remark.values.get("who") == WHO["client"] else self._right
        place = {"cx": f"{x:g}", "cy": f"{y:g}", "r": "3"}
        ET.SubElement(group, "circle", {"class": "dot", **place})

    def _arrow(self, group: ET.Element, row: Row, y: float) -> None:
        start, end, step = self._left, self._right, 1.0
        if row.side == "program":
            start, end, step = end, start, -1.0
        kind = _kind(row)
        stop = start + (end - start) * BROKEN if row.broken else end
        _text(group, (start + stop) / 2, y - 9, self._fitting(row), f"label {kind}", "middle")
        if row.broken:
            _path(group, f"shaft {kind}", f"M{start:g} {y:g}H{stop:g}")
            _path(group, "cross", f"M{stop - 5:g} {y - 5:g}l10 10m0 -10l-10 10")
            anchor = "start" if step > 0 else "end"
            why = self._ladder.say(row.broken)
            _text(group, stop + step * 12, y + 4, why, "label broken", anchor)
            return
        tip = end - step
        _path(group, f"shaft {kind}", f"M{start:g} {y:g}H{tip - step * 7:g}")
        _path(group, f"head {kind}", f"M{tip:g} {y:g}l{-step * 9:g} -4.5v9z")

    def _fitting(self, row: Row) -> str:
        """Return the label as far as it fits between the lifelines."""
        length = (self._right - self._left) * (BROKEN if row.broken else 1)
        room = self._columns(length - GAP)
        for limit in LIMITS:
            label = self._ladder.label(row, limit)
            if columns_of(label) <= room:
                return label
        return cut(label, room)

    def _line(self, group: ET.Element, line: Line, y: float) -> None:
        place = self._margin.place * self._shape.column
        if line.remark:
            _text(group, self._x + (place if self._shape.beside else 0), y, line.source, "remark")
            return
        around = ET.SubElement(group, "a", href=line.href) if line.href else group
        if line.place:
            _text(around, self._x, y, line.place.strip(), "place")
        if line.source:
            _text(around, self._x + place, y, line.source, "source")
        if line.outcome:
            x = self._x + place + self._margin.after(line) * self._shape.column
            _text(group, x, y, line.outcome, "outcome failed" if line.failed else "outcome")

    def _verdict(self) -> None:
        if self._ladder.verdict is None:
            return
        y, end = self._y + 6, self._shape.width
        _path(self._body, "verdict", f"M0 {y:g}H{end:g}")
        said = cut(self._ladder.say(self._ladder.verdict), self._columns(end - self._left))
        _text(self._body, self._left - 10, y + 19, "✗", "label broken", "end")
        _text(self._body, self._left, y + 19, said, "label broken")
        self._y = y + 26

    def _legend(self) -> None:
        """Say what a dotted arrow is, where there is one."""
        if any(row.piece and row.arrow for row in self._ladder.rows):
            y = self._y + 19
            _path(self._body, "shaft peer piece", f"M{self._left:g} {y - 4:g}h26")
            _text(self._body, self._left + 26 + GAP, y, self._ladder.say(PIECE), "remark")
            self._y = y + 6


def _kind(row: Row) -> str:
    """Return the classes of an arrow."""
    words = [row.side, row.event]
    words += ["piece"] if row.piece else []
    words += ["broken"] if row.broken else []
    return " ".join(words)
