"""What benchmarks/report.py makes of recorded output: the JSON lines, the table, and the comparison of instructions."""
import contextlib
import io
import json
import os
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "benchmarks"))
import report  # noqa: E402

KEYS = ["suite", "case", "who", "ns_min", "ns_median", "bytes", "instructions", "allocations", "note"]
# The names that the tables have always had; a renamed case would break every comparison with an older table.
DEPTHS = [f"{m}.{d}" for m in ("invite", "invite-identity", "register", "ok200", "wire", "all") for d in ("index", "security", "full")]
ROWS = {
    "parser": [(case, "sipward") for case in DEPTHS]
    + [(case, peer) for case in DEPTHS if case.endswith(".full") for peer in ("osip2", "sofia", "re")]
    + [("invite.edit", "sipward"), ("memcpy", "limit"), ("newlines", "limit")],
    "rules": [(case, who) for case in ("default-60", "rules-100", "rules-1000", "rules-10000") for who in ("sipward", "yara", "modsecurity")]
    + [(case, "sipward") for case in ("prefixes-in", "prefixes-value", "load-literals", "load-expressions", "load-prefixes")],
    "numbers": [(case, who) for case in ("lookup", "canonical") for who in ("sipward", "libphonenumber")],
    "identity": [(case, "sipward") for case in ("warm", "table", "cached", "cold", "sign", "sign-verified", *report.AUTH)]
    + [("raw", "openssl"), ("sign", "openssl"), ("warm", "libsecsipid")],
    "pipeline": [(case, "sipward") for case in ("verdict-invite", "verdict-wire", "spray", "record-read", "record-verdict")],
    "bindings": [(f"{door}.{way}", "sipward") for door in ("c", "cpp", "go") for way in ("single", "batch", "parse")]
    + [("core.single", "sipward"), ("core.parse", "sipward"), ("kamailio.module", "sipward"), ("kamailio.module", "kamailio")]
    + [(f"python.{way}", "sipward") for way in ("single", "batch", "large_batch", "parse")],
}
OWN = ("sipward", "limit")


