"""The automata of single patterns against Python's regular expressions, on every short text and on what they refuse."""

import itertools
import pathlib
import re
import sys
import unittest

PLAN = pathlib.Path(__file__).resolve().parents[2] / "lib" / "numbering" / "plan"
sys.path.insert(0, str(PLAN))
from pattern import Dfa  # noqa: E402

PATTERNS = [
    "", "1", "\\d", "[13-5]", "[1-357-9]\\d", "1?2", "(?:12)?3", "1|22|333", "(?:1|2(?:3|4))5", "\\d{2}",
    "1{2,3}", "(?:1\\d){1,2}", "[12]{3}|1?", "(?:0|00)1", "1(?:2(?:0|\\d1)|30)?", "(?:\\d{2}|1){2}", "0{0}1",
]


def run(dfa, text):
    state = dfa.first
    for digit in text:
        state = dfa.next(state)[int(digit)]
    return dfa.accepts(state)


class Patterns(unittest.TestCase):
    def test_they_match_what_regular_expressions_match(self):
        texts = ["".join(text) for length in range(5) for text in itertools.product("0123456", repeat=length)]
        for pattern in PATTERNS:
            dfa, regex = Dfa(pattern), re.compile(pattern)
            for text in texts:
                self.assertEqual(run(dfa, text), regex.fullmatch(text) is not None, (pattern, text))

    def test_what_follows_a_beginning_does_not_matter(self):
        dfa = Dfa("12|3", forever=True)
        for text, expected in (("", False), ("1", False), ("12", True), ("1299", True), ("39", True), ("21", False)):
            self.assertEqual(run(dfa, text), expected, text)

    def test_anything_else_is_refused(self):
        for pattern in ("1*", "1+", "(1)", "^1", "1$", ".", "\\w", "(?=1)", "(?:1", "[1", "1)", "[^1]", "{2}"):
            with self.assertRaises((ValueError, IndexError), msg=pattern):
                Dfa(pattern)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
