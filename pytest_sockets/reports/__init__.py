"""Scorecards told to people and to machines: pure functions from results to text."""
