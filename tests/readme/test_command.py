"""What the first page says of JSON keys, exit codes, options and default rules is what the command does."""

import base64
import os
import re
import unittest

import capture_file
import case
import command
import messages
import pages

PAGE = pages.text_of("README.md")
HEADER = "".join(map(pages.text_of, pages.c_headers()))

# Refused by the strict profile, with everything in it that the JSON of parse has a key for.
EVERYTHING = messages.lines(
    "INVITE sip:bob@example.com SIP/2.0",
    "Via: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bKa7c6;rport",
    "Max-Forwards: 999",
    'From: "Alice" <sip:alice@example.com:5062>;tag=1;x=y',
    'To: "Bob" <sip:bob@example.com>;tag=2',
    "Call-ID: 1@192.0.2.1",
    "CSeq: 1 INVITE",
    "Contact: <sip:alice@192.0.2.1>;expires=60",
    "Content-Length: 4",
    "",
) + b"body"


def schema(text):
    """`a b{c,d[]}` as a dictionary: None for a value, a dictionary for an object, a list around either for an array."""
    words = re.findall(r"\w+|[{}\[\],]|\s+", text.strip())

    def items():
        found = {}
        while words and words[0] != "}":
            name = words.pop(0)
            many = words[:2] == ["[", "]"]
            del words[:2 if many else 0]
            inner = None
            if words and words[0] == "{":
                del words[0]
                inner = items()
                words.pop(0)
            found[name] = [inner] if many else inner
            while words and (words[0] == "," or words[0].isspace()):
                del words[0]
        return found
    return items()


class JsonKeys(case.Case):
    def setUp(self):
        super().setUp()
        text = pages.section(PAGE, "The command")
        found = pages.code(text)
        self.inspect = next(code for code in found if code.startswith("time src "))
        self.parse = schema(next(code for code in found if code.startswith("file status ")))
        address = schema(next(code for code in found if code.startswith("{display,"))[1:-1])
        self.assertIn("`from`, `to` and each `contact` are `{display,", text)
        self.parse.update({"from": address, "to": address, "contact": [address]})

    def assert_shape(self, shape, value, where):
        if isinstance(shape, list):
            self.assertTrue(value, f"{where} is empty: the test shows nothing")
            for item in value:
                self.assert_shape(shape[0], item, where)
        elif isinstance(shape, dict):
            self.assertEqual(list(value), list(shape), where)
            for key, inner in shape.items():
                self.assert_shape(inner, value[key], f"{where}.{key}")
        else:
            self.assertNotIsInstance(value, (dict, list), where)

    def test_of_inspect(self):
        capture = str(pages.ROOT / "examples/captures/first_look.pcap")
        done = command.run("inspect", "--json", capture)
        for line in command.json_lines(done.stdout):
            self.assertEqual(" ".join(line), self.inspect)
        self.assertEqual(done.stdout, command.run("inspect", "--json", capture).stdout)

    def test_of_parse(self):
        self.assert_shape(self.parse, self.parsed(EVERYTHING, "--profile", "strict"), "")

    def test_of_identity_verify(self):
        if command.run("identity", "--help").returncode != 0:
            self.skipTest("built without identity")
        shape = schema(re.search(r"With `--json`: `(result\s+reason [^`]+)`", PAGE).group(1))
        claims = (b'{"alg":"ES256","ppt":"shaken","typ":"passport","x5u":"https://a.example/c"}',
                  b'{"attest":"A","dest":{"tn":["12025550102"]},"iat":1,"orig":{"tn":"12025550101"},"origid":"x"}', b"x" * 64)
        token = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in claims)
        value = self.write("identity.txt", token + b";info=<https://a.example/c>;ppt=shaken")
        done = command.run("identity", "verify", "--identity", value, "--orig", "12025550101", "--dest", "12025550102", "--json")
        said = command.json_lines(done.stdout)[0]
        self.assert_shape(shape, said, "")
        self.assertEqual((said["reason"], said["flags"], done.returncode), ("IAT_STALE", ["ORIGID_NOT_UUID"], 1))

    def test_words_of_status(self):
        words = re.search(r"`status` is `(\w+)`,\s*`(\w+)`, `(\w+)`, or with `--stream` `(\w+)`", PAGE).groups()
        said = (self.parsed(messages.INVITE), self.parsed(b"x\r\n\r\n"),
                self.parsed(messages.INVITE.replace(b"Max-F", b"Max-Forwards: 70\r\n" * 300 + b"Max-F")), self.parsed(messages.INVITE[:-1], "--stream"))
        self.assertEqual(words, tuple(line["status"] for line in said))
        self.assertIsNone(self.parsed(messages.RINGING)["method"])
        self.assertEqual(self.parsed(messages.RINGING)["cseq"]["method"], "INVITE")

    def test_options_on_the_page_exist(self):
        words = set(re.findall(r"--[a-z][a-z-]+", pages.section(PAGE, "The command")))
        self.assertGreater(len(words), 4)
        helped = "".join(command.run(*line.split(), "--help").stdout.decode()
                         for line in ("inspect", "parse", "rules check", "rules explain", "rules fmt", "rules test",
                                      "identity verify", "identity sign", "identity inspect", "watch", "cdr", "feed check",
                                      "evidence verify", "evidence show", "evidence export", "evidence replay",
                                      "evidence forget", "evidence key", "evidence unmask", "case"))
        for word in words:
            self.assertIn(word, helped)

    def test_actions_ascend_as_the_page_says(self):
        named = re.search(r"Actions, ascending: `([a-z\s]+)`", PAGE).group(1).split()
        declared = re.findall(r"^  SIPWARD_ACTION_(\w+) = (\d+)", HEADER, re.MULTILINE)
        self.assertEqual([(name.upper(), str(i)) for i, name in enumerate(named)], declared)


