"""The bytes of a number have an order, and "i" takes that of the machine.

Tutorial: struct.pack('i', length) makes the header, struct.unpack('i', header)
reads it (001 struct).

That works while both machines are alike. "<i" is little-endian everywhere, "!i"
is the order of the network (RFC 1700). With several fields "i" and "q" leave a
gap on many machines, so that "iq" has 16 bytes in place of 12.

Hint: unpack with "!i" what was packed with "i".
"""

import struct
import sys

native = struct.pack("i", 38)
print("this machine is", sys.byteorder, "endian")
print("'i' ->", native)
print("'<i' ->", struct.pack("<i", 38))
print("'!i' ->", struct.pack("!i", 38))
print("calcsize('iq') ->", struct.calcsize("iq"))
same = struct.unpack("i", native) == (38,)
print("as the tutorial says:", same)
