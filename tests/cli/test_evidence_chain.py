"""The certificates that an identity was checked with: in records, shown, given on and judged again."""

import base64
import datetime
import hashlib
import json
import os
import pathlib
import sys
import unittest

import capture_file
import case
import command

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "examples" / "identity"))

URLS = [f"https://certs.example.net/{name}.pem" for name in ("spc", "revoked", "hostile", "missing")]
RULES = b"""version 1
rule good { on request when (identity.spc ?? "") == "709J" then tag "good", alert }
rule bad { on request when identity.result == failed then reject 438 "Bad" }
"""
HOSTILE = "<script>\x1b[31m\u202e\u00e9"


def invite(number, value):
    return (f"INVITE sip:12155551299@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK{number}\r\nMax-Forwards: 70\r\n"
            f"From: <sip:12155551212@example.com>;tag=a{number}\r\nTo: <sip:12155551299@example.com>\r\nCall-ID: call-{number}@example.com\r\n"
            f"CSeq: 1 INVITE\r\n").encode() + value + b"Content-Length: 0\r\n\r\n"


@unittest.skipUnless(os.environ.get("SIPWARD_HAS_IDENTITY") == "1", "built without identity")
class Chains(case.Case):
    def setUp(self):
        super().setUp()
        import stir_pki  # wants python3-cryptography
        self.pki = pathlib.Path(self.folder.name) / "pki"
        stir_pki.make(self.pki, capture_file.START, "709J", "12155551200", 100)
        self.make_hostile()
        self.log = os.path.join(self.folder.name, "log")
        messages = [invite(i, self.signed(label, url)) for i, (label, url) in enumerate(
            (("spc", URLS[0]), ("revoked", URLS[1]), ("spc", URLS[2]), ("spc", URLS[3])))] + [invite(9, b"")]
        packets = [(i, 0, capture_file.udp_packet(m, ("192.0.2.7", 5060), ("198.51.100.1", 5060))) for i, m in enumerate(messages)]
        chains = [word for name, url in zip(("spc.chain", "revoked.chain", "hostile.chain"), URLS) for word in ("--chain", f"{url}={self.pki}/{name}.pem")]
        done = command.run("inspect", "--rules", self.write("r.ward", RULES), "--no-default-rules", "--evidence", self.log, "--evidence-level", "allow",
                           "--anchors", self.pki / "anchors.pem", "--crl", self.pki / "sti-pa.crl", *chains, "--json",
                           self.write("c.pcap", capture_file.pcap(packets)))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.found = command.json_lines(done.stdout)

    def make_hostile(self):
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOSTILE)])
        begin = datetime.datetime.fromtimestamp(capture_file.START - 100, datetime.timezone.utc).replace(tzinfo=None)
        made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(77)
                .not_valid_before(begin).not_valid_after(begin + datetime.timedelta(days=2)).sign(key, hashes.SHA256()))
        (self.pki / "hostile.chain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def signed(self, label, url):
        done = command.run("identity", "sign", "--key", self.pki / f"{label}.key", "--chain", self.pki / f"{label}.chain.pem", "--x5u", url, "--now",
                           str(capture_file.START), "--orig", "12155551212", "--dest", "12155551299", "--attest", "A")
        self.assertEqual(done.returncode, 0, done.stderr)
        return b"Identity: " + done.stdout.strip() + b"\r\n"

    def der_of(self, label):
        blocks = (self.pki / f"{label}.chain.pem").read_bytes().split(b"-----BEGIN CERTIFICATE-----")[1:]
        return [base64.b64decode(b"".join(block.split(b"-----END")[0].split())) for block in blocks]

    def evidence(self, *words):
        done = command.run("evidence", *words)
        self.assertEqual(done.returncode, 0, (words, done.stderr))
        return done.stdout.decode()

    def shown(self, path=None, *options):
        return [json.loads(line) for line in self.evidence("show", "--json", path or self.log, *options).splitlines()]

    def test_are_kept_whatever_came_of_the_check(self):
        self.assertEqual([line["rules"] for line in self.found], [["good"], ["bad"], ["bad"], [], []])
        identities = [line["decision"].get("identity") for line in self.shown()]
        self.assertEqual([identity and identity["result"] for identity in identities], ["verified", "failed", "failed", "pending", None])
        self.assertEqual([identity["reason"] for identity in identities[:2]], ["OK", "CERT_REVOKED"])
        self.assertEqual([[(chain["x5u"], chain["headers"]) for chain in identity["chains"]] for identity in identities[:4]],
                         [[(url, [0])] for url in URLS[:3]] + [[]])
        for identity, label in zip(identities, ("spc", "revoked", "hostile")):
            certificates = identity["chains"][0]["certificates"]
            expected = self.der_of(label)
            self.assertEqual([base64.b64decode(each["der"]) for each in certificates[:len(expected)]], expected)
            for each in certificates:
                self.assertEqual(each["sha256"], hashlib.sha256(base64.b64decode(each["der"])).hexdigest())
        spc = identities[0]["chains"][0]["certificates"]
        self.assertEqual(len(spc), 3, "up to the anchor")
        self.assertEqual([each["spc"] for each in spc], [["709J"], [], []])
        self.assertEqual([each["issuer"] for each in spc], [each["subject"] for each in spc[1:]] + [spc[-1]["subject"]])
        for each in spc:
            self.assertLess(each["not_before"], "2026-11-23T15:04:06Z")
            self.assertGreater(each["not_after"], "2026-11-23T15:04:06Z")
            self.assertRegex(each["serial"], "^[0-9a-f]+$")

    def test_are_judged_again_and_given_on(self):
        self.assertIn("5 the same", self.evidence("replay", self.log))
        bundle = os.path.join(self.folder.name, "case.bundle")
        self.evidence("export", self.log, bundle, "--text", "call-1@example.com")
        self.assertEqual(self.shown(bundle), [line for line in self.shown() if line["action"] == "reject"][:1])
        self.assertIn("1 the same", self.evidence("replay", bundle))

    def test_are_text_for_people(self):
        for sequence, line in ((line["sequence"], line) for line in self.shown()[:3]):
            text = self.evidence("show", self.log, "--sequence", str(sequence))
            self.assertTrue(command.is_harmless(text))
            told = json.loads(text)["decision"]["identity"]["chains"]
            expected = line["decision"]["identity"]["chains"]
            for chain in expected:
                for certificate in chain["certificates"]:
                    del certificate["der"]
            self.assertEqual(told, expected)
        self.assertIn("script", text)
        self.assertEqual(told[0]["certificates"][0]["serial"], "4d")

    def test_name_nobody_behind_a_mask(self):
        key = os.path.join(self.folder.name, "mask.key")
        plain, masked = (self.shown(self.log, *options)[0]["decision"]["identity"]["chains"][0] for options in ((), ("--mask", key)))
        self.assertEqual(masked["x5u"], plain["x5u"])
        for before, after in zip(plain["certificates"], masked["certificates"]):
            for name in before:
                self.assertEqual(before[name] == after[name], name not in ("subject", "der"), name)

    def test_are_gone_with_their_record(self):
        first = self.shown()[0]["sequence"]
        self.evidence("forget", self.log, str(first))
        self.assertIsNone(self.shown()[0]["decision"])

    def test_unusable_files(self):
        capture = self.write("empty.pcap", capture_file.pcap([]))
        anchors = self.pki / "anchors.pem"
        for words, said in ((("--anchors", "absent"), b"absent: "), (("--anchors", capture), b"no certificates"), (("--chain", "x"), b"--anchors"),
                            (("--anchors", anchors, "--chain", "spc.pem"), b"is not URL=FILE"),
                            (("--anchors", anchors, "--chain", URLS[0] + "=absent"), b"absent: "), (("--anchors", anchors, "--crl", "absent"), b"absent: ")):
            done = command.run("inspect", *words, capture)
            self.assertEqual((done.returncode, done.stdout), (2, b""), words)
            self.assertIn(said, done.stderr, words)


if __name__ == "__main__":
    unittest.main()
