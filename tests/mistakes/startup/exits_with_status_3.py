"""Ends at once with status 3."""

import sys

if len(sys.argv) < 3:
    print('usage: server.py HOST PORT')
    sys.exit(3)
