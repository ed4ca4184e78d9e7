"""Computes for ever and never listens."""

number = 0
while True:
    number += 1
