"""Signs in what a program does with its sockets: which it uses, for whom, and in which order.

A sign that rests on a call that is missing holds only where the program's calls
are known at all.
"""

from __future__ import annotations

import re
from itertools import dropwhile, zip_longest

from pytest_sockets.wire.events import Called

from .seen import Seen, addresses_in
from .signs import REFUSED


def option_missing(seen: Seen) -> bool:
    """The program binds, and never sets SO_REUSEADDR."""
    return bool(_before_restart(seen, "bind")) and not _options(seen)


def option_late(seen: Seen) -> bool:
    """SO_REUSEADDR is set, but only after bind."""
    bound, options = _before_restart(seen, "bind"), _options(seen)
    return bool(bound and options) and all(option.at >= bound[0].at for option in options)


def option_off(seen: Seen) -> bool:
    """SO_REUSEADDR is set to 0 or False."""
    options = _options(seen)
    return bool(options) and all(re.search(r", (0|False)$", o.arguments) for o in options)


def _options(seen: Seen) -> list[Called]:
    return [c for c in _before_restart(seen, "setsockopt") if "SO_REUSEADDR" in c.arguments]


def _before_restart(seen: Seen, name: str) -> list[Called]:
    found = [e for e in seen.result.transcript if isinstance(e, Called) and e.call == name]
    return [call for call in found if call.error is None and not call.entered]


def no_linger(seen: Seen) -> bool:
    """SO_LINGER is left alone."""
    return not lingers(seen)


def lingers(seen: Seen) -> bool:
    """SO_LINGER is set."""
    return any("SO_LINGER" in call.arguments for call in seen.named("setsockopt"))


def uses_listener(seen: Seen) -> bool:
    """A call that receives or sends fails on the socket that listens."""
    listening = {call.fd for call in seen.named("listen")}
    talked = [*seen.incoming, *seen.outgoing]
    return any(c.error and c.fd in listening and "timed out" not in c.error for c in talked)


def timed_out(seen: Seen) -> bool:
    """A recv was given up after a time."""
    return any(map(_gave_up, seen.incoming))


def goes_on_unanswered(seen: Seen) -> bool:
    """After a recv was given up after a time the next is sent, or was on its way at the end."""
    moved = [call for call in seen.calls if call.flow]
    pairs = zip_longest(moved, moved[1:])
    return any(_gave_up(one) and (after is None or after.flow == "out") for one, after in pairs)


def gives_nothing_up(seen: Seen) -> bool:
    """Nothing is sent directly after a recv was given up."""
    return not goes_on_unanswered(seen)


def _gave_up(call: Called) -> bool:
    return call.flow == "in" and "timed out" in (call.error or "")


def closes_listener(seen: Seen) -> bool:
    """The socket that listens is closed while we are there."""
    listening = {call.fd for call in seen.named("listen")}
    return any(c.call == "close" and c.fd in listening for c in seen.before_the_end)


def one_accepted(seen: Seen) -> bool:
    """Exactly one client was accepted."""
    return len(_accepted(seen)) == 1


def several_accepted(seen: Seen) -> bool:
    """More than one client was accepted."""
    return len(_accepted(seen)) > 1


def accepts_after_receiving(seen: Seen) -> bool:
    """An accept is begun when something was received already."""
    received = dropwhile(lambda call: call.entered or call.flow != "in", seen.begun)
    return any(call.entered and call.call == "accept" for call in received)


def accepts_on_closed(seen: Seen) -> bool:
    """An accept fails because its socket was closed before."""
    return any("Bad file descriptor" in (call.error or "") for call in seen.named("accept"))


def _accepted(seen: Seen) -> list[Called]:
    return [call for call in seen.before_the_end if call.call == "accept" and not call.error]


def second_client(seen: Seen) -> bool:
    """It fails with the second client."""
    return _clients(seen) == 2


def later_client(seen: Seen) -> bool:
    """It fails with the third client, or with a later one."""
    return _clients(seen) > 2


def answers_another(seen: Seen) -> bool:
    """As many bytes are sent as came, and the client that is waited for got none of them."""
    sent = sum(call.size or 0 for call in seen.before_the_end if call.flow == "out")
    came = sum(len(event.data) for event in seen.told)
    return bool(seen.wanted) and not seen.got and 0 < came <= sent


def heard_no_more(seen: Seen) -> bool:
    """What the last client to speak said is not received, and something before it was."""
    told = [event for event in seen.told if event.connection == seen.told[-1].connection]
    received = {call.result for call in seen.before_the_end if call.flow == "in"}
    heard = [repr(event.data) in received for event in told]
    return len(heard) > 1 and heard[0] and not heard[-1]


def _clients(seen: Seen) -> int:
    return seen.connections + (REFUSED in seen.texts)


def nothing_received(seen: Seen) -> bool:
    """Nothing was received while we were there, and the program's calls are known."""
    received = [call for call in seen.before_the_end if call.flow == "in"]
    return bool(seen.begun) and not any(call.size for call in received)


def nothing_sent(seen: Seen) -> bool:
    """No call to send was made while we were there."""
    return bool(seen.begun) and all(call.flow != "out" for call in seen.before_the_end)


def waits_for_more(seen: Seen) -> bool:
    """It has received something, and sent nothing for it."""
    return nothing_sent(seen) and not nothing_received(seen)


def received_the_end(seen: Seen) -> bool:
    """A recv has returned no bytes."""
    return any(call.size == 0 for call in seen.incoming)


def never_receives(seen: Seen) -> bool:
    """No call to receive was made, not even one that is still waiting."""
    return bool(seen.begun) and all(call.flow != "in" for call in seen.begun)


def sends_text(seen: Seen) -> bool:
    """A call that sends fails because it was given text, in whichever thread."""
    return any("a bytes-like object is required" in (call.error or "") for call in seen.outgoing)


def all_taken(seen: Seen) -> bool:
    """The program has received all that was sent to it."""
    return sum(c.size or 0 for c in seen.incoming) == sum(len(e.data) for e in seen.told)


def sent_nothing_at_all(seen: Seen) -> bool:
    """The last call to send was given no bytes."""
    return bool(seen.outgoing) and seen.outgoing[-1].size == 0


def answers_first_sender(seen: Seen) -> bool:
    """The last answer goes to an earlier sender than the last."""
    senders, to = _senders(seen), _last_answer(seen)
    return bool(senders) and to != senders[-1] and to in senders


def answers_elsewhere(seen: Seen) -> bool:
    """The last answer goes to an address from which nothing came."""
    senders, to = _senders(seen), _last_answer(seen)
    return bool(senders) and bool(to) and to not in senders


def _senders(seen: Seen) -> list[str]:
    return [each for call in seen.named("recvfrom") for each in addresses_in(call.result)[-1:]]


def _last_answer(seen: Seen) -> str:
    sent = seen.named("sendto")
    return (addresses_in(sent[-1].arguments) or [""])[-1] if sent else ""
