"""Opens a socket of its own for each line, by a function."""
import socket


def ask(text):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sk:
        sk.sendto(text.encode(), ('localhost', 8001))
        if not text:
            return None
        data, _ = sk.recvfrom(65535)
        return data.decode(errors='replace')


def main():
    while True:
        answer = ask(input('>>>'))
        if answer is None:
            break
        print(answer)


main()
