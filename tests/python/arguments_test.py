"""Wrong calls: TypeError for types, ValueError for values, ClosedError after close; never a crash."""

import copy
import pickle
import random
import sys
import unittest

import sipward
from samples import INVITE, OK, SOURCE

WRONG = (None, 5, 1.5, "text", b"bytes", [], {}, object(), lambda: None, -1, 2**70, ("x",), True)


def packet(**more):
    return sipward.Packet(INVITE, **({"source": SOURCE} | more))


class Packets(unittest.TestCase):
    def test_wrong_values_say_what_is_wrong(self):
        for more, error, words in (
            ({"source": None}, TypeError, "source must be a pair"), ({"source": "192.0.2.1"}, TypeError, "source must be a pair"),
            ({"source": ("192.0.2.1",)}, TypeError, "source must be a pair"), ({"source": ("192.0.2.1", "5060")}, TypeError, "port of source must be an integer"),
            ({"source": ("192.0.2.1", 65536)}, ValueError, "port of source must be between 0 and 65535"), ({"source": ("192.0.2.1", -1)}, ValueError, "port"),
            ({"source": ("192.0.2.256", 1)}, ValueError, "source has no IP address"), ({"source": ("", 1)}, ValueError, "no IP address"),
            ({"source": ("example.com", 1)}, ValueError, "no IP address"), ({"source": ("1.2.3.4\x00", 1)}, ValueError, "no IP address"),
            ({"source": ("\ud800", 1)}, ValueError, "no IP address"), ({"source": ("x" * 9999, 1)}, ValueError, "no IP address"),
            ({"source": (b"192.0.2.1", 1)}, TypeError, "source must be a pair"), ({"destination": ("x", 1)}, ValueError, "destination"),
            ({"transport": 6}, ValueError, "transport must be between 0 and 5"), ({"transport": -1}, ValueError, "transport"),
            ({"transport": "UDP"}, TypeError, "transport must be an integer"), ({"direction": 3}, ValueError, "direction"), ({"flags": 4}, ValueError, "flags"),
            ({"wall_ns": 1.5}, TypeError, "wall_ns must be an integer"), ({"wall_ns": 2**63}, ValueError, "wall_ns"), ({"monotonic_ns": "x"}, TypeError, "monotonic_ns"),
            ({"account": 5}, TypeError, "account must be str or bytes"), ({"trunk": []}, TypeError, "trunk"), ({"identity": 5}, (TypeError, AttributeError), ""),
        ):  # fmt: skip
            with self.subTest(more=more), self.assertRaisesRegex(error, words):
                packet(**more)
        for data in ("text", None, 5, [1]):
            with self.assertRaisesRegex(TypeError, "a message must be bytes"):
                sipward.Packet(data, source=SOURCE)

    def test_only_packets_are_inspected(self):
        with sipward.Engine() as engine, engine.inspector() as inspector:
            for wrong in WRONG:
                with self.assertRaisesRegex(TypeError, "takes a sipward.Packet"):
                    inspector.inspect(wrong)
                with self.assertRaises(TypeError):
                    inspector.resume(wrong, 1)
            inspector.inspect(packet())


class Sentences(unittest.TestCase):
    """What is said helps who reads it."""

    def test_errors_say_what_to_do(self):
        made = memoryview(b"abcdefgh")[::2]
        with sipward.Engine() as engine, engine.inspector() as inspector, sipward.Message(INVITE) as message:
            at = {"wall_ns": 0, "monotonic_ns": 0}
            for call, error, words in (
                (lambda: sipward.Rules("version 1"), TypeError, "Rules.compile"), (lambda: message.addresses("CSeq"), ValueError, "'CSeq' is no header that this reads"),
                (lambda: message.sdp_rtpmap(1), ValueError, "another attribute"), (lambda: sipward.State(100), MemoryError, "100 bytes.*65,536"),
                (lambda: engine.bans.add("example.com", ttl_ns=1, reason="x", now_ns=0), ValueError, "must be an address"), (lambda: packet(source=5), TypeError, "pair"),
                (lambda: inspector.event("call_start", {}, **at), ValueError, "EventKind"), (lambda: sipward.Message(made), ValueError, "one piece of memory"),
                (lambda: inspector.event(sipward.EventKind.CALL_END, {"duration": "5"}, **at), sipward.FieldError, "duration is of type duration, not '5'"),
                (lambda: sipward.Packet(made, source=SOURCE), ValueError, "one piece of memory"), (lambda: message.write(sipward.edit.strip()), TypeError, "a list of edits"),
                (lambda: inspector.inspect_batch(b"", 0, 5, source=SOURCE, **at), TypeError, "offsets must be integers"),
            ):  # fmt: skip
                with self.subTest(words=words), self.assertRaisesRegex(error, words):
                    call()

    def test_names_are_printed(self):
        self.assertEqual((str(sipward.Action.DROP), f"{sipward.Action.DROP:>6}", f"{sipward.Action.DROP:d}", sipward.Action.DROP == 6), ("drop", "  drop", "6", True))


