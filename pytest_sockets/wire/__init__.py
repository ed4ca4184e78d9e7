"""Our end of every conversation with the program, its vocabulary and its record."""
