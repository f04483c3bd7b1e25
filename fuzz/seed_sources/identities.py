"""Identity headers and the JSON of tokens, written out of the RFCs (8224, 8225, 8588, 8946, 8443, 9475, 9795)."""

import base64
import hashlib
import json

NOW = 1800000000
URL = "https://certs.example.net/1234.pem"
CALL = {"dest": {"tn": ["12025550102"]}, "iat": NOW, "orig": {"tn": "12025550101"}}
DIVERTED = {**CALL, "dest": {"tn": ["12025550103"]}, "div": {"tn": "12025550102"}}
NAME = base64.b64encode(hashlib.sha256(b'"Bob"').digest()).decode()
BODY = base64.b64encode(hashlib.sha256(b"hello").digest()).decode()


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def text(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def header(ppt):
    return {"alg": "ES256", "typ": "passport", "x5u": URL, **({"ppt": ppt} if ppt else {})}


def token(ppt, claims):
    return ".".join((base64url(text(header(ppt)).encode()), base64url(text(claims).encode()), base64url(b"x" * 64)))


CLAIMS = {
    "plain": ("", CALL),
    "uri": ("", {"dest": {"uri": ["sip:a@b"]}, "iat": NOW, "orig": {"uri": "sip:c@d"}}),
    "shaken": ("shaken", {**CALL, "attest": "A", "origid": "6f1b8b4e-0d51-4a60-9f0a-2f2f7d9f0d11"}),
    "div": ("div", {**CALL, "div": {"tn": "12025550103", "hi": "1.1"}}),
    "div_o": ("div-o", {**CALL, "div": {"tn": "12025550102"},
                        "opt": token("shaken", {**CALL, "attest": "B", "origid": "x"})}),
    "rph": ("rph", {**CALL, "rph": {"auth": ["ets.0"], "ESorig": ["esnet.1"]}, "sph": "psap-callback"}),
    "rcd": ("rcd", {**CALL, "rcd": {"nam": "Bob", "icn": "https://x.example/i.png"}, "crn": "Dinner",
                    "rcdi": {"/nam": "sha256-" + NAME, "/icn": "sha256-" + NAME}}),
    "jcd": ("rcd", {**CALL, "rcd": {"nam": "Bob", "jcd": ["vcard", [["fn", {}, "text", "Bob"]]]},
                    "rcdi": {"/jcd/1/0/3": "sha256-" + NAME}}),
    "msg": ("msg", {**CALL, "msgi": "sha256-" + BODY}),
    "mky": ("", {**CALL, "mky": [{"alg": "sha-256", "dig": "AABB"}]}),
}

JSON = {
    "kinds": b'{"a":[null,true,false,0,-1.5e+10,"x"],"b":{},"c":[]}',
    "escapes": rb'{"\u0061":"\"\\\/\u00e9\u20ac\ud83d\ude00"}',
    "spaces": b' {\r\n\t"b" : 1 , "a" : [ 1 , 2 ] } ',
    "twice": b'{"a":1,"b":2,"\\u0061":3}',
    "deep": b'{"a":[[[[[[[]]]]]]]}',
    "too_deep": b'{"a":[[[[[[[[]]]]]]]]}',
    "half_a_pair": rb'{"a":"\ud800"}',
    "control": rb'{"a":"\u0000"}',
    "latin": '{"a":"é"}'.encode("latin-1"),
}

URIS = ["tel:+1-202-555-0101;ext=7", "sip:+1(202)5550101;npdi@gw;user=phone", "sip:12025550101@gw",
        "SIP:Bob@Example.NET:5060;transport=tcp?Subject=x", "sips:b%6Fb%2f@[2001:DB8::1]:5061", "urn:service:sos",
        "sip:anonymous@anonymous.invalid", "tel:*31#;phone-context=+44", "tel:+1%32"]


# Beside those: what is escaped, what is said twice, what is at an edge.
CANONICAL = ["sip:+12025550101:secret@gw:5070", "sip:12025550101@GW;user=ip;user=phone", "sip:bob;x=1@example.net", "sips:%41b%3B@example.net",
             "sip:example.net", "tel:+1(202)555.0101;phone-context=+1;ext=5", "sip:+49%2030@gw;user=phone", "mailto:Bob@Example.NET", "tel:",
             "sip:*31%2344@gw;user=phone", "sip:a@b@c", "sip:bob@[2001:db8::1", "sip:" + "1" * 64 + "@gw"]


def canonical():
    """The first octet: 1, users of digits are numbers."""
    for number, uri in enumerate(URIS + CANONICAL):
        yield f"{number}", bytes([number % 2]) + uri.encode()
        yield f"{number}_other", bytes([1 - number % 2]) + uri.encode()


P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P256_NUMBERS = {"one": 1, "window": 64, "above": 65, "carry": sum(127 << 7 * i for i in range(36)), "half": P256_ORDER // 2, "most": P256_ORDER - 1,
                "run": (1 << 192) - 1}


def p256():
    """The first octet: 0 anything, 1 a signature that is right, 2 both halves are one point, 3 they cancel. The second: which key."""
    for index, (name, number) in enumerate(P256_NUMBERS.items()):
        other = P256_ORDER - 1 - number if number < P256_ORDER - 1 else 2
        for mode in range(4):
            numbers = (number * 3 % P256_ORDER, number, other)
            yield f"{name}_{mode}", bytes([mode, 2 * index + mode % 2]) + b"".join(n.to_bytes(32, "big") for n in numbers)


def identity():
    """The first octet: 0x00 values in lines, 0x40 one value, 0x80 the JSON of tokens, 0xc0 a URI."""
    for name, (ppt, claims) in CLAIMS.items():
        lines = [text(part).encode() for part in (header(ppt), claims)]
        base = [text(part).encode() for part in (header("shaken"), CLAIMS["shaken"][1])]
        yield f"json_{name}", b"\x80" + b"\n".join(lines)
        yield f"signed_{name}", b"\x80" + b"\n".join(base + lines)
        yield f"diverted_{name}", b"\x90" + b"\n".join(base + lines + [text(part).encode() for part in (header("div"), DIVERTED)])
        value = f"{token(ppt, claims)};info=<{URL}>;alg=ES256" + (f";ppt={ppt}" if ppt else "")
        yield f"value_{name}", b"\x40" + value.encode()
        yield f"folded_{name}", b"\x48" + value.replace(";", " ;\r\n ").encode()
        base = f"{token(*CLAIMS['shaken'])};info=<{URL}>;ppt=shaken"
        yield f"set_{name}", b"\x00" + "\n".join((base, value, value)).encode()
    yield "compact", b"\x09" + f"..{base64url(b'x' * 64)};info=<{URL}>".encode()
    yield "compact_shaken", b"\x01" + f"..{base64url(b'x' * 64)};info=<{URL}>;ppt=shaken".encode()
    yield "compact_div", b"\x01" + f"..{base64url(b'x' * 64)};info=<{URL}>;ppt=div".encode()
    yield "comma", b"\x40" + f"a.b.c;info=<{URL}>,d.e.f".encode()
    for number, uri in enumerate(URIS):
        yield f"uri_{number}", b"\xc0" + uri.encode()


def json_texts():
    yield from JSON.items()
    for name, (_, claims) in CLAIMS.items():
        yield f"claims_{name}", text(claims).encode()
