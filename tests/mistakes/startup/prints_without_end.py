"""Prints without end and never listens."""

while True:
    print('waiting for the network')