class Everywhere(unittest.TestCase):
    def test_wrong_arguments_are_exceptions(self):
        """Every constructor and method with one wrong argument after the other: Python's exceptions, nothing else."""
        with sipward.Engine() as engine, engine.inspector() as inspector, sipward.State() as state, sipward.Message(INVITE) as message:
            trust, signer_arguments = sipward.TrustStore(), {"certificates": "x", "x5u": "x", "now_s": 1, "key": "x"}
            calls = [
                sipward.Engine, sipward.Inspector, sipward.Message, sipward.parse, sipward.Framer, sipward.Policy, sipward.Rules.compile, sipward.lookup_number,
                sipward.country_of, sipward.canonical_number, lambda x: sipward.canonical_number("1", x),
                sipward.format_rules, sipward.pack_endpoint, sipward.event_name, sipward.action_name, sipward.notice_name, sipward.identity.Token,
                sipward.identity.Verifier, sipward.identity.reason_info, sipward.identity.flag_info, sipward.certificate_url_check, sipward.certificate_endpoint_check,
                engine.reload, lambda x: engine.feedback(x, 0, now_ns=0), lambda x: engine.list(x).find("a", now_ns=0), lambda x: engine.bans.find(x, now_ns=0),
                lambda x: engine.bans.find("192.0.2.1", now_ns=x), lambda x: engine.bans.add("192.0.2.1", ttl_ns=x, reason="x", now_ns=0),
                lambda x: inspector.event(x, {}, wall_ns=0, monotonic_ns=0), lambda x: inspector.event(4, x, wall_ns=0, monotonic_ns=0),
                lambda x: inspector.inspect_batch(x, [0], [0], source=SOURCE, wall_ns=0, monotonic_ns=0),
                lambda x: inspector.inspect_batch(INVITE, x, x, source=SOURCE, wall_ns=0, monotonic_ns=0),
                lambda x: state.restore(x, wall_ns=0, monotonic_ns=0), lambda x: state.snapshot(wall_ns=x, monotonic_ns=0), lambda x: sipward.State(seed=x),
                message.get, message.addresses, message.number, message.items, message.digests, message.dialog, message.sdp_rtpmap, message.write,
                lambda x: message.write([x]), lambda x: message.write([sipward.edit.add(x, "y")]), lambda x: message.write([sipward.edit.strip(x)]),
                lambda x: sipward.TrustStore(x, now_s=1), trust.set_crls, lambda x: trust.provide(x, x, fetched_s=1), lambda x: trust.find(x, now_s=1),
                lambda x: trust.provide_failure("https://x.example/", x, now_s=1), lambda x: sipward.identity.verify(x, trust, now_s=1),
                lambda x: sipward.identity.Signer(**(signer_arguments | {"key": x})), lambda x: sipward.identity.Check(x),
                lambda x: sipward.CallerPolicy(codes=x), lambda x: sipward.ParseOptions(headers=x).struct(),
            ]  # fmt: skip
            for number, call in enumerate(calls):
                for wrong in WRONG:
                    with self.subTest(number=number, wrong=wrong):
                        try:
                            call(wrong)
                        except (TypeError, ValueError, LookupError, AttributeError, OverflowError, sipward.Error) as error:
                            self.assertTrue(str(error))

    def test_random_bytes_do_no_harm(self):
        rng = random.Random(7)
        with sipward.Engine() as engine, engine.inspector() as inspector, sipward.Message() as message, sipward.TrustStore() as trust:
            for _ in range(300):
                data = bytearray(rng.choice((INVITE, OK)))
                for _ in range(rng.randrange(1, 20)):
                    data[rng.randrange(len(data))] = rng.choice((0, 10, 13, 32, 34, 58, 59, 60, 255, rng.randrange(256)))
                data = bytes(data[: rng.randrange(len(data) + 1)])
                inspector.inspect(sipward.Packet(data, source=SOURCE))
                repr((inspector.message, inspector.message.headers, inspector.message.vias, inspector.message.sdp_attributes))
                message.parse(data)
                message.validate()
                repr((message.from_, message.contacts, message.anomalies, message.parts, message.text, message.products()))
                for address in message.contacts:
                    list(address.parameters())
                try:
                    message.write([sipward.edit.strip(), sipward.edit.set("Subject", data.replace(b"\r", b""))], normal=True)
                except sipward.EditError:
                    pass
                for act in (lambda: sipward.Framer(4096).feed(data), lambda: sipward.identity.Token(data).close(), lambda: trust.set_anchors(data, now_s=1),
                            lambda: sipward.lookup_number(data), lambda: sipward.canonical_number(data, "DE"), lambda: sipward.Rules.compile(data)):  # fmt: skip
                    try:
                        act()
                    except (sipward.Error, ValueError):
                        pass


