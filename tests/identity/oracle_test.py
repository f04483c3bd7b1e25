"""The library against a second verifier (slow_verifier.py) over mutated tokens: both give the same reason.

SIPWARD_IDENTITY_TOKENS says how many (default 4,000; the long run takes 100,000). The seed is fixed unless SIPWARD_SEED says another.
"""

import base64
import copy
import datetime
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509.oid import NameOID, ObjectIdentifier

import slow_verifier

BATCH = os.environ["SIPWARD_IDENTITY_BATCH"]
TOKENS = int(os.environ.get("SIPWARD_IDENTITY_TOKENS", "4000"))
SEED = int(os.environ.get("SIPWARD_SEED", "1"))
NOW = 1800000000
URLS = ("https://certs.example.net/a.pem", "https://certs.example.net/b.pem")
ORIG, DEST = "12025550101", "12025550109"
NAME_DIGEST = "sha256-Kr9rmMPRLSHJL8MUpJ2rWycbSaA9F33Uo1HVuilSeOA="  # of "Bob", with its quotes
BODY_DIGEST = "sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="


def certificate(subject, key, issuer, issuer_key, extensions):
    name = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in (subject, issuer)]
    when = datetime.datetime.utcfromtimestamp(NOW)
    builder = (x509.CertificateBuilder().subject_name(name[0]).issuer_name(name[1]).public_key(key.public_key())
               .serial_number(x509.random_serial_number()).not_valid_before(when - datetime.timedelta(days=1))
               .not_valid_after(when + datetime.timedelta(days=1)))
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def usage(**what):
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign",
             "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{name: what.get(name, False) for name in every})


