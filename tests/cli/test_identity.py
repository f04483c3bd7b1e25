"""`sipward identity`: what it prints, its exit codes, and what it makes of unusable input. The cases themselves: tests/identity."""

import base64
import json
import os
import re
import unittest

import case
import command

HELPED = {
    "verify": ["--identity", "--message", "--chain", "--anchors", "--crl", "--now", "--orig", "--dest", "--date", "--json", "Exit status"],
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


if __name__ == "__main__":
    unittest.main()
