"""The pictures of the documentation are drawn as the terminal shows the text."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
REPORT = """\
1 passed

\x1b[1mtcp-echo server\x1b[0m   tcp_echo_server.py
  \x1b[31m✗\x1b[0m 返回 ok

✗ tcp-echo-server/returns-every-message
  observed   nothing

✗ tcp-echo-server/restarts-at-once
  observed   something else

tcp-echo server   67 of 100
=== 2 failed ==="""


@pytest.fixture(scope="module")
def pictures() -> ModuleType:
    """The script that makes the pictures."""
    pytest.importorskip("rich", reason="Rich is not installed")
    spec = importlib.util.spec_from_file_location("pictures", ROOT / "docs" / "pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def svg(pictures: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A report, drawn."""
    monkeypatch.setattr(pictures, "HERE", tmp_path / "docs")
    pictures.drawn(REPORT, tmp_path / "terminal.svg")
    return (tmp_path / "terminal.svg").read_text("utf-8")


def test_the_terminal_s_report_is_drawn_up_to_its_first_failure(svg: str) -> None:
    """A picture is looked at, and not read to its end; the sum is shown."""
    shown = "".join(ET.fromstring(svg).itertext()).replace("\xa0", " ")
    assert "returns-every-message" in shown
    assert "67 of 100" in shown
    assert "restarts-at-once" not in shown
    assert "=== 2 failed ===" not in shown


def test_a_picture_asks_no_network(svg: str) -> None:
    """No font is fetched: the page that shows it stays readable offline."""
    assert "url(" not in re.sub(r"url\(#[^)]*\)", "", svg)


def test_wide_characters_take_two_columns(svg: str, pictures: ModuleType) -> None:
    """What stands behind Chinese text stands where the terminal puts it."""
    text = next(each for each in ET.fromstring(svg).iter() if "返回" in (each.text or ""))
    places = [float(place) for place in text.attrib["x"].split()]
    start = (text.text or "").index("返")
    steps = [round((after - before) / pictures.COLUMN) for before, after in
             zip(places[start:], places[start + 1 : start + 4], strict=False)]  # fmt: skip
    assert steps == [2, 2, 1]
