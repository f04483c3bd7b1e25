"""The man pages say what the command and the rule language have: every option of every command, every word of the language's tables."""

import pathlib
import re
import subprocess
import sys
import unittest

import command

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAN = ROOT / "bindings" / "cli" / "man"
PAGES = ("sipward.1", "sipward-rules.5")
sys.path.insert(0, str(ROOT / "lib" / "rules" / "editor"))
import make_grammars  # noqa: E402
# Words of roff between an item's macro and its name are macros, too.
ITEM = re.compile(r"^\.It (?:Ic|Va|Fn|Fl|Cm) (\S+)", re.MULTILINE)


def text_of(page):
    return (MAN / page).read_text(encoding="utf-8")


def sections(page, macro):
    """The text below each heading, by the words of the heading."""
    parts = re.split(rf"^\.{macro} (.+)$", text_of(page), flags=re.MULTILINE)
    return dict(zip(parts[1::2], (re.split(r"^\.Sh ", body, flags=re.MULTILINE)[0] for body in parts[2::2])))


def help_of(*words):
    return command.run(*words, "--help").stdout.decode()


def commands_below(*words):
    """Every command that has no commands of its own, as the words that one types."""
    below = re.search(r"^Subcommands:\n((?:  .*\n)+)", help_of(*words), re.MULTILINE)
    if below is None:
        return [words]
    names = re.findall(r"^  (\S+)", below.group(1), re.MULTILINE)
    return [found for name in names for found in commands_below(*words, name)]


class Command(unittest.TestCase):
    def test_every_option_of_every_command(self):
        said = sections("sipward.1", "Ss")
        commands = commands_below()
        self.assertGreater(len(commands), 8)
        self.assertEqual(sorted(said), sorted(" ".join(words) for words in commands))
        for words in commands:
            options = set(re.findall(r"^  (?:-[a-z],)?--([a-z0-9-]+)", help_of(*words), re.MULTILINE)) - {"help"}
            described = [name.removeprefix("-") for name in ITEM.findall(said[" ".join(words)])]
            self.assertEqual(sorted(described), sorted(options), words)

    def test_the_synopsis_has_every_option(self):
        synopsis = sections("sipward.1", "Sh")["SYNOPSIS"]
        for use in re.split(r"^\.Nm$", synopsis, flags=re.MULTILINE)[1:]:
            first = use.strip().splitlines()[0]
            if not first.startswith(".Cm "):
                continue
            words = first.split()[1:]
            options = set(re.findall(r"^  (?:-[a-z],)?--([a-z0-9-]+)", help_of(*words), re.MULTILINE)) - {"help"}
            self.assertEqual(set(re.findall(r"(?:\bFl|\|) -([a-z0-9-]+)", use)), options, words)

    def test_what_is_true_of_all(self):
        self.assertIn("--version", help_of())
        self.assertIn(".Fl -version", text_of("sipward.1"))
        self.assertIn("-h,--help", help_of())
        self.assertIn(".Pq Fl -help ,", text_of("sipward.1"))


class Language(unittest.TestCase):
    def setUp(self):
        self.said = sections("sipward-rules.5", "Sh")
        self.groups = make_grammars.groups()

    def items(self, section):
        return sorted(ITEM.findall(self.said[section]))

    def test_statements(self):
        self.assertEqual(self.items("STATEMENTS"), sorted(self.groups["keyword.control.ward"]))

    def test_actions(self):
        words = set(self.groups["support.function.action.ward"]) - {"allow", "flag"}
        self.assertEqual(self.items("ACTIONS"), sorted(words))

    def test_functions(self):
        self.assertEqual(self.items("EXPRESSIONS"), sorted(self.groups["support.function.ward"]))

    def test_aggregates(self):
        self.assertEqual(self.items("AGGREGATES"), sorted(self.groups["support.function.aggregate.ward"]))

    def test_fields(self):
        fields = self.groups["variable.language.ward"]
        self.assertGreater(len(fields), 90)
        self.assertEqual(self.items("FIELDS"), sorted(fields))

    def test_fields_have_their_type(self):
        rows = make_grammars.first_words("facts/field.def", r"SIPWARD_FIELD\(\w+, ")
        kinds = re.findall(r'^SIPWARD_FIELD\(\w+, "([^"]+)", k(\w+), (true|false)',
                           (ROOT / "lib/facts/field.def").read_text(encoding="utf-8"), re.MULTILINE)
        self.assertEqual([name for name, _, _ in kinds], rows)
        for name, kind, optional in kinds:
            shown = re.sub(r"(?<!^)([A-Z])", r"_\1", kind).lower() + ("?" if optional == "true" else "")
            self.assertIn(f".It Va {name} Pq {shown};", self.said["FIELDS"])

    def test_words_that_stand_for_values(self):
        words = set(re.findall(r"[A-Za-z_0-9]+", text_of("sipward-rules.5")))
        reasons = make_grammars.first_words("facts/identity_reason.def", r"SIPWARD_IDENTITY_REASON\(\w+, ")
        wanted = [*reasons, *self.groups["support.type.event.ward"],
                  *make_grammars.words("numbering/numbering.cc", r"kTypeNames"),
                  *make_grammars.words("lists/entries.cc", "kNames")]
        self.assertEqual([word for word in wanted if word not in words], [])


class Form(unittest.TestCase):
    def test_can_be_read_without_a_warning(self):
        for page in PAGES:
            done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(MAN / page)],
                                  capture_output=True, text=True, check=False, timeout=60)
            self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""), page)

    def test_no_page_is_forgotten(self):
        self.assertEqual(sorted(path.name for path in MAN.iterdir()), sorted(PAGES))


if __name__ == "__main__":
    unittest.main(verbosity=2)
