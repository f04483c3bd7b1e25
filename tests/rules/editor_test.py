"""The grammars for editors: they know every word that the parser knows, their patterns compile, and colour as they should."""

import json
import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EDITOR = ROOT / "lib" / "rules" / "editor"
# In quotes in the parser, and yet no words of the language: parts of examples in its hints.
EXAMPLES = {"robocall", "far"}
SAMPLE = '''rule a.count { # not a rule
  on request where method == INVITE and count.of > 0x1f
  when count(by src.ip over 10m if has(account)) > 3 and starts_with(user_agent ?? "", "a\\"in # b")
  then reject 403 "No", score 5 on src.ip
}
list bad : cidr file "bad.txt"
'''


def colours(grammar, text):
    """(scope, text) of all that is coloured, as an editor would find it: what begins first, and of these the first rule."""
    found = []
    rules = [(r["name"], re.compile(r["match"] if "match" in r else r["begin"] + r'(?:\\.|[^"\\])*(?:' + r["end"] + ")"))
             for r in grammar["patterns"]]
    for line in text.splitlines():
        at = 0
        while True:
            hits = [(m.start(), i, name, m) for i, (name, rule) in enumerate(rules) for m in [rule.search(line, at)] if m]
            if not hits:
                break
            _, _, name, match = min(hits, key=lambda hit: hit[:2])
            found.append((name.removesuffix(".ward"), match.group()))
            at = max(match.end(), at + 1)
    return found


class Editor(unittest.TestCase):
    def setUp(self):
        self.grammar = json.loads((EDITOR / "ward.tmLanguage.json").read_text(encoding="utf-8"))
        self.vim = (EDITOR / "ward.vim").read_text(encoding="utf-8")

    def test_they_are_as_they_are_written(self):
        subprocess.run([sys.executable, "-B", EDITOR / "make_grammars.py", "--check"], check=True)

    def test_every_word_of_the_parser_is_known(self):
        words = set()
        for path in (ROOT / "lib" / "rules").glob("parser*.cc"):
            words |= set(re.findall(r'"([a-z_]{2,})"', path.read_text(encoding="utf-8")))
        self.assertGreater(len(words), 60)
        self.assertEqual(words & EXAMPLES, EXAMPLES)
        in_vim = {w for row in re.findall(r"^syntax keyword \w+ (.*)$", self.vim, re.MULTILINE) for w in row.split()}
        for word in sorted(words - EXAMPLES):
            coloured = [text for _, text in colours(self.grammar, word) + colours(self.grammar, word + "(")]
            self.assertIn(word, coloured)
            self.assertIn(word, in_vim)

    def test_it_colours_as_it_should(self):
        found = colours(self.grammar, SAMPLE)
        for expected in [
                ("keyword.control", "rule"), ("comment.line.number-sign", "# not a rule"), ("keyword.other.clause", "on"),
                ("support.type.event", "request"), ("variable.language", "method"), ("constant.language", "INVITE"),
                ("keyword.operator.word", "and"), ("constant.numeric", "0x1f"), ("support.function.aggregate", "count"),
                ("keyword.other.part", "by"), ("variable.language", "src.ip"), ("constant.numeric", "10m"),
                ("support.function", "has"), ("keyword.operator", "??"), ("string.quoted.double", '"a\\"in # b"'),
                ("support.function.action", "reject"), ("constant.numeric", "403"), ("storage.type", "cidr")]:
            self.assertIn(expected, found)
        # Of names that hold words of the language, no part is coloured.
        self.assertEqual([text for _, text in found].count("count"), 1)

    def test_it_knows_most_of_the_default_rules(self):
        text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "lib" / "pack" / "rules").glob("*.ward"))
        found = {scope for scope, _ in colours(self.grammar, text)}
        self.assertGreaterEqual(len(found), 12)


if __name__ == "__main__":
    unittest.main()
