"""Engines and inspectors: verdicts one by one and in batches, reloads, statistics, notices, bans, lists, events, pending verdicts."""

import array
import sys
import unittest

import sipward
from samples import DESTINATION, INVITE, NOW, OK, SCANNER, SOURCE, options
from sipward import Action, EventKind, VerdictFlag

RULES = """version 1
list probed : exact dynamic
rule site.block { meta { severity high why "not here" } on request when method == INVITE then reject 403 "Go away", tag "bad", score 7 on src.ip }
rule site.many { on request where method == OPTIONS when count(by src.ip over 1m) > 3 then throttle 1/m }
"""
WAITS = """version 1
rule site.signed { on request where method == INVITE when identity.result == failed then reject 438 "Bad" }
"""
SIGNED = INVITE.replace(b"Max-Forwards", b"Identity: a.b.c;info=<https://x.example/c.pem>;alg=ES256;ppt=shaken\r\nMax-Forwards")
SECOND = 10**9


def packet(data=INVITE, at=0, **more):
    return sipward.Packet(data, **({"source": SOURCE, "destination": DESTINATION, "wall_ns": NOW + at, "monotonic_ns": at} | more))


def engine(rules=RULES, **more):
    return sipward.Engine(sipward.Rules.compile(rules), sipward.State(seed=bytes(16)), **more)


