"""A length of 4 bytes ends at 2147483647.

Tutorial: data of any length is packed into a fixed length; very much data is
an error (001 struct).

The first half of that is wrong: "i" holds a signed number of 4 bytes, and a
larger one is struct.error. So is a header of which only 3 bytes have come.

Hint: "q" has 8 bytes. Which number is too large for it?
"""

import struct

print("2**31 - 1 ->", struct.pack("i", 2**31 - 1))
try:
    struct.pack("i", 2**31)
    any_length = True
except struct.error as error:
    any_length = False
    print("2**31 ->", error)
try:
    struct.unpack("i", b"abc")
except struct.error as error:
    print("3 bytes ->", error)
print("as the tutorial says:", any_length)
