"""Its listener has a timeout, so that the loop can look for Ctrl-C now and then."""
import signal
import socket

running = True


def stop(signum, frame):
    global running
    running = False


signal.signal(signal.SIGINT, stop)
server = socket.create_server(('127.0.0.1', 8000))
server.settimeout(0.3)
while running:
    try:
        conn, addr = server.accept()
    except socket.timeout:
        continue
    print('client', addr)
    conn.setblocking(True)
    with conn:
        try:
            while (data := conn.recv(8192)) != b'':
                print(data.decode('utf-8', 'replace'))
                conn.sendall(data)
        except ConnectionError as e:
            print('lost', addr, e)
server.close()
print('bye')
