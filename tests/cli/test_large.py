"""Output that does not fit in memory at once, and the progress bar that a long run shows."""

import os
import pty
import subprocess
import tempfile
import unittest

import capture_file
import command
import messages

COUNT = 130_000  # more than 32 MiB of JSON


class Large(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        packet = capture_file.udp_packet(
            messages.RINGING, ("192.0.2.1", 5060), ("192.0.2.2", 5060))
        whole = capture_file.pcap((i // 50, i % 50, packet) for i in range(COUNT))
        cls.whole = cls.write("whole.pcap", whole)
        cls.cut = cls.write("cut.pcap", whole[:-1])

    @classmethod
    def write(cls, name, contents):
        path = os.path.join(cls.folder.name, name)
        with open(path, "wb") as file:
            file.write(contents)
        return path

    def test_captures_keep_every_line_in_order(self):
        done = command.run("inspect", "--json", "--no-default-rules", self.whole)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertGreater(len(done.stdout), 32 << 20)
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), COUNT)
        self.assertEqual(lines, sorted(lines))

    def test_captures_that_are_cut_off_at_the_very_end_print_nothing(self):
        done = command.run("inspect", "--json", "--no-default-rules", self.cut)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_captures_without_a_place_for_temporary_files(self):
        environment = dict(os.environ, TMPDIR=self.folder.name + "/none")
        done = subprocess.run([command.BINARY, "inspect", "--json", "--no-default-rules", self.whole],
                              capture_output=True, env=environment, timeout=120, check=False)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertRegex(done.stderr.decode(), r"^sipward: cannot make a temporary file: .*\n$")

    def test_captures_show_progress_on_a_terminal_and_wipe_it(self):
        terminal, other_side = pty.openpty()
        done = subprocess.run([command.BINARY, "inspect", "--json", self.whole], stderr=other_side,
                              stdout=subprocess.DEVNULL, timeout=120, check=False)
        os.close(other_side)
        shown = b""
        try:
            while block := os.read(terminal, 65536):
                shown += block
        except OSError:
            pass  # how the end of a terminal is told
        os.close(terminal)
        self.assertEqual(done.returncode, 0)
        self.assertRegex(shown, rb"\[#+\.+\] \d+ %  [0-9,]+ messages")
        self.assertTrue(shown.endswith(b"\r\x1b[K"))


if __name__ == "__main__":
    unittest.main()
