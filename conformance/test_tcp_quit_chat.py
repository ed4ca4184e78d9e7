"""tcp-quit-chat: server and client take turns at the keyboard, until one of them says q.

The server speaks first: it accepts a client, asks for a line from the keyboard
and sends it as UTF-8, without a newline. Then it receives the client's message
and prints it, and it is the server's turn again. The client receives first,
prints, asks for a line and sends it. Whoever types exactly q sends b"q" and
closes; whoever receives exactly b"q" closes. Only q alone ends the chat, and it
ends this chat only: the server takes the next client, while the client ends. A
client that leaves without q, in whatever way, ends its chat too. Prompts and
wording are free, and so is whether a received q is printed. Source: tutorial
002, section 4, TCP chat tool.
"""

from __future__ import annotations

from pytest_sockets import (
    Client,
    Exercise,
    Finding,
    Peer,
    Server,
    Subject,
    behaviour,
    message,
    profile,
)

from .shared.chat_clients import (
    test_ends_when_the_server_has_left,
    test_listens_first,
    test_prints_what_the_server_says,
    test_talks_on_over_one_connection,
)
from .shared.chat_servers import (
    serve_next,
    test_ends_with_the_stream,
    test_prints_what_it_received,
    test_serves_one_client_after_the_other,
    test_speaks_chinese,
    test_speaks_first,
    test_survives_a_reset,
    test_survives_sending_to_nobody,
    test_takes_a_leaving_client_calmly,
)
from .shared.chats import answer, contact, expect_exactly, hear, say
from .shared.pairs import pair_profile, take_turns, take_turns_again
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
)

QUIT = "q"
WORDS = (("quick", "quit"), ("quit", "quick"), ("qq", "qq"), ("Q", "Q"))
"""Lines that contain the letter and do not quit: one to be typed, one to be received."""


def type_word(peer: Peer, subject: Subject, word: str) -> None:
    """Type ``word``, and expect that it comes and that the chat goes on."""
    subject.type(word)
    hear(peer, word.encode())
    subject.come_to_rest()
    peer.expect_open()


def type_q_between_blanks(peer: Peer, subject: Subject) -> None:
    """Type q between blanks: where they are sent, it is a message, and the chat goes on.

    A program may take blanks off what is typed. Then it has said q, and closes.
    """
    subject.type(f" {QUIT} ")
    heard = peer.received_so_far()
    if heard == QUIT.encode():
        return
    try:
        peer.expect_open()
    except Finding as finding:
        if heard:
            finding.because = message(
                "{data} was sent, which is an ordinary message to the other side: it was not told "
                "that the chat is over",
                data=heard,
            )
        raise


@behaviour("CHT-02", needs=test_speaks_first, source="002 §4 TCP chat tool")
def test_says_q_and_closes(server: Server) -> None:
    """Sends b"q" when q is typed, and closes the connection.

    The client is told by exactly one byte that the chat is over; then the
    server closes its side.

    Hint: if line == "q": conn.send(b"q"), then break at once, without recv, and
    conn.close() behind the loop.
    """
    with server.connect() as peer:
        answer(peer, server)
        server.type(QUIT)
        peer.expect(QUIT.encode())
        peer.expect_end()


@behaviour("CHT-03", needs=test_speaks_first, source="002 §4 TCP chat tool")
def test_closes_when_it_hears_q(server: Server) -> None:
    """Closes the connection when it receives b"q".

    With q the client says that the chat is over. Nobody has to type anything more.

    Hint: directly after recv: if msg == b"q": break, and conn.close() behind the
    loop. Compare bytes with bytes: the text "q" never equals b"q".
    """
    with server.connect() as peer:
        say(peer, server)
        peer.send(QUIT.encode())
        peer.expect_end()


@behaviour("CHT-04", needs=(test_says_q_and_closes, test_closes_when_it_hears_q),
           source="002 §4 TCP chat tool")  # fmt: skip
def test_takes_the_next_client_after_q(server: Server) -> None:
    """Takes the next client after a q, from whichever side it came.

    q ends one chat, not the server.

    Hint: accept in an outer loop, the chat in an inner one. q breaks the inner loop
    only: close conn, not the listening socket, and call neither exit() nor quit().
    """
    with server.connect() as peer:
        server.type(QUIT)
        peer.received_so_far()
    with serve_next(server, lost=0) as peer:
        peer.send(QUIT.encode())
        peer.received_so_far()
    serve_next(server, lost=0)


@behaviour("CHT-05", needs=(test_says_q_and_closes, test_closes_when_it_hears_q),
           source="002 §4 TCP chat tool")  # fmt: skip
