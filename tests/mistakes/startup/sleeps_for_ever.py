"""Sleeps for ever and never listens."""

import time

print('waiting for the network')
while True:
    time.sleep(1)
