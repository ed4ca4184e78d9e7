"""The conformance suite: one file is one exercise, with its contract and its behaviours."""
