"""What the workers of these tests do: one repeats what it is told, and ends as it is told."""

from __future__ import annotations

import json
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path


def repeat(connection: Connection) -> None:
    """Answer each task; a task tells how the process is to end instead."""
    while task := connection.recv_bytes():
        told = json.loads(task)
        if "once" in told and not Path(told["once"]).exists():
            Path(told["once"]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if told.get("do") == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if told.get("do") == "leave":
            os._exit(7)
        if told.get("do") == "hang":
            signal.pause()
        if told.get("do") == "lie":
            connection.send_bytes(b"no JSON")
        connection.send_bytes(json.dumps({"told": told, "pid": os.getpid()}).encode())


def fail(connection: Connection) -> None:
    """End at once."""
    raise SystemExit(3)
