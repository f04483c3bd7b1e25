"""The generator: the same seed gives the same bytes, attacks are what they say, and nothing of the rules is read."""

import pathlib
import random
import re
import tempfile
import unittest

import capture
import judge
import phones
import records
import scenario
import score
import wiretap
import world
from campaign import STRENGTHS

HERE = pathlib.Path(__file__).resolve().parent
SMALL = {"campaigns": 1, "size": 250, "days": 14}


def file_of(layout, calls):
    write, _ = records.FORMATS[layout]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "calls"
        write(path, calls)
        return path.read_bytes()


def capture_of(messages):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "calls.pcap"
        capture.write(path, messages)
        return path.read_bytes()


class SameSeed(unittest.TestCase):
    def test_the_same_calls(self):
        once, again, other = (scenario.attacked(seed, "described", **SMALL).calls for seed in (7, 7, 8))
        for layout in records.FORMATS:
            self.assertEqual(file_of(layout, once), file_of(layout, again), layout)
            self.assertNotEqual(file_of(layout, once), file_of(layout, other), layout)

    def test_the_same_messages(self):
        first = capture_of(wiretap.attacked(7, "described", 1, homes=210)[0])
        self.assertEqual(first, capture_of(wiretap.attacked(7, "described", 1, homes=210)[0]))
        self.assertNotEqual(first, capture_of(wiretap.attacked(8, "described", 1, homes=210)[0]))
        quiet = capture_of(phones.ordinary(7, 50, 10, 1)[0])
        self.assertEqual(quiet, capture_of(phones.ordinary(7, 50, 10, 1)[0]))


class Attacks(unittest.TestCase):
    def test_every_kind_at_every_strength(self):
        for strength in STRENGTHS:
            traffic = scenario.attacked(3, strength, **SMALL)
            kinds = [kind for kinds in scenario.CALL_KINDS.values() for kind in kinds]
            self.assertEqual([c.kind for c in traffic.campaigns], kinds)
            for campaign in traffic.campaigns:
                self.assertTrue(campaign.calls, campaign.kind)
                self.assertTrue(all(world.START <= c.start for c in campaign.calls), campaign.kind)
            messages, campaigns = wiretap.attacked(3, strength, 1, homes=210)
            marked = {id(m[5]) for m in messages if m[5] is not None}
            for campaign in campaigns:
                self.assertIn(id(campaign), marked, campaign.kind)

    def test_stronger_is_more(self):
        counts = {s: [len(c.calls) for c in scenario.attacked(3, s, **SMALL).campaigns] for s in STRENGTHS}
        for more, less in zip(counts["blatant"], counts["described"]):
            self.assertGreater(more, less)
        for more, less in zip(counts["described"], counts["weak"]):
            self.assertGreaterEqual(more, less)

    def test_ordinary_traffic_has_no_attacks(self):
        self.assertTrue(all(c.campaign is None for c in scenario.ordinary(3, 300, 7).calls))
        self.assertTrue(all(m[5] is None for m in phones.ordinary(3, 50, 10, 1)[0]))

    def test_the_rules_are_not_read(self):
        for path in HERE.glob("*.py"):
            if not path.name.endswith("_test.py"):
                self.assertIsNone(re.search(r"lib.{1,9}pack|\.ward\b", path.read_text(encoding="utf-8")), path.name)


class Files(unittest.TestCase):
    def test_a_record_is_a_line(self):
        calls = scenario.ordinary(5, 60, 2).calls
        for layout, (_, first) in records.FORMATS.items():
            self.assertEqual(file_of(layout, calls).count(b"\n"), len(calls) + first - 1, layout)

    def test_numbers_as_they_are_written(self):
        for number, style, text in (("+12025550100", "plus", "+12025550100"), ("+12025550100", "national", "2025550100"),
                                    ("+12025550100", "dialled", "12025550100"), ("+3712123456", "national", "0113712123456"), ("911", "national", "911")):
            self.assertEqual(records.written(number, style), text)

    def test_what_calls_cost(self):
        self.assertEqual(world.cost("+5351234567", 61), 0.85 * 2)
        self.assertEqual(world.cost("+18765551234", 30), 0.28)
        self.assertEqual(world.cost("911", 30), 0.0)
        self.assertEqual(world.cost("+5351234567", 0), 0.0)

    def test_every_message_is_read_back(self):
        messages = wiretap.attacked(5, "described", 1, homes=210)[0]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "messages.pcap"
            capture.write(path, messages)
            judge.findings_of_messages(path, len(messages))  # fails where the numbers differ

    def test_rates_are_those_of_the_file(self):
        lines = world.rate_file().splitlines()
        self.assertEqual(lines[0], "prefix,rate_per_minute,increment_seconds")
        self.assertEqual(len(lines), 1 + len(world.RATES))
        rng = random.Random(1)
        for country in world.RISKY:
            self.assertGreater(world.cost(world.risky(rng, country), 60), 0.2, country)


class Scores(unittest.TestCase):
    def test_an_outcome(self):
        events = [(100.0, 1.0, 5), (160.0, 2.0, 6), (220.0, 4.0, 9)]
        caught = score.Outcome(events, {6: ["a"], 9: ["b"]})
        self.assertEqual((caught.caught, caught.delay_calls, caught.delay_s, caught.money, caught.rules), (True, 2, 60.0, 3.0, ("a",)))
        missed = score.Outcome(events, {7: ["a"]})
        self.assertEqual((missed.caught, missed.delay_calls, missed.money), (False, None, 7.0))

    def test_answers_are_no_calls(self):
        events = [(1.0, 0.0, 1, True), (1.1, 0.0, 2, False), (2.0, 0.0, 3, True)]
        self.assertEqual(score.Outcome(events, {3: ["a"]}).delay_calls, 2)

    def test_a_row(self):
        outcomes = [score.Outcome([(0.0, 1.0, 1)], {1: ["a"]}), score.Outcome([(0.0, 2.0, 1)], {})]
        self.assertEqual(tuple(score.row("robocalls", "weak", outcomes, 0.25).values()), ("robocalls", "weak", 2, 1, 1, 0.0, 3.0, 0.25))


if __name__ == "__main__":
    unittest.main()
