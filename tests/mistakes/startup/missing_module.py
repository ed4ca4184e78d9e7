"""Imports a module that does not exist."""

import my_socket_tools

server = my_socket_tools.listen('127.0.0.1', 8000)
conn, addr = server.accept()
my_socket_tools.echo(conn)
