"""Tests of what grades a class."""
