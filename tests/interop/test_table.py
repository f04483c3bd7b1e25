"""secsipid.md is what the two programs say."""

import unittest

import peers
import table


@unittest.skipUnless(peers.SECSIPIDX, peers.NO_SECSIPIDX)
@unittest.skipUnless(table.STIR.is_dir(), "SKIPPED: no corpus of identities (SIPWARD_CORPUS)")
class Table(unittest.TestCase):
    maxDiff = None

    def test_it_is_what_both_say(self):
        self.assertEqual(table.TABLE.read_text(encoding="utf-8").splitlines(), table.make().splitlines(),
                         "python3 tests/interop/table.py --write writes it anew")


if __name__ == "__main__":
    unittest.main()
