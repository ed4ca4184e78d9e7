"""The documentation site: Sphinx with MyST, because the pages are read on GitHub as well.

English lies here, Chinese in ``zh/``: pages of their own with the same sections, since
prose that is written in a language reads better than sentences that are translated one
by one. What is generated from the code is translated paragraph by paragraph, in ``locale/``.
"""

import re
from importlib.metadata import version as version_of
from pathlib import Path
from unicodedata import east_asian_width

from babel.messages.pofile import read_po
from docutils import nodes
from sphinx.application import Sphinx

project = "pytest-sockets"
author = "The pytest-sockets maintainers"
copyright = "The pytest-sockets maintainers, MIT"  # noqa: A001 - Sphinx's name
version = release = version_of("pytest-sockets")
extensions = ["myst_parser"]
exclude_patterns = ["steps", "locale"]
myst_heading_anchors = 3
myst_links_external_new_tab = False
nitpicky = True
smartquotes = False  # quotes stand around code as well, which is there to be copied
html_theme = "furo"
html_title = f"pytest-sockets {release}"
html_static_path = ["static"]
html_css_files = ["chinese.css"]
html_show_sphinx = False
html_copy_source = False
# Pictures with Chinese in them need a font in which a character is two columns wide.
MONOSPACE = '"Sarasa Mono SC", "Noto Sans Mono CJK SC", SimSun-ExtB, Menlo, Consolas, monospace'
html_theme_options = {"light_css_variables": {"font-stack--monospace": MONOSPACE}}

with Path(__file__).with_name("locale").joinpath("zh_CN/LC_MESSAGES/theme.po").open("rb") as words:
    THEME = read_po(words)


def _targets(_app: Sphinx, page: str, content: list[str]) -> None:
    """Take the anchors that GitHub needs, ``<a id=…>``, for what MyST calls them: ``(…)=``.

    A name means one place in the whole site: in Chinese pages it begins with ``zh-``.
    """
    prefix = "zh-" if page.startswith("zh/") else ""
    for anchor in re.findall(r'^<a id="([\w-]+)"></a>$', content[0], re.M):
        content[0] = content[0].replace(f'<a id="{anchor}"></a>', f"({prefix}{anchor})=")
        content[0] = content[0].replace(f"](#{anchor})", f"](#{prefix}{anchor})")


def _emphasized(_app: Sphinx, _page: str, content: list[str]) -> None:
    """Have MyST emphasize the lines that ``<!-- code: … lines … -->`` names: GitHub can't."""
    content[0] = re.sub(
        r"^(<!-- code: .* lines ([\d,-]+) -->)\n```python$",
        r"\1\n```{code-block} python\n:emphasize-lines: \2",
        content[0],
        flags=re.M,
    )


def _breaks(_app: Sphinx, page: nodes.document) -> None:
    """Take out the line breaks between Chinese characters: browsers show a blank there."""
    for line in page.findall(nodes.TextElement):
        for at in range(1, len(line) - 1):
            ends = line[at - 1].astext()[-1:] + line[at + 1].astext()[:1]
            if line[at] == "\n" and all(east_asian_width(end) in "WF" for end in ends):
                line[at] = nodes.Text("")


def _language(
    _app: Sphinx, page: str, _template: str, context: dict[str, object], _tree: object
) -> None:
    """Have the theme speak Chinese around Chinese pages.

    Browsers are told which they are: they choose fonts by that.
    """
    if page.startswith("zh/"):
        context["language"] = "zh-CN"
        context["_"] = context["gettext"] = in_chinese


def in_chinese(words: str) -> str:
    """Return words of the theme in Chinese, or as they are where we have none for them."""
    found = THEME.get(words)
    return str(found.string) if found else words


def setup(app: Sphinx) -> None:
    """Register what is done to each page."""
    app.connect("html-page-context", _language)
    app.connect("source-read", _targets)
    app.connect("source-read", _emphasized)
    app.connect("doctree-read", _breaks)