class Inspect(unittest.TestCase):
    def test_a_scanner_is_dropped_and_a_call_is_not(self):
        with sipward.Engine() as made, made.inspector() as inspector:
            self.assertLessEqual(inspector.inspect(packet()).action, Action.FLAG)  # its media keys can be read on the way
            verdict = inspector.inspect(packet(SCANNER, source=("203.0.113.9", 5060)))
            self.assertEqual(verdict.action, Action.DROP)
            self.assertIn("scan.user_agent", verdict.rules)
            (hit,) = [hit for hit in verdict.hits if hit.rule == "scan.user_agent"]
            self.assertEqual((hit.action, hit.enforced, hit.why), (Action.DROP, True, "User-Agent of a scanner"))

    def test_a_verdict_says_everything_and_outlives_all(self):
        with engine() as made, made.inspector() as inspector:
            verdict = inspector.inspect(packet())
            other = inspector.inspect(packet(OK))
        self.assertEqual((verdict.action, verdict.sip_code, verdict.sip_reason, verdict.score), (Action.REJECT, 403, "Go away", 7))
        self.assertEqual(verdict.tags, (sipward.Tag("bad", "site.block"),))
        self.assertEqual(verdict.hits, (sipward.Hit("site.block", "not here", Action.REJECT, True, 7, ()),))
        self.assertEqual((verdict.flags, verdict.pending, verdict.ticket, verdict.certificate_url), (VerdictFlag(0), False, 0, ""))
        self.assertEqual((other.action, other.hits, other.tags, other.rules), (Action.ALLOW, (), (), ()))
        self.assertNotEqual(verdict, other)
        self.assertEqual(repr(verdict), "<sipward.Verdict reject: site.block>")

    def test_aggregates_have_values(self):
        with engine() as made, made.inspector() as inspector:
            verdicts = [inspector.inspect(packet(options(n), n * SECOND)) for n in range(6)]
        self.assertEqual([verdict.action for verdict in verdicts], [Action.ALLOW] * 3 + [Action.FLAG] + [Action.THROTTLE] * 2)
        self.assertEqual([hit.values for hit in verdicts[5].hits], [(6.0,)])

    def test_bytes_that_are_no_message_are_a_verdict(self):
        with sipward.Engine() as made, made.inspector() as inspector:
            for data in (b"", b"\r\n\r\n", b"\x00" * 100, b"GET / HTTP/1.1\r\n\r\n", INVITE[:40], bytes(range(256)) * 8):
                self.assertIsInstance(inspector.inspect(packet(data)), sipward.Verdict)
            verdict = inspector.inspect(packet(b"INVITE\r\n\r\n"))
            self.assertLess(verdict.parse_status, 0)

    def test_every_buffer_is_taken(self):
        with engine() as made, made.inspector() as inspector:
            for data in (INVITE, bytearray(INVITE), memoryview(INVITE), memoryview(b"xx" + INVITE)[2:], array.array("B", INVITE)):
                self.assertEqual(inspector.inspect(packet(data)).action, Action.REJECT, type(data))

    def test_a_packet_tells_what_it_was_given(self):
        made = packet(OK, 5, source=("2001:db8::1", 5062, 0, 0), destination=("fe80::1%eth0", 1), transport=sipward.Transport.TLS, direction=1, flags=2,
                      account="alice", trunk=b"north")  # fmt: skip
        self.assertEqual((made.source, made.destination), (("2001:db8::1", 5062), ("fe80::1", 1)))
        self.assertEqual((made.transport, made.direction, made.flags), (sipward.Transport.TLS, sipward.Direction.INBOUND, sipward.PacketFlag.AUTHENTICATED))
        self.assertEqual((made.account, made.trunk, made.wall_ns, made.monotonic_ns, len(made)), ("alice", "north", NOW + 5, 5, len(OK)))
        self.assertEqual(packet(source=("[::1]", 1)).source, ("::1", 1))
        self.assertIn("198.51.100.7:5060 over UDP", repr(packet()))

    def test_time_is_now_unless_given(self):
        import time

        before = time.time_ns()
        made = sipward.Packet(OK, source=SOURCE)
        self.assertTrue(before <= made.wall_ns <= time.time_ns())

    def test_the_message_is_there_until_the_next_call(self):
        with engine() as made, made.inspector() as inspector:
            with self.assertRaises(sipward.ClosedError):
                _ = inspector.message
            inspector.inspect(packet(bytearray(INVITE)))
            message = inspector.message
            self.assertIs(message, inspector.message)
            self.assertEqual(message.method, "INVITE")
            kept = message.from_.tag
            with self.assertRaises(sipward.ArgumentError):
                message.parse(OK)
            inspector.inspect(packet(OK))
            with self.assertRaises(sipward.ClosedError):
                _ = message.method
            self.assertEqual(kept, "1928301774")
            self.assertEqual(inspector.message.status_code, 200)
            last = inspector.message
        with self.assertRaises(sipward.ClosedError):
            _ = last.kind

    def test_report_only_and_profiles(self):
        with engine(report_only=True) as made, made.inspector() as inspector:
            verdict = inspector.inspect(packet())
            self.assertEqual((verdict.action, verdict.hits[0].enforced), (Action.FLAG, False))
        bare = OK.replace(b"\r\n", b"\n")
        for keywords, refused in (({}, False), ({"profile": sipward.Profile.STRICT}, True), ({"policy": sipward.Policy(refuse=["line.bare_lf"])}, True)):
            with engine(**keywords) as made, made.inspector() as inspector:
                self.assertEqual(inspector.inspect(packet(bare)).parse_status < 0, refused, keywords)


