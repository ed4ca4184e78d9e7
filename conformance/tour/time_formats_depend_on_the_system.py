"""What strftime makes of a format depends on the system.

Tutorial: the client sends a format such as %Y-%m-%d %H:%M:%S, and the server
answers with the time in it; an empty request means %Y-%m-%d %X (002 §4 time
server).

%X and %c depend on the language that is set. An unknown %Q comes back as it is
on Linux, and is a ValueError on Windows (documented, not run). An empty format
gives an empty text, which is an empty datagram. The server has to expect all of
them from its clients.

Hint: which formats of Python's documentation have letters in their answer?
"""

import time

moment = time.gmtime(0)
full = time.strftime("%Y-%m-%d %H:%M:%S", moment)
print("%Y-%m-%d %H:%M:%S ->", full)
for text in ["%X", "%Q", ""]:
    try:
        made = time.strftime(text, moment)
        print(repr(text), "->", repr(made))
    except ValueError as error:
        print(repr(text), "->", error)
right = full == "1970-01-01 00:00:00"
print("as the tutorial says:", right)
