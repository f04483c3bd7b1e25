"""Seeds of evidence_fuzz, tape_fuzz and source_fuzz: lines of a log, tapes, sources of rules."""

import struct

from . import certificates, project

BEGIN, PACKET, GIVEN, GUARDS, BAN, TRANSACTION, ANSWER, PRESSURE, ASKS, FOUND = range(1, 11)
MISSING, TICKET, SECOND, SCORE, FITS, HAPPENED, TIME, PROVEN, FIELD, AGGREGATE, LISTED, OF_BODY, CALL, PARSED, ANOMALY, CHAIN, CERTIFICATE = range(11, 28)


def fact(kind, index=0, value=None):
    """kind, index, kind of the value, the value."""
    head = struct.pack("<BI", kind, index)
    if value is None:
        return head + b"\0"
    if isinstance(value, float):
        return head + b"\2" + struct.pack("<d", value)
    if isinstance(value, bytes):
        return head + b"\3" + struct.pack("<I", len(value)) + value
    if isinstance(value, list):
        return head + b"\4" + bytes(value)
    return head + b"\1" + struct.pack("<q", value)


def address(host):
    return [0] * 10 + [255, 255, 192, 0, 2, host]


def begin(subject=0, bits=8):
    return fact(BEGIN, subject, bits) + fact(PACKET, 12, b"") * 2


def packet(ticket=0):
    values = [1, 2, address(200), 5060, address(9), 5060, 0, 1, 0, b"alice", None, ticket]
    return b"".join(fact(PACKET, place, value) for place, value in enumerate(values))


def judged(*more):
    return fact(GUARDS, 0, 0) + fact(BAN) + fact(TRANSACTION, 0, 1) + fact(ANSWER, 0, 0) + fact(PRESSURE, 0, 0.0) + b"".join(more)


KEYED = [fact(CALL, 0, 7), fact(AGGREGATE, 0, 5), fact(AGGREGATE, 1, 1.5), fact(AGGREGATE, 2, b"bob"), fact(LISTED, 0, b"alice"), fact(OF_BODY, 0, 1),
         fact(PARSED, 0, 3), fact(PARSED, 4, 1), fact(PARSED, 5, 1), fact(PARSED, 6, 900), fact(PARSED, 7, 400), fact(ANOMALY, 7)]  # fmt: skip
IDENTITY = list(zip((120, 121, 122, 123, 124, 125, 126, 127), (2, 1, b"C", b"o", b"709J", b"v", 5, 1)))


URL = b"https://cert.example.com/a.pem"
HOSTILE = certificates.leaf(certificates.SPC, subject=certificates.name("<b>\x1b[31m\u202e\n".encode(), b"\xff"), end=b"\x18\x01x")
CHAINS = [fact(CERTIFICATE, 0, b"x"), fact(CHAIN, 3, URL), fact(CERTIFICATE, 0, certificates.CERTIFICATES["spc"]), fact(CERTIFICATE, 1),
          fact(CHAIN, 4, b""), fact(CERTIFICATE, 0, b"0\0"), fact(CERTIFICATE, 1, HOSTILE), fact(CHAIN, 2)]  # fmt: skip


def happened(kind, *fields):
    return fact(HAPPENED, kind, 1) + fact(TIME, 0, 2) + fact(TIME, 1, 1) + fact(PROVEN, 0, 1) + b"".join(fields)


