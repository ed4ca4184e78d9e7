"""Payloads that no program can know beforehand.

Knows which bytes are neutral in which respect. Does not know who sends them.
"""

from __future__ import annotations

import random
import string

CHINESE = "套接字服务器端客户网络编程数据报文缓冲区你好世界粘包监听连接"

MANY = 4096
"""Digits that are not drawn one by one: that would take as long as all the rest of a grade."""

DIGITS = bytes(ord("0") + byte * 10 // 256 for byte in range(256))


class Payloads:
    """What is drawn from ``chance``: the same seed draws the same."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def digits(self, count: int = 8) -> bytes:
        """Return ``count`` random digits: neutral traffic, the same in every encoding and case."""
        if count > MANY:
            return self.chance.randbytes(count).translate(DIGITS)
        return "".join(self.chance.choices(string.digits, k=count)).encode()

    def letters(self, count: int = 8) -> bytes:
        """Return ``count`` random letters of both cases."""
        return "".join(self.chance.choices(string.ascii_letters, k=count)).encode()

    def chinese(self, count: int = 8) -> str:
        """Return ``count`` random Chinese characters (3 bytes each in UTF-8)."""
        return "".join(self.chance.choices(CHINESE, k=count))
