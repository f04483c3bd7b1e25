"""Decisions recorded and judged again; the source of rules."""

import sys
import unittest

import sipward
from samples import INVITE, NOW, SOURCE, options

RULES = (
    "version 1\n"
    "list bad : cidr file \"bad.txt\"\n"
    "rule site.bad { on request when src.ip in bad and contains(body, \"v=0\") then reject 403 \"Not here\" }\n"
    "rule site.many { on request where method == OPTIONS when count(by src.ip over 1m) > 2 then drop }\n"
)


def compiled(keep=True):
    with sipward.Compiler() as compiler:
        if keep:
            compiler.keep_source()
        compiler.add(RULES, "site.ward")
        for index, _, _ in compiler.files():
            compiler.set_file(index, b"198.51.100.0/24\n")
        return compiler.build()


def packet(data=INVITE, **more):
    return sipward.Packet(data, **({"source": SOURCE, "wall_ns": NOW, "monotonic_ns": NOW} | more))


class Records(unittest.TestCase):
    def setUp(self):
        self.rules = compiled()
        self.engine = sipward.Engine(self.rules)
        self.inspector = self.engine.inspector()
        self.replayer = sipward.Replayer(self.rules)

    def taken(self):
        """The record of the last call, which the replayer judges alike."""
        record = self.inspector.take_record()
        self.assertIs(self.replayer.run(record), sipward.Replayed.SAME)
        return record

    def test_the_same_verdict_comes_again(self):
        self.inspector.record()
        for number in range(5):
            verdict = self.inspector.inspect(packet(options(number)))
            self.assertEqual(verdict.action.label, "drop" if number > 1 else "allow")
            told = self.replayer.describe(self.taken())
            self.assertEqual(told["verdict"]["action"], verdict.action.label)
            self.assertEqual(told["fields"]["method"]["value"], "OPTIONS")
        self.assertEqual(self.inspector.inspect(packet()).action, sipward.Action.REJECT)
        record = self.taken()
        self.assertIs(self.replayer.run(record.replace(b'"code":403', b'"code":404')), sipward.Replayed.OTHER)
        self.assertEqual(self.replayer.describe(bytearray(record))["packet"]["source"]["ip"], SOURCE[0])

    def test_bodies_are_kept_if_asked_for(self):
        self.inspector.record()
        self.inspector.inspect(packet())
        self.assertNotIn(b"m=audio", self.taken())
        self.inspector.record(bodies=True)
        self.inspector.inspect(packet())
        self.assertIn(b"m=audio", self.taken())

    def test_long_records_are_whole(self):
        self.inspector.record(bodies=True)
        self.inspector.inspect(packet(INVITE.replace(b"Allow:", b"X: %s\r\nAllow:" % (b"x" * 9000))))
        self.assertGreater(len(self.taken()), 9000)

    def test_what_was_not_recorded_is_none(self):
        self.assertIsNone(self.inspector.take_record())
        self.inspector.inspect(packet())
        self.assertIsNone(self.inspector.take_record())
        self.inspector.record()
        self.assertIsNone(self.inspector.take_record())
        self.inspector.inspect(packet())
        self.taken()
        self.inspector.stop_recording()
        self.assertIsNone(self.inspector.take_record())

    def test_events_and_batches(self):
        self.inspector.record()
        self.inspector.event(sipward.EventKind.CALL_START, {"call_id": "a"}, wall_ns=NOW, monotonic_ns=NOW)
        self.taken()
        self.inspector.inspect_batch(options(1) + options(2), offsets=[0, len(options(1))], sizes=[len(options(1)), len(options(2))], source=SOURCE,
                                     wall_ns=NOW, monotonic_ns=NOW)
        self.assertIn(b"branch=z9hG4bK2\r\n", self.taken())
        with self.assertRaises(sipward.BatchError):
            self.inspector.inspect_batch(options(1), offsets=[0], sizes=[9999], source=SOURCE, wall_ns=NOW, monotonic_ns=NOW)
        self.assertIsNone(self.inspector.take_record())

    def test_errors(self):
        self.inspector.record()
        self.inspector.inspect(packet())
        record = self.taken()
        other = sipward.Replayer(sipward.Rules.compile("version 1\n"))
        self.assertIs(other.run(record), sipward.Replayed.OTHER_RULES)
        with self.assertRaisesRegex(sipward.ArgumentError, "other rules"):
            other.describe(record)
        for wrong in (b"", record[1:], record[:-1], b"{}\n"):
            with self.assertRaises(sipward.MalformedError):
                self.replayer.run(wrong)
            with self.assertRaises(sipward.MalformedError):
                self.replayer.describe(wrong)
        for wrong in (None, 5, "text", [1]):
            with self.assertRaises(TypeError):
                self.replayer.run(wrong)
            with self.assertRaises(TypeError):
                sipward.Replayer(wrong)
        self.replayer.close()
        with self.assertRaises(sipward.ClosedError):
            self.replayer.run(record)
        self.inspector.close()
        for call in (self.inspector.take_record, self.inspector.record, self.inspector.stop_recording):
            with self.assertRaises(sipward.ClosedError):
                call()


class Source(unittest.TestCase):
    def test_it_gives_the_same_rules(self):
        rules = compiled()
        with sipward.Compiler() as compiler:
            compiler.keep_source()
            compiler.add_source(rules.source)
            same = compiler.build()
        self.assertEqual((same.hash, same.source), (rules.hash, rules.source))
        self.assertEqual(len(rules.hash), 64)
        self.assertIn(b"198.51.100.0/24", rules.source)

    def test_it_is_kept_if_asked_for(self):
        without = compiled(keep=False)
        self.assertEqual(without.source, b"")
        self.assertEqual(without.hash, compiled().hash)

    def test_what_is_none_is_refused(self):
        for wrong in (b"", b"no source", compiled().source[:-1]):
            with sipward.Compiler() as compiler, self.assertRaises(sipward.RulesError):
                compiler.add_source(wrong)
        with sipward.Compiler() as compiler, self.assertRaises(TypeError):
            compiler.add_source("text")


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
