"""The corpus of verification cases through the command: the expected reason, SIP code and flags, and nothing else."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

BINARY = os.environ["SIPWARD_BIN"]
BATCH = os.environ["SIPWARD_IDENTITY_BATCH"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
STIR = pathlib.Path(os.environ.get("SIPWARD_CORPUS") or ROOT.parent / "shared" / "data") / "stir"
KEYS = ["result", "reason", "sip_code", "stage", "flags", "attest", "origid", "spc", "issuer", "verstat", "age", "div_count", "missing",
        "headers"]
# Whose names the revocation lists bear; who verifies may know them or not.
CRL_SIGNERS = (["pa-crl.crt"], [])


def run(*arguments, text=None):
    return subprocess.run([BINARY, "identity", *arguments], input=text, capture_output=True, timeout=60, check=False)


def lines_of(case):
    values = case["identity"]
    return [values] if isinstance(values, str) else values


def load(name):
    return json.loads((STIR / name).read_text(encoding="utf-8"))


@unittest.skipUnless(STIR.is_dir(), "SKIPPED: no corpus of identities (SIPWARD_CORPUS)")
class Cases(unittest.TestCase):
    def verify(self, case, signers):
        with tempfile.TemporaryDirectory() as folder:
            values = pathlib.Path(folder) / "identity.txt"
            values.write_text("\n".join(lines_of(case)) + "\n", encoding="utf-8")
            words = ["verify", "--identity", str(values), "--json", "--now", str(case["now"]),
                     "--orig", case["sip_orig_tn"], "--dest", case["sip_dest_tn"]]
            for chain in case.get("chains") or [case["chain"]]:
                words += ["--chain", str(STIR / "pki" / chain)]
            for anchor in case["anchors"] + (signers if "crl" in case else []):
                words += ["--anchors", str(STIR / "pki" / anchor)]
            if "crl" in case:
                words += ["--crl", str(STIR / "pki" / case["crl"])]
            return run(*words)

    def test_every_case_says_what_is_expected(self):
        cases = load("verify-cases.json")["vectors"]
        self.assertGreater(len(cases), 90)
        for case in cases:
            for signers in CRL_SIGNERS if "crl" in case else ([],):
                with self.subTest(case["name"], signers=signers):
                    done = self.verify(case, signers)
                    self.assertEqual(done.stderr, b"")
                    said = json.loads(done.stdout)
                    verified = case["expect"] == "OK"
                    none = case["expect"] in ("PPT_UNSUPPORTED", "NO_IDENTITY")
                    self.assertEqual((said["reason"], said["sip_code"], said["flags"]),
                                     (case["expect"], case["sip_code"], case.get("flags", [])))
                    self.assertEqual(said["result"], "verified" if verified else "none" if none else "failed")
                    self.assertEqual(done.returncode, 0 if verified else 1)
                    self.assertEqual(said["attest"] is not None, verified)
                    self.assertEqual(list(said), KEYS)


@unittest.skipUnless(STIR.is_dir(), "SKIPPED: no corpus of identities (SIPWARD_CORPUS)")
class Canonical(unittest.TestCase):
    def test_numbers_and_uris_are_written_as_expected(self):
        cases = load("canonicalization.json")
        done = subprocess.run([BATCH, "--canonical"], input="".join(c["uri"] + "\n" for c in cases).encode(), capture_output=True,
                              timeout=60, check=True)
        answers = [line.partition(" ")[::2] for line in done.stdout.decode().splitlines()]
        self.assertGreater(len(cases), 10)
        self.assertEqual([text for _, text in answers], [case["canonical"] for case in cases])
        for case, (kind, _) in zip(cases, answers):
            wanted = "none" if case["kind"].startswith("reject") else case["kind"].split()[0]
            self.assertEqual(kind, "tn" if wanted == "uri-or-tn" else wanted, case["uri"])


@unittest.skipUnless(STIR.is_dir(), "SKIPPED: no corpus of identities (SIPWARD_CORPUS)")
class Published(unittest.TestCase):
    # What their claims must be refused for, where the corpus says so in words.
    REFUSED = {"rfc8225-sec7-compact-source": "IAT_TYPE", "sems-shaken-C": "ORIG_TYPE",
               "libstirshaken-test14": "ORIG_TYPE", "kamailio-3784-div": "IAT_TYPE",
               "libstirshaken-passport.txt": "ORIG_TYPE", "rfc7515-A3-es256": "TYP_INVALID"}

    def test_every_token_parses(self):
        tokens = load("published-passports.json")["vectors"]
        self.assertGreater(len(tokens), 15)
        for token in tokens:
            with self.subTest(token["name"]):
                value = token["token"] + token["identity_params"]
                said = json.loads(run("inspect", "--json", "-", text=value.encode()).stdout)
                self.assertEqual(said["header"]["json"], token["header_json"])
                self.assertEqual(said["payload"]["json"], token["payload_json"])
                self.assertEqual(said["signature"], token["signature_hex"])
                self.assertEqual(said["header"]["canonical"], int(token["canonical_header"]))
                self.assertEqual(said["payload"]["canonical"], int(token["canonical_payload"]))
                self.assertEqual(said["reason"], self.REFUSED.get(token["name"], "OK"))


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=1))
