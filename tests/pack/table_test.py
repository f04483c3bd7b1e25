"""Every row of the catalogue of threats has rules, or a reason why not; every rule says what it is for, has three tests, and stands in the table.

`--write` brings the table of lib/pack/README.md up to date.
"""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES, TESTS, PAGE = ROOT / "lib/pack/rules", ROOT / "tests/pack", ROOT / "lib/pack/README.md"
BEGIN, END = "<!-- table -->\n", "<!-- end of the table -->\n"
KEYS = ("severity", "why", "row", "ref", "attack", "false_positives", "needs")
ROWS = ([f"M{n}" for n in range(1, 22)] + [f"R-1.{n}" for n in range(1, 5)] + [f"R-2.{n}" for n in range(1, 8)] +
        [f"R-3.{n}" for n in range(1, 10)] + [f"C{n}" for n in range(1, 28)])
# In the mission's words, and where the rules stand.
THREATS = {
    "caller-ID spoofing and discrepancies": ("spoofing", "identity"),
    "interception and redirection of calls": ("interception",),
    "unsolicited messages and robocalls": ("unsolicited",),
    "phishing": ("phishing",),
    "unexpected charges": ("charges",),
    "unauthorised international calls": ("international",),
    "unusual call patterns": ("patterns", "calls"),
    "spoofed emergency calls": ("emergency",),
    "eavesdropping and downgrade": ("eavesdropping",),
    "denial of service": ("denial",),
    "known attackers": ("blacklists",),
    "outdated software": ("software",),
    "scanning": ("scanning",),
    "passwords": ("passwords",),
    "broken and two-faced messages, injections": ("malformed",),
}
# The group of rules that find nothing: what others need.
KNOWLEDGE = "known"
# Events cannot be given what the parser found, so these are tested with messages.
TESTED_WITH_MESSAGES = {"malformed.smuggling"}


def rules():
    """(file, name, meta, text) of every rule."""
    for path in sorted(RULES.glob("*.ward")):
        for name, text in re.findall(r"^rule ([\w.]+) \{(.*?)^\}", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            meta = re.search(r"meta \{(.*?)\}\n", text, re.DOTALL)
            found = dict(re.findall(r'(\w+)\s+("(?:[^"\\]|\\.)*"|[a-z]+)', meta.group(1))) if meta else {}
            yield path.stem, name, {key: value.strip('"') for key, value in found.items()}, text


def finds(text):
    """What is a finding: it alerts, or would refuse."""
    actions = re.sub(r'"[^"]*"', "", text[text.rindex("\n  then ") :])
    return bool(re.search(r"\b(alert|reject|drop|throttle|challenge|hold|ban)\b", actions))


def table():
    lines = ["| threat | rule | row | needs | mode |", "|---|---|---|---|---|"]
    everything = list(rules())
    for threat, files in THREATS.items():
        for file in files:
            for stem, name, meta, text in everything:
                if stem != file:
                    continue
                mode = "report" if "\n  mode report\n" in text else "enforce"
                lines.append(f"| {threat} | `{name}`: {meta['why']} | {meta['row']} | {meta['needs']} | "
                             f"{mode if finds(text) else 'points, tags'} |")
    return "\n".join(lines) + "\n"


class Pack(unittest.TestCase):
    def test_every_rule_says_what_it_is_for(self):
        for _, name, meta, _ in rules():
            self.assertEqual([key for key in KEYS if not meta.get(key)], [], name)

    def test_every_row_has_rules_or_a_reason(self):
        covered = {row for _, _, meta, _ in rules() for row in meta["row"].split(", ")}
        self.assertEqual(covered - set(ROWS), set())
        left_out = dict(re.findall(r"^\| ((?:M|R-|C)[\d.]+) \| (.+) \|$", PAGE.read_text(encoding="utf-8").split(END)[1], re.MULTILINE))
        self.assertEqual(sorted(covered & set(left_out)), [], "covered, and left out")
        self.assertEqual(sorted(set(ROWS) - covered - set(left_out)), [])

    def test_every_rule_has_three_tests(self):
        tests = [test for path in TESTS.glob("*.ward")
                 for test in re.findall(r"^test .*?^\}", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)]
        for _, name, _, _ in rules():
            if name in TESTED_WITH_MESSAGES:
                continue
            word = rf"(?<![\w.]){re.escape(name)}(?![\w.])"
            self.assertGreaterEqual(sum(bool(re.search(word, test)) for test in tests), 3, name)

    def test_every_file_is_one_of_the_threats(self):
        files = {file for files in THREATS.values() for file in files}
        self.assertEqual(files | {"settings"}, {path.stem for path in RULES.glob("*.ward")})

    def test_reports_know_every_group_of_rules(self):
        """The page of a report says the threat of a rule by what stands before the point of its name."""
        source = (ROOT / "bindings/cli/threats.cc").read_text(encoding="utf-8")
        rows = re.findall(r'\{\{"([^"]+)",\s*"[^"]+"\},\s*"([^"]*)"\}', source)
        self.assertGreater(len(rows), len(THREATS))
        said = {name.lower(): set(groups.split()) for name, groups in rows}
        for threat, files in THREATS.items():
            groups = {name.split(".")[0] for stem, name, _, _ in rules() if stem in files} - {KNOWLEDGE}
            self.assertEqual(said[threat.lower()], groups, threat)

    def test_the_table_is_up_to_date(self):
        page = PAGE.read_text(encoding="utf-8")
        self.assertEqual(page.split(BEGIN)[1].split(END)[0], table(), "python3 tests/pack/table_test.py --write")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        head, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        PAGE.write_text(head + BEGIN + table() + END + rest.split(END)[1], encoding="utf-8")
    else:
        unittest.main()
