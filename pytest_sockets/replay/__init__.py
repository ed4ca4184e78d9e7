"""Scripts that repeat the exchange of a failure without the harness, for a debugger beside it."""
