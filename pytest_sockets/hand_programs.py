"""A reference program that a person plays with: its keyboard is ours, its words are heard.

Knows processes and streams. Does not know what is said on the wire. The program
is one of ours and is trusted: it runs in the folder where it was started.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from types import TracebackType

from .references import Reference
from .wire.events import Exited, Printed, Side
from .wire.transcript import Transcript

# Ctrl-C reaches every process of the terminal: whoever started it ends it.
_RUN = """\
import importlib, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
module, function, *words = sys.argv[1:]
where = words if len(words) == 1 else (words[0], int(words[1]))
try:
    getattr(importlib.import_module(module), function)(*where)
except EOFError:
    pass
except OSError as error:
    sys.exit(str(error))
"""

PIECE = 65536


class HandProgram:
    """A running reference program, until ``stop``; a context manager.

    What it prints, and its end, are put into ``transcript`` as done by ``side``.
    """

    def __init__(
        self, program: Reference, address: Sequence[object], transcript: Transcript, side: Side
    ) -> None:
        self._transcript = transcript
        self._side: Side = side
        words = [program.module, program.function, *map(str, address)]
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-u", "-c", _RUN, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        self._reader = threading.Thread(target=self._hear, daemon=True, name="hand program")
        self._reader.start()

    @property
    def status(self) -> int | None:
        """Its exit status, None while it runs."""
        return self._process.poll()

    def over(self) -> bool:
        """Tell whether it has ended."""
        return self.status is not None

    def ends_within(self, seconds: float) -> bool:
        """Wait ``seconds`` at most for its end; tell whether it came."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self.over()

    def stop(self) -> None:
        """End it, if it has not ended by itself; twice is once."""
        if not self.over():
            self._process.kill()
        self._process.wait()
        self._reader.join()

    def _hear(self) -> None:
        log = self._transcript
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            while data := os.read(stream.fileno(), PIECE):
                log.add(Printed(at=log.now(), side=self._side, data=data, stream="stdout"))
        status = self._process.wait()
        log.add(Exited(at=log.now(), side=self._side, status=status))

    def __enter__(self) -> HandProgram:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
