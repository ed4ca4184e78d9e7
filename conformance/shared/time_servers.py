"""What a UDP time server does: a format comes in, the time in that format goes out.

Programs are run eight hours away from UTC, so that the server's local time can
be told from UTC. One question waits for the clock to go on by a second; nothing
else here depends on how long anything takes.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from pytest_sockets import (
    DatagramPeer,
    Finding,
    Message,
    UdpServer,
    behaviour,
    message,
    size_of,
)

from .datagram_servers import test_receives_right_after_bind

FORMAT = "%Y-%m-%d %H:%M:%S"
SECOND = timedelta(seconds=1)
LAG = timedelta(seconds=0.1)
"""The C function time() may be behind the clock for as long as the system's tick takes."""


def ask(peer: DatagramPeer, server: UdpServer) -> None:
    """Send a format of neutral digits and expect any answer."""
    peer.send(server.digits())
    peer.expect_any()


@behaviour("TIM-03", needs=test_receives_right_after_bind, source="002 §4 time server")
def test_answers_request_after_request(server: UdpServer) -> None:
    """Answers request after request, each to its sender.

    A time server is there for everybody, as often as they ask.

    Hint: recvfrom and sendto inside a loop; sendto to the address that recvfrom
    returned.
    """
    with server.datagrams() as first, server.datagrams() as second:
        for peer in (first, second, second, first, first):
            ask(peer, server)


@behaviour("TIM-01", needs=test_answers_request_after_request, source="002 §4 time server")
def test_tells_the_time(server: UdpServer) -> None:
    """Tells the time of now, in the format that the client sent.

    It is the server's local time, taken anew for each request.

    Hint: time.strftime(data.decode()) inside the loop; gmtime would be UTC.
    """
    with server.datagrams() as peer:
        told = _expect_now(peer, server)
        _let_the_clock_go_on(server, told)
        _expect_now(peer, server, told)


def _let_the_clock_go_on(server: UdpServer, told: datetime) -> None:
    """Wait until the program's clock shows another second than ``told``."""
    while server.clock() - LAG < told + SECOND:
        server.transcript.wait(lambda: False, 0.01)


def _expect_now(peer: DatagramPeer, server: UdpServer, before: datetime | None = None) -> datetime:
    """Ask for the time and expect a moment between request and answer; return that moment."""
    began = server.clock() - LAG
    peer.send(FORMAT.encode())
    got = peer.expect_any()[0]
    right = _seconds(began, server.clock())
    for moment in right:
        if got == moment.strftime(FORMAT).encode():
            return moment
    raise _another_time(got, right[-1], before)


def _another_time(got: bytes, moment: datetime, before: datetime | None = None) -> Finding:
    """Return the finding that what it told is another time than the one of ``moment``."""
    now = moment.strftime(FORMAT).encode()
    return Finding(
        message("the server's local time: {now}", now=now),
        message("a datagram with {data} ({size})", data=got, size=size_of(got)),
        because=_other_time(got.decode("utf-8", "replace"), before),
        difference=(now, got),
    )


def _other_time(told: str, before: datetime | None) -> Message | None:
    """Say which time ``told`` is, when it is that of UTC or the one that was told ``before``."""
    if before is not None and _shows(told.encode(), before):
        return message("that is what it told the last time: it did not look at the clock again")
    utc = _seconds(datetime.now(timezone.utc) - 2 * SECOND, datetime.now(timezone.utc))
    if told in [moment.strftime(FORMAT) for moment in utc]:
        return message("that is UTC: the server's local time is 8 hours ahead here")
    return None


