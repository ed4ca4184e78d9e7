"""Tests of pytest_sockets.roles."""
