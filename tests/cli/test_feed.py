"""`sipward feed check`: what a feed would do, entry by entry."""

import tempfile
import unittest

import command


def check(feed, *options):
    return command.run("feed", "check", *options, "-", stdin=feed)


class Check(unittest.TestCase):
    def test_says_what_would_be_taken_and_what_not(self):
        done = check(b"203.0.113.0/24 ; one\n; comment\nrubbish\n0.0.0.0/0\n10.0.0.1\n203.0.113.0/24\n")
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        self.assertEqual(done.stdout.decode().splitlines(), [
            "-:3:1: malformed: rubbish", "-:4:1: too_wide: 0.0.0.0/0", "-:5:1: private: 10.0.0.1", "-:6:1: repeated: 203.0.113.0/24",
            "-: 1 entry, 4 refused (malformed 1, too_wide 1, private 1, repeated 1)"])  # fmt: skip
        done = check(b"203.0.113.0/24\n203.0.113.7\n")
        self.assertEqual((done.returncode, done.stdout), (0, b"-: 2 entries, 0 refused\n"))

    def test_every_format(self):
        for feed, options in ((b'{"ipaddress":["203.0.113.1"],"ID":"42"}', []), (b"why;ip\nx;203.0.113.1\n", ["--column", "ip", "--reason-column", "why"]),
                              (b"203.0.113.1,60\n", ["--ttl-column", "2", "--format", "csv", "--kind", "address"])):  # fmt: skip
            done = check(feed, *options)
            self.assertEqual((done.returncode, done.stderr), (0, b""), feed)
            self.assertIn(b"1 entry, 0 refused", done.stdout)

    def test_json(self):
        done = check(b'{"ipaddress":["203.0.113.1","x"],"ID":"42"}', "--json")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(command.json_lines(done.stdout), [{
            "file": "-", "fault": None, "entries": 1, "timestamp": 0, "cursor": "42",
            "refused": {"malformed": 1, "too_wide": 0, "private": 0, "allowed": 0, "repeated": 0, "too_many": 0}}])  # fmt: skip

    def test_what_is_refused_as_a_whole(self):
        for feed, fault in ((b"", b"empty"), (b"<html>no</html>", b"empty"), (b'["203.0.113.1"', b"broken")):
            done = check(feed)
            self.assertEqual(done.returncode, 2, feed)
            self.assertIn(b"refused: " + fault, done.stdout)

    def test_numbers_of_home_and_what_is_allowed(self):
        with tempfile.NamedTemporaryFile() as allowed:
            allowed.write(b"+49 30 123456\n")
            allowed.flush()
            done = check(b"4930\n49301234567\n491234567\n882134\n", "--kind", "number", "--home", "49", "--allowed", allowed.name)
        self.assertEqual(done.stdout.decode().splitlines()[:2], ["-:1:1: too_wide: 4930", "-:2:1: allowed: 49301234567"])
        self.assertIn(b"2 entries", done.stdout)

    def test_a_key_wants_a_signature(self):
        key = b"RWQBAgMEBQYHCAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
        with tempfile.NamedTemporaryFile() as file:
            file.write(key)
            file.flush()
            self.assertIn(b"refused: unsigned", check(b"203.0.113.1", "--key", file.name).stdout)
            done = check(b"203.0.113.1", "--key", file.name, "--signature", file.name)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"refused: bad_signature", done.stdout)
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"no key")
            file.flush()
            done = check(b"203.0.113.1", "--key", file.name)
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertIn(b"--key cannot be used", done.stderr)


if __name__ == "__main__":
    unittest.main()
