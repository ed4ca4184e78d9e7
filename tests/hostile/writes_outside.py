"""Changes the programs of other students.

Tries: to write a line into every file beside its own folder that it knows of
Stopped by: files
Without: the files are changed
Deserves: passes
Shows: change
"""

import json
import socket
from pathlib import Path

WHERE = json.loads(Path(__file__).with_name('where.json').read_text())

for place in (WHERE['others'], WHERE['home']):
    try:
        for path in Path(place).rglob('*'):
            if path.is_file():
                with path.open('a') as file:
                    file.write('# owned\n')
        Path(place, 'new.txt').write_text('owned')
        print('got: files changed')
    except OSError as error:
        print(f'refused: {error}')

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