def _seconds(began: datetime, ended: datetime) -> list[datetime]:
    """Return the full seconds that the clock showed from ``began`` to ``ended``."""
    first = began.replace(microsecond=0)
    return [first + number * SECOND for number in range((ended - first) // SECOND + 1)]


@behaviour("TIM-02", needs=test_tells_the_time, source="002 §4 time server")
def test_takes_any_format(server: UdpServer) -> None:
    """Takes any format, with words and Chinese text in it.

    The format is what the client sent, whatever that is: strftime replaces
    what begins with % and leaves the rest as it is.

    Hint: time.strftime(data.decode("utf-8")), and encode the answer in the same way.
    """
    word = server.letters(6).decode()
    words = " ".join(server.letters(6).decode() for _ in range(9))
    with server.datagrams() as peer:
        for asked, answer, example in (
            ("%Y", r"\d{4}", "2026"),
            ("%H:%M", r"\d\d:\d\d", "09:30"),
            (f"{word}=%%Y", f"{word}=%Y", f"{word}=%Y"),
            (word, word, word),
            ("%Y年%m月%d日", r"\d{4}年\d\d月\d\d日", "2026年01月31日"),
            (f"{words} %Y年", rf"{words} \d{{4}}年", f"{words} 2026年"),
        ):
            peer.send(asked.encode())
            _expect_like(peer, answer, message("an answer to {asked} such as {example}",
                                               asked=asked, example=example))  # fmt: skip


def _expect_like(peer: DatagramPeer, pattern: str, expected: object) -> bytes:
    """Expect an answer that looks like ``pattern``, and return it."""
    got = peer.expect_any()[0]
    if not re.fullmatch(pattern, got.decode("utf-8", "replace")):
        raise Finding(
            message("{expected}", expected=expected),
            message("a datagram with {data} ({size})", data=got, size=size_of(got)),
            because=message("this looks like the same text in GBK: encode and decode with UTF-8")
            if re.fullmatch(pattern, got.decode("gbk", "replace"))
            else None,
        )
    return got


@behaviour("TIM-04", needs=test_tells_the_time, source="002 §4 time server, the teacher's version")
def test_has_a_default_format(server: UdpServer) -> None:
    """Answers an empty request with date and time, in the format %Y-%m-%d %X.

    An empty datagram is a real request: the client leaves the format to the
    server. It is the same format and the time of now each time, whatever was
    asked before.

    Hint: if not data: use "%Y-%m-%d %X", else data.decode().
    """
    with server.datagrams() as peer:
        ask(peer, server)
        told = _expect_default(peer, server)
        _let_the_clock_go_on(server, told)
        ask(peer, server)
        _expect_default(peer, server, told)


def _expect_default(
    peer: DatagramPeer, server: UdpServer, before: datetime | None = None
) -> datetime:
    """Ask for the server's own format, expect a moment until the answer; return that moment."""
    began = server.clock() - LAG
    peer.send(b"")
    # What %X looks like belongs to the locale: three numbers in any case.
    got = _expect_like(
        peer,
        r"\d{4}-\d\d-\d\d \D*\d{1,2}\D+\d\d\D+\d\d\D*",
        message("a date and a time such as {example}", example="2026-01-31 09:30:00"),
    )
    right = _seconds(began, server.clock())
    for moment in right:
        if _shows(got, moment):
            return moment
    raise _another_time(got, right[-1], before)


def _shows(got: bytes, moment: datetime) -> bool:
    """Tell whether the numbers are those of ``moment``, by a clock of 24 hours or of 12."""
    numbers = tuple(map(int, re.findall(r"\d+", got.decode("utf-8", "replace"))))
    date, rest = (moment.year, moment.month, moment.day), (moment.minute, moment.second)
    return numbers in {(*date, hour, *rest) for hour in (moment.hour, moment.hour % 12 or 12)}


@behaviour(
    "TIM-07",
    level="should",
    needs=test_answers_request_after_request,
    source="002 §4 time server",
    tutorial="both end at bytes that are no UTF-8",
)
def test_survives_a_bad_request(server: UdpServer) -> None:
    """Survives a request that is no format.

    Anybody can send anything to a UDP server: bytes that are no UTF-8, or a
    zero byte in the format. That is one bad request, and not the server's end.

    Hint: catch ValueError (UnicodeDecodeError is one) around decode and strftime,
    inside the loop.
    """
    with server.datagrams() as bad, server.datagrams() as good:
        for request in (b"\xff\xfe%Y", b"%H\x00%M"):
            bad.send(request)
            bad.received_so_far()
            ask(good, server)
