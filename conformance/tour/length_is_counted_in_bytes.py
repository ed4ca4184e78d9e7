"""The length of a text is not its length in bytes.

Tutorial: the length of the received data is printed, 40 for a sentence of
Chinese (003 §4.3).

len() of a str counts characters, and what crosses the wire are bytes: 3 for
most Chinese characters in UTF-8. The sentence of the example has 38 bytes, or
42 with the wide signs "，" and "！": the 40 came from another text. json.dumps
hides the mistake: it writes numbers in place of Chinese characters, in ASCII.

Hint: len(json.dumps("你")) and len(json.dumps("你", ensure_ascii=False).encode())
"""

import json

text = "你好服务端,我是客户端小明!"
wide = text.replace(",", "，").replace("!", "！")
print("characters", len(text))
print("bytes", len(text.encode()))
print("bytes with wide signs", len(wide.encode()))
told = json.dumps({"name": "视频"}, ensure_ascii=False)
print("JSON", len(told), "and", len(told.encode()))
sizes = [len(text.encode()), len(wide.encode())]
print("as the tutorial says:", 40 in sizes)
