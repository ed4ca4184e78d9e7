"""The Chinese catalogues: whole, current, and in the terms of the tutorials."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import translations
from babel.messages.pofile import read_po
from chinese import chinese
from documentation import FOLDER

CALL = r"[\w.]+\((?:[^()]|\([^()]*\))*\)"
CODE = re.compile(
    r"`[^`]*`|b?'[^']*'|b?\"[^\"]*\"|\{[^}]*\}|--\S+|[A-Z_]{4,}"
    rf"|\w+(?:, \w+)* = (?:{CALL}|\S+)|{CALL}"
    r"|(?!three-|four-|half-)\b\S*\w[._/=(\[-]+\w\S*|\S*\(\)\S*"
    r"|\((?:host|ip|port|address|path)\b[^)]*\)|\bport <"
)
"""What stays as it is: literals, fields, options, names with dots and dashes, calls."""

TERMS = {
    r"\bsockets?\b": "套接字|socket",
    r"stick together|sticky": "粘",
    r"\bbacklog\b": "半连接池|backlog",
    r"three-way handshake": "三次握手",
    r"four-way": "四次挥手",
    r"\blistens?\b|\blistening\b": "听|listen",
    r"\bconnections?\b": "连接",
    r"\bdatagrams?\b": "数据报",
    r"\bbytes?\b": "字节",
    r"\bheaders?\b": "报头|头部",
    r"\bports?\b": "端口",
    r"\bservers?\b": "服务端",
    r"\bclients?\b": "客户端",
    r"\bhalf-close": "半关闭",
    r"\bbroadcast": "广播",
    r"\bkeyboard\b": "键盘",
    r"\bbuffers?\b": "缓冲区",
    r"\bsubnet mask": "子网掩码",
    r"\btutorial": "教程",
}
"""The tutorials' terms: an English expression, and what its translation holds."""

NAMES = {
    "role is server, client or function, not {text}",
    "server: {where} is a path, and a port is needed",
    "002 §4 time server",
    "002 §4 time server, second way",
    "002 §4 time server, the teacher's version",
}
"""Texts in which a role is what the user wrote, or stands in a title of the tutorial's."""

SAID = ("粘包", "半连接池", "套接字", "三次握手", "四次挥手", "端口复用")
"""Terms that have to be said somewhere."""

STRANGE = {
    "黏包": "",
    "侦听": "",
    "链接": r"\blinks?\b",
    "数据包": r"\bpackets?\b",
    "您": "",
    "客户机": "",
}
"""Words that the tutorials have another one for, and the English for which they are right."""

WRONG = re.compile(r"[一-鿿] ?[,;:?!](?!:)")
"""Punctuation of English behind a Chinese character."""


def said() -> dict[str, str]:
    """Return what is translated: what programs say, and what the documentation does."""
    pages = [translations.translations(path) for path in sorted(FOLDER.glob("*.po"))]
    return chinese() | {text: told for page in pages for text, told in page.items()}


def words_of(text: str) -> str:
    """Return a text without what is the same in every language."""
    return CODE.sub(" ", text)


def entries(data: bytes) -> list[tuple[object, ...]]:
    """Return what a catalogue holds, in its order; Babel dates the header when it reads it."""
    return [
        (each.id, each.string, [file for file, _ in each.locations], each.auto_comments)
        for each in read_po(io.BytesIO(data))
        if each.id
    ]


def test_every_sentence_is_translated() -> None:
    """What a student may read exists in Chinese."""
    missing = [text for text, translated in chinese().items() if not translated]
    assert not missing, f"{len(missing)} are not translated: {missing[:20]}"


def test_a_translation_has_the_fields_of_its_sentence() -> None:
    """A field too many would be an error when it is read, one too few a fact untold."""
    for text, translated in chinese().items():
        if translated:
            assert set(translations.fields(translated)) == set(translations.fields(text)), text


@pytest.mark.parametrize(
    "path", [translations.TEMPLATE, translations.TRANSLATED], ids=["pot", "po"]
)
def test_the_catalogues_are_those_of_the_code(path: Path) -> None:
    """What ``make locale`` would write is what is there, however a Babel breaks its lines."""
    template = path == translations.TEMPLATE
    made = translations.template() if template else translations.translated()
    assert entries(path.read_bytes()) == entries(translations.written(made)), "run make locale"


def test_what_is_installed_is_compiled_from_the_translations() -> None:
    """No translation gets lost on its way."""
    made = translations.compiled(translations.translated())
    assert translations.COMPILED.read_bytes() == made, "run make locale"


@pytest.mark.parametrize("term", TERMS)
def test_the_chinese_has_the_terms_of_the_tutorials(term: str) -> None:
    """A student finds in a report the words that were learned."""
    meant = {
        text: translated
        for text, translated in said().items()
        if translated and text not in NAMES and re.search(term, words_of(text), re.I)
    }
    other = [text for text, told in meant.items() if not re.search(TERMS[term], told)]
    assert meant
    assert not other, "\n".join(f"{text} = {meant[text]}" for text in other)


@pytest.mark.parametrize("term", SAID)
def test_the_tutorials_own_terms_are_said(term: str) -> None:
    """Those that a student has learned by name."""
    assert any(term in translated for translated in said().values())


def test_the_chinese_has_one_word_for_one_thing() -> None:
    """The tutorials' other spellings, and words of another tone, are not mixed in."""
    other = [
        translated
        for text, translated in said().items()
        for word, right in STRANGE.items()
        if word in translated and not (right and re.search(right, text))
    ]
    assert not other, "\n".join(other)


def test_the_chinese_has_its_own_punctuation() -> None:
    """A comma behind a Chinese character is a full-width one."""
    other = [text for text in said().values() if WRONG.search(words_of(text))]
    assert not other, "\n".join(other)
