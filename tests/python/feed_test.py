"""Feeds fill dynamic lists, say what they refuse, and never wipe a list by accident."""
import unittest

import sipward

RULES = "version 1\nlist bad : cidr dynamic max 256\nlist names : domain dynamic max 64\n"
NOW = 1_000_000_000
HOUR = 3600 * 10**9


def engine():
    return sipward.Engine(sipward.Rules.compile(RULES), sipward.State(seed=bytes(16)))


class Feeds(unittest.TestCase):
    def test_a_feed_fills_a_list(self):
        host = engine()
        feed = sipward.Feed(sipward.FeedKind.NETWORK, "bad", ttl_ns=HOUR, allowed="203.0.113.9\n")
        told = feed.update(host, b"198.51.100.0/24 ; x\n203.0.113.9\nrubbish\n10.0.0.1\n", now_ns=NOW)
        self.assertEqual((told.updates, told.entries, told.added, told.last_update_ns), (1, 1, 1, NOW))
        self.assertEqual(told.refused[sipward.FeedRefusalKind.ALLOWED], 1)
        entry = host.list("bad").find("198.51.100.7", now_ns=NOW)
        self.assertEqual((entry.key, entry.reason, entry.until_ns), ("198.51.100.0/24", "feed bad: x", NOW + HOUR))
        self.assertEqual([(str(each.kind), each.line, each.column, each.text) for each in feed.refusals()],
                         [("allowed", 2, 1, "203.0.113.9"), ("malformed", 3, 1, "rubbish"), ("private", 4, 1, "10.0.0.1")])  # fmt: skip
        told = feed.update(host, b"198.51.101.0/24\n", now_ns=NOW)
        self.assertEqual((told.removed, told.added, told.renewed), (1, 2, 0))
        self.assertIsNone(host.list("bad").find("198.51.100.7", now_ns=NOW))

    def test_what_is_refused_leaves_the_list(self):
        host = engine()
        with sipward.Feed(sipward.FeedKind.ADDRESS, "bad") as feed:
            feed.update(host, b"203.0.113.1\n", now_ns=NOW)
            for data, fault in ((b"", "empty"), (b'["203.0.113.1"', "broken")):
                with self.assertRaises(sipward.FeedError) as caught:
                    feed.update(host, data, now_ns=NOW)
                self.assertEqual(caught.exception.fault, fault)
                self.assertEqual(str(feed.statistics().fault), fault)
            self.assertIsNotNone(host.list("bad").find("203.0.113.1", now_ns=NOW))
            feed.begin(b"", force=True)
            self.assertFalse(feed.step(host, now_ns=NOW, work=1))
            while not feed.step(host, now_ns=NOW):
                continue
            self.assertIsNone(host.list("bad").find("203.0.113.1", now_ns=NOW))
            with self.assertRaises(sipward.ArgumentError):
                feed.step(host, now_ns=NOW)
        with self.assertRaises(sipward.ClosedError):
            feed.statistics()

    def test_without_an_engine_it_only_says(self):
        feed = sipward.Feed(sipward.FeedKind.ADDRESS, "bad", additive=True, format=sipward.FeedFormat.JSON)
        told = feed.update(None, b'{"ipaddress":["203.0.113.1"],"ID":"42"}', now_ns=NOW)
        self.assertEqual((told.entries, told.cursor, told.updates), (1, "42", 0))

    def test_options_that_cannot_be_are_named(self):
        for option, more in (("home", {"home": "x"}), ("key", {"key": "x"}), ("ttl", {"ttl_ns": 1}), ("most_shrink", {"most_shrink": 101})):
            with self.assertRaisesRegex(sipward.ArgumentError, option):
                sipward.Feed(sipward.FeedKind.NUMBER, "bad", **more)
        with self.assertRaisesRegex(sipward.ArgumentError, "list"):
            sipward.Feed(sipward.FeedKind.NUMBER, "")

    def test_names(self):
        from sipward import feeds

        self.assertEqual([feeds.refusal_name(kind) for kind in sipward.FeedRefusalKind], [str(kind) for kind in sipward.FeedRefusalKind])
        self.assertEqual(feeds.refusal_name(99), "")


if __name__ == "__main__":
    unittest.main()