class Batch(unittest.TestCase):
    def setUp(self):
        self.engine = engine()
        self.inspector = self.engine.inspector()
        self.messages = [INVITE, OK, *(options(n) for n in range(70)), b"", b"junk"]
        self.buffer = b"".join(self.messages)
        self.sizes = array.array("Q", map(len, self.messages))
        self.offsets = array.array("Q", [sum(self.sizes[:n]) for n in range(len(self.messages))])

    def columns(self, **more):
        return {"source": SOURCE, "wall_ns": NOW, "monotonic_ns": 0} | more

    def test_the_same_verdicts_as_one_by_one(self):
        count = len(self.messages)
        times = array.array("q", (n * SECOND for n in range(count)))
        walls = array.array("q", (NOW + n * SECOND for n in range(count)))
        sources = b"".join(sipward.pack_endpoint((f"198.51.100.{n % 3}", 5060)) for n in range(count))
        verdicts = self.inspector.inspect_batch(self.buffer, self.offsets, self.sizes, source=sources, wall_ns=walls, monotonic_ns=times)
        with engine() as other, other.inspector() as single:
            expected = [single.inspect(packet(data, n * SECOND, source=(f"198.51.100.{n % 3}", 5060), destination=("0.0.0.0", 0))) for n, data in enumerate(self.messages)]
        self.assertEqual(list(verdicts), expected)
        self.assertEqual(list(verdicts.actions), [verdict.action for verdict in expected])
        self.assertEqual(verdicts.above(), [n for n, verdict in enumerate(expected) if verdict.action > Action.FLAG])
        self.assertIn(Action.THROTTLE, verdicts.actions)
        self.assertEqual(verdicts[-1], expected[-1])
        self.assertEqual(verdicts[2:5], expected[2:5])
        for index in (count, -count - 1):
            with self.assertRaises(IndexError):
                verdicts[index]

    def test_columns_may_be_sequences_or_one_value(self):
        verdicts = self.inspector.inspect_batch(
            self.buffer, list(self.offsets), tuple(self.sizes), **self.columns(
                destination=DESTINATION, transport=[0] * len(self.messages), direction=array.array("I", [1] * len(self.messages)), flags=2,
                account=["a"] * len(self.messages), trunk="north"))  # fmt: skip
        self.assertEqual(len(verdicts), len(self.messages))
        self.inspector.close()
        self.assertEqual(verdicts[0].action, Action.REJECT)
        self.assertEqual(len(self.inspector.__class__(self.engine).inspect_batch(b"", [], [], **self.columns())), 0)

    def test_the_last_message_is_there(self):
        self.inspector.inspect_batch(bytearray(INVITE + OK), [0, len(INVITE)], [len(INVITE), len(OK)], **self.columns())
        self.assertEqual(self.inspector.message.status_code, 200)
        self.assertEqual(bytes(self.inspector.message.data), OK)

    def test_what_lies_outside_is_refused_before_anything_is_inspected(self):
        end = len(self.buffer)
        for offset, size in ((end, 1), (end + 1, 0), (0, end + 1), (2**64 - 1, 2), (2**64 - 1, 2**64 - 1), (1, 2**64 - 1)):
            with self.assertRaises(sipward.BatchError) as caught:
                self.inspector.inspect_batch(self.buffer, [0, offset], [4, size], **self.columns())
            self.assertEqual(caught.exception.index, 1)
        self.assertEqual(self.engine.statistics().packets, 0)
        self.assertEqual(len(self.inspector.inspect_batch(self.buffer, [end], [0], **self.columns())), 1)

    def test_a_packet_that_cannot_be_stops_the_batch(self):
        with self.assertRaises(sipward.BatchError) as caught:
            self.inspector.inspect_batch(self.buffer, self.offsets[:40], self.sizes[:40], **self.columns(transport=[0] * 35 + [99] * 5))
        self.assertEqual(caught.exception.index, 35)
        self.assertEqual(len(caught.exception.verdicts), 35)
        self.assertEqual(self.engine.statistics().packets, 35)

    def test_wrong_columns_are_told(self):
        for more, error in (
            ({"wall_ns": [1]}, ValueError), ({"wall_ns": "1"}, TypeError), ({"wall_ns": 2**63}, ValueError), ({"source": b"x" * 20}, ValueError),
            ({"source": "192.0.2.1"}, TypeError), ({"source": ("nonsense", 1)}, ValueError), ({"transport": [-1] * 72}, ValueError),
            ({"transport": 1.5}, TypeError), ({"account": ["a"]}, ValueError), ({"account": [1] * len(self.messages)}, TypeError),
        ):  # fmt: skip
            with self.subTest(more=more), self.assertRaises(error):
                self.inspector.inspect_batch(self.buffer, self.offsets, self.sizes, **self.columns(**more))
        with self.assertRaises(ValueError):
            self.inspector.inspect_batch(self.buffer, [0, 1], [0], **self.columns())
        with self.assertRaises(TypeError):
            self.inspector.inspect_batch("text", [0], [0], **self.columns())


