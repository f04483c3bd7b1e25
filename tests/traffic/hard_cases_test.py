"""The cases that rules for calls most often get wrong, by name."""

import json
import pathlib
import random
import tempfile
import unittest

import capture
import judge
import occasions
import phones
import records
import scenario
import sip
import world
from campaign import Campaign, Stage
from intruder import Intruder
from network import DOMAIN, CARRIERS, Phone, Wire
from population import Population
from ordinary import Ordinary
from world import HOUR, START

# A site that lets nothing through, and says so twice.
CLOSED = """version 1
list emergency : exact ["911"]
list feed : cidr ["0.0.0.0/0"]
rule site.closed { on request when method == INVITE then drop }
rule site.feed { evidence any on request where src.ip in feed when method != ACK then reject 603, ban src.ip for 1h }
"""


class Files(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        self.rates = self.folder / "rates.csv"
        self.rates.write_text(world.rate_file(), encoding="utf-8")

    def of_messages(self, messages, extra=()):
        path = self.folder / "messages.pcap"
        capture.write(path, messages)
        return judge.findings_of_messages(path, len(messages), extra)

    def of_calls(self, calls):
        path = self.folder / "calls.csv"
        records.write_csv(path, calls)
        return {row - 2: rules for row, rules in judge.findings_of_records(path, self.rates).items()}


class Emergency(Files):
    def test_emergency_is_never_blocked_by_any_rule_or_feed(self):
        """From a source that guessed passwords over TCP and is banned, where a site refuses every INVITE and a feed every address."""
        rng = random.Random(11)
        wire, people = Wire(rng), phones.Neighbourhood(rng, 20)
        x = Intruder(rng, wire, people, Campaign("", "", "described"), START)
        for i in range(30):
            x.guess(START + i, people.homes[1].user)
        calls = []
        for i, uri in enumerate(("urn:service:sos", "urn:service:sos.fire", f"sip:911@{DOMAIN}", "tel:911")):
            wire.put(START + 60 + i, x.address, ("198.51.100.10", 5060), x.request("INVITE", f"sip:{people.homes[2].user}@{DOMAIN}").encode(), "tcp")
            calls.append(x.request("INVITE", uri, body=sip.sdp(x.address[0], 9000)))
            wire.put(START + 60.5 + i, x.address, ("198.51.100.10", 5060), calls[-1].encode(), "tcp")
        path, site = self.folder / "messages.pcap", self.folder / "site.ward"
        site.write_text(CLOSED, encoding="utf-8")
        messages = phones.in_order(wire.messages)
        capture.write(path, messages)
        lines = [json.loads(line) for line in judge.run(["inspect", "--json", "--rules", site, path])]
        ids = {call.call_id for call in calls}
        emergency = [line for line in lines if line["call_id"] in ids]
        self.assertEqual(len(emergency), len(calls))
        for line in emergency:
            self.assertIn(line["action"], ("allow", "flag"), line)
            self.assertIn("emergency", line["flags"], line)
        others = [line for line in lines if line["method"] == "INVITE" and line["call_id"] not in ids]
        self.assertEqual({line["action"] for line in others}, {"drop"})


class Crowds(Files):
    def test_an_office_of_500_phones_behind_one_address_is_not_a_flood(self):
        """They register after a power cut, all within two minutes, and go on with their day."""
        rng = random.Random(12)
        wire, people = Wire(rng), phones.Neighbourhood(rng, 20, 500)
        for phone in people.office:
            wire.register(START + 9 * HOUR + rng.random() * 120, phone)
        for _ in range(400):
            phone = rng.choice(people.office)
            wire.call(START + 9 * HOUR + 300 + rng.random() * HOUR, phone, rng.choice(CARRIERS), talk=40)
        self.assertEqual(self.of_messages(phones.in_order(wire.messages)), {})

    def test_two_thousand_phones_that_come_back_are_not_a_flood(self):
        rng = random.Random(13)
        wire = Wire(rng)
        for i in range(2000):
            wire.register(START + rng.random() * 120, Phone(rng, i))
        self.assertEqual(self.of_messages(phones.in_order(wire.messages)), {})

    def test_a_telethon_is_not_an_attack(self):
        population = Population(random.Random(14), 300)
        traffic = Ordinary(random.Random(14), population, 7)
        occasions.telethon(traffic, START + 5 * 24 * HOUR)
        calls = sorted(traffic.calls, key=lambda c: c.end)
        self.assertGreater(len(calls), 5000)
        self.assertEqual(self.of_calls(calls), {})


class Burst(Files):
    def test_irsf_over_30_addresses_is_one_alert_within_10_calls(self):
        traffic = scenario.attacked(15, "described", 0, size=200, days=8)
        population = Population(random.Random(15), 200)
        campaign = Campaign("", "", "described")
        stage = Stage(random.Random(15), population, 8, campaign, traffic.calls)
        victim = population.accounts[100]
        for i in range(30):
            stage.out(victim, START + 6 * 24 * HOUR + i * 8, world.risky(stage.rng, "LV"), 600.0, source=f"185.{i + 1}.7.9")
        calls = sorted(traffic.calls, key=lambda c: c.end)
        found = self.of_calls(calls)
        rows = sorted((calls[row].start, calls[row].account, tuple(rules)) for row, rules in found.items() if calls[row].campaign is campaign)
        self.assertTrue(rows)
        self.assertLess(rows[0][0], START + 6 * 24 * HOUR + 10 * 8)
        self.assertEqual({account for _, account, _ in rows}, {victim.name})


if __name__ == "__main__":
    unittest.main()
