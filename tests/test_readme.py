"""Both READMEs say what is so: generated parts, tables and commands are compared."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from readme import (
    PARTS,
    READMES,
    ROOT,
    console,
    exercises,
    masked,
    measured,
    part,
    replaced,
    scorecard,
)

from pytest_sockets.reports.table import MARKS
from pytest_sockets.results import Outcome

TEXTS = {lang: path.read_text("utf-8") for lang, path in READMES.items()}
TEXT = TEXTS["en"]
SECTIONS = {
    "Options": "选项",
    "Outcomes and points": "结果和分数",
    "The JSON report": "JSON 报告",
    "Fixtures for any test": "用于任何测试的 fixture",
    "Use it": "使用",
}

pytest_plugins = ["pytester"]
in_both = pytest.mark.parametrize("lang", READMES)


def written(name: str, lang: str = "en") -> str:
    """Return the part ``name`` as it stands in the README of the language."""
    found = part(name).search(TEXTS[lang])
    assert found is not None
    return found[2]


def section(title: str, lang: str) -> str:
    """Return the section under ``title``, or under what it is in another language."""
    told = title if lang == "en" else SECTIONS[title]
    return TEXTS[lang].partition(f"\n## {told}\n")[2].partition("\n## ")[0]


@in_both
def test_the_report_is_what_the_program_prints(lang: str) -> None:
    """The homework in examples/ gets this very report, but for times, ports and piece borders."""
    assert masked(written("report", lang)) == masked(scorecard(lang))


def test_the_mask_keeps_the_verdicts_and_the_wire() -> None:
    """Marks, points and every arrow of the exchange take part in the comparison."""
    kept = "\n".join(masked(written("report")))
    arrows = [line for line in written("report").splitlines() if "──▶│" in line or "│◀──" in line]
    assert len(arrows) == len(re.findall("[▶◀]", kept)) > 2
    assert "✗ Answers the address" in kept
    assert "0 of 20" in kept


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("0 of 20", "1 of 20"),
        ("no datagram; the program waits", "no datagram; the program sleeps"),
        ("── b'19203997' ──", "── b'29203997' ──"),
    ],
)
def test_another_report_is_noticed(before: str, after: str) -> None:
    """The mask does not hide a change of points, words or bytes."""
    report = written("report")
    assert before in report
    assert masked(report.replace(before, after)) != masked(report)


@in_both
def test_the_exercises_are_those_of_the_catalogue(lang: str) -> None:
    """The table names every exercise there is, and no other."""
    assert written("exercises", lang) == exercises(lang)


@in_both
def test_what_was_measured_is_what_the_benchmarks_keep(lang: str) -> None:
    """The numbers of the READMEs are those in benchmarks/results: ``make bench`` writes both."""
    assert written("measured", lang) == measured(lang)
    assert "pytest-httpserver" in written("measured", lang)


@in_both
def test_a_part_can_be_written_anew(lang: str) -> None:
    """``make readme`` replaces what stands between the marks and nothing else."""
    again = TEXTS[lang]
    for name in PARTS:
        again = replaced(again, name, written(name, lang))
    assert again == TEXTS[lang]


def test_a_part_that_says_the_same_is_kept() -> None:
    """Another port or another time is no reason to write it anew; another verdict is."""
    report = written("report")
    other = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:1", report)
    assert other != report
    assert replaced(TEXT, "report", other) == TEXT
    assert replaced(TEXT, "report", report.replace("0 of 20", "1 of 20")) != TEXT


@in_both
def test_the_first_grade_is_made_by_the_second_command(lang: str) -> None:
    """What a newcomer types, once the package is installed, grades a program of the examples."""
    (command,) = re.findall(r"^\$ (pytest .*)$", section("Use it", lang), re.M)
    assert re.search("67 (of|/) 100", console(command, r"^tcp-echo .*\Z"))


@in_both
def test_the_options_are_those_of_the_program(lang: str) -> None:
    """``pytest --help`` lists the same options in the group of this plugin."""
    words = [sys.executable, "-m", "pytest", "--help"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    group = told.partition("(pytest-sockets):\n")[2].partition("\n\n")[0]
    table = section("Options", lang).strip().partition("\n\n")[0]
    assert re.findall(r"^\| `(--[\w-]+)", table, re.M) == re.findall(r"^  (--[\w-]+)", group, re.M)


@in_both
def test_the_outcomes_are_those_of_a_result(lang: str) -> None:
    """Every outcome has its row, with the mark that the scorecard prints."""
    rows = re.findall(r"^\| (.) \| `([\w-]+)` \|", section("Outcomes and points", lang), re.M)
    assert rows == [(MARKS[outcome][0], str(outcome)) for outcome in Outcome]


def test_both_have_the_same_sections_tables_and_commands() -> None:
    """What one language tells, the other tells too."""
    for shape in (r"^(#+) ", r"^\| (`[^|]*`) \|", r"^(\$ .*?)(?: +#.*)?$"):
        found = {lang: re.findall(shape, _by_hand(text), re.M) for lang, text in TEXTS.items()}
        assert _codes(found["zh"]) == _codes(found["en"])


def _codes(lines: list[str]) -> list[list[str]]:
    """Return what each line holds in back quotes, or its first word where it has none."""
    return [re.findall("`[^`]*`", line) or [line.split()[0]] for line in lines]


def _by_hand(text: str) -> str:
    """Return a README without its generated parts, which other tests compare."""
    for name in PARTS:
        text = replaced(text, name, "")
    return text


@in_both
def test_the_test_with_fixtures_passes_as_shown(lang: str, pytester: pytest.Pytester) -> None:
    """With the package installed nothing has to be added to it."""
    (snippet,) = re.findall(r"```python\n(.*?)```", section("Fixtures for any test", lang), re.S)
    pytester.makepyfile(snippet)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


@in_both
def test_the_json_report_is_read_as_shown(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The snippet runs on a report of the shape that the schema fixes."""
    result = {"id": "x-server/y", "outcome": "passed", "points": 5, "max_points": 5}
    card = {"target": "x.py", "score": 5, "max_score": 5, "results": [result]}
    (tmp_path / "result.json").write_text(json.dumps({"scorecards": [card]}), "utf-8")
    schema = (files("pytest_sockets") / "reports" / "result.schema.json").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    (snippet,) = re.findall(r"```python\n(.*?)```", section("The JSON report", lang), re.S)
    exec(compile(snippet, str(READMES[lang]), "exec"), {})
    assert capsys.readouterr().out == "x.py 5 of 5\nx-server/y passed 5 of 5\n"
    assert {*result, *card} <= set(re.findall(r'"(\w+)": \{', schema))
