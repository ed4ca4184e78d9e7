"""tcp-turn-chat: server and client take turns at the keyboard, and no message is empty.

The server speaks first: it accepts a client, asks for a line from the keyboard
and sends it as UTF-8, without a newline. Then it receives the client's message
and prints it, and it is the server's turn again. The client receives first,
prints, asks for a line and sends it. Lines are stripped of blanks at both ends.
A blank line is never sent: the program asks again, or sends a text of its own
instead. When a client leaves, in whatever way, the server closes the connection
and takes the next client; it never ends by itself. When the server leaves, the
client ends. Prompts and wording are free. Source: tutorial 001, code
optimisation, with its five rules.
"""

from __future__ import annotations

from pytest_sockets import Client, Exercise, Server, behaviour, profile

from .shared.chat_clients import (
    test_client_shows_chinese_text,
    test_ends_when_the_server_has_left,
    test_listens_first,
    test_prints_what_the_server_says,
    test_talks_on_over_one_connection,
)
from .shared.chat_servers import (
    test_ends_with_the_stream,
    test_prints_what_it_received,
    test_serves_one_client_after_the_other,
    test_speaks_chinese,
    test_speaks_first,
    test_survives_a_reset,
    test_survives_sending_to_nobody,
    test_takes_a_leaving_client_calmly,
    test_takes_turns,
)
from .shared.chats import contact, expect_exactly, hear, refuse
from .shared.pairs import pair_profile, take_turns, take_turns_again
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
)

BLANKS = ("", "   ")


@behaviour("CHT-06", needs=test_takes_turns, source="001 code optimisation, rule 5")
def test_sends_no_blank_line(server: Server) -> None:
    """Sends no empty line, and asks again instead.

    send(b"") sends nothing: the client goes on waiting, and the server waits for
    its answer, both for ever. A line of blanks says nothing either. Neither ends
    the chat.

    Hint: strip the line; if nothing is left: continue, before send.
    """
    line = server.digits()
    with server.connect() as peer:
        for blank in BLANKS:
            refuse(peer, server, blank)
        server.type(line.decode())
        hear(peer, line)


@behaviour("CHT-07", level="should", needs=test_speaks_chinese, source="001 code optimisation")
def test_strips_blanks(server: Server) -> None:
    """Strips the blanks at both ends of a line.

    They are typed by accident and say nothing.

    Hint: line = input("…").strip(), and send this line, not the one that was typed.
    """
    line = server.digits()
    with server.connect() as peer:
        server.type(f"  {line.decode()}  ")
        expect_exactly(peer, line)


@behaviour("CHT-06", needs=(test_listens_first, test_talks_on_over_one_connection),
           source="001 code optimisation, rule 5")  # fmt: skip
def test_client_sends_no_blank_line(client: Client) -> None:
    """Sends no empty line: asks again, or says something else instead.

    send(b"") sends nothing: the server goes on waiting, and the client waits for
    its answer, both for ever. A line of blanks says nothing either. Neither ends
    the chat.

    Hint: strip the line, and while nothing is left ask again, without recv between.
    """
    line = client.digits()
    peer = client.accept()
    peer.send(client.digits())
    for blank in BLANKS:
        refuse(peer, client, blank)
    client.type(line.decode())
    hear(peer, line)


@behaviour("CHT-07", level="should", needs=test_listens_first, source="001 code optimisation")
def test_client_strips_blanks(client: Client) -> None:
    """Strips the blanks at both ends of a line, and sends what is left and nothing else.

    Blanks at the ends are typed by accident and say nothing. Whatever the program
    itself puts around the line, such as a newline, was not typed.

    Hint: line = input("…").strip(), and send this line alone: line.encode("utf-8").
    """
    line = f"{client.digits(4).decode()} {client.chinese(4)}"
    peer = client.accept()
    peer.send(client.digits())
    client.type(f"  {line}  ")
    expect_exactly(peer, line.encode())


server = profile(
    basic={
        test_listens_on_its_address: 5,
        test_takes_its_first_client: 5,
        test_speaks_first: 10,
        test_takes_turns: 10,
        test_prints_what_it_received: 8,
        test_speaks_chinese: 7,
        test_sends_no_blank_line: 15,
    },
    robust={
        test_ends_with_the_stream: 3,
        test_serves_one_client_after_the_other: 12,
        test_survives_a_reset: 10,
        test_takes_a_leaving_client_calmly: 8,
        test_survives_sending_to_nobody: 3,
        test_strips_blanks: 2,
        test_restarts_at_once: 2,
        test_sets_the_option_before_bind: 0,
    },
    one_shot=False,
    contact=contact,
)

client = profile(
    basic={
        test_listens_first: 25,
        test_prints_what_the_server_says: 13,
        test_client_shows_chinese_text: 7,
        test_client_sends_no_blank_line: 30,
        test_talks_on_over_one_connection: 5,
    },
    robust={
        test_client_strips_blanks: 5,
        test_ends_when_the_server_has_left: 15,
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
    name="tcp-turn-chat",
    system="S07",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
