"""A small run of the table, on a held-out seed: what is caught stays caught, and nobody is accused."""

import tempfile
import unittest

import run

# Kinds that are caught at `described` and above. What is not here is in the table of the whole run, with what it misses.
MESSAGES = ("scanner", "user_enumeration", "password_guessing", "register_flood")


class Short(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        held = tempfile.TemporaryDirectory()
        cls.addClassCleanup(held.cleanup)
        cls.bench = run.Bench(100, run.SIZES["short"], held.name, [], lambda text: None)

    def check(self, kinds, strength):
        for (threat, kind, of), outcomes in self.bench.outcomes.items():
            if kind in kinds and of == strength:
                self.assertTrue(all(o.caught for o in outcomes), f"{threat}: {kind}, {strength}: {[o.caught for o in outcomes]}")

    def test_nobody_is_accused(self):
        self.bench.ordinary_calls()
        self.assertLessEqual(self.bench.alarms["records"], run.GOAL_ALARMS, self.bench.accusing)

    def test_messages(self):
        self.bench.ordinary_messages()
        # Who texts to hundreds of people with their consent, only the list `allowed` tells from spam.
        self.assertLessEqual(set(self.bench.accusing.get("messages", {})), {"spam.same_text", "spam.many_texts"})
        for strength in ("blatant", "described"):
            self.bench.attacked_messages(strength, MESSAGES)
            self.check(MESSAGES, strength)


if __name__ == "__main__":
    unittest.main()
