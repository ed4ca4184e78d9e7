"""Prints what pages, tables and terminals would act upon.

Tries: to have its output run, or shown as something else, by whoever reads the report
Stopped by: wire
Without: the same: what it prints is written as text
Deserves: passes
Shows: nothing
"""

import os
import socket

print('<script>alert(1)</script> ]]> <!-- </pre></td></table> &lt; {{ 7 * 7 }} %s {0}')
print('=HYPERLINK("http://127.0.0.1/") @SUM(1+1) \x1b[31;5m \u202e \u2066 \x9b2J')
os.write(1, bytes(range(256)) + b'\xf0\x28\x8c\x28\n')

sk = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sk.bind(('127.0.0.1', 8000))
sk.listen(5)
conn, addr = sk.accept()
print(f'connect from {addr}')
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(data.decode(errors='replace'))
    conn.sendall(data)
conn.close()
sk.close()
