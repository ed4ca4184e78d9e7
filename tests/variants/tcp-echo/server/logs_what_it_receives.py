"""Shows what it receives by logging, which writes to stderr."""

import logging
import socket

logging.basicConfig(level=logging.DEBUG, format='%(asctime)s %(levelname)s %(message)s')
log = logging.getLogger('echo')
with socket.socket() as sk:
    sk.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sk.bind(('127.0.0.1', 8000))
    sk.listen()
    conn, addr = sk.accept()
    with conn:
        log.info('client %s', addr)
        while data := conn.recv(2048):
            log.info('received %s', data.decode('utf-8', 'replace'))
            conn.sendall(data)
        log.info('bye')
