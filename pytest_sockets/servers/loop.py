"""One thread that waits for many sockets and calls whoever can go on.

Knows readiness and how it is woken up. Does not know what is said. On Linux it
is epoll without layers between; elsewhere ``selectors`` takes its place.
"""

from __future__ import annotations

import contextlib
import select
import selectors
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from pytest_sockets.kernel.portable import portable

T = TypeVar("T")
Handler = Callable[[], object]
Failed = Callable[[BaseException], object]

READ, WRITE = 1, 4
"""As epoll's EPOLLIN and EPOLLOUT."""


class Poller(Protocol):
    """What tells which descriptors are ready."""

    def register(self, descriptor: int, events: int, /) -> None:
        """Begin to look at ``descriptor``."""

    def modify(self, descriptor: int, events: int, /) -> None:
        """Look for other ``events`` from now on."""

    def unregister(self, descriptor: int, /) -> None:
        """Look no longer."""

    def poll(self) -> Iterable[tuple[int, int]]:
        """Wait, and return descriptors that are ready, each with something."""

    def close(self) -> None:
        """Let go of everything."""


class Selecting:
    """The same by ``selectors``, for systems without epoll."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()

    def register(self, descriptor: int, events: int, /) -> None:
        """Begin to look at ``descriptor``."""
        self._selector.register(descriptor, _masked(events))

    def modify(self, descriptor: int, events: int, /) -> None:
        """Look for other ``events`` from now on."""
        self._selector.modify(descriptor, _masked(events))

    def unregister(self, descriptor: int, /) -> None:
        """Look no longer."""
        self._selector.unregister(descriptor)

    def poll(self) -> list[tuple[int, int]]:
        """Wait, and return descriptors that are ready, each with something."""
        return [(key.fd, mask) for key, mask in self._selector.select()]

    def close(self) -> None:
        """Let go of everything."""
        self._selector.close()


def _masked(events: int) -> int:
    return (selectors.EVENT_READ if events & READ else 0) | (
        selectors.EVENT_WRITE if events & WRITE else 0
    )


def best_poller() -> Poller:
    """Return the quickest poller of this system."""
    epoll: Callable[[], Poller] | None = getattr(select, "epoll", None)
    return epoll() if epoll is not None and not portable() else Selecting()


class Loop:
    """A thread that serves until ``close``.

    Handlers run in that thread and must not block. What they raise stops the descriptor
    it came from, not the thread; where nobody wants to be told, it is kept in ``errors``.
    """

    def __init__(self, poller: Callable[[], Poller] = best_poller) -> None:
        self.errors: list[BaseException] = []
        self._poller = poller()
        self._handlers: dict[int, Handler] = {}
        self._told: dict[int, Failed] = {}
        self._asked: deque[Handler] = deque()
        self._closed = False
        self._bell, self._rope = socket.socketpair()
        self._bell.setblocking(False)  # noqa: FBT003 - it takes no keywords
        self.watch(self._bell.fileno(), self._answer)
        self._thread = threading.Thread(target=self._run, name="pytest-sockets-loop", daemon=True)
        self._thread.start()

    def watch(
        self, descriptor: int, handler: Handler, events: int = READ, *, failed: Failed | None = None
    ) -> None:
        """Call ``handler`` whenever ``descriptor`` is ready, and ``failed`` with what it raises."""
        self._handlers[descriptor] = handler
        self._told[descriptor] = failed or self.errors.append
        self._poller.register(descriptor, events)

    def change(self, descriptor: int, handler: Handler, events: int) -> None:
        """Wait for other ``events`` of ``descriptor`` and call ``handler`` then."""
        self._handlers[descriptor] = handler
        self._poller.modify(descriptor, events)

    def forget(self, descriptor: int) -> None:
        """Wait for ``descriptor`` no longer; it may be closed then."""
        if self._handlers.pop(descriptor, None) is not None:
            del self._told[descriptor]
            self._poller.unregister(descriptor)

    def call(self, function: Callable[[], T]) -> T:
        """Return what ``function`` returns when the loop's own thread calls it.

        Raises:
            RuntimeError: the loop was closed.
        """
        if self._closed:
            raise RuntimeError("the loop was closed")
        answers: list[T] = []
        failures: list[BaseException] = []
        done = threading.Lock()
        done.acquire()

        def ask() -> None:
            try:
                answers.append(function())
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever asked
                failures.append(error)
            done.release()

        self.soon(ask)
        done.acquire()
        if failures:
            raise failures[0]
        return answers[0]

    def soon(self, function: Handler) -> None:
        """Let the loop's own thread call ``function``, and wait for nothing."""
        self._asked.append(function)
        self._rope.send(b"!")

    def close(self) -> None:
        """End the thread. Closing twice does nothing."""
        if self._closed:
            return
        self.call(self._end)
        self._thread.join()
        self._poller.close()
        self._bell.close()
        self._rope.close()

    def _end(self) -> None:
        self._closed = True

    def _answer(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._bell.recv(4096)
        while self._asked:
            self._asked.popleft()()

    def _run(self) -> None:
        poll, handlers = self._poller.poll, self._handlers
        while not self._closed:
            for descriptor, _ in poll():
                # It may be gone since: whoever was called before it has closed it.
                handler = handlers.get(descriptor)
                if handler is None:
                    continue
                try:
                    handler()
                except Exception as error:  # noqa: BLE001 - the other servers go on
                    told = self._told.get(descriptor, self.errors.append)
                    self.forget(descriptor)
                    told(error)
