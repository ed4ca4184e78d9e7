"""tcp-duplex-chat: server and client talk at the same time, each with threads.

Nobody has to wait for a turn. Each side asks for lines from the keyboard, again
and again, and sends them as UTF-8 without a newline; at the same time it prints
whatever comes from the other side. The server takes several clients at once
and prints what each of them says. With one client, what is typed goes to that
client; with several, it is free who gets it. When a client has left, the server
closes that connection. When the server has left, the client ends, at the latest
after one more line. There is no word to quit, and prompts and wording are free.
Source: tutorial 003, section 4.3.
"""

from __future__ import annotations

from pytest_sockets import Client, Exercise, Finding, Peer, Server, behaviour, message, profile

from .shared.chat_clients import (
    test_client_listens_while_it_asks,
    test_ends_when_the_server_has_left,
)
from .shared.chats import contact, exchange_chinese, say, tell, word
from .shared.clients import test_connects_to_the_server, test_gives_up_without_a_server
from .shared.expectations import expect_quiet
from .shared.pairs import pair_profile, speak_to_the_server, talk_at_once
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_takes_its_first_client,
)

LOST = 2
"""Lines that what still waits at the keyboard for a client that has left may take."""


def meet(server: Server) -> Peer:
    """Connect a client, and let the server do all it does for a newcomer."""
    peer = server.connect()
    server.expect_taken(peer)
    server.come_to_rest()
    return peer


@behaviour("XCH-10", needs=test_takes_its_first_client, source="003 §4.3")
def test_prints_what_it_received(server: Server) -> None:
    """Prints what its client says.

    What recv returned is shown. How it is worded is free.

    Hint: print(data.decode("utf-8")) after recv, on the socket that accept returned.
    """
    text = server.letters(12)
    with meet(server) as peer:
        peer.send(text)
        if not server.printed(text) and server.asks():
            server.type(server.digits().decode())
        server.expect_printed(text)


@behaviour("CHT-09", needs=test_prints_what_it_received, source="003 §4.3; 002 §4")
def test_listens_while_it_asks(server: Server) -> None:
    """Prints what comes while it waits for the keyboard.

    input() blocks its thread until somebody types. A second thread can receive
    and print meanwhile, message after message.

    Hint: two threads: one around input and send, one around recv and
    print(data.decode("utf-8")).
    """
    with meet(server) as peer:
        for _ in range(2):
            tell(peer, server)


@behaviour("CHT-10", needs=test_listens_while_it_asks, source="003 §4.3")
def test_speaks_without_an_answer(server: Server) -> None:
    """Sends line after line without waiting for an answer.

    recv blocks its thread until something comes. The thread that sends neither
    calls it nor waits for the thread that does.

    Hint: a thread of its own with input and send(line.encode("utf-8")) in a loop,
    without recv and without waiting between them.
    """
    with meet(server) as peer:
        for _ in range(3):
            say(peer, server)


@behaviour("DAT-04", needs=test_speaks_without_an_answer, source="003 §4.3; 003 §3.4")
def test_speaks_chinese(server: Server) -> None:
    """Sends and shows Chinese text unharmed.

    The line goes out in UTF-8 exactly as it was typed, nothing before or behind
    it, and what comes in UTF-8 is shown as text.

    Hint: line.encode("utf-8") for send, with nothing added; data.decode("utf-8")
    for print, with enough room in recv for the whole message.
    """
    with meet(server) as peer:
        exchange_chinese(peer, server)


@behaviour("SRV-07", needs=test_listens_while_it_asks, source="003 §3.3; 003 §4.3")
def test_hears_several_clients_at_once(server: Server) -> None:
    """Hears several clients at the same time.

    A client that is connected and silent must not keep the others waiting.

    Hint: accept in a loop: start the client's threads and go back to accept at
    once, without join. threading.Thread(target=listen, args=(conn,)):
    target=listen(conn) would call it here.
    """
    with meet(server):
        for _ in range(4):
            tell(meet(server), server)


@behaviour(
    "SRV-08",
    needs=test_hears_several_clients_at_once,
    source="003 §5",
    tutorial="its connection is one global variable, which the next client takes over",
)
def test_goes_on_hearing_the_first_client(server: Server) -> None:
    """Goes on hearing the first client when others have come.

    With one shared variable for the connection, the thread of the first client
    calls recv on the socket of the next one, and what the first says is lost.

    Hint: pass the connection to the thread: Thread(target=listen, args=(conn,)).
    """
    first = meet(server)
    tell(first, server)
    second = meet(server)
    for peer in (second, first, first, second, first):
        tell(peer, server)