def tapes():
    yield "judged", begin() + packet() + judged(*KEYED)
    yield "banned", begin() + packet() + fact(GUARDS, 0, 2) + fact(BAN, 0, b"b")
    yield "again", begin() + packet() + fact(GUARDS, 0, 0) + fact(BAN) + fact(TRANSACTION, 0, 3) + fact(ANSWER, 0, 0x7fffffffffffffff) + fact(PRESSURE, 0, 0.5)
    yield "scored", begin() + packet() + judged(fact(SCORE, 0, 120.0), fact(FITS, 0, 0), fact(SECOND, 0, 1), *KEYED)
    yield "pending", begin(bits=10) + packet() + judged(fact(ASKS, 0, 1), fact(TICKET, 0, 9), fact(MISSING, 0, b"https://cert.example.com/a.pem"), *KEYED)
    yield "checked", begin(bits=12) + packet() + judged(fact(ASKS, 0, 1), *(fact(FOUND, *each) for each in IDENTITY), fact(MISSING, 0, b""), fact(SECOND, 0, 0), *KEYED)
    yield "resumed", begin(2) + packet(9) + fact(TRANSACTION, 0, 1) + fact(ANSWER, 0, 5) + fact(BAN) + fact(SECOND, 0, 0) + fact(PRESSURE, 0, 0.0) + KEYED[0]
    yield "given", begin() + packet() + b"".join(fact(GIVEN, *each) for each in IDENTITY) + judged(fact(SECOND, 0, 0), *KEYED)
    yield "followed", begin() + packet() + judged(*KEYED, happened(4, fact(FIELD, 3, b"x")), fact(PRESSURE, 0, 0.0), *KEYED)
    yield "chains", begin(bits=12) + packet() + judged(fact(ASKS, 0, 1), *(fact(FOUND, *each) for each in IDENTITY), *CHAINS, fact(MISSING, 0, b""), fact(SECOND, 0, 0), *KEYED)
    for kind in range(10):
        yield f"event_{kind}", begin(1) + happened(kind, fact(FIELD, 20, b"alice"), fact(FIELD, 1, address(7))) + fact(GUARDS, 0, 1) + fact(BAN) + fact(PRESSURE, 0, 0.0)


def tape():
    """The size of the message, the message, the tape; or a whole record."""
    message = project.message_with(b"Identity: aa.bb.cc;info=<https://cert.example.com/a.pem>;alg=ES256;ppt=\"shaken\"")
    for name, tape in tapes():
        kept = b"" if name.startswith("event") else message
        yield name, struct.pack("<H", len(kept)) + kept + tape
    yield "nothing", b"\0\0"
    yield "unread", b"\0\0" + begin() + packet() + judged(*KEYED)
    yield "next_format", b"\xff" + b'{"format":3,"time":1,"verdict":{},"rules":"","message":{"size":0,"hash":"","kept":0},"tape":0}\n'
    yield "whole", b"\xff" + b'{"format":1,"time":1,"verdict":{"action":"allow"},"rules":"","message":{"size":70000,"hash":"","kept":2},"tape":3}\nab\1\2\3'


def source():
    text = b"version 1\nlist a : exact file \"a.txt\"\nimport \"b.ward\"\nrule r { on request when from.user in a then drop }\n"
    more = b"version 1\nrule s { on request when count(by src.ip over 1m) > 3 then reject 403 }\n"
    head = b"sipward rules 1\nbudget 0 0\n"
    whole = head + b"text 6 %d\na.ward%sfile 5 6 4\na.txta.wardbob\nfile 6 6 %d\nb.warda.ward%s" % (len(text), text, len(more), more)
    yield "whole", whole
    yield "empty", head
    yield "small_budget", whole.replace(b"budget 0 0", b"budget 1 1")
    yield "cut", whole[:-9]
    yield "no_file", head + b"file 1 1 1\nabc"
    yield "huge", head + b"text 18446744073709551615 1\nx"
    yield "numbers", head + b"text 1  1\nab" + b"text 01 +1\nab"


def lines():
    zeros, body = b"0" * 64, b'{"a":[1,-2.5e3,true,null],"b":"\\u00e9\\ud83d\\ude00\\uf780\\n"}'
    yield "line", zeros + b" 1 decision " + body
    yield "lines", b"".join(zeros + b" %d decision %s\n" % (number, body) for number in range(3, 6))
    yield "left_out", b"a" * 64 + b" 3 - -\n" + b"b" * 64 + b" 4 - -\n"
    yield "checkpoint", zeros + b' 3 checkpoint {"key":"' + b"00" * 32 + b'","signature":"' + b"00" * 64 + b'"}'
    yield "json", body
    yield "base64", b'["QUJD","QUI=","QQ==","QR=="]'
    yield "nested", b"[" * 80 + b"]" * 80
    yield "broken", b'{"a":1,"b":[1,2},"c":"\\'
    yield "pseudonym", b"~" + b"A" * 40
