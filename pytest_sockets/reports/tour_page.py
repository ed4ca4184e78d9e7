"""The tour as a page of Markdown: every stop with its code, from the code itself.

Knows Markdown. Runs nothing: what a machine does is for the tour itself to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..behaviours import Behaviour
from ..exercises import Exercise

HEAD = """# The tour of the socket API

`pytest --target tour` runs each of these programs on your machine and shows
what it saw beside what the tutorial says; `-k` chooses some, `-v` adds the code.
Each needs nothing but Python: copy one into a file of your own and change it.
"""


def render(tour: Exercise, code: Callable[[str], str]) -> str:
    """Return the page about ``tour``; ``code`` gives a stop's lines by its name."""
    stops = [weighed.behaviour for weighed in tour.profiles["tour"].behaviours]
    return "\n".join([HEAD, *(line for stop in stops for line in _stop(stop, code))])


def _stop(stop: Behaviour, code: Callable[[str], str]) -> Iterator[str]:
    yield f'<a id="tour-{stop.slug}"></a>\n\n## {stop.title}\n'
    yield f"*The tutorial says* ({stop.source}): {stop.tutorial}.\n"
    yield f"{stop.why}\n"
    yield f"*Try:* {stop.hint}\n"
    yield f"```python\n{code(stop.ask.__name__)}```\n"
