"""The documentation site: Sphinx with MyST, because the pages are read on GitHub as well.

English lies here, Chinese in ``zh/``: pages of their own with the same sections, since
prose that is written in a language reads better than sentences that are translated one
by one.
"""

import re
from importlib.metadata import version as version_of

from sphinx.application import Sphinx

project = "pytest-sockets"
author = "The pytest-sockets maintainers"
copyright = "The pytest-sockets maintainers, MIT"  # noqa: A001 - Sphinx's name
version = release = version_of("pytest-sockets")
extensions = ["myst_parser"]
exclude_patterns = ["steps"]
myst_heading_anchors = 3
myst_links_external_new_tab = False
nitpicky = True
html_theme = "furo"
html_title = f"pytest-sockets {release}"
html_show_sphinx = False
html_copy_source = False
# Pictures with Chinese in them need a font in which a character is two columns wide.
MONOSPACE = '"Sarasa Mono SC", "Noto Sans Mono CJK SC", SimSun-ExtB, Menlo, Consolas, monospace'
html_theme_options = {"light_css_variables": {"font-stack--monospace": MONOSPACE}}


def _targets(_app: Sphinx, _page: str, content: list[str]) -> None:
    """Take the anchors that GitHub needs, ``<a id=…>``, for what MyST calls them: ``(…)=``."""
    content[0] = re.sub(r'^<a id="([\w-]+)"></a>$', r"(\1)=", content[0], flags=re.M)


def setup(app: Sphinx) -> None:
    """Register what is done to each page."""
    app.connect("source-read", _targets)