class Recorded(unittest.TestCase):
    """A folder as run.sh leaves it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for suite, rows in ROWS.items():
            self.record(suite, rows)

    def record(self, suite, rows, allocations=0.0):
        heads = [{"suite": suite, "case": case, "who": who} for case, who in rows]
        times = [head | {"ns_min": 100.0, "ns_median": 110.0, "bytes": 600, "note": "reads; all; outcome: 3 match"} for head in heads]
        counted = [head for head in heads if head["who"] != "libsecsipid"]
        self.write(f"{suite}.time", "".join(json.dumps(row) + "\n" for row in times))
        self.write(f"{suite}.allocations",
                   "".join(json.dumps(head | {"allocations": allocations}) + "\n" for head in counted))
        self.write(f"{suite}.callgrind", "".join(self.dumps(head, 1000) for head in counted))

    def dumps(self, head, cost):
        name = f"{head['suite']} {head['case']} {head['who']}"
        return "".join(f"desc: Trigger: Client Request: {name} {n}\nsummary: {50 + cost * n}\n0 0\ntotals: {50 + cost * n}\n" for n in (1, 16))

    def write(self, name, text):
        (self.folder / name).write_text(text, encoding="ascii")

    def run_report(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = report.main([os.fspath(a) for a in arguments])
        return status, out.getvalue(), err.getvalue()


class JsonLines(Recorded):
    def test_have_exactly_the_keys_in_their_order(self):
        status, out, _ = self.run_report("json", self.folder, *ROWS)
        rows = [json.loads(line) for line in out.splitlines()]
        self.assertEqual(status, 0)
        self.assertEqual({tuple(row) for row in rows}, {tuple(KEYS)})

    def test_have_exactly_the_cases(self):
        for suite, expected in ROWS.items():
            _, out, _ = self.run_report("json", self.folder, suite)
            rows = [json.loads(line) for line in out.splitlines()]
            self.assertCountEqual([(row["case"], row["who"]) for row in rows], expected)

    def test_say_null_for_what_cannot_be_counted(self):
        _, out, _ = self.run_report("json", self.folder, "identity")
        warm = next(row for row in map(json.loads, out.splitlines()) if row["who"] == "libsecsipid")
        self.assertIsNone(warm["instructions"])
        self.assertIsNone(warm["allocations"])

    def test_say_null_without_callgrind(self):
        (self.folder / "pipeline.callgrind").unlink()
        status, out, _ = self.run_report("json", self.folder, "pipeline")
        self.assertEqual(status, 0)
        self.assertEqual([json.loads(line)["instructions"] for line in out.splitlines()], [None] * len(ROWS["pipeline"]))

    def test_give_the_instructions_of_one_message(self):
        _, out, _ = self.run_report("json", self.folder, "pipeline")
        self.assertEqual([json.loads(line)["instructions"] for line in out.splitlines()], [1000] * len(ROWS["pipeline"]))


    def test_take_the_allocations_that_a_row_of_another_language_counted(self):
        times = report.read_lines(self.folder / "bindings.time")
        counted = report.read_lines(self.folder / "bindings.allocations")
        self.write("bindings.allocations", "".join(json.dumps(row) + "\n" for row in counted if not row["case"].startswith("go.")))
        for allocations, status in ((0, 0), (0.5, 1), (None, 1)):
            rows = [row | ({"allocations": allocations} if row["case"].startswith("go.") else {}) for row in times]
            self.write("bindings.time", "".join(json.dumps(row) + "\n" for row in rows))
            found, out, _ = self.run_report("json", self.folder, "bindings")
            self.assertEqual(found, status, allocations)
            single = next(row for row in map(json.loads, out.splitlines()) if row["case"] == "go.single")
            self.assertEqual(single["allocations"], allocations)


class Faults(Recorded):
    def assert_fault(self, suite, sentence):
        status, _, err = self.run_report("json", self.folder, suite)
        self.assertEqual(status, 1)
        self.assertIn(sentence, err)

    def test_a_missing_case(self):
        self.record("rules", [row for row in ROWS["rules"] if row != ("rules-100", "sipward")])
        self.assert_fault("rules", "rules rules-100 sipward is missing")

    def test_a_case_of_another_name(self):
        self.record("pipeline", ROWS["pipeline"] + [("flood", "sipward")])
        self.assert_fault("pipeline", "pipeline flood sipward is not one of the rows")

    def test_a_peer_outside_of_full(self):
        self.record("parser", ROWS["parser"] + [("invite.index", "osip2")])
        self.assert_fault("parser", "parser invite.index osip2 is not one of the rows")

    def test_a_row_of_sipward_that_allocates(self):
        self.record("pipeline", ROWS["pipeline"], allocations=0.1)
        self.assert_fault("pipeline", "pipeline spray sipward allocates: 0.1 times for a message")

    def test_a_peer_of_a_list(self):
        self.record("rules", ROWS["rules"] + [("prefixes-in", "yara")])
        self.assert_fault("rules", "rules prefixes-in yara is not one of the rows")

    def test_what_is_looked_up_may_not_allocate_and_what_is_loaded_may(self):
        self.record("rules", ROWS["rules"], allocations=0.1)
        status, _, err = self.run_report("json", self.folder, "rules")
        self.assertEqual(status, 1)
        self.assertIn("rules prefixes-value sipward allocates", err)
        self.assertNotIn("load-", err)

    def allocate(self, counts):
        """Of the rows of identity, for each message."""
        path = self.folder / "identity.allocations"
        rows = [row | {"allocations": counts.get((row["case"], row["who"]), 0.0)} for row in report.read_lines(path)]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="ascii")

    def test_a_verification_may_allocate_what_libcrypto_does_and_no_more(self):
        self.allocate({("raw", "openssl"): 37.0, ("warm", "sipward"): 37.0, ("cold", "sipward"): 900.0})
        self.assertEqual(self.run_report("json", self.folder, "identity")[0], 0)
        self.allocate({("raw", "openssl"): 37.0, ("warm", "sipward"): 37.5})
        self.assert_fault("identity", "identity warm sipward allocates: 37.5 times for a message")
        self.allocate({("raw", "openssl"): 37.0, ("cached", "sipward"): 1.0})
        self.assert_fault("identity", "identity cached sipward allocates: 1.0 times for a message")

    def test_peers_may_be_absent_and_may_allocate(self):
        for suite in ("parser", "rules", "identity"):
            self.record(suite, [row for row in ROWS[suite] if row[1] in OWN or row[0] == "raw"])
            self.assertEqual(self.run_report("json", self.folder, suite)[0], 0, suite)


class Table(Recorded):
    def test_of_every_suite_ends_with_ratios(self):
        for suite in ROWS:
            status, out, _ = self.run_report("table", self.folder, suite)
            self.assertEqual(status, 0)
            ratios = out[out.rindex("ratios: "):].splitlines()[2:]
            self.assertTrue(ratios, suite)
            for line in ratios:
                self.assertRegex(line, r" 1\.00 +(1\.00|-)$", suite)

    def test_of_identity_says_how_many_in_a_second(self):
        _, out, _ = self.run_report("table", self.folder, "identity")
        self.assertRegex(out, r"case .* per second\n")
        self.assertRegex(out, r"warm +sipward .* 10,000,000\n")

    def test_names_the_peers_that_have_no_rows(self):
        self.record("parser", [row for row in ROWS["parser"] if row[1] != "re"])
        _, out, _ = self.run_report("table", self.folder, "parser")
        self.assertIn("without rows: re\n", out)

    def test_says_what_came_out_behind_what_is_done(self):
        _, out, _ = self.run_report("table", self.folder, "pipeline")
        self.assertIn("verdict-invite, verdict-wire, spray, record-read, record-verdict: reads; all\n", out)
        self.assertIn("outcome of spray: 3 match\n", out)


class Comparison(Recorded):
    def compare(self, spray):
        baseline = {f"pipeline {case} {who}": 1000 for case, who in ROWS["pipeline"]} | spray
        self.write("baseline.json", json.dumps(baseline))
        return self.run_report("compare", self.folder / "baseline.json", self.folder / "pipeline.callgrind")

    def test_passes_up_to_three_percent_more(self):
        self.assertEqual(self.compare({"pipeline spray sipward": 971})[0], 0)

    def test_fails_beyond_three_percent(self):
        status, out, _ = self.compare({"pipeline spray sipward": 970})
        self.assertEqual(status, 1)
        self.assertRegex(out, r"pipeline spray sipward .*\+3\.1%  worse")

    def test_passes_what_is_better_and_says_so(self):
        status, out, _ = self.compare({"pipeline spray sipward": 1100})
        self.assertEqual(status, 0)
        self.assertIn("1 row is more than 3% better", out)

    def test_fails_on_a_row_that_is_on_one_side_only(self):
        status, out, _ = self.compare({"pipeline gone sipward": 1000})
        self.assertEqual(status, 1)
        self.assertIn("not measured", out)


if __name__ == "__main__":
    unittest.main(verbosity=2)
