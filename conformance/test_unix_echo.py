"""unix-echo: an echo through a socket file, between two programs of one machine.

Like tcp-echo, but with AF_UNIX: the address is the path of a file, one string,
without host and port. The client speaks first. Whatever bytes it sends, the
server sends the same bytes back and prints them. When the client has finished
(an empty recv), the server closes the connection, stops listening, removes its
file and ends. A file that a killed run has left does not keep it from starting.
The client reads lines from the keyboard, sends each as UTF-8 without a newline,
prints the answer as text, and ends on an empty line. As a function, either
takes the path. Source: tutorial 002, section 3 (history of sockets), tutorial
000, section 2, and tutorial 004, section 3 (1).
"""

from __future__ import annotations

from pytest_sockets import Exercise, profile

from .shared import echo
from .shared.clients import (
    test_connects_to_the_socket_file,
    test_sends_bytes,
    test_speaks_first,
)
from .shared.echo import (
    test_answers_after_a_half_close,
    test_ends_with_the_stream,
    test_lets_further_clients_queue,
    test_prints_what_it_received,
    test_returns_a_long_message_whole,
    test_returns_chinese_text,
    test_returns_every_message,
    test_returns_the_same_bytes,
    test_waits_for_a_silent_client,
)
from .shared.keyboard import (
    test_closes_in_order,
    test_ends_on_an_empty_line,
    test_prints_text_not_bytes,
    test_prints_the_answer,
    test_sends_the_line_as_it_was_typed,
    test_takes_turns,
    test_uses_one_connection,
)
from .shared.one_shot import test_ends_by_itself, test_stops_listening_at_its_end
from .shared.pairs import PIECES_TO_SERVER, echo_lines, pair_profile
from .shared.servers import (
    test_listens_on_its_socket_file,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)
from .shared.socket_files import (
    test_binds_no_file_of_its_own,
    test_gives_up_without_a_server,
    test_leaves_a_live_server_alone,
    test_starts_over_a_stale_file,
    test_takes_its_file_away,
)

server = profile(
    basic={
        test_listens_on_its_socket_file: 5,
        test_takes_its_first_client: 5,
        test_waits_for_a_client_in_accept: 3,
        test_returns_the_same_bytes: 20,
        test_returns_every_message: 15,
        test_returns_chinese_text: 5,
        test_returns_a_long_message_whole: 5,
        test_waits_for_a_silent_client: 5,
        test_prints_what_it_received: 4,
        test_ends_with_the_stream: 12,
        test_ends_by_itself: 5,
        test_stops_listening_at_its_end: 3,
    },
    robust={
        test_starts_over_a_stale_file: 6,
        test_takes_its_file_away: 2,
        test_lets_further_clients_queue: 2,
        test_answers_after_a_half_close: 3,
    },
    info=(test_leaves_a_live_server_alone,),
    one_shot=True,
    contact=echo.contact,
)

client = profile(
    basic={
        test_connects_to_the_socket_file: 5,
        test_sends_bytes: 5,
        test_speaks_first: 10,
        test_sends_the_line_as_it_was_typed: 15,
        test_takes_turns: 10,
        test_prints_the_answer: 15,
        test_prints_text_not_bytes: 5,
        test_ends_on_an_empty_line: 20,
        test_closes_in_order: 5,
        test_uses_one_connection: 5,
    },
    robust={
        test_binds_no_file_of_its_own: 2,
        test_gives_up_without_a_server: 3,
    },
    one_shot=True,
    keyboard=True,
)

pair = pair_profile(echo_lines, pieces=PIECES_TO_SERVER)

exercise = Exercise(
    name="unix-echo",
    system="S20",
    transport="unix",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