class Reload(unittest.TestCase):
    def test_other_rules_take_over(self):
        with engine() as made, made.inspector() as inspector:
            self.assertEqual(inspector.inspect(packet()).action, Action.REJECT)
            made.reload(sipward.Rules.compile(RULES.replace("reject 403", "reject 603")))
            self.assertEqual(inspector.inspect(packet(at=40 * SECOND)).sip_code, 603)
            self.assertEqual([each.generation for each in made.rule_statistics()], [2, 2])

    def test_no_room_is_told(self):
        small = sipward.Rules.compile(RULES)
        large = "version 1\n" + "".join(f"rule a{n} {{ on request when count(by src.ip over {n + 2}m) > 9 then alert }}\n" for n in range(4))
        state = sipward.State(24 << 20)
        with sipward.Engine(small, state) as made, made.inspector() as inspector:
            with self.assertRaises(sipward.StateFullError) as caught:
                made.reload(sipward.Rules.compile(large))
            self.assertGreater(caught.exception.misfit.bytes, caught.exception.misfit.room)
            self.assertEqual(inspector.inspect(packet()).action, Action.REJECT)
            self.assertIn("state_full", [notice.name for notice in made.notices()])
        with self.assertRaises(sipward.StateFullError):
            sipward.Engine(small, sipward.State(4 << 20))


class Counted(unittest.TestCase):
    def test_statistics(self):
        with engine() as made, made.inspector() as inspector:
            for n in range(5):
                inspector.inspect(packet(options(n), n))
            inspector.inspect(packet(at=9))
            counts = made.statistics()
            self.assertEqual((counts.packets, counts.matches, counts.by_action[Action.REJECT]), (6, 3, 1))
            self.assertEqual(counts.by_kind[EventKind.REQUEST], 6)
            self.assertEqual(sum(counts.by_action.values()), 6)
            self.assertEqual(counts.as_dict()["by_action"]["throttle"], 1)
            self.assertIn("state_used", dir(counts))
            with self.assertRaises(AttributeError):
                _ = counts.nonsense
            by_rule = {each.name: each for each in made.rule_statistics()}
            self.assertEqual((by_rule["site.block"].enforced, by_rule["site.many"].enforced), (1, 2))

    def test_notices_are_told_once_to_each_reader(self):
        with engine() as made:
            reader = made.notices()
            (loaded,) = reader
            self.assertEqual((loaded.code, loaded.name, loaded.severity), (sipward.NoticeCode.RULES_LOADED, "rules_loaded", sipward.NoticeSeverity.INFO))
            self.assertTrue(loaded.sentence)
            self.assertEqual(list(reader), [])
            made.reload(sipward.Rules.compile(RULES))
            self.assertEqual([notice.amount for notice in reader], [2])
            self.assertEqual(len(list(made.notices())), 2)

    def test_feedback_is_counted(self):
        with engine() as made:
            made.feedback("a@b", sipward.Feedback.FRAUD, now_ns=1)
            made.feedback(b"a@b", sipward.Feedback.FRAUD, now_ns=1)
            counts = made.statistics()
            self.assertEqual((counts.feedback_fraud, counts.feedback_repeated), (1, 1))
            with self.assertRaises(sipward.ArgumentError):
                made.feedback("", sipward.Feedback.FRAUD, now_ns=1)
            with self.assertRaises(sipward.ArgumentError):
                made.feedback("x", 9, now_ns=1)


