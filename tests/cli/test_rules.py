import os
import tempfile
import unittest

import command

GOOD = """version 1
list friends : cidr file "lists/friends.txt"
rule site.one {
  meta { severity high  why "one" }
  on request where not (src.ip in friends)
  when rate(by src.ip over 2s) > 100
  then drop
}
rule site.two { on request when method == INVITE then alert }
"""


class RulesCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, contents):
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(contents)
        return path

    def good(self):
        self.write("lists/friends.txt", "192.0.2.0/24\n")
        return self.write("good.ward", GOOD)


class Check(RulesCase):
    def test_of_a_correct_file_counts_its_rules(self):
        path = self.good()
        done = command.run("rules", "check", path)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(done.stdout.decode(), f"{path}: ok, 2 rules\n")

    def test_looks_for_lists_beside_the_rule_file(self):
        self.good()
        done = command.run("rules", "check", "good.ward", cwd=self.folder.name)
        self.assertEqual(done.returncode, 0, done.stderr)
        folder, name = os.path.split(self.folder.name)
        done = command.run("rules", "check", f"{name}/good.ward", cwd=folder)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_counts_columns_behind_a_byte_order_mark_and_before_cr(self):
        path = os.path.join(self.folder.name, "marked.ward")
        with open(path, "wb") as file:
            file.write(b"\xef\xbb\xbfversion 2\r\nconst a = @\r\n")
        done = command.run("rules", "check", path)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        lines = done.stderr.decode().splitlines()
        self.assertRegex(lines[0], r"marked\.ward:1:9: error R107: .+")
        self.assertEqual(lines[1:3], ["  version 2", "          ^"])
        self.assertRegex(lines[3], r"marked\.ward:2:11: error R101: .+")
        self.assertEqual(lines[4:6], ["  const a = @", "            ^"])

    def test_shows_the_place_of_an_error(self):
        path = self.write("bad.ward", "version 1\nrule site.r {\n  on request\n"
                          "\twhen frm.user == \"x\"\n  then alert\n}\n")
        done = command.run("rules", "check", path)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        lines = done.stderr.decode().splitlines()
        self.assertRegex(lines[0], r"bad\.ward:4:7: error R\d+: .+")
        self.assertEqual(lines[1], "  \twhen frm.user == \"x\"")
        self.assertRegex(lines[2], r"^  \t     \^~*$")

    def test_shows_every_file_that_is_wrong(self):
        bad = [self.write(f"{n}.ward", "version 1\nrule\n") for n in "ab"]
        done = command.run("rules", "check", bad[0], self.good(), bad[1])
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stdout, b"")
        for path in bad:
            self.assertIn(f"{path}:".encode(), done.stderr)

    def test_compiles_the_files_as_one(self):
        uses = self.write("uses.ward", "version 1\nrule u { on request when src.ip in office then alert }\n")
        has = self.write("has.ward", 'version 1\nlist office : cidr ["192.0.2.0/24"]\n')
        self.assertEqual(command.run("rules", "check", uses).returncode, 2)
        done = command.run("rules", "check", uses, has)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(done.stdout.decode(), f"{uses}: ok, 1 rule\n{has}: ok, 0 rules\n")

    def test_of_a_file_that_cannot_be_read(self):
        done = command.run("rules", "check", os.path.join(self.folder.name, "none.ward"))
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertRegex(done.stderr.decode(), r"^sipward: cannot read .*none\.ward: No such file.*\n$")

    def test_of_a_missing_list(self):
        path = self.write("good.ward", GOOD)
        done = command.run("rules", "check", path)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertRegex(done.stderr.decode(), r"^sipward: .*friends\.txt.*No such file.*\n$")

    def test_never_sends_a_control_character(self):
        path = self.write("bad.ward", "version 1\nrule \x1b[31m \u202e { }\n")
        done = command.run("rules", "check", path)
        self.assertEqual(done.returncode, 2)
        text = done.stderr.decode("utf-8", errors="strict")
        self.assertTrue(command.is_harmless(text))
        self.assertNotIn("\u202e", text)

    def test_clips_a_long_line_around_the_place(self):
        path = self.write("bad.ward", "version 1\nrule site.r { on request when " + "true or " * 22 +
                          "nonsense" + " or true" * 90 + " then alert }\n")
        done = command.run("rules", "check", path)
        source, caret = done.stderr.decode().splitlines()[1:3]
        self.assertLess(len(source), 180)
        self.assertEqual(source[caret.index("^"):][:8], "nonsense")

    def test_of_a_place_behind_what_is_kept_of_a_line(self):
        path = self.write("bad.ward", "version 1\nrule site.r { on request when " + "true or " * 90 +
                          "nonsense then alert }\n")
        done = command.run("rules", "check", path)
        first, source = done.stderr.decode().splitlines()[:2]
        self.assertRegex(first, r"bad\.ward:2:751: error")
        self.assertTrue(source.endswith("…"))


