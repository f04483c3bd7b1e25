"""Feeds of every format, and signatures of minisign. The key is that of minisign_fuzz.cc: its secret is the 32 octets 0 to 31."""

KEY = b"RWQBAgMEBQYHCAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
SIGNED = b"192.0.2.1\n"
SIGNATURES = {
    "hashed": 'untrusted comment: signature\nRUQBAgMEBQYHCBNXQMk0dHS85SxkxM/AUN64CpsbRjwUoa1vvmSmF8kyYP4MYqw8DN7rkufMYRvmh8+VSjKvEKjVNdya9DeeUgU=\ntrusted comment: timestamp:1700000000\tfile:feed.txt\n0JkJJjDaSSW8C2HNfKUlO6kKParAV6EuY4btiBUo0a9OuhQoTrXeXfwn6s44rWhTNwanVBx94z6Sg7RU19ljDQ==\n'.encode(),
    "legacy": 'untrusted comment: signature\nRWQBAgMEBQYHCIJho4lOzQmg6QyOMjqKkXqkXN57ArWNTln2xbsin1ronvaEY89n13cxlI0jId6+xWJIPJiVkBANtu1SR84JRwU=\ntrusted comment: timestamp:1700000000\tfile:feed.txt\nYN6SHi6Zq0ln9u7oCSX0a4vW11nDDdI3JpkwBPeSSZhU/tjNHoHnEoQJisGKs2C49sQg33Llz2b0BAVoY0ORAw==\n'.encode(),
}
# The first octet is kind + 5 * format, the second the options of feed_fuzz.cc.
FEEDS = {
    "address_lines": b"\x05\x00# list\n192.0.2.1\n198.51.100.7 ; seen\n2001:db8::1\n10.0.0.1\n",
    "network_drop": b"\x01\x00; Spamhaus\n203.0.112.0/22 ; SBL1\n0.0.0.0/0\n203.0.113.9/24\n",
    "domain_auto": b"\x02\x08*.bad.example\nBad.Example.\ncom\na..b\nsip.example.com\n",
    "number_home": b"\x03\x0c+44 20 7183 8750 # wangiri\n49301\n4930123456\n",
    "agent": b"\x04\x00friendly-scanner\nBad Phone/1.0 (x; y)\n",
    "csv_numbers": b"\x0a\x01192.0.2.1,60\n192.0.2.2,1h\n\"192.0.2.3\",x\n192.0.2.4\n",
    "csv_names": b"\x0b\x03why;ip;ttl\n\"a \"\"b\"\"\nc\";203.0.113.1;7d\n# x\nd;203.0.113.0/24;\n",
    "csv_open": b"\x0a\x00192.0.2.1\n\"192.0.2.2\n",
    "apiban": b'\x00\x00{"ipaddress":["192.0.2.1", "192.0.2.2"],"ID":"1609459200"}',
    "apiban_none": b'\x00\x00{"ipaddress":["no new bans"], "ID":"none"}',
    "json_objects": b'\x0f\x00[{"ip":"192.0.2.1","ttl":60,"reason":"a\\u00e9"},{"x":{"ip":"y"}},{}]',
    "json_rows": b'\x11\x00{"domain":"bad.example","tags":["a"]}\n{"domain":"x","n":-1.5e3,"t":true}\n',
    "json_nested": b"\x0f\x00[[[[[[1,2],null],[]],{}]]]",
    "json_broken": b'\x0f\x00["192.0.2.1",]',
}


def feeds():
    yield from FEEDS.items()


def minisign():
    yield "key", b"\x00" + KEY
    yield "key_file", b"\x00untrusted comment: minisign public key\n" + KEY + b"\n"
    for name, signature in SIGNATURES.items():
        yield name, bytes([2 * len(SIGNED) + 1]) + SIGNED + signature
        yield f"{name}_of_others", bytes([2 * len(SIGNED) - 1]) + SIGNED[:-1] + signature
        yield f"{name}_changed_comment", bytes([2 * len(SIGNED) + 1]) + SIGNED + signature.replace(b"17", b"18")