class Bans(unittest.TestCase):
    def test_a_ban_comes_and_goes(self):
        with engine() as made, made.inspector() as inspector:
            bans = made.bans
            self.assertIsNone(bans.find("198.51.100.7", now_ns=0))
            bans.add("198.51.100.7", ttl_ns=60 * SECOND, reason="told so", now_ns=0)
            bans.add("alice", ttl_ns=60 * SECOND, reason="too", now_ns=0, kind=sipward.BanKind.ACCOUNT)
            ban = bans.find("198.51.100.7", now_ns=SECOND)
            self.assertEqual((ban.key, ban.reason, ban.kind, ban.since_ns, ban.until_ns, ban.allow_listed), ("198.51.100.7", "told so", 0, 0, 60 * SECOND, False))
            verdict = inspector.inspect(packet(OK, SECOND))
            self.assertEqual((verdict.action, verdict.flags), (Action.DROP, VerdictFlag.BANNED))
            self.assertEqual(sorted(each.key for each in bans.entries(now_ns=SECOND)), ["198.51.100.7", "alice"])
            self.assertTrue(bans.remove("198.51.100.7", now_ns=SECOND))
            self.assertFalse(bans.remove("198.51.100.7", now_ns=SECOND))
            self.assertIsNone(bans.find("alice", now_ns=61 * SECOND, kind=sipward.BanKind.ACCOUNT))
            for key, ttl, reason in (("nonsense", 1, "x"), ("192.0.2.1", 0, "x"), ("192.0.2.1", 1, "")):
                with self.assertRaises(sipward.ArgumentError):
                    bans.add(key, ttl_ns=ttl, reason=reason, now_ns=0)


class Lists(unittest.TestCase):
    def test_an_entry_comes_and_goes(self):
        with engine() as made:
            probed = made.list("probed")
            probed.add("alice", ttl_ns=SECOND, reason="seen", now_ns=0)
            entry = probed.find("alice", now_ns=0)
            self.assertEqual((entry.key, entry.reason, entry.since_ns, entry.until_ns), ("alice", "seen", 0, SECOND))
            self.assertEqual(list(probed.entries(now_ns=0)), [entry])
            self.assertIsNone(probed.find("alice", now_ns=2 * SECOND))
            probed.add("bob", ttl_ns=SECOND, reason="seen", now_ns=0)
            self.assertTrue(probed.remove("bob", now_ns=0))
            self.assertFalse(probed.remove("bob", now_ns=0))
            with self.assertRaisesRegex(sipward.ListError, "no dynamic list 'nonsense'"):
                made.list("nonsense").find("x", now_ns=0)
            with self.assertRaises(KeyError):
                made.list("nonsense").add("x", ttl_ns=1, reason="x", now_ns=0)


class Events(unittest.TestCase):
    RULES = """version 1
list far : prefix ["+882"]
rule site.toll { on call_start when callee.number in far then reject 603 "No" }
rule site.long { on call_end when duration > 1h then tag "long" }
"""

    def test_an_event_is_judged(self):
        import ipaddress

        with engine(self.RULES) as made, made.inspector() as inspector:
            at = {"wall_ns": NOW, "monotonic_ns": 0}
            verdict = inspector.event(EventKind.CALL_START, {"callee.number": "+88212345", "src.ip": ipaddress.ip_address("192.0.2.1"), "call_id": b"x@y"}, **at)
            self.assertEqual((verdict.action, verdict.sip_code), (Action.REJECT, 603))
            self.assertEqual(inspector.event(EventKind.CALL_START, {"callee.number": "+4930123456", "src.ip": "2001:db8::1"}, **at).action, Action.ALLOW)
            verdict = inspector.event(EventKind.CALL_END, {"duration": 3601 * SECOND, "callee.number": None}, **at, proven=True)
            self.assertEqual([tag.text for tag in verdict.tags], ["long"])
            self.assertEqual(made.statistics().events, 3)

    def test_wrong_facts_are_told(self):
        with engine(self.RULES) as made, made.inspector() as inspector:
            for facts, error in (
                ({"nonsense": 1}, sipward.FieldError), ({"duration": "x"}, sipward.FieldError), ({"duration": object()}, TypeError), ({5: 1}, TypeError),
                ({"duration": 2**63}, ValueError), ({"duration": [1]}, TypeError),
            ):  # fmt: skip
                with self.subTest(facts=facts), self.assertRaises(error):
                    inspector.event(EventKind.CALL_END, facts, wall_ns=0, monotonic_ns=0)
            with self.assertRaises(ValueError):
                inspector.event(99, {}, wall_ns=0, monotonic_ns=0)
            self.assertEqual(made.statistics().events, 0)

    def test_fields_are_described(self):
        fields = {field.name: field for field in sipward.fields()}
        self.assertGreater(len(fields), 100)
        self.assertEqual(fields["callee.number"].type_name, "number")
        self.assertIn(EventKind.CALL_START, fields["callee.number"].events)
        self.assertEqual([sipward.event_name(kind) for kind in EventKind], [kind.label for kind in EventKind])
        self.assertIsNone(sipward.event_name(99))


