"""The pages of the documentation say what is so, in both languages, and the site builds."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import listings
import pytest
from markdown_pages import READER, tokens
from readme import ROOT, masked
from sources import IN_PLACE
from transcripts import DOCS, SHOWN, made, pages

from pytest_sockets.courses.homework_file import read_homework

IN_CHINESE = sorted(set((DOCS / "zh").rglob("*.md")) - {DOCS / "zh" / "index.md"})
BESIDE = [ROOT / "README.zh.md", *sorted((ROOT / "examples").rglob("README.zh.md"))]
TWINS = [
    pytest.param(DOCS.parent / "README.md", DOCS.parent / "README.zh.md", id="README"),
    *(
        pytest.param(DOCS / path.relative_to(DOCS / "zh"), path, id=path.stem)
        for path in IN_CHINESE
    ),
    *(
        pytest.param(path.with_name("README.md"), path, id=str(path.relative_to(ROOT)))
        for path in BESIDE
    ),
]
TRANSCRIPTS = [
    pytest.param(path, found, id=f"{path.relative_to(DOCS)}-{number}")
    for path in pages()
    for number, found in enumerate(SHOWN.finditer(path.read_text("utf-8")), 1)
]


@pytest.mark.parametrize(("path", "found"), TRANSCRIPTS)
def test_what_is_shown_is_what_the_command_prints(path: Path, found: re.Match[str]) -> None:
    """But for times, ports and how the program's own output is cut into pieces."""
    if not IN_PLACE and re.search(r"^  \S+ +conformance/", found[4], re.MULTILINE):
        pytest.skip("the path of what is installed is a longer one")
    assert masked(found[4]) == masked(made(found[2], found[3]))


@pytest.mark.parametrize(
    "path", list(listings.pages()), ids=lambda path: str(path.relative_to(DOCS))
)
def test_a_program_in_a_page_is_the_file_that_is_graded_or_run(path: Path) -> None:
    """It stands in the page itself, since what MyST would include is not seen on GitHub."""
    for found in listings.LISTING.finditer(path.read_text("utf-8")):
        assert found[4] == listings.listed(found[2], found[3]), "run make readme"


@pytest.mark.parametrize("path", IN_CHINESE, ids=lambda path: path.stem)
def test_both_languages_have_the_same_sections_and_code(path: Path) -> None:
    """As many headings, and the same code and commands in the same order."""
    other = DOCS / path.relative_to(DOCS / "zh")
    assert _shape(path) == _shape(other)


@pytest.mark.parametrize(("english", "chinese"), TWINS)
def test_both_languages_have_the_same_paragraphs(english: Path, chinese: Path) -> None:
    """As many in each section, as many items and rows, and in them the same names and options."""
    assert _blocks(chinese) == _blocks(english)
    assert _named(chinese) == _named(english)


@pytest.mark.parametrize(("english", "chinese"), TWINS)
def test_both_languages_have_the_same_numbers(english: Path, chinese: Path) -> None:
    """A limit or a score that changes in one of them would be wrong in the other."""
    assert _numbers(chinese) == _numbers(english)


def _blocks(path: Path) -> list[str]:
    """Return of what a page consists, without its text."""
    found = READER.parse(path.read_text("utf-8"))
    return [each.tag or each.type for each in found if each.nesting >= 0 and not each.children]


def _named(path: Path) -> set[str]:
    """Return what a page writes as code within its sentences, and is no plain word."""
    code = {each.content for each in tokens(path) if each.type == "code_inline"}
    return {each for each in code if re.search(r"[A-Z0-9_./()=-]", each)}


def _numbers(path: Path) -> set[str]:
    """Return the numbers in a page's sentences."""
    return {
        number
        for each in tokens(path)
        if each.type == "text"
        for number in re.findall(r"\d+", each.content)
    }


COMMENT = re.compile(r"(?<=  )# .*|(?<=^# ).*", re.M)
"""What explains a command or a line, in the language of the page."""


def _shape(path: Path) -> tuple[list[str], list[str]]:
    text = SHOWN.sub(lambda found: f"```\n{found[3]}\n```\n", path.read_text("utf-8"))
    text = re.sub(r"<!-- layers -->.*?<!-- end of layers -->", "", text, flags=re.S)
    text = text.replace(" --sockets-lang zh", "").replace("../", "")
    blocks = re.findall(r"^```(.*?)^```", text, re.M | re.S)
    return re.findall(r"^#+ ", _prose(text), re.M), [COMMENT.sub("", each) for each in blocks]


def _prose(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)


def test_the_layers_are_drawn_as_they_are() -> None:
    """Whoever moves a module draws them anew, with ``make readme``."""
    layers: dict[str, Any] = runpy.run_path(str(DOCS / "layers.py"))
    assert layers["PICTURE"].read_text("utf-8") == layers["picture"]()
    for path in layers["PAGES"]:
        assert path.read_text("utf-8") == layers["page"](path)


def test_a_class_is_described_as_the_assignment_file_is_read(tmp_path: Path) -> None:
    """The two pieces of TOML on the page about classes make an assignment together."""
    pieces = re.findall(r"```toml\n(.*?)```", (DOCS / "a-class.md").read_text("utf-8"), re.S)
    file = tmp_path / "homework3.toml"
    file.write_text("\n".join(pieces), "utf-8")
    homework = read_homework(file)
    assert len(pieces) == 2
    assert [part.points for part in homework.parts] == [60, 40]
    assert [waiver.reason for waiver in homework.waivers] == ["not treated before week 5"]


def test_a_receiver_of_exactly_n_bytes_is_right() -> None:
    """The snippet of the essay on sticky messages, from a socket that hands out single bytes."""
    text = (DOCS / "essays" / "why-messages-stick.md").read_text("utf-8")
    (snippet,) = re.findall(r"```python\n(.*?)```", text, re.S)
    names: dict[str, Any] = {}
    exec(compile(snippet, "why-messages-stick.md", "exec"), names)
    pieces = iter([b"a", b"bc", b""])

    class Handed:
        def recv(self, count: int) -> bytes:
            assert count > 0
            return next(pieces)

    assert names["receive_exactly"](Handed(), 3) == b"abc"
    with pytest.raises(ConnectionError):
        names["receive_exactly"](Handed(), 1)


def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    """Links, targets and included files are there: warnings are errors."""
    pytest.importorskip("sphinx")
    words = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html",
             "-d", str(tmp_path / "doctrees"), str(DOCS), str(tmp_path / "site")]  # fmt: skip
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    english = (tmp_path / "site" / "how-it-works.html").read_text("utf-8")
    chinese = (tmp_path / "site" / "zh" / "how-it-works.html").read_text("utf-8")
    assert 'lang="en"' in english
    assert 'lang="zh-CN"' in chinese
    assert not re.search("[一-鿿]\n[一-鿿]", chinese), "browsers show a blank there"
