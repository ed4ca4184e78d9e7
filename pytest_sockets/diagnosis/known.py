"""The known mistakes: what each does, and by what it is recognised.

A mistake is recognised by the first behaviour that fails and by signs; some look
different in different places. Where another mistake would look the same, it has no entry, or
one that says only what both do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pytest_sockets.findings import CONNECTS, CRASHED
from pytest_sockets.messages import Message, message

from . import signs, uses
from .seen import Seen
from .signs import Sign


@dataclass(frozen=True)
class Pattern:
    """What a mistake looks like: all of its signs together.

    ``first`` are the behaviours, by their ids in the catalogue, of which one is
    the first to fail; ``exercises`` are those it is told in, all when empty.
    """

    first: frozenset[str]
    signs: tuple[Sign, ...]
    exercises: frozenset[str]

    def fits(self, exercise: str, seen: Seen) -> bool:
        """Tell whether the failures of a program look like this."""
        return (
            seen.result.behaviour in self.first
            and (not self.exercises or exercise in self.exercises)
            and all(sign(seen) for sign in self.signs)
        )


@dataclass(frozen=True)
class Known:
    """A mistake: ``does`` continues "it behaves like a program that"; one pattern is enough."""

    slug: str
    does: Message
    patterns: tuple[Pattern, ...]

    def also(self, first: str, *signs: Sign, only: str = "") -> Known:
        """Return the same mistake with one more pattern."""
        return replace(self, patterns=(*self.patterns, _pattern(first, *signs, only=only)))

    def fits(self, exercise: str, seen: Seen) -> bool:
        """Tell whether the failures of a program look like this mistake."""
        return any(pattern.fits(exercise, seen) for pattern in self.patterns)


def _pattern(first: str, *signs: Sign, only: str = "") -> Pattern:
    return Pattern(frozenset(first.split()), signs, frozenset(only.split()))


def _known(slug: str, does: Message, first: str, *signs: Sign, only: str = "") -> Known:
    return Known(slug, does, (_pattern(first, *signs, only=only),))


SOCKETS = (
    _known("no-bind", message("never binds its address"),
           "LIF-02", signs.observed(
               "it uses port {port}, which the system chose: no fixed address was bound"))
    .also("LIF-02", signs.observed(signs.IN_RECV), signs.never_calls("bind")),
    _known("no-reuse", message("binds its port without SO_REUSEADDR"),
           "PRT-03", signs.says("Address already in use"), uses.option_missing),
    _known("late-reuse", message("sets SO_REUSEADDR after bind, where it comes too late"),
           "PRT-03", signs.says("Address already in use"), uses.option_late),
    _known("reuse-off", message("sets SO_REUSEADDR to 0 or False, which switches it off"),
           "PRT-03", signs.says("Address already in use"), uses.option_off),
    _known("two-arguments", message("gives bind a host and a port instead of one pair"),
           "LIF-02", signs.says(r"bind\(\) takes exactly one argument")),
    _known("no-listen", message("accepts on a socket that does not listen"),
           "LIF-02", signs.says("Invalid argument"), signs.never_calls("listen")),
    _known("udp-listen", message("calls listen on a UDP socket, which has no connections"),
           "LIF-02", signs.says("Operation not supported"), signs.calls("listen")),
    _known("default-type", message("leaves the type of its socket at the default, which is TCP"),
           "LIF-02 UDP-14", signs.says("Transport endpoint is not connected|Broken pipe"),
           signs.calls("recvfrom", "sendto"), signs.never_calls("listen", "connect")),
    _known("fixed-port", message("binds a port of its own, where the system should choose one"),
           "LIF-13 UDP-04", signs.says("Address already in use")),
    _known("no-connect", message("never calls connect"),
           "LIF-12 XCH-05 FIL-01 HDR-03 MSG-02",
           signs.expected(CONNECTS),
           signs.says("Transport endpoint is not connected|Broken pipe"),
           signs.never_calls("connect")),
    _known("uses-listener",
           message("talks on the listening socket instead of the one that accept returned"),
           "ECH-01 XCH-01 XCH-03 XCH-10", uses.uses_listener, signs.calls("accept")),
    _known("accept-pair", message("takes the pair that accept returns for the connection"),
           "ECH-01 XCH-01", signs.says(r"'tuple' object has no attribute '(recv|send|close)")),
    _known("recvfrom-pair", message("takes the pair that recvfrom returns for the message"),
           "UDP-03 XCH-10", signs.says(r"'tuple' object has no attribute"),
           signs.calls("recvfrom")),
    _known("unpack-pair", message("takes the tuple that struct.unpack returns for the number"),
           "HDR-03", signs.says("tuple"), signs.observed(CRASHED)),
    _known("accept-limit", message("gives accept a time limit"),
           "LIF-04", signs.says("TimeoutError")),
    _known("recv-limit", message("gives recv a time limit"),
           "DAT-11 XCH-07 FIL-05 HDR-11", uses.timed_out)
    .also("XCH-08 QQC-07 XCH-06", signs.expected(signs.NO_DATAGRAM, signs.NOTHING_MORE),
          uses.goes_on_unanswered),
    _known("polls", message("asks a non-blocking socket again and again"),
           "LIF-04 DAT-11", signs.observed(signs.COMPUTING)),
    _known("other-socket", message("receives on another socket than the one that it has bound"),
           "UDP-01", signs.observed(signs.IN_RECV)),
    _known("connected-udp", message("connects its UDP socket, and hears nobody else"),
           "UDP-03 UDP-08", signs.calls("connect")),
    _known("first-sender", message("answers everybody at the address of its first client"),
           "UDP-03 TIM-03", uses.answers_first_sender),
    _known("fixed-answer", message("answers to an address of its own choice, not to the sender"),
           "UDP-03 TIM-03 ECH-01", signs.observed(signs.NO_DATAGRAM), uses.answers_elsewhere),
)  # fmt: skip

DATA = (
    _known("upper-case", message("changes what it received to capital letters"),
           "ECH-01", signs.in_capitals),
    _known("strips", message("strips what it received"),
           "ECH-01 FIL-04", signs.stripped),
    _known("newline", message("adds a newline to what it sends"),
           "XCH-01 XCH-06 DAT-04 CHT-02 CHT-07", signs.newline_behind),
    _known("keeps-blanks", message("sends the blanks at both ends of a line"),
           "CHT-06 CHT-07", signs.blanks_kept),
    _known("puts-before", message("puts something of its own before what it sends"),
           "DAT-04 QQC-02 QQC-04", signs.something_before),
    _known("sends-repr", message("makes text of its bytes with str, which adds b and quotes"),
           "ECH-01 XCH-01 XCH-06 DAT-04 MSG-05", signs.bytes_as_text),
    _known("prints-bytes", message("prints the bytes as they are, without decoding them"),
           "DAT-03 DAT-04 XCH-10 QQC-01 QQC-07", signs.printed_as_bytes),
    _known("decodes-gbk", message("decodes with GBK what comes in UTF-8"),
           "DAT-04", signs.printed_as_gbk),
    _known("ascii", message("encodes or decodes with ASCII, which knows no Chinese"),
           "DAT-04 HDR-19 FIL-13 UDP-03 XCH-01", signs.says("'ascii' codec"))
    .also("CHT-07 DAT-04", signs.calm, signs.without_what_is_not_ascii),
    _known("sends-text", message("gives text to send, which takes bytes: text.encode()"),
           "DAT-01 MSG-05 XCH-01 XCH-03 XCH-04 XCH-05 XCH-06 UDP-03 FIL-01 HDR-01 QQC-04",
           signs.says("a bytes-like object is required, not 'str'"))
    .also("CHT-10", uses.sends_text),
    _known("no-print", message("receives and does not show it, or not in time"),
           "XCH-10 XCH-11 QQC-01 QQC-07", signs.calm, signs.received_unseen)
    .also("CHT-09", signs.calm, signs.received_unseen, uses.all_taken),
    _known("small-recv", message("asks recv for too few bytes, so that the rest is left behind"),
           "ECH-01 DAT-04 XCH-10 XCH-11", signs.asked_too_little, signs.beginning_shown)
    .also("CLS-06 CLS-07", signs.observed(signs.RESET, signs.LEFT_UNREAD),
          signs.asked_too_little, uses.no_linger)
    .also("CHT-09 XCH-10 XCH-11", signs.calm, signs.shown_in_pieces),
    _known("cuts-characters",
           message("decodes a part of what came, in which a character may be cut in two"),
           "DAT-04 HDR-09", signs.says("UnicodeDecodeError: 'utf-8'"))
    .also("DAT-04", signs.calm, signs.character_cut, signs.beginning_shown, uses.all_taken),
    _known("recv-once", message("expects recv to return as many bytes as it is asked for"),
           "HDR-08 HDR-09 HDR-10 AUT-06", signs.short_recv_taken_for_all, signs.no_cut_character)
    .also("FIL-04", signs.calm, signs.stops_at_short_recv),
    _known("byte-order", message("packs or unpacks the length in network byte order"),
           "HDR-02 HDR-17", signs.turned_round)
    .also("HDR-03", signs.asks_for_millions),
    _known("characters", message("counts the characters of a text instead of its bytes"),
           "HDR-02", signs.counted_characters),
    _known("counts-header", message("counts the header as a part of the message"),
           "HDR-02", signs.counted_itself),
)  # fmt: skip

TURNS = (
    _known("receives-first", message("receives first, while the other side waits for it to speak"),
           "XCH-03 XCH-04 XCH-06 MSG-05", signs.observed(signs.IN_RECV),
           uses.nothing_received, uses.nothing_sent),
    _known("speaks-first", message("speaks first, where the other side should"),
           "XCH-02 XCH-05", signs.expected(signs.NOTHING_YET)),
    _known("no-turns", message("sends the next before the answer has come"),
           "XCH-08", signs.expected(signs.NOTHING_MORE, signs.NO_DATAGRAM,
                                    "the next line goes out when the first was answered"),
           uses.gives_nothing_up)
    .also("QQC-07 XCH-06", signs.expected(signs.NO_DATAGRAM), uses.gives_nothing_up),
    _known("no-wait", message("closes without waiting for the answer"),
           "XCH-07", signs.observed(signs.ENDED), uses.never_receives)
    .also("XCH-11", uses.never_receives),
    _known("waits-for-more",
           message("waits for a newline, or for the end of the stream, before it answers"),
           "ECH-01 XCH-01", signs.observed(signs.IN_RECV), signs.no_newline_sent,
           uses.waits_for_more),
    _known("one-message", message("calls recv once: it answers one message of a client"),
           "ECH-02", signs.calm, signs.observed(*signs.CLOSED)),
    _known("accepts-each-message", message("calls accept before every message"),
           "ECH-02", signs.calm, signs.observed(signs.IN_ACCEPT), uses.accepts_after_receiving),
    _known("one-line", message("has no loop: it ends after one line"),
           "XCH-08 XCH-09", signs.calm,
           signs.observed(*signs.CLOSED, signs.ENDED))
    .also("XCH-06 QQC-07", signs.calm, signs.observed(signs.NO_DATAGRAM),
          signs.observed(signs.ENDED))
    .also("HDR-05", signs.calm, signs.observed(signs.ENDED),
          signs.expected("the program asks for a line from the keyboard")),
    _known("one-answer", message("has no loop: it answers one datagram and ends"),
           "ECH-01 TIM-03", signs.calm, signs.observed(signs.NO_DATAGRAM),
           signs.observed(signs.ENDED)),
    _known("half-close", message("does not answer a client that has finished sending"),
           "CLS-09", signs.observed(*signs.CLOSED)),
    _known("empty-line",
           message("sends an empty line, which sends nothing, and waits for an answer"),
           "CHT-01 CHT-06", signs.observed(signs.IN_RECV), uses.sent_nothing_at_all),
    _known("ends-on-empty", message("takes an empty line for the end"),
           "CHT-06 QQC-06 TIM-06", signs.calm, signs.observed(signs.ENDED))
    .also("CHT-06", signs.calm, signs.observed(signs.IN_ACCEPT)),
    _known("connects-each-line", message("connects anew for every line"),
           "XCH-09", signs.observed("the client connects once more")),
)  # fmt: skip

ENDS = (
    _known("key-before-accept", message("waits for the keyboard before it accepts its client"),
           "LIF-03", signs.observed(signs.KEYBOARD)),
    _known("key-before-recv", message("waits for the keyboard before it receives anything"),
           "UDP-01", signs.observed(signs.KEYBOARD)),
    _known("key-at-the-end", message("waits for a key before it closes, or ends"),
           "CLS-06 CLS-07 CLS-13 FIL-09 HDR-13", signs.observed(signs.KEYBOARD)),
    _known("serves-on", message("goes back to accept when its one client has left"),
           "CLS-13", signs.observed(signs.IN_ACCEPT)),
    _known("no-end-check", message("does not take an empty recv for the end of the stream"),
           "CLS-02 CLS-03 HDR-13", signs.observed(signs.COMPUTING, signs.PRINTING),
           signs.passes("SRV-01", "SRV-03"))
    .also("CLS-02 CLS-03", signs.observed(signs.KEYBOARD), uses.received_the_end,
          only="tcp-turn-chat tcp-quit-chat"),
    _known("not-closed", message("does not close the connection when the conversation is over"),
           "AUT-03 CHT-02 CHT-03 CLS-02 HDR-16", signs.observed(signs.IN_ACCEPT)),
    _known("aborts", message("closes with SO_LINGER 0, which is an abort"),
           "CLS-06", signs.observed(signs.RESET), uses.lingers),
    _known("one-client", message("serves its first client, and nobody after that"),
           "SRV-01", signs.no_index_error, signs.no_closed_socket,
           signs.observed(*signs.CLOSED, signs.ENDED, signs.REFUSED),
           uses.second_client)
    .also("HDR-15", signs.calm, signs.observed(signs.REFUSED)),
    _known("accepts-on-closed",
           message("closes its listening socket, by this name or another, and accepts on it again"),
           "SRV-01", uses.accepts_on_closed, uses.second_client),
    _known("few-clients", message("serves a few clients, and then nobody"),
           "SRV-01", signs.no_index_error, uses.later_client),
    _known("ends-on-abort", message("ends when one client aborts its connection"),
           "SRV-03", signs.calm, signs.ended_by_itself,
           signs.observed(signs.REFUSED, *signs.CLOSED)),
    _known("empty-index", message("looks into what recv returned before it tests for the end"),
           "CLS-03 SRV-01 SRV-02 SRV-05", signs.says("IndexError")),
    _known("reset", message("does not catch ConnectionResetError"),
           "SRV-03", signs.says("ConnectionResetError")),
    _known("broken-pipe", message("does not catch BrokenPipeError"),
           "SRV-04", signs.says("BrokenPipeError")),
    _known("one-at-a-time", message("takes no further client while it serves one"),
           "SRV-07", signs.observed(signs.IN_RECV), uses.one_accepted),
    _known("shared-state", message("keeps what belongs to a client where the next overwrites it"),
           "SRV-03 SRV-07 SRV-08 SRV-09", signs.observed(signs.FOREIGN))
    .also("SRV-07 SRV-08", uses.several_accepted, uses.answers_another)
    .also("SRV-07 SRV-08", uses.several_accepted, uses.heard_no_more),
    _known("listener-closed", message("closes the listening socket as soon as it has a client"),
           "LIF-07", signs.observed(signs.REFUSED), signs.says("Connection refused"))
    .also("LIF-07", signs.observed(signs.REFUSED), uses.closes_listener),
    _known("hides-refusal", message("hides the error of connect"),
           "LIF-15", signs.observed(
               "it ends with status 0 and without a word, as if all had gone well")),
    _known("retries", message("connects again and again when nobody listens"),
           "LIF-15", signs.observed(signs.COMPUTING)),
    _known("ignores-refusal", message("goes on as if connect had not failed"),
           "LIF-15", signs.observed(signs.KEYBOARD)),
)  # fmt: skip

KNOWN = (*SOCKETS, *DATA, *TURNS, *ENDS)
