"""Scripted peers: a list of what to expect and what to say, played against the code under test."""

from .client import ScriptedClient
from .server import ScriptedServer
from .steps import Expect, ExpectEnd, ExpectReset, Hold, Say, Script, Silence

__all__ = [
    "Expect",
    "ExpectEnd",
    "ExpectReset",
    "Hold",
    "Say",
    "Script",
    "ScriptedClient",
    "ScriptedServer",
    "Silence",
]
