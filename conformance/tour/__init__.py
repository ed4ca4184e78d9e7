"""tour: facts of the socket API, each shown by a small program on this machine.

Each module but this one is a stop: a script that plays both ends itself and
prints what it saw. It needs nothing but Python, so it can be copied into a file
of one's own and changed. Its docstring holds the title, what the tutorial says
and where, an explanation, and something to try.

Source: the tutorials; where they differ from the machine, the stop says so.
"""

STOPS = {
    # Sockets and their addresses
    "socket_defaults": "API-01",
    "fileno_is_the_same_socket": "API-08",
    "ipv6_address_has_four_parts": "API-13",
    "families_depend_on_the_system": "API-09",
    "unix_socket_is_a_file": "API-09",
    "raw_socket_needs_rights": "API-12",
    "address_is_one_tuple": "LIF-10",
    "names_become_numbers": "LIF-12",
    "only_own_addresses": "LIF-11",
    "empty_host_is_every_address": "LIF-09",
    "a_socket_is_bound_once": "API-10",
    # Ports
    "port_is_16_bits": "PRT-07",
    "port_zero_is_any_port": "PRT-08",
    "low_ports_need_rights": "PRT-09",
    "a_port_has_one_server": "PRT-01",
    "tcp_and_udp_ports": "PRT-10",
    # Connecting
    "nobody_listens": "LIF-01",
    "connect_ex_returns_a_number": "API-02",
    "send_before_connect": "LIF-14",
    "listener_can_not_talk": "LIF-05",
    "clients_are_told_apart_by_port": "API-11",
    "names_of_both_ends": "API-03",
    "full_queue_does_not_refuse": "LIF-07",
    "backlog_may_be_zero": "LIF-07",
    "one_client_at_a_time": "LIF-08",
    # Bytes and buffers
    "recv_takes_at_most_n_bytes": "DAT-02",
    "send_may_take_less": "DAT-05",
    "sendall_returns_nothing": "DAT-06",
    "send_does_not_wait_for_the_reader": "DAT-08",
    "buffers_have_a_size": "DAT-09",
    "both_directions_at_once": "DAT-10",
    "options_are_numbers": "API-04",
    "not_blocking_raises": "API-05",
    "timeout_ends_a_wait": "API-06",
    "makefile_keeps_bytes_back": "API-07",
    # Messages in a stream
    "small_messages_stick_together": "MSG-01",
    "one_recv_too_many_waits": "MSG-02",
    "a_pause_is_no_border": "MSG-04",
    "header_has_a_limit": "HDR-04",
    "header_has_a_byte_order": "HDR-17",
    "length_is_counted_in_bytes": "HDR-02",
    "a_cut_character_is_an_error": "DAT-13",
    # Closing
    "the_end_is_an_empty_recv": "CLS-01",
    "bytes_come_before_the_end": "CLS-08",
    "half_a_close": "CLS-09",
    "unread_bytes_make_a_reset": "CLS-07",
    "a_reset_is_an_exception": "SRV-03",
    "closing_the_listener": "CLS-05",
    "a_killed_program_closes_its_sockets": "CLS-10",
    "a_closed_socket_is_of_no_use": "CLS-11",
    "who_closes_first_waits": "PRT-02",
    "reuse_needs_both_servers": "PRT-03",
    "a_client_keeps_a_server_out": "PRT-03",
    "reuse_is_no_sharing": "PRT-06",
    # UDP
    "recvfrom_returns_two_things": "UDP-02",
    "nobody_listens_for_datagrams": "UDP-06",
    "datagrams_keep_their_borders": "UDP-05",
    "nothing_can_be_sent_by_udp": "UDP-10",
    "datagrams_have_a_size_limit": "UDP-05",
    "datagrams_get_lost": "UDP-07",
    "a_long_datagram_is_cut": "UDP-12",
    "udp_ports_are_free_at_once": "UDP-13",
    "broadcast_needs_an_option": "UDP-17",
    "time_formats_depend_on_the_system": "TIM-07",
}
"""The stops in their order, each with the id of the documented behaviour that it shows."""
