"""Requests and answers between the harness and a site: JSON with descriptors.

Knows framing (four bytes of length, big-endian, then JSON) and SCM_RIGHTS. Used
on both sides of the socket; standard library only, Python 3.8 or newer.
"""

import array
import errno
import json
import os
import socket
import struct
from typing import Any, List, Optional, Tuple

LENGTH = struct.Struct("!I")
MOST_DESCRIPTORS = 8

MOST = 1 << 26
"""Bytes of a document: what announces more is none."""


def send(channel: socket.socket, document: Any, fds: Any = ()) -> None:
    """Send ``document`` with copies of the descriptors ``fds``.

    Raises:
        OSError: the other side is gone.
    """
    body = json.dumps(document).encode()
    frame = LENGTH.pack(len(body)) + body
    rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds).tobytes())]
    sent = channel.sendmsg([frame], rights if fds else [])
    if sent < len(frame):  # even nothing can't be sent to whoever has taken all and closed
        channel.sendall(frame[sent:])


def receive(channel: socket.socket) -> Optional[Tuple[Any, List[int]]]:
    """Return the next document and the descriptors that came with it; None at the end.

    Raises:
        OSError: the other side was reset, or what it says is no document.
    """
    size = array.array("i").itemsize
    head, ancillary, _, _ = channel.recvmsg(LENGTH.size, socket.CMSG_SPACE(MOST_DESCRIPTORS * size))
    if not head:
        return None
    fds = array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            fds.frombytes(data[: len(data) - len(data) % size])
    try:
        head += _exactly(channel, LENGTH.size - len(head))
        return _document(_exactly(channel, LENGTH.unpack(head)[0])), list(fds)
    except OSError:
        for fd in fds:
            os.close(fd)
        raise


def _document(body: bytes) -> Any:
    try:
        return json.loads(body.decode())
    except (ValueError, RecursionError) as error:
        raise OSError(errno.EBADMSG, "no document: {}".format(error)) from error


def _exactly(channel: socket.socket, count: int) -> bytes:
    if count > MOST:
        raise OSError(errno.EMSGSIZE, "a document of {} bytes".format(count))
    data = bytearray()
    while len(data) < count:
        piece = channel.recv(count - len(data))
        if not piece:
            raise ConnectionResetError("the other side ended within a message")
        data += piece
    return bytes(data)