TESTED = """version 1
rule site.three { on call_start when count(by caller.number over 1m) > 2 then reject 603, tag "thrice" }
test site.three {
  given call_start "calls/thrice.csv"
  expect allow before event 3, reject at event 3, tag "thrice"
}
"""
FAILING = """test "a dialler" {
  given call_start { caller.number = "+49301" } repeat 2 every 1s
  expect allow
  expect tag "thrice" before event 3, alert
}
"""


class Test(RulesCase):
    def tested(self, more=""):
        self.write("calls/thrice.csv", "time,caller.number\n1700000000,+49301\n1700000001,+49301\n1700000002.5,+49301\n")
        return self.write("tested.ward", TESTED + more)

    def test_that_pass(self):
        done = command.run("rules", "test", self.tested())
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(done.stdout.decode(), "ok    site.three (3 events)\n1 test, all passed\n")

    def test_that_fail_say_what_came(self):
        path = self.tested(FAILING)
        done = command.run("rules", "test", path)
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        self.assertEqual(done.stdout.decode().splitlines()[1:], [
            "FAIL  a dialler",
            f'      {path}:10: expected tag "thrice" before event 3',
            "      event 1: allow",
            "      and 1 more",
            "2 tests, 1 failed"])

    def test_as_json(self):
        path = self.tested(FAILING)
        done = command.run("rules", "test", "--json", path)
        self.assertEqual(done.returncode, 1)
        good, bad = command.json_lines(done.stdout)
        self.assertEqual(good, {"name": "site.three", "file": path, "line": 3, "events": 3, "expectations": 3, "failed": 0, "first": None})
        self.assertEqual((bad["name"], bad["failed"]), ("a dialler", 2))
        self.assertEqual(bad["first"], {"expected": 'tag "thrice" before event 3', "line": 10, "event": 1, "found": "allow"})

    def test_with_errors(self):
        path = self.tested("test site.tree { given call_start { caler.number = \"1\" } expect allow }\n")
        for what in ("test", "check"):
            done = command.run("rules", what, path)
            self.assertEqual((done.returncode, done.stdout), (2, b""))
            self.assertRegex(done.stderr.decode(), r"tested\.ward:7:6: error R201: rule 'site\.tree' is not known")
            self.assertRegex(done.stderr.decode(), r"tested\.ward:7:37: error R201: field 'caler\.number' is not known")

    def test_of_a_file_of_events(self):
        path = self.tested()
        events = self.write("calls/thrice.csv", "time,caller.number\nnoon,+49301\n")
        done = command.run("rules", "test", path)
        self.assertEqual(done.returncode, 2)
        self.assertIn("calls/thrice.csv:2:1: error R407: 'noon' is no time", done.stderr.decode())
        os.remove(events)
        self.assertEqual(command.run("rules", "test", path).returncode, 2)
        # Who explains or runs the rules needs no file of events.
        self.assertEqual(command.run("rules", "explain", path).returncode, 0)

    def test_of_a_file_without_any(self):
        done = command.run("rules", "test", self.good())
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"no tests\n", b""))


