"""Tests of the faults: laws that hold for whatever a peer is about to do."""
