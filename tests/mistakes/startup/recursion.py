"""Calls itself until Python gives up."""

import socket


def start(port):
    server = socket.socket()
    start(port)
    server.bind(('127.0.0.1', port))


start(8000)
