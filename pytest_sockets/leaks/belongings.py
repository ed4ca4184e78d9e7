"""What belongs to an object: everything that is reached from it.

Knows the garbage collector's view of references. Does not go through modules,
classes, event loops and running code, which lead to everything there is.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable, Iterator
from types import BuiltinFunctionType, CodeType, FrameType, FunctionType, ModuleType

_MOST = 100_000
_WORLD = (type, ModuleType, BuiltinFunctionType, CodeType, FrameType)


def belongings(roots: Iterable[object], borders: tuple[type, ...] = ()) -> Iterator[object]:
    """Yield ``roots`` and what is reached from them, at most 100,000 objects.

    Objects of the classes ``borders`` are left out with all behind them. Of a
    function its closure belongs to it, of an event loop its threads.
    """
    waiting = list(roots)
    seen = {id(thing) for thing in waiting}
    for thing in waiting:  # it grows
        if len(waiting) > _MOST:
            return
        if not isinstance(thing, borders):
            yield thing
            found = [each for each in _behind(thing) if id(each) not in seen]
            seen.update(map(id, found))
            waiting += found


def _behind(thing: object) -> Iterable[object]:
    if isinstance(thing, FunctionType):
        return thing.__closure__ or ()
    if isinstance(thing, asyncio.AbstractEventLoop):
        return (getattr(thing, "_default_executor", None),)
    return () if isinstance(thing, _WORLD) else gc.get_referents(thing)
