"""What is said of a program that has ended by an error of its own."""

from __future__ import annotations

import pytest

from pytest_sockets.roles.state import crashed

PLAIN = """\
Traceback (most recent call last):
  File "server.py", line 4, in <module>
    main()
ERROR
"""

GROUP = """\
  + Exception Group Traceback (most recent call last):
  |   File "server.py", line 9, in <module>
  |     asyncio.run(main())
  | ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "server.py", line 5, in serve
    |     data.decode()
    | UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff
    +------------------------------------
"""

BEHIND_ANOTHER = (
    PLAIN.replace("ERROR", "KeyError: 'egg'")
    + "\nDuring handling of the above exception, another exception occurred:\n\n"
    + PLAIN.replace("ERROR", "NameError: name 'yuan' is not defined")
)


@pytest.mark.parametrize(
    ("printed", "error"),
    [
        (PLAIN.replace("ERROR", "ValueError: no port"), "ValueError: no port"),
        (PLAIN.replace("ERROR", "KeyboardInterrupt"), "KeyboardInterrupt"),
        (PLAIN.replace("ERROR", "__main__.Full: no seat"), "Full: no seat"),
        (PLAIN.replace("ERROR", "socket.gaierror: [Errno -2] x"), "socket.gaierror: [Errno -2] x"),
        (PLAIN.replace("ERROR", "ValueError: one\ntwo: three"), "ValueError: one"),
        (PLAIN.replace("ERROR", "ValueError: one") + "bye: 1\n", "ValueError: one"),
        (PLAIN.replace("ERROR", "A: b").replace("\n", "\r\n"), "A: b"),
        (BEHIND_ANOTHER, "NameError: name 'yuan' is not defined"),
        (GROUP, "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff"),
        ('  File "server.py", line 1\n    x =\n       ^\nSyntaxError: invalid syntax\n',
         "SyntaxError: invalid syntax"),
        ("error: no port\n", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_error_that_ended_a_program_is_named(printed: str, error: str | None) -> None:
    """It is the first line of the last error, also in a group of errors."""
    assert crashed(printed.encode()) == error
