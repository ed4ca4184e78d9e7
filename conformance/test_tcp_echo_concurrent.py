"""tcp-echo-concurrent: an echo server for several clients at the same time.

Like tcp-echo-loop, but nobody has to wait for another client's end: with
threads, with a selector, with socketserver or with asyncio. The client is that
of tcp-echo. Source: tutorial 003, sections 3 and 4, and tutorial 004, section 3.
"""

from __future__ import annotations

from pytest_sockets import Exercise, profile

from .shared import echo
from .shared.concurrent import (
    test_answers_the_client_that_asked,
    test_lets_no_client_harm_another,
    test_serves_several_clients_at_once,
)
from .shared.echo import (
    test_ends_with_the_stream,
    test_returns_a_long_message_whole,
    test_returns_every_message,
    test_returns_the_same_bytes,
)
from .shared.lasting import (
    test_keeps_clients_apart,
    test_serves_one_client_after_the_other,
    test_survives_a_reset,
    test_survives_sending_to_nobody,
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
        test_returns_the_same_bytes: 10,
        test_returns_every_message: 8,
        test_returns_a_long_message_whole: 3,
        test_ends_with_the_stream: 5,
        test_serves_one_client_after_the_other: 5,
        test_survives_a_reset: 4,
        test_takes_a_silent_visitor_calmly: 3,
        test_keeps_clients_apart: 2,
        test_serves_several_clients_at_once: 18,
        test_answers_the_client_that_asked: 15,
        test_lets_no_client_harm_another: 10,
        test_restarts_at_once: 5,
        test_sets_the_option_before_bind: 0,
    },
    robust={test_survives_sending_to_nobody: 2},
    one_shot=False,
    contact=echo.contact,
)

pair = pair_profile(echo_lines, pieces=PIECES_TO_SERVER, next_client=echo_lines)

exercise = Exercise(
    name="tcp-echo-concurrent",
    system="S17b",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
