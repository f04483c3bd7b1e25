"""Rule texts: what compiles, what does not and why, files, tests, the format."""

import pathlib
import sys
import tempfile
import unittest

import sipward

GOOD = """version 1

list office : cidr ["192.0.2.0/24"]

rule site.outside {
  meta { severity medium  why "from outside" }
  on request where method == INVITE
  when src.ip not in office
  then reject 403 "Not from there"
}
"""
TESTED = GOOD + """
test "passes" {
  given request { src.ip = "198.51.100.7"  method = INVITE }
  expect reject
}
test "fails" {
  given request { src.ip = "192.0.2.7"  method = INVITE }
  expect reject
}
"""


class Compile(unittest.TestCase):
    def test_rules_are_described(self):
        with sipward.Rules.compile(GOOD, name="site.ward") as rules:
            self.assertEqual(len(rules), 1)
            (rule,) = rules
            self.assertEqual((rule.name, rule.file, rule.line, rule.severity, rule.why, rule.mode), ("site.outside", "site.ward", 5, "medium", "from outside", "enforce"))
            self.assertEqual(rule, rules[0])
            with self.assertRaises(IndexError):
                rules[1]
            with self.assertRaises(IndexError):
                rules[-1]
            self.assertGreater(rules.budget().event_ns, 0)
            self.assertEqual(repr(rules), "<sipward.Rules of 1 rules>")

    def test_the_default_pack_comes_along(self):
        alone, both = len(sipward.Rules.default()), len(sipward.Rules.compile(GOOD, default_pack=True))
        self.assertGreater(alone, 20)
        self.assertEqual(both, alone + 1)

    def test_an_error_has_its_place(self):
        with self.assertRaises(sipward.RulesError) as caught:
            sipward.Rules.compile(GOOD.replace("in office", "in ofice"), name="site.ward")
        error = caught.exception
        self.assertEqual((error.file, error.line, error.column, error.code), ("site.ward", 8, 22, "R201"))
        self.assertIn("office", error.hint)
        (diagnostic,) = error.diagnostics
        self.assertTrue(diagnostic.is_error)
        self.assertEqual((diagnostic.length, diagnostic.source_line), (5, "  when src.ip not in ofice"))
        self.assertIn("site.ward:8:22: error R201", str(error))
        self.assertEqual(str(error).splitlines()[2].index("^"), 2 + 21)
        self.assertIsInstance(error, ValueError)

    def test_all_errors_are_there(self):
        text = "version 1\n" + "".join(f"rule a{n} {{ on request when nonsense{n} == 1 then drop }}\n" for n in range(3))
        with self.assertRaises(sipward.RulesError) as caught:
            sipward.Rules.compile(text)
        self.assertGreaterEqual(len([each for each in caught.exception.diagnostics if each.is_error]), 3)

    def test_whatever_is_no_text_is_refused(self):
        for bad in (None, 5, ["version 1"]):
            with self.assertRaises(TypeError):
                sipward.Rules.compile(bad)
        for bytes_ in (b"\x00", b"\xff\xfe", b"rule", b"version 1\nrule {", b"version 1\n" * 1000, b"(" * 100000):
            with self.assertRaises(sipward.RulesError):
                sipward.Rules.compile(bytes_)

    def test_a_compiler_builds_once(self):
        with sipward.Compiler() as compiler:
            compiler.add(GOOD)
            compiler.build().close()
            with self.assertRaisesRegex(sipward.ArgumentError, "built already"):
                compiler.build()
        with self.assertRaises(sipward.ClosedError):
            compiler.add(GOOD)

    def test_a_budget_holds(self):
        with sipward.Compiler() as compiler:
            compiler.set_budget(event_ns=1)
            compiler.add(GOOD)
            with self.assertRaises(sipward.RulesError):
                compiler.build()


class Files(unittest.TestCase):
    TEXT = GOOD.replace('["192.0.2.0/24"]', 'file "lists/office.txt"')

    def test_files_are_found_beside_the_rules(self):
        with tempfile.TemporaryDirectory() as folder:
            site = pathlib.Path(folder) / "site.ward"
            site.write_text(self.TEXT)
            with self.assertRaises(sipward.RulesError) as caught:
                sipward.Rules.from_files(site)
            self.assertIn("office.txt", str(caught.exception))
            (pathlib.Path(folder) / "lists").mkdir()
            (pathlib.Path(folder) / "lists" / "office.txt").write_text("192.0.2.0/24\n")
            self.assertEqual(len(sipward.Rules.from_files(site)), 1)
            with self.assertRaises(FileNotFoundError):
                sipward.Rules.from_files(pathlib.Path(folder) / "nothing.ward")

    def test_a_host_gives_files_itself(self):
        with sipward.Compiler() as compiler:
            compiler.add(self.TEXT, "here/site.ward")
            self.assertEqual(list(compiler.files()), [(0, "lists/office.txt", "here/site.ward")])
            compiler.set_file(0, "192.0.2.0/24\n")
            self.assertEqual(len(compiler.build()), 1)
            with self.assertRaises(sipward.ArgumentError):
                compiler.set_file(9, "x")


class Tests(unittest.TestCase):
    def test_tests_are_run(self):
        rules = sipward.Rules.compile(TESTED, tests=True)
        self.assertEqual([test.name for test in rules.tests()], ["passes", "fails"])
        first, second = rules.run_tests()
        self.assertTrue(first.passed)
        self.assertFalse(second.passed)
        self.assertEqual((second.failed, second.test.expectations), (1, 1))
        self.assertTrue(second.expected and second.found and second.line > first.test.line)

    def test_without_being_asked_for_there_are_none(self):
        self.assertEqual(sipward.Rules.compile(TESTED).tests(), [])


class Format(unittest.TestCase):
    def test_one_way(self):
        formatted = sipward.format_rules("version   1\nrule  a{on request then   drop}\n")
        self.assertEqual(sipward.format_rules(formatted), formatted)
        self.assertIn("rule a {", formatted)
        self.assertEqual(sipward.format_rules(""), "")

    def test_what_cannot_be_read_has_a_place(self):
        with self.assertRaises(sipward.RulesError) as caught:
            sipward.format_rules('version 1\nrule a { on request then drop "unended }\n')
        self.assertEqual(caught.exception.line, 2)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