class Closed(unittest.TestCase):
    def test_use_after_close_raises(self):
        engine, state, rules, message = sipward.Engine(), sipward.State(), sipward.Rules.default(), sipward.Message(INVITE)
        inspector, framer, trust, compiler = engine.inspector(), sipward.Framer(), sipward.TrustStore(), sipward.Compiler()
        verifier, token, bans = sipward.identity.Verifier(trust), sipward.identity.Token(b"a.b.c"), engine.bans
        notices, addresses = engine.notices(), message.contacts
        made = packet()
        inspector.inspect(made)
        for each in (inspector, engine, state, rules, message, framer, trust, compiler, verifier, token):
            self.assertFalse(each.closed)
            each.close()
            each.close()
            self.assertTrue(each.closed)
            self.assertIn("closed", repr(each))
            with self.assertRaisesRegex(sipward.ClosedError, "was closed|is closed"):
                each.__enter__()
        for call in (
            lambda: inspector.inspect(made), lambda: inspector.message, lambda: inspector.resume(made, 1), lambda: inspector.event(4, {}, wall_ns=0, monotonic_ns=0),
            lambda: inspector.inspect_batch(b"", [], [], source=SOURCE, wall_ns=0, monotonic_ns=0), engine.inspector, engine.statistics, engine.rule_statistics, engine.analytics,
            lambda: list(notices), lambda: engine.reload(sipward.Rules.default()), lambda: bans.find("192.0.2.1", now_ns=0), lambda: len(rules),
            lambda: sipward.Engine(rules), lambda: sipward.Engine(state=state), lambda: state.snapshot(wall_ns=0, monotonic_ns=0), lambda: message.parse(OK),
            lambda: message.method, lambda: message.headers, lambda: message.write(), lambda: list(addresses[0].parameters()), lambda: message.data,
            lambda: framer.feed(OK), lambda: framer.pending, lambda: trust.statistics(), lambda: sipward.identity.Verifier(trust), compiler.build,
            lambda: verifier.header(0), lambda: sipward.Engine(trust=trust),
        ):  # fmt: skip
            with self.assertRaises(sipward.ClosedError):
                call()

    def test_handles_are_not_copied(self):
        with sipward.Engine() as engine:
            for act in (copy.copy, copy.deepcopy, pickle.dumps):
                with self.assertRaises(TypeError):
                    act(engine)

    def test_an_object_whose_making_failed_can_be_dropped(self):
        broken = sipward.State.__new__(sipward.State)
        self.assertTrue(broken.closed)
        with self.assertRaises(sipward.ClosedError):
            broken.snapshot(wall_ns=0, monotonic_ns=0)
        for kind in (sipward.Message, sipward.Inspector, sipward.Framer):
            with self.assertRaises((sipward.ClosedError, AttributeError)):
                kind.__new__(kind).close() or kind.__new__(kind).__enter__()


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