class Pki:
    """An anchor, and a leaf for each URL."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        anchor = ec.generate_private_key(ec.SECP256R1())
        self.keys = {url: ec.generate_private_key(ec.SECP256R1()) for url in URLS}
        (self.folder / "anchor.pem").write_bytes(certificate("Anchor", anchor, "Anchor", anchor, [
            (x509.BasicConstraints(True, None), True), (usage(key_cert_sign=True), True)]))
        policy = x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier("2.16.840.1.114569.1.1.1"), None)])
        spc = x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.5.5.7.1.26"), b"\x30\x08\xa0\x06\x16\x041234")
        for number, url in enumerate(URLS):
            (self.folder / f"{number}.pem").write_bytes(certificate("Leaf", self.keys[url], "Anchor", anchor, [
                (x509.BasicConstraints(False, None), True), (usage(digital_signature=True), True), (policy, False), (spc, False)]))

    def arguments(self):
        out = [str(self.folder / "anchor.pem")]
        for number, url in enumerate(URLS):
            out += [url, str(self.folder / f"{number}.pem")]
        return out

    def sign(self, url, octets):
        r, s = utils.decode_dss_signature(self.keys[url].sign(octets, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def base64url(octets):
    return base64.urlsafe_b64encode(octets).rstrip(b"=")


def text(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


class Maker:
    """Sets of Identity headers: right ones, and what is made of them."""

    def __init__(self, pki, chosen):
        self.pki = pki
        self.chosen = chosen

    def call(self, orig, dest, iat, **more):
        return {"orig": {"tn": orig}, "dest": {"tn": list(dest)}, "iat": iat, **more}

    def shaken(self, dest, iat):
        return "shaken", self.call(ORIG, [dest], iat, attest=self.chosen.choice("ABC"), origid=self.chosen.choice((
            "6f1b8b4e-0d51-4a60-9f0a-2f2f7d9f0d11", "x")))

    def plain(self, dest, iat):
        return "", self.call(ORIG, [dest], iat, **self.chosen.choice(({}, {"mky": [{"alg": "sha-256", "dig": "AABB"}]}, {"z": [1, {}]})))

    def extension(self, dest, iat):
        return self.chosen.choice((
            ("rcd", self.call(ORIG, [dest], iat, rcd={"nam": "Bob"}, rcdi={"/nam": NAME_DIGEST}, crn="x")),
            ("rcd", self.call(ORIG, [dest], iat, rcd={"nam": "x", "jcd": ["vcard", [["fn", {}, "text", "Bob"]]]},
                              rcdi={"/jcd/1/0/3": NAME_DIGEST})),
            ("rph", self.call(ORIG, [dest], iat, rph={"auth": ["ets.0"]}, sph="psap-callback")),
            ("msg", self.call(ORIG, [dest], iat, msgi=BODY_DIGEST))))

    def good_set(self):
        """(ppt, claims) of each header."""
        chosen = self.chosen
        kind = chosen.random()
        base = self.shaken if chosen.random() < 0.8 else self.plain
        if kind < 0.55:
            out = [base(DEST, NOW - chosen.randrange(60))]
        else:
            hops = chosen.randrange(1, 4)
            between = [f"1202555020{n}" for n in range(hops)] + [DEST]
            if chosen.random() < 0.2:
                between[chosen.randrange(len(between))] = chosen.choice(between)
            iat = NOW - chosen.randrange(20, 80)
            out = [base(between[0], iat)]
            for before, after in zip(between, between[1:]):
                iat += chosen.randrange(0, 12)
                out.append(("div", self.call(ORIG, [after], iat, div={"tn": before})))
            if chosen.random() < 0.3:
                out = [self.nest(out)]
        if chosen.random() < 0.25:
            out.append(self.extension(out[0][1]["dest"]["tn"][0], out[0][1]["iat"]))
        if chosen.random() < 0.1:
            chosen.shuffle(out)
        return out

    def nest(self, tokens):
        """A div-o for each div, around what was before it."""
        ppt, claims = tokens[0]
        for _, div in tokens[1:]:
            inner = self.value(ppt, claims).split(b";")[0].decode()
            ppt, claims = "div-o", {**div, "opt": inner}
        return ppt, claims

    def damage_claims(self, claims):
        """One thing of the JSON changes."""
        chosen = self.chosen
        places = []

        def collect(holder):
            for key in holder if isinstance(holder, dict) else range(len(holder)):
                places.append((holder, key))
                if isinstance(holder[key], (dict, list)):
                    collect(holder[key])
        collect(claims)
        holder, key = chosen.choice(places)
        kind = chosen.random()
        if kind < 0.3:
            del holder[key]
        elif kind < 0.6:
            holder[key] = chosen.choice((None, True, 0, -1, 1.5, 1e30, "", "x", "+12025550101", "1" * 16, "1" * 15, [], {}, [1], [""],
                                         {"tn": "1"}, "D", "a\x00b", "é", ["12025550109"] * 33, 2 ** 33, 2 ** 33 - 1, NOW + 61, NOW - 61,
                                         NOW - 301, DEST, ORIG))
        elif kind < 0.8 and isinstance(holder, dict):
            holder[chosen.choice(("tn", "uri", "iat", "orig", "attest", "opt", "rcdi", "crn", "sph", "hi", "z"))] = holder[key]
        elif isinstance(holder[key], str) and holder[key]:
            at = chosen.randrange(len(holder[key]))
            holder[key] = holder[key][:at] + chosen.choice("0123456789*#+ -ABCx/~=") + holder[key][at + 1:]
        elif isinstance(holder[key], int):
            holder[key] += chosen.choice((-100, -60, -1, 1, 60, 100))

    def damage_octets(self, octets, how_many=1):
        chosen = self.chosen
        for _ in range(how_many):
            at = chosen.randrange(len(octets) + 1)
            kind = chosen.random()
            new = chosen.choice((bytes([chosen.randrange(256)]), bytes([chosen.choice(b'.;,<>="\\ \t\r\n{}[]:09-_+/Aa')]),
                                 b"\\u0061", b"\\ud800", b"\\n", b'","', b":1,", b"[[[[[[[[", b'"a":1,', b" "))
            if kind < 0.4:
                octets = octets[:at] + new + octets[at + 1:]
            elif kind < 0.7:
                octets = octets[:at] + new + octets[at:]
            elif kind < 0.9:
                octets = octets[:at] + octets[at + chosen.randrange(1, 4):]
            else:
                end = min(len(octets), at + chosen.randrange(1, 30))
                octets = octets[:end] + octets[at:end] + octets[end:]
        return octets

    def value(self, ppt, claims, damage=None):
        chosen = self.chosen
        url = chosen.choice(URLS)
        header = {"alg": "ES256", "typ": "passport", "x5u": url, **({"ppt": ppt} if ppt else {})}
        if damage == "header":
            self.damage_claims(header)
        parts = [text(header), text(claims)]
        if damage == "json":
            which = chosen.randrange(2)
            parts[which] = self.damage_octets(parts[which])
        signed = b".".join(map(base64url, parts))
        signature = self.pki.sign(url, signed)
        if damage == "signature":
            signature = chosen.choice((
                signature[:-1], signature + b"x", b"", bytes(64), signature[:32] + bytes(32), b"\xff" * 32 + signature[32:],
                signature[:32] + slow_verifier.ORDER.to_bytes(32, "big"), self.damage_octets(signature),
                signature[:32] + (slow_verifier.ORDER - int.from_bytes(signature[32:], "big")).to_bytes(32, "big")))
        out = signed + b"." + base64url(signature) + b";info=<" + url.encode() + b">"
        if chosen.random() < 0.7:
            out += b";alg=ES256"
        if ppt:
            out += b';ppt="' + ppt.encode() + b'"' if chosen.random() < 0.2 else b";ppt=" + ppt.encode()
        return out

    def case(self):
        chosen = self.chosen
        tokens = [(ppt, copy.deepcopy(claims)) for ppt, claims in self.good_set()]
        kind = chosen.random()
        hurt = chosen.randrange(len(tokens))
        damage = None
        if kind < 0.35:
            for _ in range(chosen.choice((1, 1, 1, 2))):
                self.damage_claims(tokens[hurt][1])
        elif kind < 0.6:
            damage = chosen.choice(("header", "json", "json", "json", "signature"))
        values = [self.value(ppt, claims, damage if n == hurt else None) for n, (ppt, claims) in enumerate(tokens)]
        if 0.6 <= kind < 0.85:
            values[hurt] = self.damage_octets(values[hurt], chosen.choice((1, 1, 2)))
        elif 0.85 <= kind < 0.9:
            values += [chosen.choice(values) for _ in range(chosen.randrange(1, 9))]
        return values


class Oracle(unittest.TestCase):
    def test_both_say_the_same(self):
        chosen = random.Random(SEED)
        seen = {}
        with tempfile.TemporaryDirectory() as folder:
            pki = Pki(folder)
            maker = Maker(pki, chosen)
            request = {"now": NOW, "orig": ("tn", ORIG.encode()), "dest": ("tn", DEST.encode()),
                       "validity": (NOW - 86400, NOW + 86400),
                       "keys": {url.encode(): key.public_key() for url, key in pki.keys.items()}}
            cases = [maker.case() for _ in range(TOKENS)]
            lines = "".join(f"{NOW} tel:+{ORIG} tel:+{DEST} {' '.join(v.hex() for v in values)}\n" for values in cases)
            done = subprocess.run([BATCH, *pki.arguments()], input=lines.encode(), capture_output=True, timeout=3000, check=True)
            answers = done.stdout.decode().splitlines()
            self.assertEqual(len(answers), len(cases))
            for values, answer in zip(cases, answers):
                wanted = slow_verifier.verify(values, request)
                said = answer.split()[0]
                if said == "NOT_CHECKED" or said.startswith("X5U_") and said != "X5U_MISSING":
                    said = "URL_UNKNOWN"
                seen[said] = seen.get(said, 0) + 1
                if said not in wanted:
                    self.fail(f"the library says {answer}, the slow verifier {sorted(wanted)}, of\n" + "\n".join(map(repr, values)))
        print(f"{len(cases)} sets of headers, {len(seen)} reasons: " +
              ", ".join(f"{name} {count}" for name, count in sorted(seen.items(), key=lambda item: -item[1])))
        self.assertGreater(seen.get("OK", 0), len(cases) // 20)
        if len(cases) >= 4000:
            self.assertGreater(len(seen), 45)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=1))