@behaviour(
    "CLS-02",
    needs=test_listens_while_it_asks,
    source="003 §5; 004 §3 ChatServer",
    tutorial="it takes an empty recv for a message, and prints empty lines without end",
)
def test_closes_when_the_client_has_left(server: Server) -> None:
    """Takes an empty recv as the client's end, and closes its side.

    When the client has left, recv returns b"" at once, again and again. Whoever
    takes that for a message prints empty lines for ever. The conversation is
    over, and the server closes this connection too.

    Hint: if not data: break, directly after recv, and conn.close() behind the
    loop, in the thread that receives: the other one sits at the keyboard.
    """
    with meet(server) as peer:
        tell(peer, server)
        speaks = all(_speaks(peer, server) for _ in range(2))
        before = len(server.program.stdout)
        peer.finish()
        peer.expect_end()
        expect_quiet(server, before)
    newcomer = _heard_as_well(server) if speaks else None
    if newcomer is not None:
        _expect_spoken_to(newcomer, server)


def _speaks(peer: Peer, server: Server) -> bool:
    """Type a line, if one is asked for, and tell whether it comes; judge nothing."""
    if not server.asks():
        return False
    line = server.digits()
    server.type(line.decode())
    return line in peer.received_so_far()


def _heard_as_well(server: Server) -> Peer | None:
    """Return a further client that the server hears; None where it hears none: told elsewhere."""
    text = word(server)
    try:
        peer = server.connect()
    except Finding:
        return None
    peer.send(text)
    return peer if server.printed(text) else None


def _expect_spoken_to(peer: Peer, server: Server) -> None:
    """Expect that what is typed goes to ``peer``, now that the one before it has left.

    Where each client has a thread that asks, that of the one that left may take a line first.
    """
    try:
        for _ in range(LOST):
            line = server.digits()
            server.type(line.decode())
            if line in peer.received_so_far():
                return
        say(peer, server)
    except Finding as finding:
        finding.advice = message(
            "take a client that has left out of what the thread at the keyboard sends to, and "
            "catch OSError around that send: what is typed goes to who is there."
        )
        raise


@behaviour("CHT-10", needs=test_client_listens_while_it_asks, source="003 §4.3")
def test_client_speaks_without_an_answer(client: Client) -> None:
    """Sends line after line without waiting for an answer.

    recv blocks its thread until something comes. The thread that sends neither
    calls it nor waits for the thread that does.

    Hint: a thread of its own with input and send(line.encode("utf-8")) in a loop,
    without recv and without waiting between them.
    """
    peer = client.accept()
    for _ in range(3):
        say(peer, client)


@behaviour("DAT-04", needs=test_client_speaks_without_an_answer, source="003 §4.3; 003 §3.4")
def test_client_speaks_chinese(client: Client) -> None:
    """Sends and shows Chinese text unharmed.

    The line goes out in UTF-8 exactly as it was typed, nothing before or behind
    it, and what comes in UTF-8 is shown as text.

    Hint: line.encode("utf-8") for send, with nothing added; data.decode("utf-8")
    for print, with enough room in recv for the whole message.
    """
    exchange_chinese(client.accept(), client)


server = profile(
    basic={
        test_listens_on_its_address: 10,
        test_takes_its_first_client: 10,
        test_prints_what_it_received: 10,
        test_listens_while_it_asks: 15,
        test_speaks_without_an_answer: 15,
        test_speaks_chinese: 5,
    },
    robust={
        test_hears_several_clients_at_once: 10,
        test_goes_on_hearing_the_first_client: 10,
        test_closes_when_the_client_has_left: 10,
        test_restarts_at_once: 5,
    },
    one_shot=False,
    contact=contact,
)

client = profile(
    basic={
        test_connects_to_the_server: 15,
        test_client_listens_while_it_asks: 25,
        test_client_speaks_without_an_answer: 25,
        test_client_speaks_chinese: 10,
    },
    robust={
        test_ends_when_the_server_has_left: 20,
        test_gives_up_without_a_server: 5,
    },
    one_shot=False,
    keyboard=True,
)

pair = pair_profile(
    talk_at_once,
    next_client=speak_to_the_server,
    alone=(test_hears_several_clients_at_once, test_closes_when_the_client_has_left),
)

exercise = Exercise(
    name="tcp-duplex-chat",
    system="S04",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
