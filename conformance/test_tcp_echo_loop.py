"""tcp-echo-loop: an echo server that goes on when a client has left.

Like tcp-echo, but the server serves one client after the other and never ends
by itself. A client that leaves, in whatever way, ends its own conversation
only. The client is that of tcp-echo. Source: tutorial 004, section 3, with the
rules of tutorial 001 (code optimisation) and tutorial 003, section 3.
"""

from __future__ import annotations

from pytest_sockets import Exercise, profile

from .shared import echo
from .shared.echo import (
    test_answers_after_a_half_close,
    test_ends_with_the_stream,
    test_returns_a_long_message_whole,
    test_returns_chinese_text,
    test_returns_every_message,
    test_returns_the_same_bytes,
    test_waits_for_a_silent_client,
)
from .shared.lasting import (
    test_closes_only_the_one_connection,
    test_keeps_clients_apart,
    test_keeps_what_came_early,
    test_serves_one_client_after_the_other,
    test_survives_a_reset,
    test_survives_sending_to_nobody,
    test_takes_a_leaving_client_calmly,
    test_takes_a_silent_visitor_calmly,
)
from .shared.pairs import PIECES_TO_SERVER, echo_lines, pair_profile
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)
from .test_tcp_echo import client

server = profile(
    basic={
        test_listens_on_its_address: 4,
        test_takes_its_first_client: 4,
        test_waits_for_a_client_in_accept: 2,
        test_returns_the_same_bytes: 12,
        test_returns_every_message: 10,
        test_returns_chinese_text: 3,
        test_returns_a_long_message_whole: 5,
        test_ends_with_the_stream: 5,
        test_serves_one_client_after_the_other: 15,
        test_takes_a_leaving_client_calmly: 10,
        test_survives_a_reset: 8,
        test_takes_a_silent_visitor_calmly: 5,
        test_keeps_clients_apart: 4,
        test_closes_only_the_one_connection: 2,
        test_restarts_at_once: 4,
    },
    robust={
        test_survives_sending_to_nobody: 2,
        test_keeps_what_came_early: 2,
        test_waits_for_a_silent_client: 2,
        test_answers_after_a_half_close: 1,
        test_sets_the_option_before_bind: 0,
    },
    one_shot=False,
    contact=echo.contact,
)

pair = pair_profile(echo_lines, pieces=PIECES_TO_SERVER, next_client=echo_lines)

exercise = Exercise(
    name="tcp-echo-loop",
    system="S17a",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
