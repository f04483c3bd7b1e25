"""A small run of the table, on a held-out seed: what is caught stays caught, and nobody is accused."""

import pathlib
import tempfile
import unittest

import run
import scenario

# Kinds that are caught at `described` and above. What is not here is in the table of the whole run, with what it misses.
CALLS = ("impossible_caller", "robocaller_at_a_carrier", "robocalling_customer", "false_name", "irsf_fast", "irsf_slow", "targeted_pumping", "wangiri",
         "pbx_hacking", "long_calls", "toll_free_pumping", "abroad_at_night", "abroad_at_once", "account_takeover", "caller_number_churn",
         "sequential_dialling", "tdos_on_one_number")
MESSAGES = ("scanner", "user_enumeration", "password_guessing", "register_flood", "asserted_identity_differs", "guessed_dialogs", "replayed_invite",
            "same_text_to_many", "many_texts_to_many", "links_that_deceive", "dial_prefix_probing", "media_without_the_keys", "sips_in_the_clear",
            "null_cipher", "digest_leak")
# Caught from records without addresses and directions, as Asterisk writes them.
ASTERISK = ("irsf_fast", "irsf_slow", "targeted_pumping", "long_calls", "robocalling_customer")


class Short(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory()
        cls.addClassCleanup(held.cleanup)
        cls.bench = run.Bench(100, run.SIZES["short"], held.name, [], lambda text: None)
        cls.folder = pathlib.Path(held.name)

    def check(self, kinds, strength):
        for (threat, kind, of), outcomes in self.bench.outcomes.items():
            if kind in kinds and of == strength:
                self.assertTrue(all(o.caught for o in outcomes), f"{threat}: {kind}, {strength}: {[o.caught for o in outcomes]}")

    def test_calls(self):
        self.bench.ordinary_calls()
        self.assertLessEqual(self.bench.alarms["records"], run.GOAL_ALARMS, self.bench.accusing)
        for strength, layout in (("blatant", "jsonl"), ("described", "csv")):
            self.bench.attacked_calls(strength, layout, CALLS)
            self.check(CALLS, strength)

    def test_messages(self):
        self.bench.ordinary_messages()
        # Who texts to hundreds of people with their consent, only the list `allowed` tells from spam; and in the first hour of a capture nobody
        # knows who has signed in before.
        self.assertLessEqual(set(self.bench.accusing.get("messages", {})), {"spam.same_text", "spam.many_texts", "emergency.stranger"})
        for strength in ("blatant", "described"):
            self.bench.attacked_messages(strength, MESSAGES)
            self.check(MESSAGES, strength)

    def test_formats_find_the_same(self):
        calls = scenario.attacked(101, "described", 1, size=200, days=10, kinds=CALLS).calls
        self.assertEqual(self.bench.judge_calls(calls, "csv"), self.bench.judge_calls(calls, "jsonl"))

    def test_records_of_asterisk(self):
        traffic = scenario.attacked(101, "described", 1, size=200, days=10, kinds=ASTERISK)
        found = {id(traffic.calls[row].campaign) for row in self.bench.judge_calls(traffic.calls, "asterisk")}
        for campaign in traffic.campaigns:
            self.assertIn(id(campaign), found, campaign.kind)


if __name__ == "__main__":
    unittest.main()
