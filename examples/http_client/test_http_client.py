"""What urllib3 makes of a bad HTTP server: one that is scripted, and a real one behind a proxy.

Needs urllib3 (2.0 or newer).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from pytest_sockets import (
    Expect,
    Fault,
    FaultyProxies,
    Fragment,
    Hold,
    LeakWatch,
    Programs,
    Proxy,
    Reset,
    RunningProgram,
    Say,
    ScriptedServer,
    ScriptedServers,
    Stall,
    Truncate,
)

urllib3 = pytest.importorskip("urllib3", reason="urllib3 is not installed: pip install urllib3")

GET = Expect(re.compile(rb"GET /\S* HTTP/1\.1\r\n(.+\r\n)*\r\n"))
POST = Expect(re.compile(rb"POST /\S* HTTP/1\.1\r\n(.+\r\n)*\r\norder=tea"))
OK = b"HTTP/1.1 200 OK\r\n"
TEN = OK + b"Content-Length: 10\r\n\r\n"
PAGE = b"0123456789" * 10_000


@pytest.fixture
def http(no_socket_leaks: LeakWatch) -> Iterator[Any]:
    """Make a client without retries; the test fails if it leaves a socket open."""
    with urllib3.PoolManager(retries=False) as http:
        yield http


@pytest.fixture
def web(program: Programs) -> RunningProgram:
    """Run Python's own web server, with one page."""
    server = program(f"cmd:{sys.executable} -m http.server --bind {{host}} {{port}}")
    (server.folder / "page").write_bytes(PAGE)
    return server


def url(server: ScriptedServer | Proxy) -> str:
    """Return where the page is."""
    return f"http://{server.host}:{server.port}/page"


def read(response: Any, into: bytearray) -> None:
    """Read a body that is streamed, as far as it comes."""
    for chunk in response.stream(1000):
        into += chunk


def test_an_answer_may_come_in_pieces(http: Any, scripted_server: ScriptedServers) -> None:
    """Cut within the status line, a header, the empty line and the body."""
    pieces = (b"HT", b"TP/1.1 200 OK\r", b"\nContent-Le", b"ngth: 10\r\n\r", b"\n01234", b"56789")
    server = scripted_server([GET, Say(*pieces)])

    assert http.request("GET", url(server)).data == b"0123456789"


def test_half_a_body_is_an_error(http: Any, scripted_server: ScriptedServers) -> None:
    """It is shorter than its Content-Length says."""
    server = scripted_server([GET, Say(TEN + b"01234")])

    with pytest.raises(urllib3.exceptions.ProtocolError, match="5 bytes read, 5 more expected"):
        http.request("GET", url(server))


def test_a_missing_last_chunk_is_an_error(http: Any, scripted_server: ScriptedServers) -> None:
    """A chunked body ends with an empty chunk, not with the connection."""
    server = scripted_server([GET, Say(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n")])

    with pytest.raises(urllib3.exceptions.ProtocolError):
        http.request("GET", url(server))


def test_half_a_body_without_a_length_is_taken_for_whole(
    http: Any, scripted_server: ScriptedServers
) -> None:
    """Nothing tells that more should have come."""
    server = scripted_server([GET, Say(OK + b"\r\n01234")])

    assert http.request("GET", url(server)).data == b"01234"


def test_a_retry_asks_again_for_the_whole_body(http: Any, scripted_server: ScriptedServers) -> None:
    """The first half is forgotten."""
    server = scripted_server([GET, Say(TEN + b"01234")], [GET, Say(TEN + b"abcdefghij")])

    assert http.request("GET", url(server), retries=1).data == b"abcdefghij"


def test_a_request_is_sent_again_after_a_reset(http: Any, scripted_server: ScriptedServers) -> None:
    """GET is idempotent."""
    server = scripted_server([GET, Reset()], [GET, Say(TEN + b"0123456789")])

    assert http.request("GET", url(server), retries=1).data == b"0123456789"


def test_an_order_is_not_sent_again(http: Any, scripted_server: ScriptedServers) -> None:
    """POST is not idempotent; a second connection would fail the test, for lack of a script."""
    server = scripted_server([POST, Reset()])

    with pytest.raises(urllib3.exceptions.ProtocolError):
        http.request("POST", url(server), body=b"order=tea", retries=3)


def test_a_stall_ends_with_the_timeout(http: Any, scripted_server: ScriptedServers) -> None:
    """Half of the body comes, and then nothing more: the server is held there."""
    server = scripted_server([GET, Say(TEN + b"01234"), Hold()])

    with pytest.raises(urllib3.exceptions.ReadTimeoutError):
        http.request("GET", url(server), timeout=0.2)


def test_a_stalled_connection_is_not_used_again(
    http: Any, web: RunningProgram, faulty_proxy: FaultyProxies
) -> None:
    """What it still had to say is not taken for the next answer."""
    proxy = faulty_proxy(web)

    timeout = pytest.raises(urllib3.exceptions.ReadTimeoutError)
    with proxy.to_client.add(Stall(after=50_000)), timeout:
        http.request("GET", url(proxy), timeout=0.2)

    assert http.request("GET", url(proxy)).data == PAGE
    assert proxy.accepted == 2


def test_a_page_comes_whole_through_a_bad_network(
    http: Any, web: RunningProgram, faulty_proxy: FaultyProxies
) -> None:
    """In pieces of 1,000 bytes, none of which arrives together with the next."""
    proxy = faulty_proxy(web, Fragment(size=1000))

    assert http.request("GET", url(proxy)).data == PAGE
    assert proxy.to_client.apart + proxy.to_client.unproved >= 100


@pytest.mark.parametrize("fault", [Truncate(after=50_000), Reset(after=50_000)], ids=repr)
def test_what_came_before_the_end_can_be_used(
    fault: Fault, http: Any, web: RunningProgram, faulty_proxy: FaultyProxies
) -> None:
    """A body that is streamed raises where it breaks off, not before."""
    proxy = faulty_proxy(web, to_client=[fault])
    response = http.request("GET", url(proxy), preload_content=False)
    body = bytearray()

    with pytest.raises(urllib3.exceptions.ProtocolError):
        read(response, into=body)

    assert 0 < len(body) < 50_000
    assert PAGE.startswith(body)