class ExitCodes(case.Case):
    def setUp(self):
        super().setUp()
        quiet = capture_file.udp_packet(messages.RINGING, ("192.0.2.1", 5060), ("192.0.2.2", 5060))
        loud = capture_file.udp_packet(messages.scan(1), ("192.0.2.66", 5060), ("192.0.2.2", 5060))
        self.quiet = self.write("quiet.pcap", capture_file.pcap([(0, 0, quiet)]))
        self.loud = self.write("loud.pcap", capture_file.pcap([(0, 0, loud)]))
        self.sound = self.write("sound.sip", messages.INVITE)
        self.broken = self.write("broken.sip", b"nonsense\r\n\r\n")
        self.absent = os.path.join(self.folder.name, "absent")
        rule = "version 1\nrule a.b {{ on request when {} then alert }}\n"
        self.warned = self.write("warned.ward", rule.format("1 == 1").encode())
        self.failing = self.write("failing.ward", b'version 1\ntest "t" { given tick expect drop }\n')
        self.wrong = self.write("wrong.ward", rule.format("unheard").encode())

    def commands(self):
        """Of a cell of the table, the runs that it speaks of."""
        return {
            ("inspect", "nothing above `flag`"): [["inspect", self.quiet], ["inspect", "--report-only", self.loud]],
            ("inspect", "something above `flag`"): [["inspect", self.loud]],
            ("inspect", "unusable capture or rules"): [
                ["inspect", self.sound], ["inspect", self.absent], ["inspect", "--rules", self.wrong, self.quiet]],
            ("parse", "all messages `ok`"): [["parse", self.sound], ["parse", self.sound, self.sound]],
            ("parse", "some are not"): [["parse", self.broken], ["parse", self.broken, self.sound]],
            ("parse", "a file cannot be read (the others are still shown)"): [["parse", self.absent, self.sound]],
            ("rules", "correct (warnings are allowed); all tests passed"): [["rules", "check", self.warned], ["rules", "test", self.warned]],
            ("rules", "some tests failed"): [["rules", "test", self.failing]],
            ("rules", "errors, or a file cannot be read"): [
                ["rules", "check", self.wrong], ["rules", "check", self.absent], ["rules", "explain", self.wrong],
                ["rules", "test", self.wrong], ["rules", "test", self.absent]],
        }

    def test_are_those_of_the_table(self):
        commands = self.commands()
        for status, *cells in pages.table(PAGE, "exit", "inspect", "parse", "rules"):
            for word, cell in zip(("inspect", "parse", "rules"), cells):
                self.assertIn((word, cell), commands, "the table says something that is not tried here")
                for arguments in commands.pop((word, cell)):
                    done = command.run(*arguments)
                    self.assertEqual(done.returncode, int(status), (arguments, done.stderr))
        self.assertEqual(commands, {})

    def test_go_with_what_is_shown(self):
        shown = command.run("parse", "--json", self.absent, self.sound)
        self.assertEqual([line["status"] for line in command.json_lines(shown.stdout)], ["ok"])
        warned = command.run("rules", "check", self.warned)
        self.assertIn(b"warning R302", warned.stdout + warned.stderr)


class DefaultRules(unittest.TestCase):
    def test_on_the_page_are_those_of_the_pack(self):
        pack = [name for path in (pages.ROOT / "lib/pack/rules").glob("*.ward")
                for name in re.findall(r"^rule ([\w.]+)", path.read_text(encoding="utf-8"), re.MULTILINE)]
        rows = pages.table(PAGE, "threat", "rules")
        named = [name for row in rows for name in pages.code(row[1])]
        self.assertEqual(sorted(named), sorted(pack))
        explained = command.run("rules", "explain").stdout.decode()
        for name in pack:
            self.assertRegex(explained, rf"(?m)\b{re.escape(name)}\b")

if __name__ == "__main__":
    unittest.main(verbosity=2)
