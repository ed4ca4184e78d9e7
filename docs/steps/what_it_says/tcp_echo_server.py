import codecs
import socket

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", 8080))
server.listen()
conn, addr = server.accept()
print("our client is", addr)
decoder = codecs.getincrementaldecoder("utf-8")()
while True:
    data = conn.recv(1024)
    if not data:
        break
    print(decoder.decode(data), flush=True)
    conn.sendall(data)
conn.close()
server.close()
