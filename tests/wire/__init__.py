"""Tests of our end of the wire, against real sockets and without any program."""
