"""Attackers are caught at their first message, with or without their name; honest traffic is left alone."""

import pathlib
import tempfile
import unittest

import corpus

ATTACKS = ["sipvicious_svmap", "sipvicious_svwar", "sipvicious_svcrack", "sipvicious_svcrack_qop"]
SCANNER = b"friendly-scanner"
INNOCENT = b"Yealink SIP-T46G"


def from_attacker(line):
    return line["kind"] == "request" and line["src"].rsplit(":", 1)[1] != "5060"


class Attacks(unittest.TestCase):
    def check_first(self, path, within):
        code, lines = corpus.inspect(path)
        self.assertEqual(code, 1)
        attacker = [line for line in lines if from_attacker(line)]
        self.assertTrue(attacker)
        caught = next(i for i, line in enumerate(attacker) if corpus.above(line, "allow"))
        self.assertLess(caught, within, f"caught at message {caught + 1}: {attacker[caught]}")
        return attacker

    def test_first_message_is_caught(self):
        for name in ATTACKS:
            with self.subTest(name):
                attacker = self.check_first(corpus.capture(name + ".pcapng"), 1)
                self.assertIn("scan.user_agent", attacker[0]["rules"])

    def test_caught_without_its_name(self):
        for name in ATTACKS:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                data = corpus.capture(name + ".pcapng").read_bytes()
                self.assertIn(SCANNER, data)
                path = pathlib.Path(folder) / "disguised.pcapng"
                path.write_bytes(data.replace(SCANNER, INNOCENT))
                attacker = self.check_first(path, 10)
                self.assertFalse(any("scan.user_agent" in line["rules"] for line in attacker))

    def test_caught_without_its_name_and_its_marks(self):
        """Behaviour alone: many users asked for, or many passwords tried."""
        for name, rule in [("sipvicious_svwar", "enum.users"), ("sipvicious_svcrack", "auth.guessing"),
                           ("sipvicious_svcrack_qop", "auth.guessing")]:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                data = corpus.capture(name + ".pcapng").read_bytes().replace(SCANNER, INNOCENT)
                for mark, other in [(b"branch=z9hG4bK-", b"branch=z9hG4bKx"), (b"Accept: application/sdp", b"Accept: application/xyz"),
                                    (b"Max-Forwards: 70\r\nTo: ", b"Max-Forwards: 70\r\nt : "), (b"@1.1.1.1", b"@2.2.2.2")]:
                    data = data.replace(mark, other)
                path = pathlib.Path(folder) / "disguised.pcapng"
                path.write_bytes(data)
                _, lines = corpus.inspect(path)
                first = next((i for i, line in enumerate(lines) if rule in line["rules"]), None)
                self.assertIsNotNone(first, f"{rule} never matched")
                self.assertLess(first, 40)

    def test_the_committed_capture(self):
        code, lines = corpus.inspect(corpus.SOURCE / "examples/captures/first_look.pcap")
        self.assertEqual(code, 1)
        for line in lines:
            honest = {line["src"], line["dst"]} & {"127.0.0.10:5080", "127.0.0.20:5070"}
            if honest:
                self.assertEqual(line["action"], "allow", line)
        rules = {rule for line in lines for rule in line["rules"]}
        self.assertLessEqual({"scan.user_agent", "scan.sipvicious", "auth.bruteforce", "enum.register"}, rules)


class Honest(unittest.TestCase):
    def check_clean(self, lines):
        self.assertEqual([line for line in lines if line["action"] != "allow"], [])

    def test_five_hundred_calls(self):
        code, lines = corpus.inspect(corpus.capture("kam_sipp_calls.pcapng"))
        self.assertEqual(len(lines), 9092)
        self.check_clean(lines)
        self.assertEqual([line for line in lines if line["anomalies"]], [])
        self.assertEqual(code, 0)

    def test_a_softphone(self):
        """The capture holds a call, a ping by sipsak, and one probe by svmap: that one is no honest message."""
        _, lines = corpus.inspect(corpus.capture("baresip_call.pcapng"))
        self.assertEqual(len(lines), 10)
        probe = [line for line in lines if line["from"] == "sip:100@1.1.1.1" and line["kind"] == "request"]
        self.assertEqual(len(probe), 1)
        self.assertIn("scan.user_agent", probe[0]["rules"])
        self.check_clean([line for line in lines if line is not probe[0]])


if __name__ == "__main__":
    unittest.main()
