"""Strips what is typed, asks again on an empty line, has functions and a match statement."""
import socket


def ask(prompt='me: '):
    while True:
        text = input(prompt).strip()
        if text:
            return text


def chat(conn):
    """Return when either side has quit."""
    while True:
        text = ask()
        conn.sendall(text.encode())
        if text == 'q':
            return
        match conn.recv(2048):
            case b'':
                return print('* left *')
            case b'q':
                return print('* quit *')
            case data:
                print('you:', data.decode(errors='replace'))


def main():
    with socket.create_server(('127.0.0.1', 9000)) as listener:
        while True:
            conn, addr = listener.accept()
            with conn:
                try:
                    chat(conn)
                except (ConnectionResetError, BrokenPipeError, TimeoutError):
                    print('* lost *')


if __name__ == '__main__':
    main()
