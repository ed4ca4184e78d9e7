"""tcp-json-file: a file is announced by a JSON dict, and the dict by its length in 4 bytes.

The server speaks, the client only listens. The server sends the file 视频合集
from its working folder to one client after the other. To each it sends the
number of bytes of the dict, as 4 bytes little-endian (struct format "i"); the
dict as JSON in UTF-8, with file_name (a text) and file_size (a number, in bytes)
at least; then the bytes of the file. Then it closes that connection. The client
prints the dict, stores exactly file_size bytes under file_name in its working
folder, prints a line of its own when the last byte is there, and ends, without
waiting for the server to close. Source: tutorial 001, struct.
"""

from __future__ import annotations

from pytest_sockets import Exercise, Pair, profile

from .shared.files import SHORT
from .shared.framed import (
    test_collects_the_whole_header,
    test_recovers_the_length_from_the_header,
)
from .shared.json_file_clients import (
    block,
    test_collects_the_whole_dict,
    test_reads_the_file_to_its_last_byte,
    test_says_when_the_file_is_complete,
    test_stops_at_an_early_end,
    test_stores_a_file_with_a_chinese_name,
    test_stores_an_empty_file,
    test_stores_the_file_as_it_came,
    test_takes_no_byte_beyond_the_file,
)
from .shared.json_file_servers import (
    NAME,
    contact,
    offer,
    test_announces_the_bytes_of_the_dict,
    test_announces_the_size_of_the_file,
    test_closes_the_connection_after_the_file,
    test_names_the_file,
    test_sends_a_header_of_four_bytes,
    test_sends_header_dict_and_data_in_order,
    test_sends_the_dict_as_json,
    test_sends_the_file_as_it_is,
    test_serves_one_client_after_the_other,
    test_serves_the_next_client_too,
)
from .shared.pairs import PIECES_TO_CLIENT, pair_profile
from .shared.servers import (
    test_listens_on_its_address,
    test_restarts_at_once,
    test_sets_the_option_before_bind,
    test_takes_its_first_client,
)

server = profile(
    basic={
        test_listens_on_its_address: 5,
        test_takes_its_first_client: 5,
        test_sends_a_header_of_four_bytes: 10,
        test_sends_header_dict_and_data_in_order: 15,
        test_announces_the_bytes_of_the_dict: 15,
        test_sends_the_dict_as_json: 5,
        test_names_the_file: 5,
        test_announces_the_size_of_the_file: 10,
        test_sends_the_file_as_it_is: 10,
    },
    robust={
        test_serves_the_next_client_too: 10,
        test_serves_one_client_after_the_other: 2,
        test_closes_the_connection_after_the_file: 3,
        test_restarts_at_once: 5,
        test_sets_the_option_before_bind: 0,
    },
    one_shot=False,
    contact=contact,
    prepare=offer,
)

client = profile(
    basic={
        test_recovers_the_length_from_the_header: 15,
        test_stores_the_file_as_it_came: 20,
        test_reads_the_file_to_its_last_byte: 20,
        test_says_when_the_file_is_complete: 10,
        test_stores_a_file_with_a_chinese_name: 5,
    },
    robust={
        test_takes_no_byte_beyond_the_file: 8,
        test_collects_the_whole_header: 8,
        test_collects_the_whole_dict: 8,
        test_stops_at_an_early_end: 4,
        test_stores_an_empty_file: 2,
    },
    one_shot=True,
    framed=block,
)


def hand_over(pair: Pair) -> None:
    """A file of the server's, the same as long as it runs, arrives where none is yet."""
    if not pair.server.programs:
        pair.server.put(NAME, pair.server.digits(SHORT))
    content = pair.server.stored(NAME) or b""
    pair.client.remove(NAME)
    pair.expect_stored(pair.client, content)


pair = pair_profile(
    hand_over,
    pieces=PIECES_TO_CLIENT,
    next_client=hand_over,
    alone=(
        test_serves_the_next_client_too,
        test_serves_one_client_after_the_other,
        test_collects_the_whole_header,
        test_collects_the_whole_dict,
    ),
)

exercise = Exercise(
    name="tcp-json-file",
    system="S10",
    transport="tcp",
    contract=__doc__ or "",
    profiles={"server": server, "client": client, "pair": pair},
)