def test_quits_by_q_alone(server: Server) -> None:
    """Quits by q alone: quick, qq and Q are ordinary messages.

    A message ends the chat when it is q and nothing else. That holds for what is
    typed and for what is received.

    Hint: line == "q" for what is typed, msg == b"q" for what is received; no in,
    no startswith, no lower.
    """
    with server.connect() as peer:
        for typed, said in WORDS:
            type_word(peer, server, typed)
            peer.send(said.encode())
        say(peer, server)
        peer.send(server.digits())
        type_q_between_blanks(peer, server)


@behaviour(
    "DAT-04",
    needs=(test_listens_first, test_prints_what_the_server_says),
    source="002 §4 TCP chat tool",
)
def test_client_speaks_chinese(client: Client) -> None:
    """Sends and shows Chinese text unharmed.

    The line goes out in UTF-8 exactly as it was typed, nothing before or behind
    it, and what comes in UTF-8 is shown as text.

    Hint: line.encode("utf-8") for send, with nothing added; data.decode("utf-8")
    for print, with enough room in recv for the whole message.
    """
    typed, said = client.chinese(12), client.chinese(12).encode()
    peer = client.accept()
    peer.send(said)
    client.expect_printed(said)
    client.type(typed)
    expect_exactly(peer, typed.encode())


@behaviour("CHT-02", needs=test_listens_first, source="002 §4 TCP chat tool")
def test_client_says_q_and_closes(client: Client) -> None:
    """Sends b"q" when q is typed, and closes the connection.

    The server is told by exactly one byte that the chat is over; then the
    client closes its side.

    Hint: if line == "q": sk.send(b"q"), then break at once, without recv, and
    sk.close() behind the loop.
    """
    peer = client.accept()
    peer.send(client.digits())
    client.type(QUIT)
    peer.expect(QUIT.encode())
    peer.expect_end()


@behaviour("CHT-03", needs=test_listens_first, source="002 §4 TCP chat tool")
def test_client_ends_when_it_hears_q(client: Client) -> None:
    """Closes the connection and ends when it receives b"q".

    With q the server says that the chat is over. Nobody has to type anything more.

    Hint: directly after recv: if msg == b"q": break, and sk.close() behind the
    loop, with no input() before it. Compare bytes with bytes: the text "q" never
    equals b"q".
    """
    peer = client.accept()
    peer.send(QUIT.encode())
    peer.expect_end()
    client.expect_exit()


@behaviour("CHT-05", needs=test_talks_on_over_one_connection, source="002 §4 TCP chat tool")
def test_client_quits_by_q_alone(client: Client) -> None:
    """Quits by q alone: quick, qq and Q are ordinary messages.

    A message ends the chat when it is q and nothing else. That holds for what is
    typed and for what is received.

    Hint: line == "q" for what is typed, msg == b"q" for what is received; no in,
    no startswith, no lower.
    """
    peer = client.accept()
    for typed, said in WORDS:
        peer.send(said.encode())
        type_word(peer, client, typed)
    peer.send(client.digits())
    type_q_between_blanks(peer, client)


server = profile(
    basic={
        test_listens_on_its_address: 5,
        test_takes_its_first_client: 5,
        test_speaks_first: 10,
        test_prints_what_it_received: 5,
        test_speaks_chinese: 5,
        test_says_q_and_closes: 15,
        test_closes_when_it_hears_q: 15,
        test_takes_the_next_client_after_q: 10,
        test_quits_by_q_alone: 5,
        test_restarts_at_once: 5,
    },
    robust={
        test_ends_with_the_stream: 3,
        test_serves_one_client_after_the_other: 5,
        test_survives_a_reset: 5,
        test_takes_a_leaving_client_calmly: 5,
        test_survives_sending_to_nobody: 2,
        test_sets_the_option_before_bind: 0,
    },
    one_shot=False,
    contact=contact,
)

client = profile(
    basic={
        test_listens_first: 15,
        test_prints_what_the_server_says: 10,
        test_client_speaks_chinese: 5,
        test_client_says_q_and_closes: 25,
        test_client_ends_when_it_hears_q: 25,
        test_talks_on_over_one_connection: 5,
    },
    robust={
        test_client_quits_by_q_alone: 10,
        test_ends_when_the_server_has_left: 5,
    },
    one_shot=False,
    keyboard=True,
)

pair = pair_profile(
    take_turns,
    next_client=take_turns_again,
    alone=(
        test_ends_with_the_stream,
        test_serves_one_client_after_the_other,
        test_takes_a_leaving_client_calmly,
        test_survives_sending_to_nobody,
    ),
)

exercise = Exercise(
    name="tcp-quit-chat",
    system="S08",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
