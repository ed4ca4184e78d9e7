"""Behaviours that several exercises share, one file for each kind of program."""
