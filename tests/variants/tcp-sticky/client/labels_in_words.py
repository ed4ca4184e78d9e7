"""Prints each piece with a label of its own, in words: 一, 二 and 三 share their first byte."""

import socket

with socket.create_connection(('127.0.0.1', 8090)) as sk:
    for which in ('一', '二', '三'):
        data = sk.recv(1024).decode()
        print(f'第{which}次接收: {data} ({len(data)} bytes)')
