"""What is fair where the tutorials are unclear or wrong, as rows that a test can hold.

A row names programs of the corpus and what comes of some of their behaviours.
Its id counts the places where the tutorials contradict themselves or the
measured facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pytest_sockets import catalogue
from pytest_sockets.behaviours import Role
from pytest_sockets.exercises import Weighed
from pytest_sockets.grading import Assignment, Grading
from pytest_sockets.programs.place import Runner
from pytest_sockets.results import Result
from pytest_sockets.targets import find


@dataclass(frozen=True)
class Row:
    """``program`` lies below ``tests``; ``passes`` and ``fails`` are ids of behaviours.

    What is in ``tutorial`` fails too, and is told as the tutorial's own fault.
    """

    id: str
    fair: str
    program: str
    passes: str = ""
    fails: str = ""
    tutorial: str = ""

    @property
    def exercise(self) -> str:
        """The exercise, which is the name of a folder."""
        return self.program.split("/")[1]

    @property
    def role(self) -> Role:
        """The role, likewise."""
        return "server" if "/server/" in self.program else "client"


JSON_CLIENT, JSON_SERVER = "mistakes/tcp-json-file/client", "mistakes/tcp-json-file/server"
DUPLEX = "mistakes/tcp-duplex-chat/server"
TURNS, QUIT = "mistakes/tcp-turn-chat/server", "variants/tcp-quit-chat"

ROWS = (
    Row("C-01", "A server that overwrites its listening socket serves its first client.",
        f"{JSON_SERVER}/overwrites_the_listening_socket.py", "HDR-01 HDR-12", tutorial="HDR-15"),
    Row("C-02", "Three recvs of 75 bytes are a known-bad example, and said to be the tutorial's.",
        f"{JSON_CLIENT}/three_recvs_of_75_bytes.py", tutorial="HDR-12"),
    Row("C-03", "So is a break after the first recv.",
        f"{JSON_CLIENT}/break_after_the_first_recv.py", "HDR-12", tutorial="HDR-10"),
    Row("C-04", "A single recv(4) loses the robust part only: partial credit.",
        f"{JSON_CLIENT}/single_recv_for_the_header.py", "HDR-03 HDR-12 HDR-10", tutorial="HDR-08"),
    Row("C-05", "The pause is the border of name and content: the client has to make it.",
        "mistakes/tcp-upload/client/no_pause.py", "FIL-01", "FIL-08"),
    Row("C-05", "A server is never sent a name that is stuck to the content.",
        "variants/tcp-upload/server/tutorial_style.py", "FIL-03 FIL-04"),
    Row("C-06", "With a global connection one client is served well; a second one shows it.",
        f"{DUPLEX}/global_connection.py", "CHT-09 CHT-10 SRV-07", tutorial="SRV-08"),
    Row("C-07", "Names of functions and words on the screen are free.",
        "variants/tcp-sticky/client/words_of_its_own.py", "MSG-02"),
    Row("C-08", "Who prints without end after the peer left is stopped, and told why.",
        f"{DUPLEX}/no_end_of_stream_check.py", "CHT-09 CHT-10", tutorial="CLS-02"),
    Row("C-09", "Of several readings of a text without indentation the one that works counts.",
        "variants/tcp-duplex-chat/server/thread_class.py", "CHT-09 CHT-10 CLS-02 SRV-07"),
    Row("C-12", "A reset is what Windows users know: who catches that alone passes it.",
        f"{TURNS}/broken_pipe_not_caught.py", "SRV-03", tutorial="SRV-04"),
    Row("C-13", "For an empty line both are right: a stand-in text, and asking again.",
        "variants/tcp-turn-chat/server/stand_in_text.py", "CHT-06"),
    Row("C-13", "For an empty line both are right: a stand-in text, and asking again.",
        "variants/tcp-turn-chat/client/asks_again_in_a_function.py", "CHT-06"),
    Row("C-15", "Sends and recvs are never counted: a message may leave in two of them.",
        "variants/tcp-greeting/server/greets_in_two_sends.py", "XCH-03 XCH-01"),
    Row("C-16", "What keeps messages apart is a length, not a long pause.",
        "variants/tcp-sticky/server/no_delay.py", "MSG-05 MSG-06"),
    Row("C-17", "No particular split is expected of TCP.",
        "variants/tcp-sticky/client/byte_by_byte.py", "MSG-02"),
    Row("C-18", "Our server closes after the data, so a client may read to the end.",
        "variants/tcp-sticky/client/collects_all.py", "MSG-02"),
    Row("C-20", "The header is little-endian, however it is made.",
        "variants/tcp-length-prefix/server/to_bytes.py", "HDR-17"),
    Row("C-21", "Only text that is not ASCII tells bytes from characters, so it is used.",
        "mistakes/tcp-length-prefix/server/counts_characters.py", "HDR-05 HDR-17", "HDR-02"),
    Row("C-23", "SO_REUSEPORT lets a server restart as well.",
        "variants/tcp-hello/server/reuseport.py", "PRT-03 PRT-04"),
    Row("C-24", "The old connection of a restart is the program's own, with its own options.",
        "variants/tcp-hello/server/with_create_server.py", "PRT-03"),
    Row("C-27", "Lengths are computed from the bytes really sent.",
        "variants/tcp-reply/server/makefile.py", "XCH-12"),
    Row("C-27", "A count of characters is none of bytes.",
        "mistakes/tcp-reply/server/counts_characters.py", "DAT-04", "XCH-12"),
    Row("C-28", "Full-width punctuation is as good as ASCII.",
        "variants/tcp-reply/server/full_width_punctuation.py", "XCH-10 XCH-12 DAT-03"),
    Row("C-29", "Wording is never graded.",
        "variants/tcp-reply/client/full_width_punctuation.py", "XCH-11 DAT-03"),
    Row("C-33", "On TCP the empty line may be sent before the check: nothing leaves.",
        "variants/tcp-echo/client/sends_before_checking.py", "CHT-01"),
    Row("C-33", "On TCP the empty line may be checked before the sending too.",
        "variants/tcp-echo/client/checks_before_sending.py", "CHT-01"),
    Row("C-36", "connect_ex is as good as connect, and its codes are not compared.",
        "variants/tcp-hello/client/checks_connect_ex.py", "LIF-15"),
    Row("C-37", "The wire and the exit status count, not calls of close().",
        "variants/tcp-hello/server/closes_nothing.py", "CLS-07 CLS-13"),
    Row("C-39", "The end of the stream is of the robust part of the q chat.",
        "mistakes/tcp-quit-chat/server/no_end_of_stream_check.py", "CHT-02 CHT-03",
        tutorial="CLS-02"),
    Row("C-40", "A received q may be printed.", f"{QUIT}/server/prints_q.py", "CHT-03 CHT-04"),
    Row("C-40", "A received q may be printed or not.",
        f"{QUIT}/client/checks_q_before_printing.py", "CHT-03"),
    Row("C-41", "q is never sent stuck to a text: exact and stripped comparisons both pass.",
        f"{QUIT}/server/strips_and_asks_again.py", "CHT-02 CHT-03 CHT-04"),
    Row("C-41", "q is never sent stuck to a text: exact and stripped comparisons both pass.",
        f"{QUIT}/server/tutorial_with_end_check.py", "CHT-02 CHT-03 CHT-04"),
    Row("C-42", "For an unknown friend only no datagram and no crash are asked.",
        "variants/udp-chat/client/asks_for_the_name_again.py", "QQC-06"),
    Row("C-43", "Friends of one address can't be told apart: no wrong friend is accused then.",
        "variants/udp-chat/client/one_address_for_all.py", "QQC-04 QQC-05"),
    Row("C-44", "In the first version of the time server an empty request may stay unanswered.",
        "variants/udp-time/server/silent_about_the_empty_request.py", "TIM-01 TIM-02"),
    Row("C-45", "SO_REUSEADDR on a UDP socket costs nothing.",
        "variants/udp-echo/server/sets_reuseaddr.py", "LIF-02 ECH-01"),
    Row("C-51", "A port below 1024 needs no privilege here.",
        "variants/tcp-hello/server/star_import_port_80.py", "LIF-02 XCH-01"),
    Row("C-52", "A server may hold many connections.",
        "variants/tcp-echo/server/threading_tcp_server.py", "LIF-02 LIF-07"),
    Row("C-54", "Line ends and tabs are free.",
        "variants/tcp-hello/server/crlf_and_tabs.py", "LIF-02 XCH-01"),
    Row("C-55", "Nobody is punished for serving several clients at once.",
        "variants/tcp-echo-loop/server/serves_many_at_once.py", "SRV-01 SRV-06 CLS-04"),
    Row("C-56", "Who closes first is free where the exercise does not say it.",
        "variants/tcp-hello/server/waits_for_client_to_close.py", "CLS-07"),
    Row("C-56", "Who closes first is free where the exercise does not say it.",
        "variants/tcp-hello/client/half_closes_after_sending.py", "CLS-06"),
    Row("C-62", "A client that leaves without a name costs little, and is the tutorial's fault.",
        "mistakes/tcp-upload/server/no_test_for_an_empty_name.py", "FIL-03 FIL-04",
        tutorial="SRV-05"),
)  # fmt: skip

IN_THE_TUTORIAL = {
    "tcp-hello-server": "PRT-03 PRT-04",
    "tcp-greeting-server": "PRT-03 PRT-04",
    "tcp-echo-server": "PRT-03 PRT-04",
    "tcp-turn-chat-server": "PRT-03 PRT-04 SRV-01 SRV-02 CLS-02 SRV-04",
    "tcp-turn-chat-client": "CLS-03",
    "tcp-quit-chat-server": "SRV-01 SRV-02 CLS-02 SRV-03 SRV-04",
    "tcp-quit-chat-client": "CLS-03",
    "tcp-duplex-chat-server": "SRV-08 CLS-02",
    "tcp-duplex-chat-client": "CLS-03",
    "tcp-upload-server": "PRT-03 PRT-04 SRV-05",
    "tcp-json-file-server": "PRT-03 PRT-04 HDR-15 SRV-01",
    "tcp-json-file-client": "HDR-08 HDR-09 HDR-10 HDR-20 HDR-11 HDR-12 HDR-19 HDR-14 HDR-13",
    "udp-time-default-server": "TIM-07",
    "udp-time-default-client": "XCH-11",
}
"""What the programs of the tutorials fail in their own exercises."""


def judged(
    path: Path, exercise: str, role: Role, runner: Runner, only: str = ""
) -> dict[str, Result]:
    """Return what came of the behaviours ``only``, by default of all, by their catalogue ids."""
    target = find(path.name, folder=path.parent)[0]
    grading = Grading(Assignment(target, catalogue.exercises()[exercise], role), runner, seed=5)
    return {
        weighed.behaviour.catalogue: grading.result(weighed)
        for weighed in grading.assignment.profile.behaviours
        if not only or weighed.behaviour.catalogue in only.split()
    }


def weighed(name: str) -> dict[str, Weighed]:
    """Return the behaviours of ``exercise-role`` by their catalogue ids."""
    exercise, _, role = name.rpartition("-")
    profiles = {str(each): profile for each, profile
                in catalogue.exercises()[exercise].profiles.items()}  # fmt: skip
    return {each.behaviour.catalogue: each for each in profiles[role].behaviours}


def everywhere(catalogue_id: str) -> list[tuple[str, Weighed]]:
    """Return where in the suite a behaviour is asked of a program, and what it weighs."""
    return [
        (f"{exercise.name}-{role}", each)
        for exercise in catalogue.exercises().values()
        for role, profile in exercise.profiles.items()
        for each in profile.behaviours
        if each.behaviour.catalogue == catalogue_id
    ]
