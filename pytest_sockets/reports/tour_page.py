"""The tour as a page of Markdown: every stop with its code, from the code itself.

Knows Markdown. Runs nothing: what a machine does is for the tour itself to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pytest_sockets.behaviours import Behaviour
from pytest_sockets.exercises import Exercise
from pytest_sockets.messages import Translate, same

from .wording import cited

HEAD = """\
# The tour of the socket API

`pytest --target tour` runs each of these programs on your machine and shows
what it saw beside what the tutorial says; `-k` chooses some, `-v` adds the code.
Each needs nothing but Python: copy one into a file of your own and change it.
"""
TUTORIAL = "*The tutorial says* ({source}): {tutorial}."
TRY = "*Try:* {hint}"


def render(tour: Exercise, code: Callable[[str], str], translate: Translate = same) -> str:
    """Return the page about ``tour``, in the language of ``translate``.

    ``code`` gives a stop's lines by its name.
    """
    stops = [weighed.behaviour for weighed in tour.profiles["tour"].behaviours]
    lines = (line for stop in stops for line in _stop(stop, code, translate))
    return "\n".join([f"{translate(HEAD.strip())}\n", *lines])


def _stop(stop: Behaviour, code: Callable[[str], str], translate: Translate) -> Iterator[str]:
    source = cited(stop.source, translate).render(translate)
    tutorial = translate(stop.tutorial or "")
    yield f'<a id="tour-{stop.slug}"></a>\n\n## {translate(stop.title)}\n'
    yield translate(TUTORIAL).format(source=source, tutorial=tutorial) + "\n"
    yield f"{translate(stop.why)}\n"
    yield translate(TRY).format(hint=translate(stop.hint)) + "\n"
    yield f"```python\n{code(stop.ask.__name__)}```\n"
