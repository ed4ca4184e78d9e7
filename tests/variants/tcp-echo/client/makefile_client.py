"""Writes and reads the connection as a file, ends at the end of the input as well."""
import socket
import sys

try:
    sock = socket.create_connection(('localhost', 8000))
except OSError as e:
    print('cannot connect:', e, file=sys.stderr)
    sys.exit(2)
f = sock.makefile('rwb', buffering=0)
try:
    while True:
        text = input('请输入:')
        if not text:
            break
        raw = text.encode()
        f.write(raw)
        back = b''
        while len(back) < len(raw):
            piece = f.read(len(raw) - len(back))
            if not piece:
                sys.exit('the server is gone')
            back += piece
        print(back.decode(errors='replace'))
except EOFError:
    print()
finally:
    f.close()
    sock.close()
