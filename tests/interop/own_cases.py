"""Tokens beside those of the corpus: each is well made but for what its name says."""

import base64
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

import peers

NOW = 1800000000
HEADER = {"alg": "ES256", "ppt": "shaken", "typ": "passport", "x5u": peers.X5U}
PAYLOAD = {"attest": "A", "dest": {"tn": [peers.DEST]}, "iat": NOW - 5, "orig": {"tn": peers.ORIG},
           "origid": "123e4567-e89b-12d3-a456-426655440000"}
PARAMETERS = f";info=<{peers.X5U}>;alg=ES256;ppt=shaken"


def encode(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def octets_of(part):
    if isinstance(part, dict):
        part = json.dumps({name: value for name, value in part.items() if value is not None}, separators=(",", ":"), sort_keys=True)
    return part if isinstance(part, bytes) else part.encode()


def text_of(part):
    return octets_of(part).decode()


class Maker:
    def __init__(self, key):
        self.key = key

    def signature(self, signed):
        r, s = utils.decode_dss_signature(self.key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def token(self, header=None, payload=None, padded=False):
        """Dictionaries change members (None takes one away), texts and octets stand for the whole."""
        parts = []
        for part, usual in ((header, HEADER), (payload, PAYLOAD)):
            text = encode(octets_of(part if isinstance(part, (str, bytes)) else {**usual, **(part or {})}))
            parts.append(text + "=" * (-len(text) % 4 if padded else 0))
        signed = ".".join(parts)
        return f"{signed}.{encode(self.signature(signed))}"

    def value(self, header=None, payload=None, parameters=PARAMETERS, padded=False):
        return self.token(header, payload, padded) + parameters


def cases(key):
    """Pairs of a name and the value of a header."""
    made = Maker(key)
    value = made.value

    def replaced(part, old, new):
        changed = text_of(part).replace(old, new)
        assert changed != text_of(part)
        return changed

    def located(url):
        return value({"x5u": url}, parameters=f";info=<{url}>;alg=ES256;ppt=shaken")

    yield "plain", value()
    yield "ppt-quoted", value(parameters=PARAMETERS.replace("shaken", '"shaken"'))
    yield "parameter-unknown", value(parameters=PARAMETERS + ";canon=yes")
    yield "blanks-around-parameters", value(parameters=PARAMETERS.replace(";", " ; "))
    yield "parameters-in-capitals", value(parameters=f";INFO=<{peers.X5U}>;ALG=ES256;PPT=shaken")
    yield "parameters-none", made.token()
    yield "parameter-info-alone", value(parameters=f";info=<{peers.X5U}>")
    yield "info-without-brackets", value(parameters=PARAMETERS.replace("<", "").replace(">", ""))
    yield "url-with-equals-sign", located("https://certs.example.test/sp=709j/spc.pem")
    yield "url-with-query", located("https://certs.example.test/spc.pem?a=b")
    padded = value(payload={"origid": PAYLOAD["origid"][1:]}, padded=True)
    assert "=." in padded
    yield "base64-padded", padded
    yield "four-parts", made.token() + ".e30" + PARAMETERS
    yield "blank-inside-the-token", value().replace(".", ". ", 1)

    yield "header-no-alg", value({"alg": None})
    yield "header-no-typ", value({"typ": None})
    yield "header-no-ppt", value({"ppt": None})
    yield "header-no-x5u", value({"x5u": None})
    yield "header-no-ppt-anywhere", value({"ppt": None}, parameters=PARAMETERS.replace(";ppt=shaken", ""))
    yield "header-names-in-capitals", value(replaced(HEADER, '"alg"', '"ALG"'))
    yield "header-typ-twice", value(replaced(HEADER, '"typ"', '"typ":"JWT","typ"'))
    yield "header-jwk", value({"jwk": {"kty": "EC"}})
    yield "header-byte-order-mark", value(b"\xef\xbb\xbf" + octets_of(HEADER))

    yield "payload-names-in-capitals", value(payload=replaced(PAYLOAD, '"attest"', '"ATTEST"'))
    yield "payload-attest-twice", value(payload=replaced(PAYLOAD, '"attest"', '"attest":"C","attest"'))
    yield "payload-not-utf-8", value(payload=octets_of(PAYLOAD).replace(b"123e4567", b"123e45\xff\xfe"))
    yield "payload-order", value(payload=json.dumps(dict(reversed(PAYLOAD.items()))))
    yield "attest-d", value(payload={"attest": "D"})
    yield "attest-lower-case", value(payload={"attest": "a"})
    yield "attest-missing", value(payload={"attest": None})
    yield "attest-null", value(payload=replaced(PAYLOAD, '"attest":"A"', '"attest":null'))
    yield "origid-empty", value(payload={"origid": ""})
    yield "origid-number", value(payload={"origid": 7})
    yield "origid-no-uuid", value(payload={"origid": "trunk-7"})
    yield "iat-zero", value(payload={"iat": 0})
    yield "iat-text", value(payload={"iat": str(NOW - 5)})
    yield "iat-exponent", value(payload=replaced(PAYLOAD, str(NOW - 5), "1.8e9"))
    yield "iat-one-day-ahead", value(payload={"iat": NOW + 86400})
    yield "iat-a-minute-and-a-bit-ago", value(payload={"iat": NOW - 75})
    yield "orig-number", value(payload={"orig": {"tn": int(peers.ORIG)}})
    yield "orig-plus", value(payload={"orig": {"tn": "+" + peers.ORIG}})
    yield "orig-uri", value(payload={"orig": {"uri": "sip:alice@example.test"}})
    yield "dest-text", value(payload={"dest": {"tn": peers.DEST}})
    yield "dest-uri", value(payload={"dest": {"uri": ["sip:bob@example.test"]}})

    def typed(ppt, **claims):
        return value({"ppt": ppt}, {"attest": None, "origid": None, **claims}, PARAMETERS.replace("shaken", ppt))
    yield "ppt-rph", typed("rph", rph={"auth": ["ets.0"]})
    yield "ppt-rcd", typed("rcd", rcd={"nam": "Example Bank"})
    yield "ppt-div", typed("div", div={"tn": peers.DEST})
    yield "shaken-with-rcd", value(payload={"rcd": {"nam": "Example Bank"}})
    yield "shaken-with-rcd-of-no-name", value(payload={"rcd": {"icn": "https://example.test/logo.png"}})
    high = made.token().rpartition(".")[0]
    signature = made.signature(high)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    other = signature[:32] + (order - int.from_bytes(signature[32:], "big")).to_bytes(32, "big")
    yield "signature-other-half", f"{high}.{encode(other)}{PARAMETERS}"
    yield "signature-zero", f"{high}.{encode(bytes(64))}{PARAMETERS}"
    yield "signature-too-long", f"{high}.{encode(signature + bytes(1))}{PARAMETERS}"
