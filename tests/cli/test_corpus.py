"""Everything in the shared test data goes through the command."""

import os
import tarfile
import tempfile
import unittest

import command

BATCH = 500


def files_below(folder):
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            yield os.path.join(place, name)


class Corpus(unittest.TestCase):
    def setUp(self):
        if not os.path.isdir(os.path.join(command.CORPUS, "sip")):
            print(f"SKIPPED {self.id()}: no test data at SIPWARD_CORPUS")
            self.skipTest("no test data")

    def check_all(self, files):
        for begin in range(0, len(files), BATCH):
            batch = files[begin:begin + BATCH]
            done = command.run("parse", "--json", *batch)
            self.assertIn(done.returncode, (0, 1), done.stderr)
            self.assertEqual(done.stderr, b"")
            found = command.json_lines(done.stdout)
            self.assertEqual([m["file"] for m in found], batch)
            for path, message in zip(batch, found):
                self.check_message(path, message)

    def check_message(self, path, message):
        self.assertEqual(list(message), command.PARSE_KEYS)
        self.assertIn(message["status"], ("ok", "malformed", "limit"))
        self.assertEqual(message["error"] is None, message["status"] == "ok")
        with open(path, "rb") as file:
            contents = file.read()
        for header in message["headers"]:
            end = header["offset"] + header["length"]
            self.assertEqual(contents[header["offset"]:end], command.original_bytes(header["value"]))
        for anomaly in message["anomalies"]:
            self.assertLessEqual(anomaly["offset"], len(contents))

    def check_readable(self, files):
        for begin in range(0, len(files), BATCH):
            done = command.run("parse", *files[begin:begin + BATCH])
            self.assertIn(done.returncode, (0, 1), done.stderr)
            self.assertTrue(command.is_harmless(done.stdout.decode("utf-8", errors="strict")))

    def test_messages(self):
        files = [path for path in files_below(os.path.join(command.CORPUS, "sip"))
                 if not path.endswith((".tsv", ".xz"))]
        self.assertGreater(len(files), 150)
        self.check_all(files)
        self.check_readable(files)

    def test_protos(self):
        archive = os.path.join(command.CORPUS, "sip", "protos-c07-sip.tar.xz")
        with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as tar:
            tar.extractall(folder)
            files = list(files_below(folder))
            self.assertGreaterEqual(len(files), 4527)
            self.check_all(files)
            self.check_readable(files)

    def test_captures_give_the_same_valid_lines_twice(self):
        captures = [path for path in files_below(os.path.join(command.CORPUS, "captures"))
                    if path.endswith((".pcap", ".pcapng"))]
        self.assertGreaterEqual(len(captures), 8)
        for path in captures:
            done = command.run("inspect", "--json", path)
            self.assertIn(done.returncode, (0, 1), (path, done.stderr))
            for line in command.json_lines(done.stdout):
                self.assertEqual(list(line), command.INSPECT_KEYS)
            self.assertEqual(command.run("inspect", "--json", path).stdout, done.stdout)


if __name__ == "__main__":
    unittest.main()
