"""Tests of pytest_sockets.replay."""
