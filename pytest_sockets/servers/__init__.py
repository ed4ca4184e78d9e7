"""Reference servers in this process: one thread, any number of servers and connections."""
