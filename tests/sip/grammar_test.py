"""Recording changes no language: a grammar without its actions, minus the machine that is built of it, is empty, and the
other way round. Both differences are made by Ragel and read off `ragel -V`."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

GRAMMAR = pathlib.Path(__file__).resolve().parents[2] / "lib" / "sip" / "grammar"
# The machines of item_machine.rl.in, which the build makes.
MADE = pathlib.Path(os.environ["SIPWARD_MADE_MACHINES"])
RAGEL = os.environ["SIPWARD_RAGEL"]

# What is no code in a grammar: strings, classes, comments.
QUOTED = re.compile(r'"(?:\\.|[^"\\])*"i?|\'(?:\\.|[^\'\\])*\'i?|\[(?:\\.|[^\]\\])*\]|#[^\n]*|//[^\n]*')


def code_of(text, change):
    """The text with `change` applied to all that is code."""
    parts = []
    at = 0
    for quoted in QUOTED.finditer(text):
        parts += [change(text[at:quoted.start()]), quoted.group()]
        at = quoted.end()
    return "".join(parts) + change(text[at:])


def purified(text, rules, actions):
    """The grammar without actions, every name of it with `pure_` before it, so that it can stand beside the original."""
    text = re.sub(r'include (\w+) "(\w+)\.rl"', r'include pure_\1 "pure_\2.rl"', text)
    text = re.sub(r"^machine (\w+);", r"machine pure_\1;", text, flags=re.MULTILINE)
    without = re.compile(r"[>@%$]\s*(?:" + "|".join(sorted(actions)) + r")\b") if actions else re.compile(r"(?!)")
    named = re.compile(r"(?<!include )(?<!machine )\b(" + "|".join(sorted(rules)) + r")\b")
    return code_of(text, lambda code: named.sub(r"pure_\1", without.sub("", code)))


class Grammars(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        texts = {p: p.read_text(encoding="utf-8") for p in sorted(GRAMMAR.glob("*.rl"))}
        self.machine_files = [p for p in texts if re.search(r"^main :=", texts[p], re.MULTILINE)]
        grammars = [p for p in texts if p not in self.machine_files]
        self.machine_files += sorted(MADE.glob("item_*_machine.rl"))
        rules = {r for p in grammars for r in re.findall(r"^(\w+)\s*=", texts[p], re.MULTILINE)}
        actions = {a for p in self.machine_files
                   for a in re.findall(r"^action (\w+)", p.read_text(encoding="utf-8"), re.MULTILINE)}
        for path in grammars:
            self.assertNotRegex(texts[path], r"(?m)^\s*action ", f"{path.name} defines an action")
            (self.folder / path.name).write_text(texts[path], encoding="utf-8")
            (self.folder / f"pure_{path.name}").write_text(purified(texts[path], rules, actions), encoding="utf-8")

    def machines(self):
        """Name, definition without main (behind the blocks of actions that it includes), main rule and grammars."""
        for path in self.machine_files:
            blocks = re.findall(r"%%\{\n(machine .*?)\}%%", path.read_text(encoding="utf-8"), re.DOTALL)
            shared = "".join(f"{block}}}%%\n%%{{\n" for block in blocks if re.search(r"^action ", block, re.MULTILINE)
                             and "main :=" not in block and "write " not in block)
            for block in blocks:
                main = re.search(r"^main := (\w+);", block, re.MULTILINE)
                if main:
                    head = re.sub(r"^(main :=|write).*\n", "", block, flags=re.MULTILINE)
                    name = re.match(r"machine (\w+);", head).group(1)
                    yield name, shared + head, main.group(1), re.findall(r'^include (\w+) "(\w+)\.rl"', head, re.MULTILINE)

    def final_states(self, definition):
        source = self.folder / "difference.rl"
        source.write_text("%%{\n" + definition + "}%%\n%% write data;\n", encoding="utf-8")
        name = re.findall(r"^machine (\w+);", definition, re.MULTILINE)[-1]
        drawn = subprocess.run([RAGEL, "-V", "-S", name, "-I", str(self.folder), str(source)], check=True,
                               capture_output=True, text=True).stdout
        doubles = re.search(r"shape = doublecircle.*?\];(.*?)node \[", drawn, re.DOTALL)
        return re.findall(r"\d+", doubles.group(1)) if doubles else []

    def test_every_machine_accepts_what_its_grammar_says(self):
        count = 0
        for name, head, rule, included in self.machines():
            pure = "".join(f'include pure_{machine} "pure_{file}.rl";\n' for machine, file in included)
            for main in (f"pure_{rule} - {rule}", f"{rule} - pure_{rule}"):
                self.assertEqual(self.final_states(f"{head}{pure}main := {main};\n"), [], f"{name}: {main}")
            self.assertNotEqual(self.final_states(f"{head}{pure}main := pure_{rule};\n"), [], f"{name}: no language")
            count += 1
        self.assertGreater(count, 30)

    def test_a_machine_that_says_more_or_less_is_found(self):
        head = 'machine cseq_machine;\nalphtype unsigned char;\naction number_end {}\naction method_begin {}\n' \
               'include cseq "cseq.rl";\ninclude pure_cseq "pure_cseq.rl";\n'
        self.assertNotEqual(self.final_states(f"{head}main := ( CSeq | token ) - pure_CSeq;\n"), [])
        self.assertNotEqual(self.final_states(f'{head}main := pure_CSeq - ( CSeq & "1" any* );\n'), [])


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
