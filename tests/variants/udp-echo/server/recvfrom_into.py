"""Receives into one buffer that it uses again for each datagram."""
import socket

buffer = bytearray(65536)
view = memoryview(buffer)


def main():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_UDP) as sock:
        sock.bind(('0.0.0.0', 8001))
        while True:
            size, peer = sock.recvfrom_into(buffer)
            if size == 0:
                return
            print(peer, buffer[:size].decode('utf-8', 'replace'))
            sock.sendto(view[:size], peer)


if __name__ == '__main__':
    main()
