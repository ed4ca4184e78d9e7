r"""tcp-upload: a small net drive: the client sends a file's name, pauses, and sends the file.

The client speaks, the server only listens. The client uploads the file whose
path is typed when it asks for one at the keyboard, before or right after it
connects; a client that does not ask uploads Refrain.mp3 from its working folder
(the tutorial's D:\music\Refrain.mp3 will do, too). It prints the size of the
file, sends the bare name in UTF-8, waits a while (1 second in the tutorial, 0.3
at least), sends the bytes of the file, closes, and prints that it has finished.
The server takes what its first recv returns for the name, stores all that
follows, until the end of the stream, under this name in its working folder,
prints the size of the file, and ends. Source: tutorial 000, net drive.
"""

from __future__ import annotations

from pytest_sockets import Exercise, Fragment, Pair, profile

from .shared import upload_clients, upload_servers
from .shared.files import SHORT, binary
from .shared.pairs import pair_profile
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
    test_waits_for_a_client_in_accept,
)
from .shared.upload_clients import (
    test_closes_after_the_last_byte,
    test_closes_in_order,
    test_leaves_a_gap_behind_the_name,
    test_prints_the_size_and_the_end,
    test_sends_names_in_chinese_and_with_blanks,
    test_sends_the_bare_name_first,
    test_sends_the_whole_file,
    test_waits_for_a_slow_receiver,
)
from .shared.upload_servers import (
    test_ends_by_itself,
    test_prints_the_size_of_the_file,
    test_replaces_a_file_of_the_same_name,
    test_stores_an_empty_file,
    test_stores_nothing_outside_its_folder,
    test_stores_under_the_name_it_received,
    test_stores_what_was_sent,
    test_takes_a_silent_visitor_calmly,
    test_takes_names_in_chinese_and_with_blanks,
    test_waits_for_the_end_of_the_stream,
)

server = profile(
    basic={
        test_listens_on_its_address: 5,
        test_takes_its_first_client: 5,
        test_waits_for_a_client_in_accept: 5,
        test_stores_under_the_name_it_received: 15,
        test_stores_what_was_sent: 25,
        test_waits_for_the_end_of_the_stream: 10,
        test_prints_the_size_of_the_file: 10,
        test_ends_by_itself: 5,
    },
    robust={
        test_stores_an_empty_file: 3,
        test_replaces_a_file_of_the_same_name: 2,
        test_takes_names_in_chinese_and_with_blanks: 5,
        test_takes_a_silent_visitor_calmly: 3,
        test_restarts_at_once: 7,
        test_sets_the_option_before_bind: 0,
    },
    info=(test_stores_nothing_outside_its_folder,),
    one_shot=True,
    contact=upload_servers.contact,
)

client = profile(
    basic={
        test_sends_the_bare_name_first: 20,
        test_sends_the_whole_file: 25,
        test_leaves_a_gap_behind_the_name: 15,
        test_closes_after_the_last_byte: 15,
        test_closes_in_order: 5,
    },
    robust={
        test_prints_the_size_and_the_end: 5,
        test_waits_for_a_slow_receiver: 10,
        test_sends_names_in_chinese_and_with_blanks: 5,
    },
    one_shot=True,
    prepare=upload_clients.prepare,
)


def upload(pair: Pair) -> None:
    """Upload a new file; it arrives in the server's folder."""
    pair.at_once = True
    content = binary(pair.client.chance, 5 * SHORT)
    upload_clients.offer(pair.client, content)
    if pair.asks(pair.client):
        pair.type(pair.client, f"{upload_clients.FOLDER}/{upload_clients.NAME}")
    pair.expect_stored(pair.server, content)


pair = pair_profile(upload, pieces=((Fragment(size=1000),), ()))

exercise = Exercise(
    name="tcp-upload",
    system="S05",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
