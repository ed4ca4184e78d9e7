"""Half a character can't be decoded.

Tutorial: what was received is decoded at once, piece by piece, in the encoding
of the sender (004 §3 ChatServer; 003 §4.3).

A piece ends where the buffer ends, in the middle of a character if need be:
1024 is no multiple of 3. Bytes of another encoding are an error as well. Put
the pieces together, or use an incremental decoder.

Hint: import codecs; codecs.getincrementaldecoder("utf-8")()
"""

data = ("你" * 400).encode("utf-8")
try:
    print(data[:1024].decode("utf-8"))
    whole = True
except UnicodeDecodeError as error:
    whole = False
    print("first 1024 bytes ->", error.reason)
try:
    print("你好".encode("gbk").decode("utf-8"))
except UnicodeDecodeError as error:
    print("GBK as UTF-8 ->", error.reason)
print("all of it:", len(data.decode("utf-8")), "characters")
print("as the tutorial says:", whole)