class Explain(RulesCase):
    def test_of_a_file_shows_its_rules_and_totals(self):
        done = command.run("rules", "explain", self.good())
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        text = done.stdout.decode()
        self.assertRegex(text, r"(?m)^site\.one +enforce +1 +high +1 +[1-9][0-9,]* +[1-9][0-9,]* +drop +.*good\.ward:3$")
        self.assertRegex(text, r"(?m)^site\.two .* alert ")
        self.assertRegex(text, r"(?m)^2 rules, [0-9,]+ bytes of state")
        self.assertRegex(text, r"(?m)^with the lists that rules fill: [0-9,]+ bytes of state")
        self.assertRegex(text, r"(?m)^with the default pack: [0-9,]+ rules")
        self.assertNotIn("scan.user_agent", text)

    def test_says_what_an_event_can_cost(self):
        text = command.run("rules", "explain").stdout.decode()
        self.assertRegex(text, r"(?m)^an event that concerns every rule for its kind: at most [0-9,]+ ns$")

    def test_a_rule_that_names_identity_is_of_the_second_stage(self):
        path = self.write("site.ward", "version 1\n"
                          "rule site.forged { on request when identity.result == failed then alert }\n")
        text = command.run("rules", "explain", path).stdout.decode()
        self.assertRegex(text, r"(?m)^site\.forged +enforce +2 ")

    def test_of_a_file_shows_what_it_imports(self):
        self.write("more.ward", "version 1\nrule site.more { on request when method == BYE then alert }\n")
        path = self.write("site.ward", "version 1\nimport \"more.ward\"\n"
                          "rule site.own { on request when method == INVITE then alert }\n")
        text = command.run("rules", "explain", path).stdout.decode()
        self.assertRegex(text, r"(?m)^site\.own .*site\.ward:3$")
        self.assertRegex(text, r"(?m)^site\.more .*more\.ward:2$")
        self.assertNotIn("scan.user_agent", text)
        # The pack is shown where a file takes it in itself.
        path = self.write("pack.ward", "version 1\nimport pack\n")
        text = command.run("rules", "explain", "--no-default-rules", path).stdout.decode()
        self.assertRegex(text, r"(?m)^scan\.user_agent ")

    def test_without_a_file_shows_the_default_pack(self):
        done = command.run("rules", "explain")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout.decode(), r"(?m)^scan\.user_agent ")

    def test_of_a_wrong_file(self):
        done = command.run("rules", "explain", self.write("bad.ward", "version 1\nrule\n"))
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"error", done.stderr)


class Format(RulesCase):
    BAD = "version 1\nrule site.one{ # mine\non request when src.port==1\nthen drop\n}\n"
    LAID_OUT = ("version 1\nrule site.one {  # mine\n  on request when src.port == 1\n"
                "  then drop\n}\n")

    def read(self, path):
        with open(path, encoding="utf-8") as file:
            return file.read()

    def test_lays_out_a_file_where_it_stands(self):
        path = self.write("bad.ward", self.BAD)
        os.chmod(path, 0o640)
        done = command.run("rules", "fmt", path)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(done.stdout.decode(), f"{path}\n")
        self.assertEqual(self.read(path), self.LAID_OUT)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o640)
        self.assertEqual(os.listdir(self.folder.name), ["bad.ward"])
        again = command.run("rules", "fmt", path)
        self.assertEqual((again.returncode, again.stdout), (0, b""))

    def test_check_changes_nothing(self):
        bad, good = self.write("bad.ward", self.BAD), self.write("good.ward", self.LAID_OUT)
        done = command.run("rules", "fmt", "--check", bad, good)
        self.assertEqual((done.returncode, done.stdout.decode()), (1, f"{bad}\n"))
        self.assertEqual(self.read(bad), self.BAD)
        self.assertEqual(command.run("rules", "fmt", "--check", good).returncode, 0)

    def test_from_the_standard_input(self):
        done = command.run("rules", "fmt", "-", stdin=self.BAD.encode())
        self.assertEqual((done.returncode, done.stdout.decode()), (0, self.LAID_OUT))

    def test_what_cannot_be_read_stays_as_it_is(self):
        path = self.write("broken.ward", "version 1\nrule 'a' {}\n")
        done = command.run("rules", "fmt", path)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn("broken.ward:2:6: error R101", done.stderr.decode())
        self.assertEqual(self.read(path), "version 1\nrule 'a' {}\n")
        missing = command.run("rules", "fmt", path + ".not")
        self.assertEqual(missing.returncode, 2)
        self.assertIn("No such file", missing.stderr.decode())


class Imports(RulesCase):
    def test_are_looked_for_beside_the_file_that_names_them(self):
        self.write("common/limits.ward", "version 1\nimport \"deep/more.ward\"\n")
        self.write("common/deep/more.ward",
                   "version 1\nconst limit = 9\nlist l : exact file \"l.txt\"\n")
        self.write("common/deep/l.txt", "alice\n")
        path = self.write("site.ward", "version 1\nimport pack\nimport \"common/limits.ward\"\n"
                          "rule r { on request when src.port > limit then alert }\n")
        done = command.run("rules", "check", path)
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_that_are_not_there_are_named(self):
        path = self.write("site.ward", "version 1\nimport \"none.ward\"\n")
        done = command.run("rules", "check", path)
        self.assertEqual(done.returncode, 2)
        self.assertIn("none.ward", done.stderr.decode())

    def test_in_a_circle_end(self):
        self.write("b.ward", "version 1\nimport \"a.ward\"\n")
        path = self.write("a.ward", "version 1\nimport \"b.ward\"\n")
        done = command.run("rules", "check", path)
        self.assertEqual(done.returncode, 2)
        self.assertIn("R121", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
