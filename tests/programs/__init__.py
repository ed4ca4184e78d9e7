"""Tests of pytest_sockets.programs."""
