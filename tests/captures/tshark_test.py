"""On every shared capture, sipward and tshark find the same messages and read the same in them."""

import os
import unittest

import corpus
import tshark_compare


class SameAsTshark(unittest.TestCase):
    def test_every_capture(self):
        folder = corpus.capture("")
        captures = sorted(path for path in folder.rglob("*") if path.suffix in (".pcap", ".pcapng"))
        self.assertGreaterEqual(len(captures), 19)
        captures.append(corpus.SOURCE / "examples/captures/first_look.pcap")
        status = tshark_compare.main([corpus.BINARY, os.environ["SIPWARD_LIST_CSEQ"], *map(str, captures)])
        self.assertEqual(status, 0)


if __name__ == "__main__":
    unittest.main()
