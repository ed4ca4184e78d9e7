"""English and Chinese: which one is spoken, and that every report speaks it."""

from __future__ import annotations

import os
import re
from xml.etree import ElementTree as ET

import pytest
from chinese import CHINESE, left
from homework import SHOUT
from running import Folder, Run

from pytest_sockets.languages import VARIABLES, chosen, language
from pytest_sockets.messages import message, one_of, same, speak
from pytest_sockets.reports.look import Look
from pytest_sockets.reports.wording import cited, unwrapped, width

# Which language


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zha_CN"}, "en"),
        ({"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        ({"LANGUAGE": "zh_CN:en", "LC_ALL": "en_US"}, "zh"),
        ({"LANGUAGE": "fr:zh", "LANG": "en_US"}, "zh"),
        ({"LANGUAGE": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_locale_tells_the_language(
    variables: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first variable that is set counts, as in gettext; what we do not speak is English."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    if not variables and os.name == "nt":
        pytest.skip("without a variable Windows asks its user's settings")
    assert chosen(None) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("en", "en"), ("zh", "zh"), ("zh-CN", "zh"), ("zh_Hans", "zh"), ("ZH", "zh"), ("fr", "en")],
)
def test_a_name_tells_the_language(name: str, expected: str) -> None:
    """The locale has no say then."""
    assert chosen(name) == expected


def test_what_is_not_translated_stays_english() -> None:
    """A teacher's own exercise has no catalogue."""
    translate = language("zh")
    assert translate("a sentence of nobody's") == "a sentence of nobody's"
    assert translate("") == ""
    assert language("en") is same


def test_str_of_a_sentence_is_in_the_language_that_is_spoken() -> None:
    """An exception's text is read where no report can translate it."""
    sentence = one_of([message("client"), message("server")])
    before = speak(language("zh"))
    try:
        assert re.fullmatch("客户端 ?或 ?服务端", str(sentence))
    finally:
        speak(before)
    assert str(sentence) == "client or server"


# A grade


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Grade a wrong program in Chinese, with every kind of report."""
    folder = Folder(tmp_path_factory.mktemp("homework"))
    folder.write("tcp_echo_server.py", SHOUT)
    return folder.grade(
        "--target", "tcp_echo_server.py", "--sockets-lang", "zh", "-v",
        "--sockets-report", "html=page.html", "--junitxml", "junit.xml",
    )  # fmt: skip


def test_no_english_is_left_in_a_chinese_grade(run: Run) -> None:
    """Not in the terminal."""
    assert run.status == 1
    assert "期望" in run.out
    assert not left(run.out)


@pytest.mark.parametrize("name", ["result.json", "page.html", "junit.xml"])
def test_no_english_is_left_in_a_chinese_report(name: str, run: Run) -> None:
    """Not in a file."""
    said = (run.folder / name).read_text("utf-8")
    assert CHINESE.search(said)
    assert not left(said)


def test_a_page_says_which_language_it_is_in(run: Run) -> None:
    """A browser, or a voice that reads it aloud, has to know."""
    assert '<html lang="zh-CN">' in (run.folder / "page.html").read_text("utf-8")


def test_words_for_machines_are_in_no_language(run: Run) -> None:
    """Ids, outcomes, levels and the names of properties."""
    result = next(each for each in run.card["results"] if each["outcome"] == "failed")
    assert (result["level"], result["part"]) == ("must", "basic")
    assert result["id"].startswith("tcp-echo-server/")
    cases = ET.parse(run.folder / "junit.xml").iter("property")
    assert {each.get("value") for each in cases if each.get("name") == "outcome"} <= {
        "passed", "failed", "blocked", "not-judged", "info",
    }  # fmt: skip


def test_a_chinese_report_keeps_its_width(run: Run) -> None:
    """A Chinese character takes two columns; only a command and pytest's own may be longer."""
    lines = run.out[run.out.index("tcp-echo ") :].splitlines()
    wide = [line for line in lines if width(line) > 80]
    assert not [line for line in wide if "pytest --target" not in line and "junit.xml" not in line]


def test_the_locale_decides_where_no_option_does(folder: Folder) -> None:
    """And the option where there is one."""
    env = {"LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_CN.UTF-8"}
    chinese_, english = (
        folder.pytest("--target", "none.py", *options, env=env)
        for options in ([], ["--sockets-lang", "en"])
    )
    assert (chinese_.status, english.status) == (4, 4)
    assert CHINESE.search(chinese_.err)
    assert not CHINESE.search(english.err)


def test_the_language_may_stand_in_the_configuration_file(folder: Folder) -> None:
    """As every option may."""
    folder.write("pytest.ini", "[pytest]\nsockets_lang = zh\n")
    assert CHINESE.search(folder.pytest("--target", "none.py").err)


@pytest.mark.parametrize("ini", [False, True])
def test_another_language_is_bad_use(ini: bool, folder: Folder) -> None:
    """The message names the two that there are."""
    folder.write("pytest.ini", "[pytest]\n" + "sockets_lang = fr\n" * ini)
    run = folder.pytest(*([] if ini else ["--sockets-lang", "fr"]))
    assert run.status == 4
    assert re.search(r"\ben\b.*\bzh\b", run.err)
    assert "fr" in run.err
    assert "Traceback" not in run.said


def test_a_failed_fixture_speaks_the_language_of_the_run(folder: Folder) -> None:
    """Also where the error is an exception that pytest shows."""
    folder.write("test_own.py", """\
import socket
from pytest_sockets import Expect


def test_script(scripted_server):
    server = scripted_server([Expect(b"hello")])
    with socket.create_connection(server.address) as sock:
        sock.sendall(b"hullo")


def test_misuse(port_factory):
    port_factory("sctp")
""")  # fmt: skip
    run = folder.pytest("--sockets-lang", "zh", "test_own.py")
    assert run.status == 1
    assert "期望" in run.out
    assert CHINESE.search(next(line for line in run.out.splitlines() if "ValueError:" in line))


# Text


def test_lines_of_chinese_are_joined_without_a_blank() -> None:
    """English words need one."""
    assert unwrapped("服务端监听\n  端口 8000\n并等待") == "服务端监听端口 8000并等待"
    assert unwrapped("the server\nlistens") == "the server listens"


def test_every_place_of_a_source_is_translated() -> None:
    """Together they would be a sentence for each combination."""
    assert Look().say(cited("a; b", str.upper)) == "A; B"
