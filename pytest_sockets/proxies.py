"""What the fixture ``faulty_proxy`` gives: a function that starts proxies for a test.

Knows how a proxy is stopped, and drawn when the test fails. Does not know
pytest's fixtures themselves; see ``fixtures``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from .evidence import kept
from .factories import socket_path
from .faults import Fault
from .findings import Misuse
from .reports.exchange import exchange
from .reports.look import Look
from .testimony import look_of, titled
from .wire.proxy import RECORDED, Proxy, open_proxy
from .wire.upstream import Kind, Named, upstream_of
from .witnesses import call_witness

TITLE = "exchange through the proxy"


class FaultyProxies:
    """Start proxies: ``faulty_proxy(upstream, *faults)``; all are stopped with the test."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._request = request
        self._stack = contextlib.ExitStack()

    def __call__(
        self,
        upstream: Named,
        *faults: Fault,
        to_server: Iterable[Fault] = (),
        to_client: Iterable[Fault] = (),
        kind: Kind | None = None,
        may_refuse: bool = False,
        recorded: int = RECORDED,
    ) -> Proxy:
        """Return a running proxy to ``upstream``, with ``faults`` in both directions.

        ``to_server`` and ``to_client`` are faults for one direction. ``upstream`` is
        ``(host, port)``, a port of 127.0.0.1, a server of another fixture,
        "tcp://host:port", "udp://host:port", "unix:///path" or a path; ``kind`` is
        "udp" where nothing else tells. With ``may_refuse`` nobody needs to listen
        there yet. Each way keeps ``recorded`` bytes of a connection in the transcript.

        Raises:
            Misuse: an argument can't be used, or nobody listens at ``upstream``.
        """
        __tracebackhide__ = True
        options: dict[str, Any] = {"to_server": to_server, "to_client": to_client, "kind": kind}
        options |= {"may_refuse": may_refuse, "recorded": recorded}
        try:
            if upstream_of(upstream, kind).kind == "unix":
                options["path"] = socket_path(self._request)
            proxy = open_proxy(upstream, *faults, **options)
        except Misuse as misuse:
            raise misuse.with_traceback(None) from None
        self._stack.callback(proxy.stop)
        call_witness(self._request, _Crossing(proxy, look_of(self._request.config)))
        return proxy

    def __enter__(self) -> FaultyProxies:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


class _Crossing:
    """What went through a proxy, as a witness."""

    def __init__(self, proxy: Proxy, look: Look) -> None:
        self.quiet = False
        self._proxy = proxy
        self._look = look

    def judge(self) -> None:
        """Accuse nobody."""

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield the exchange, client on the left and server on the right, and the receipts."""
        story = exchange(kept(self._proxy.events), self._look, peer="client", program="server")
        yield from titled(TITLE, "\n".join([story, *self._receipts()]) if story else "")

    def _receipts(self) -> Iterator[str]:
        for way in (self._proxy.to_server, self._proxy.to_client):
            for active in way.faults:
                says = self._look.say(active.receipt.sentence)
                yield f"{way.sender}: {self._look.text(repr(active.fault))}: {says}"
