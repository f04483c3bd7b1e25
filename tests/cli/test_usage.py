import os
import subprocess
import tempfile
import unittest

import capture_file
import command
import messages


class Help(unittest.TestCase):
    def test_exists_at_every_level_with_an_example(self):
        for words in ([], ["inspect"], ["parse"], ["rules"], ["rules", "check"], ["rules", "explain"]):
            done = command.run(*words, "--help")
            self.assertEqual((done.returncode, done.stderr), (0, b""), words)
            text = done.stdout.decode()
            self.assertIn("Example", text)
            self.assertIn("  sipward " + " ".join(words), text)

    def test_names_every_option_and_the_exit_status(self):
        expected = {
            "inspect": ["CAPTURE", "--rules", "--no-default-rules", "--json", "--report-only",
                        "--state", "--analytics", "--stats", "Exit status"],
            "parse": ["FILE", "--profile", "strict|tolerant", "--stream", "--json", "--explain",
                      "--accept", "--refuse", "Exit status"],
        }
        for word, names in expected.items():
            text = command.run(word, "--help").stdout.decode()
            for name in names:
                self.assertIn(name, text)

    def test_version(self):
        done = command.run("--version")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertRegex(done.stdout.decode(), r"^sipward \d+\.\d+\.\d+\n$")


class Mistakes(unittest.TestCase):
    def test_are_exit_2_with_one_line(self):
        for arguments in ([], ["nonsense"], ["--nonsense"], ["inspect"], ["inspect", "--nonsense", "x"],
                          ["inspect", "a", "b"], ["inspect", "a", "--rules"], ["parse"], ["rules"],
                          ["parse", "--profile", "lax", "x"], ["parse", "--profile"],
                          ["rules", "check"], ["rules", "nonsense"], ["inspect", "--json=maybe", "x"],
                          ["parse", "--no-default-rules", "x"], ["parse", "--explain", "--json", "x"],
                          ["parse", "--accept", "start.malformed", "x"], ["parse", "--refuse", "x", "x"]):
            done = command.run(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertEqual(done.stdout, b"")
            text = done.stderr.decode()
            self.assertEqual(len(text.splitlines()), 1, text)
            self.assertTrue(text.startswith("sipward: "), text)

    def test_in_names_do_not_reach_the_terminal(self):
        for arguments in (["inspect", "\x1b[31m"], ["parse", "\x1b[31m"], ["--\x1b[31m"],
                          ["rules", "check", "\x1b[31m\u202e"]):
            done = command.run(*arguments)
            self.assertEqual(done.returncode, 2)
            self.assertTrue(command.is_harmless(done.stderr.decode()))


class Output(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        packet = capture_file.udp_packet(messages.RINGING, ("192.0.2.1", 5060), ("192.0.2.2", 5060))
        self.path = os.path.join(self.folder.name, "capture.pcap")
        with open(self.path, "wb") as file:
            file.write(capture_file.pcap([(i, 0, packet) for i in range(2000)]))

    def commands(self):
        yield ["inspect", "--json", self.path]
        yield ["inspect", self.path]
        yield ["rules", "explain"]
        yield ["--help"]

    def test_to_a_full_device_is_exit_2_with_one_line(self):
        for arguments in self.commands():
            with open("/dev/full", "wb") as full:
                done = subprocess.run([command.BINARY, *arguments], stdout=full,
                                      stderr=subprocess.PIPE, timeout=60, check=False)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertRegex(done.stderr.decode(), r"^sipward: cannot write the output: .*\n$")

    def test_to_a_closed_pipe_ends_quietly(self):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            done = subprocess.run([command.BINARY, "inspect", "--json", self.path], stdout=pipe,
                                  stderr=subprocess.PIPE, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stderr), (2, b""))


if __name__ == "__main__":
    unittest.main()
