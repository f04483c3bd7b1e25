"""`sipward identity`: what it prints, its exit codes, and what it makes of unusable input. The cases themselves: tests/identity."""

import base64
import json
import os
import pathlib
import re
import sys
import unittest

import case
import command

ROOT = pathlib.Path(__file__).resolve().parents[2]

HELPED = {
    "verify": ["--identity", "--message", "--chain", "--anchors", "--crl", "--now", "--orig", "--dest", "--date", "--json", "Exit status"],
    "sign": ["--key", "--chain", "--x5u", "--ppt", "--orig", "--dest", "--attest", "--origid", "--claims", "--received", "--div", "--compact", "--now",
             "Exit status"],
    "inspect": ["FILE", "--json", "Exit status"],
}
HEADER = ('{"alg":"ES256","ppt":"shaken","typ":"passport","x5u":"https://certs.example.net/a.pem"}',
          '{"attest":"A","dest":{"tn":["12025550102"]},"iat":1800000000,"orig":{"tn":"12025550101"},"origid":"x\u202ey"}')


def token():
    parts = [part.encode() for part in HEADER] + [b"x" * 64]
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)


VALUE = token() + b";info=<https://certs.example.net/a.pem>;alg=ES256;ppt=shaken"

@unittest.skipUnless(os.environ.get("SIPWARD_HAS_IDENTITY") == "1", "built without identity")
class Identity(case.Case):
    def test_help_names_every_option(self):
        for word, names in HELPED.items():
            text = command.run("identity", word, "--help").stdout.decode()
            self.assertIn("Example", text)
            self.assertIn(f"  sipward identity {word}", text)
            for name in names:
                self.assertIn(name, text)

    def test_mistakes_are_exit_2_with_one_line(self):
        values = self.write("values.txt", VALUE)
        for words in (["identity"], ["identity", "nonsense"], ["identity", "verify"], ["identity", "verify", "--nonsense"], ["identity", "inspect"],
                      ["identity", "verify", "--identity", values, "--anchors", values],
                      ["identity", "verify", "--identity", values, "--orig", "1", "--dest", "2", "--anchors", values],
                      ["identity", "verify", "--identity", values, "--message", values, "--anchors", values],
                      ["identity", "verify", "--identity", "absent", "--orig", "1", "--dest", "2", "--anchors", values],
                      ["identity", "verify", "--identity", values, "--orig", "1", "--dest", "2", "--anchors", "absent"],
                      ["identity", "verify", "--identity", values, "--orig", "1", "--dest", "2", "--now", "x", "--anchors", values],
                      ["identity", "verify", "--identity", values, "--orig", "1", "--dest", "2", "--date", "x", "--anchors", values],
                      ["identity", "verify", "--message", values, "--anchors", values],
                      ["identity", "sign"],
                      ["identity", "sign", "--key", values, "--chain", values, "--x5u", "https://a.example/c", "--orig", "1", "--dest", "2"],
                      ["identity", "sign", "--key", "absent", "--chain", values, "--x5u", "https://a.example/c", "--orig", "1", "--dest", "2"],
                      ["identity", "sign", "--key", values, "--chain", values, "--x5u", "https://a.example/c", "--dest", "2"],
                      ["identity", "sign", "--key", values, "--chain", values, "--x5u", "https://a.example/c", "--dest", "2", "--ppt", "div"],
                      ["identity", "sign", "--key", values, "--chain", values, "--x5u", "https://a.example/c", "--orig", "1", "--dest", "2",
                       "--ppt", "nonsense"],
                      ["identity", "inspect", "absent"]):
            done = command.run(*words)
            self.assertEqual((done.returncode, done.stdout), (2, b""), words)
            self.assertEqual(len(done.stderr.splitlines()), 1, words)

    def test_inspect_explains_a_token(self):
        path = self.write("values.txt", VALUE + b"\r\n\n" + token() + b"\n")
        done = command.run("identity", "inspect", path)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        text = done.stdout.decode()
        self.assertTrue(command.is_harmless(text))
        self.assertEqual(text.count("PASSporT of type shaken"), 2)
        for line in (r"caller +tn 12025550101", r"called +tn 12025550102", r"signed at +1800000000 \(2027-01-15 08:00:00 UTC\)",
                     r"attest +A", r"note +ORIGID_NOT_UUID: "):
            self.assertRegex(text, line)
        done = command.run("identity", "inspect", "--json", self.write("broken.txt", VALUE.replace(b".", b"!.", 1)))
        self.assertEqual(done.returncode, 1)
        said = json.loads(done.stdout)
        self.assertEqual((said["reason"], said["header"]["reason"], said["payload"]["json"]), ("B64_INVALID", "B64_INVALID", HEADER[1]))

    def test_reasons_and_flags_are_named_in_their_tables(self):
        tables = {}
        for table in ("lib/facts/identity_reason.def", "lib/identity/flag.def"):
            with open(os.path.join(os.path.dirname(__file__), "..", "..", table), encoding="utf-8") as file:
                tables[table] = set(re.findall(r'^SIPWARD_IDENTITY_\w+\(\w+,\s+"(\w+)"', file.read(), re.MULTILINE))
        said = json.loads(command.run("identity", "inspect", "--json", self.write("v.txt", VALUE)).stdout)
        self.assertIn(said["reason"], tables["lib/facts/identity_reason.def"])
        self.assertLessEqual(set(said["flags"]), tables["lib/identity/flag.def"])

    def test_what_is_signed_verifies(self):
        sys.path.insert(0, str(ROOT / "examples" / "identity"))
        import stir_pki  # wants python3-cryptography
        now, url = 1800000000, "https://certs.example.net/a.pem"
        made = pathlib.Path(self.write("anything", b"")).parent / "pki"
        stir_pki.make(made, now, "709J", "12155551200", 100)

        def sign(label, *words):
            return command.run("identity", "sign", "--key", made / f"{label}.key", "--chain", made / f"{label}.chain.pem", "--x5u", url,
                               "--now", str(now), *words)

        def verify(values, dest, *words):
            done = command.run("identity", "verify", "--identity", self.write("signed.txt", values), "--chain", made / "spc.chain.pem",
                               "--anchors", made / "anchors.pem", "--crl", made / "sti-pa.crl", "--now", str(now), "--orig", "12155551212",
                               "--dest", dest, "--json", *words)
            return json.loads(done.stdout)["reason"]

        call = ("--orig", "tel:+1-215-555-1212", "--dest", "12155551299")
        done = sign("spc", *call, "--attest", "A")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(verify(done.stdout, "12155551299"), "OK")
        base = self.write("base.txt", done.stdout)
        diverted = sign("spc", "--ppt", "div", "--received", base, "--dest", "442071838750")
        self.assertEqual(diverted.returncode, 0)
        self.assertEqual(verify(done.stdout + diverted.stdout, "442071838750"), "OK")
        claims = self.write("claims.json", b'{"rcd": {"nam": "Caller"}}')
        named = sign("spc", *call, "--ppt", "rcd", "--claims", claims)
        self.assertEqual(verify(done.stdout + named.stdout, "12155551299"), "OK")
        self.assertTrue(sign("spc", *call, "--attest", "A", "--compact").stdout.startswith(b".."))
        # Exit 1: one line that says why, and nothing to send.
        for label, words, why in (("spc", (*call, "--attest", "D"), b"ATTEST_INVALID"), ("constrained", (*call, "--attest", "A"), b"CLAIM_CONSTRAINT"),
                                  ("delegate", (*call, "--attest", "A"), b"TNAUTH_NOT_COVERED"),
                                  ("spc", (*call, "--attest", "A", "--claims", base), b"--claims"),
                                  ("spc", ("--orig", "+1215", "--dest", "1", "--attest", "A"), b"TN_NOT_CANONICAL")):
            done = sign(label, *words)
            self.assertEqual((done.returncode, done.stdout, len(done.stderr.splitlines())), (1, b"", 1), words)
            self.assertIn(why, done.stderr)
        other = command.run("identity", "sign", "--key", made / "numbers.key", "--chain", made / "spc.chain.pem", "--x5u", url, "--now",
                            str(now), *call, "--attest", "A")
        self.assertEqual(other.returncode, 1)
        self.assertIn(b"is not that of the certificate", other.stderr)


if __name__ == "__main__":
    unittest.main()
