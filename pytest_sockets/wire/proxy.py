"""A proxy between a client and a server, with faults in either direction.

Knows what all proxies share: an address, two ways, a record, and their end. The
bytes are carried by ``stream_proxy`` and ``datagram_proxy``.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from pytest_sockets.faults.checked import fitting, is_whole, listed_faults
from pytest_sockets.faults.fault import Fault
from pytest_sockets.findings import Misuse
from pytest_sockets.messages import Message, message

from .events import Address, Event
from .recording import Recording
from .upstream import KINDS, Kind, Named, Upstream, refuses, upstream_of
from .way import Way

RECORDED = 65536
"""Bytes of each direction of a connection that a transcript keeps."""


class Proxy:
    """Something that a client talks to as if it were the server; a context manager.

    ``address`` is where it listens: ``(host, port)``, or the path of an AF_UNIX
    socket. ``to_server`` and ``to_client`` are its two ways: faults are added to
    them and taken away while it runs. ``transcript`` is the record of what
    arrived; its sides are "client" and "server".
    """

    address: Address | str

    def __init__(self, upstream: Upstream) -> None:
        self.upstream = upstream
        self.transcript = Recording()
        self.to_server = Way("client", upstream.kind)
        self.to_client = Way("server", upstream.kind)
        self._told = False

    @property
    def kind(self) -> Kind:
        """Over what it is reached, and reaches its server."""
        return self.upstream.kind

    @property
    def host(self) -> str:
        """The host that it listens on; empty for an AF_UNIX socket."""
        return "" if isinstance(self.address, str) else self.address[0]

    @property
    def port(self) -> int:
        """The port that it listens on; 0 for an AF_UNIX socket."""
        return 0 if isinstance(self.address, str) else self.address[1]

    @property
    def accepted(self) -> int:
        """How many connections were accepted so far, refused ones too; over UDP how many clients.

        Their numbers in the transcript are 1 to this one. Each is counted before anything of it
        goes through; ``transcript.wait(lambda: proxy.accepted == 2, seconds)`` waits for it.
        """
        raise NotImplementedError

    @property
    def events(self) -> list[Event]:
        """The record so far, in order."""
        return self.transcript.events

    def stop(self) -> None:
        """End all connections (FIN) and listen no longer; stopping twice does nothing.

        Raises:
            Misuse: a fault has failed, and nobody was told so far.
        """
        __tracebackhide__ = True
        self._end()
        self.raise_what_went_wrong()

    def raise_what_went_wrong(self) -> None:
        """Raise the failure of a fault, if there was one and nobody was told so far.

        Raises:
            Misuse: the plan of a fault has raised an error, which is its cause.
        """
        __tracebackhide__ = True
        problem = self.problem
        if problem is not None and not self._told:
            self._told = True
            raise problem.with_traceback(None)

    @property
    def problem(self) -> Misuse | None:
        """The first failure of a fault in one of the ways, None while all could plan."""
        return self.to_server.problem or self.to_client.problem

    def _end(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Proxy:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        __tracebackhide__ = True
        self._end()
        if kind is None:
            self.raise_what_went_wrong()


def open_proxy(
    upstream: Named,
    *faults: Fault,
    to_server: Sequence[Fault] = (),
    to_client: Sequence[Fault] = (),
    kind: Kind | None = None,
    may_refuse: bool = False,
    recorded: int = RECORDED,
    path: str | None = None,
    at: Address | None = None,
) -> Proxy:
    """Return a running proxy to ``upstream``, with ``faults`` in both directions.

    ``to_server`` and ``to_client`` are faults for one direction, behind those.
    ``upstream`` is what ``upstream_of`` understands, of ``kind`` "tcp" or "udp"
    where it does not tell. With ``may_refuse`` nobody needs to listen there yet.
    Each way keeps ``recorded`` bytes of each connection in the transcript. ``path``
    is where an AF_UNIX proxy listens, by default in a folder of its own; ``at`` where any
    other does, ``(host, port)`` with a numeric host, by default at a free port.

    >>> import socket
    >>> from pytest_sockets import Fragment, open_proxy
    >>> with socket.create_server(("127.0.0.1", 0)) as server:
    ...     with open_proxy(server.getsockname(), Fragment(size=1)) as proxy:
    ...         with socket.create_connection(proxy.address) as client:
    ...             with server.accept()[0] as connection:
    ...                 client.sendall(b"hello")
    ...                 [connection.recv(100) for _ in range(5)]
    [b'h', b'e', b'l', b'l', b'o']

    Raises:
        Misuse: an argument can't be used, or nobody listens at ``upstream``; it says which.
        OSError: ``at`` or ``path`` can't be bound.
    """
    if kind is not None and kind not in KINDS:
        raise Misuse(message("kind: {given} is none of tcp, udp, unix", given=repr(kind)))
    server = upstream_of(upstream, kind)
    there = (*faults, *listed_faults("to_server", to_server))
    back = (*faults, *listed_faults("to_client", to_client))
    for fault in (*there, *back):
        fitting(fault, server.kind)
    if not is_whole(recorded) or recorded < 0:
        text = "recorded: it is a whole number of bytes, 0 or more, not {given}"
        raise Misuse(message(text, given=repr(recorded)))
    if not may_refuse and refuses(server):
        raise Misuse(_nobody_listens(server))
    proxy = _running(server, recorded, path, at)
    for way, own in ((proxy.to_server, there), (proxy.to_client, back)):
        for fault in own:
            way.add(fault)
    return proxy


def _nobody_listens(server: Upstream) -> Message:
    other = server.over_the_other_kind()
    if other is not None and not refuses(other):
        text = (
            "upstream: nobody listens at {name}, but somebody does at {other}: "
            'give that, or kind="{kind}"'
        )
        return message(text, name=server.name, other=other.name, kind=other.kind)
    text = "upstream: nobody listens at {name}; start the server first, or say may_refuse=True"
    return message(text, name=server.name)


def _running(server: Upstream, recorded: int, path: str | None, at: Address | None) -> Proxy:
    # The two kinds of proxy are built upon this module.
    from .datagram_proxy import DatagramProxy  # noqa: PLC0415
    from .stream_proxy import StreamProxy  # noqa: PLC0415

    if server.kind == "udp":
        return DatagramProxy(server, at)
    return StreamProxy(server, recorded, path, at)