class Pending(unittest.TestCase):
    def test_a_verdict_waits_for_the_host(self):
        with engine(WAITS, identity_by_host=True) as made, made.inspector() as inspector:
            held = packet(SIGNED)
            verdict = inspector.inspect(held)
            self.assertTrue(verdict.pending)
            self.assertNotEqual(verdict.ticket, 0)
            failed = sipward.identity.Check(sipward.IdentityResult.FAILED, reason="IAT_STALE")
            for wrong in (verdict.ticket + 1, 0):
                with self.assertRaises(sipward.TicketError):
                    inspector.resume(held, wrong, failed)
            with self.assertRaises(sipward.TicketError):
                inspector.resume(packet(OK), verdict.ticket, failed)
            self.assertEqual(inspector.resume(held, verdict.ticket, failed).sip_code, 438)
            self.assertEqual(made.statistics().resumed, 1)

    def test_the_result_may_come_with_the_packet(self):
        for result, action in ((sipward.IdentityResult.FAILED, Action.REJECT), (sipward.IdentityResult.VERIFIED, Action.ALLOW)):
            with engine(WAITS, identity_by_host=True) as made, made.inspector() as inspector:
                check = sipward.identity.Check(result, attest="A", origid="x", spc="709J", iat=NOW // SECOND)
                verdict = inspector.inspect(packet(SIGNED, identity=check))
                self.assertEqual((verdict.action, verdict.pending), (action, False))


class State(unittest.TestCase):
    def test_a_snapshot_is_restored(self):
        seed = bytes(range(16))
        with sipward.State(seed=seed) as state, sipward.Engine(sipward.Rules.compile(RULES), state) as made:
            made.bans.add("192.0.2.9", ttl_ns=60 * SECOND, reason="kept", now_ns=0)
            snapshot = state.snapshot(wall_ns=NOW, monotonic_ns=0)
        with sipward.State(seed=seed) as state:
            for broken in (b"", snapshot[:-1], bytes(len(snapshot)), snapshot[:100] + b"\xff" + snapshot[101:]):
                with self.assertRaises(sipward.SnapshotError) as caught:
                    state.restore(broken, wall_ns=NOW, monotonic_ns=0)
                self.assertGreater(len(str(caught.exception)), 30)
            state.restore(snapshot, wall_ns=NOW, monotonic_ns=0)
            with sipward.Engine(sipward.Rules.compile(RULES), state) as made:
                self.assertEqual(made.bans.find("192.0.2.9", now_ns=1).reason, "kept")
        with sipward.State(seed=bytes(16)) as other, self.assertRaises(sipward.SnapshotError):
            other.restore(snapshot, wall_ns=NOW, monotonic_ns=0)

    def test_sizes_and_seeds(self):
        for keywords, error in (({"size": 1}, sipward.NoMemoryError), ({"size": -1}, ValueError), ({"size": "1"}, TypeError), ({"seed": b"x"}, ValueError),
                                ({"seed": "x" * 16}, TypeError), ({"size": 2**62}, MemoryError)):  # fmt: skip
            with self.subTest(keywords=keywords), self.assertRaises(error):
                sipward.State(**keywords)
        self.assertNotEqual(sipward.State().seed, sipward.State().seed)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
