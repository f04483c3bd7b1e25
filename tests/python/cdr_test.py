"""Call records through the Python binding."""

import ipaddress
import sys
import unittest

import sipward
from sipward import cdr

ROWS = (b"start,answer,end,account,caller,callee,source_ip,call_id\n"
        b"2026-03-01T10:00:00Z,2026-03-01T10:00:05Z,2026-03-01T10:01:05Z,acme,+49301,+493012345678,192.0.2.1,c1\n"
        b"never,,,acme,1,2,,c2\n")
RULES = """version 1
rule long_call {
  on cdr
  when duration > 50s and cost > 0.05 and callee.number.country == "DE" and src.ip in "192.0.2.0/24"
  then alert
}
"""


class Records(unittest.TestCase):
    def test_rows_good_and_bad(self):
        rates = cdr.Rates("49,0.06,60\n")
        reader = cdr.Reader(rates=rates)
        rates.close()
        rows = [row for at in range(0, len(ROWS), 7) for row in reader.feed(ROWS[at:at + 7])] + reader.finish()
        good, bad = rows
        self.assertEqual((good.reason, good.line, good.format, good.part), ("", 2, cdr.CdrFormat.CSV, cdr.CdrPart.CALL))
        self.assertEqual((good.start_ns, good.duration_ns, good.ring_ns), (1772359200 * 10**9, 60 * 10**9, 5 * 10**9))
        self.assertEqual((good.account, good.callee, good.id, good.cost), ("acme", "+493012345678", "c1", 60000))
        self.assertEqual(good.facts["src.ip"], ipaddress.ip_address("192.0.2.1"))
        self.assertTrue(good.answered and good.fingerprint)
        self.assertEqual((bad.reason, bad.line, bad.facts), ("time", 3, {}))
        self.assertTrue(bad.reason_sentence)
        again = reader.again(ROWS[good.offset:good.offset + good.size], good.layout)
        self.assertEqual((again.fingerprint, again.facts), (good.fingerprint, good.facts))
        with self.assertRaises(ValueError):
            reader.feed(b"x")

    def test_facts_are_for_rules(self):
        reader = cdr.Reader(rates=cdr.Rates("49,0.06,60\n"))
        row = reader.feed(ROWS)[0]
        with sipward.Engine(sipward.Rules.compile(RULES)) as engine, engine.inspector() as inspector:
            verdict = inspector.event(sipward.EventKind.CDR, row.facts, wall_ns=row.start_ns, monotonic_ns=row.start_ns, proven=True)
            self.assertTrue(verdict.flags & sipward.VerdictFlag.ALERT)

    def test_columns_are_mapped(self):
        reader = cdr.Reader(cdr.CdrFormat.CSV, utc_offset_s=3600, delimiter=";", columns={"Begin": "start", "To": "callee"})
        row = reader.feed(b"begin;to\n2026-03-01 11:00:00;+49302\n")[0]
        self.assertEqual((row.start_ns, row.callee), (1772359200 * 10**9, "+49302"))
        places = cdr.Reader(cdr.CdrFormat.CSV, columns={2: "start"})
        self.assertEqual(places.feed(b"x,1772359200\n")[0].reason, "")
        with self.assertRaises(sipward.FieldError):
            cdr.Reader(columns={"x": "nothing"})
        with self.assertRaises(ValueError):
            cdr.Reader(delimiter=";;")

    def test_rates(self):
        rates = cdr.Rates(b"prefix,rate_per_minute,increment_seconds\n49,0.02,60\n4930,0.01,1\n")
        self.assertEqual(rates.find("+4940", 61 * 10**9), cdr.Rate(20000, 60 * 10**9, 40000))
        self.assertIsNone(rates.find("33"))
        with self.assertRaises(sipward.RatesError) as caught:
            cdr.Rates("49,0.02,60\n49,x,60\n")
        self.assertEqual((caught.exception.line, caught.exception.column), (2, 4))

    def test_names(self):
        self.assertEqual([cdr.format_name(kind) for kind in cdr.CdrFormat], [kind.label for kind in cdr.CdrFormat])
        self.assertIsNone(cdr.format_name(99))
        self.assertEqual((cdr.reason_name(0), cdr.reason_name(99)), ("ok", None))


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
