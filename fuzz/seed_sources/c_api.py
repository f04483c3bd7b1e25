"""Seeds of c_api_fuzz: call sequences that reach every kind of object, in the encoding that the target reads."""

import struct

INVITE = (
    b"INVITE sip:bob@biloxi.example;transport=tcp SIP/2.0\r\n"
    b"Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds;rport\r\n"
    b"Max-Forwards: 70\r\nTo: Bob <sip:bob@biloxi.example>\r\n"
    b"From: Alice <sip:alice@atlanta.example>;tag=1928301774;x=\"a;b\"\r\n"
    b"Call-ID: a84b4c76e66710\r\nCSeq: 314159 INVITE\r\n"
    b"Contact: <sip:alice@192.0.2.4>, <tel:+12025550100>\r\nContent-Length: 0\r\n\r\n"
)
RULES = (
    b"version 1\nlist bad : cidr file \"bad.txt\"\n"
    b"rule a {\n  meta { severity low why \"test\" }\n  on request where method == INVITE\n"
    b"  when src.ip in bad or count(by src.ip over 1m) > 1\n"
    b"  then reject 403 \"No\", score 5 on src.ip\n}\n"
)
MAKE, DESTROY, PARSE, READ, FRAME, COMPILE, INSPECT, DESCRIBE = range(8)


def text(data):
    """A length, a shift, the bytes; padded where the length does not fit."""
    shift = next(s for s in range(5) if len(data) <= 255 << s)
    length = -(-len(data) >> shift)
    return bytes([length, shift]) + data.ljust(length << shift)


def any_struct(data=b""):
    return text(data) + b"\0"


def packet(size):
    source = bytes(10) + b"\xff\xff" + bytes([198, 51, 100, 7])
    endpoint = source + struct.pack("<HH", 5060, 0)
    return struct.pack("<IIIIQQqq", 0, 0, 1, 0, 0, size, 0, 10**9) + endpoint + endpoint


def make(kind, *rest):
    return bytes([MAKE, kind]) + b"".join(bytes([r]) if isinstance(r, int) else r for r in rest)


def read(name, inspector):
    return bytes([READ, 0 if inspector else 1, 0]) + text(name) + bytes(9)


def edit(kind, place=0, which=0, number=0, name=b"", value=b"", body=b""):
    return bytes([kind, place, which, number, 0]) + text(name) + text(value) + text(body)


def write(first, second, flags=0):
    """Two edits, their true size, 2,048 octets of room, a result of its true size."""
    return bytes([READ, 2, 0]) + first + second + b"\0" + struct.pack("<H", 2048) + bytes([0, 2, flags])


TESTS = (
    b'version 1\nrule a { on call_start when src.port == 1 then reject 403, tag "t" }\n'
    b'test a { given call_start { src.port = 1 } repeat 2 expect reject at event 2, not tag "u" }\n'
)


def parse(data):
    return bytes([PARSE]) + any_struct() + text(data) + bytes([0, 1])


def add_rules(data):
    return bytes([COMPILE, 0]) + text(b"a.ward") + text(data) + bytes([0])


def engine(rules, options=b""):
    """One of each object, the first of its kind."""
    return (make(2, 0) + add_rules(rules) + bytes([COMPILE, 0]) + text(b"") + text(b"198.51.100.0/24\n")
            + bytes([1, 0]) + make(3, 0, 0) + make(4, any_struct(), 0) + make(5, any_struct(options), 0, 0, 0, 0)
            + make(6, 0, 0))


def ask(message, result=0, reason=b""):
    """A message without identity, then what is found of it, for the ticket that the first verdict has."""
    return (bytes([INSPECT, 0]) + any_struct(packet(len(message))) + text(message) + bytes([1, 0])
            + any_struct(struct.pack("<II", 0, result)) + text(reason) + text(b"A") + text(b"7") + text(b"709J")
            + text(b"") + bytes([0, 0, 0]))


ENGINE = engine(RULES)
ASK = ask(INVITE)
SIGNED = INVITE.replace(b"Contact:", b"Identity: e30.e30.c2ln;info=<https://cr.example/a.pem>\r\nContact:")
OF_IDENTITY = (
    b"version 1\nrule f { on request when identity.reason == SIG_INVALID then reject 438 }\n"
    b"rule a { on request when has(identity.age) or (identity.attest ?? \"\") == \"A\" then tag \"a\" }\n"
)
IDENTITY_BY_HOST = struct.pack("<IIII", 0, 0, 0, 1)

SEEDS = {
    "message": make(0, 0) + parse(INVITE) + read(b"Contact", False) + read(b"Max-Forwards", False),
    "written": make(0, 0) + parse(INVITE)
    + write(edit(8, number=127), edit(1, place=1, name=b"Via", value=b"SIP/2.0/UDP a"))
    + write(edit(4, name=b"Contact"), edit(7, value=b"text/plain", body=b"hello"), flags=1),
    "refused_message": make(0, 0) + parse(b"hello") + read(b"From", False),
    "framer": make(1, 0, 200) + bytes([FRAME, 0]) + text(INVITE[:100]) + bytes([FRAME, 0])
    + text(INVITE[100:] + b"\r\n" + INVITE),
    "bad_rules": make(2, 0) + add_rules(b"version 1\nrule a {\n  when methd == 1\n")
    + bytes([COMPILE, 0]) + text(b"") + text(b"") + bytes([3, 0, 0]) + make(3, 0, 0),
    "tests": make(2, 0) + bytes([COMPILE, 0]) + text(b"") + text(b"") + bytes([6]) + add_rules(TESTS) + make(3, 0, 0)
    + bytes([DESCRIBE, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    "verdict": ENGINE + ASK + ASK + read(b"Contact", True) + bytes([DESCRIBE, 0, 0, 0, 0, 0]),
    "identity": engine(OF_IDENTITY, IDENTITY_BY_HOST) + ask(SIGNED, 2, b"SIG_INVALID") + ask(SIGNED)
    + ask(SIGNED.replace(b"314159", b"4"), 3),
    "destroyed_in_the_wrong_order": ENGINE + bytes([DESTROY, 2, 0, DESTROY, 3, 0, DESTROY, 4, 0])
    + ASK + bytes([DESTROY, 5, 0]) + ASK + bytes([DESTROY, 6, 0]) + ASK,
    "default_pack": make(2, 0) + bytes([COMPILE, 0]) + text(b"") + text(b"") + bytes([4]) + make(3, 0, 0)
    + make(4, any_struct(), 0) + make(5, any_struct(), 0, 0, 0, 0) + make(6, 0, 0) + ASK
    + bytes([DESCRIBE, 0, 0, 0, 0, 0, 0, 0]),
    "structs_of_other_sizes": make(0, 0) + parse(INVITE)
    + bytes([READ, 1, 0]) + text(b"From") + bytes([0]) + bytes([255, 12] * 6) + bytes([2, 255]),
}
