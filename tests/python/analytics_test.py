"""What an engine tells of calls, in numbers."""

import sys
import unittest

import sipward
from samples import DESTINATION, NOW, SOURCE, options


def engine(**more):
    return sipward.Engine(sipward.Rules.compile("version 1\n"), calls_by_host=True, **more)


def tell(inspector, account, code=200, duration=60, **more):
    facts = {"account": account, "callee.number": "442071838750", "answered": code == 200, "code": code, "duration": duration * 10**9,
             "setup": 900_000_000, "cost": 10_000, **more}  # fmt: skip
    inspector.event(sipward.EventKind.CDR, facts, wall_ns=0, monotonic_ns=0, proven=True)


class Analytics(unittest.TestCase):
    def test_rows_and_totals(self):
        with engine(analytics_rows=2, short_call_ms=10_000) as made, made.inspector() as inspector:
            tell(inspector, "alice")
            tell(inspector, "alice", duration=8)
            tell(inspector, "alice", code=486, duration=0)
            tell(inspector, "bob", **{"identity.result": "verified", "identity.attest": "B"})
            now = made.analytics()
        totals = now.totals()
        self.assertEqual((totals.attempts, totals.answered, totals.ended, totals.completed, totals.short_calls), (4, 3, 4, 3, 1))
        self.assertEqual((totals.asr, totals.acd_ns, totals.cost), (0.75, 128 * 10**9 // 3, 40_000))
        self.assertEqual(totals.failed[sipward.Failure.BUSY], 1)
        self.assertEqual(totals.attested, {**{each: 0 for each in sipward.Attestation}, sipward.Attestation.B: 1, sipward.Attestation.UNCHECKED: 3})
        self.assertEqual((totals.setups, totals.setup_p50_ns, totals.setup_p99_ns), (4, 900_000_000, 900_000_000))
        self.assertEqual([(row.key, row.count, row.error, row.cut) for row in now.rows(sipward.Dimension.ACCOUNT)], [("alice", 3, 0, False), ("bob", 1, 0, False)])
        self.assertEqual([row.key for row in now.rows(sipward.Dimension.ACCOUNT, 1)], ["alice"])
        self.assertEqual([row.key for row in now.rows(sipward.Dimension.COUNTRY)], ["GB"])
        self.assertEqual(now.rows(sipward.Dimension.TRUNK), [])
        self.assertEqual(now.size(sipward.Dimension.ACCOUNT), sipward.DimensionSize(2, 2, 4, 0))

    def test_keys_that_are_long_or_hostile(self):
        with engine(analytics_rows=1) as made, made.inspector() as inspector:
            tell(inspector, b"\xff\r\n")
            first = made.analytics()
            tell(inspector, "x" * 100)
            second = made.analytics()
        self.assertEqual(first.rows(sipward.Dimension.ACCOUNT)[0].key, "\udcff\r\n")
        row = second.rows(sipward.Dimension.ACCOUNT)[0]
        self.assertEqual((row.key, row.cut, row.count, row.error, row.attempts), ("x" * 64, True, 2, 1, 1))
        self.assertEqual(second.size(sipward.Dimension.ACCOUNT).evictions, 1)

    def test_times_and_traffic(self):
        with sipward.Engine(analytics_rows=4) as made, made.inspector() as inspector:
            inspector.inspect(sipward.Packet(options(1), source=SOURCE, destination=DESTINATION, wall_ns=NOW, monotonic_ns=NOW))
            tell(inspector, "alice")
            now = made.analytics()
        self.assertEqual(now.traffic().requests, (0, 0, 1, 0))
        self.assertEqual(now.traffic().attempts + now.traffic().registers, (0,) * 6)
        times = now.times(sipward.TimesOf.SETUP)
        self.assertEqual((times.count, times.sum_ns, times.least_ns, times.p50_ns, times.p90_ns, times.p99_ns, times.most_ns), (1,) + (900_000_000,) * 6)
        self.assertEqual(now.times_until(sipward.TimesOf.SETUP, 512_000_000), 0)
        self.assertEqual(now.times_until(sipward.TimesOf.SETUP, 1_024_000_000), 1)
        self.assertEqual(now.times(sipward.TimesOf.OPTIONS).count, 0)

    def test_an_engine_that_keeps_none_says_so(self):
        with engine() as made, self.assertRaisesRegex(ValueError, "analytics_rows"):
            made.analytics()
        with self.assertRaises(sipward.ArgumentError):
            engine(analytics_rows=65_537)

    def test_what_there_is_not(self):
        with engine(analytics_rows=1) as made, made.analytics() as now:
            for call in (lambda: now.rows(8), lambda: now.size(8), lambda: now.times(5), lambda: now.times_until(5, 0)):
                self.assertRaises(sipward.ArgumentError, call)
            self.assertRaises(TypeError, now.times_until, 0, "x")
        for call in (now.totals, now.traffic, lambda: now.rows(0), lambda: now.size(0), lambda: now.times(0), lambda: now.times_until(0, 0)):
            self.assertRaises(sipward.ClosedError, call)

    def test_names_are_those_of_the_library(self):
        from sipward import analytics

        for kind, name in ((sipward.Dimension, analytics.dimension_name), (sipward.Failure, analytics.failure_name), (sipward.Attestation, analytics.attestation_name)):
            for member in kind:
                self.assertEqual(name(member), member.label)
            self.assertIsNone(name(len(kind)))


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
