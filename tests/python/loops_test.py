"""Made, used and given back many times: the memory of the process does not grow.

SIPWARD_LOOPS is how often small things are made (default 10,000; the full run is 1,000,000); what is large is made less often.
"""

import gc
import os
import pathlib
import sys
import unittest

import sipward
from samples import INVITE, OK, SOURCE
from sipward import edit, identity

LOOPS = int(os.environ.get("SIPWARD_LOOPS", "10000"))
PKI = pathlib.Path(os.environ["SIPWARD_PKI"])
PAGE = os.sysconf("SC_PAGE_SIZE")
# What the allocators may keep for themselves.
SLACK = 3 << 20


def resident():
    gc.collect()
    return int(pathlib.Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


class Loops(unittest.TestCase):
    def loop(self, work, count):
        """The first tenth, at least a hundred times, fills what is filled once."""
        for _ in range(max(100, count // 10)):
            work()
        before = resident()
        for _ in range(count):
            work()
        grown = resident() - before
        self.assertLess(grown, SLACK, f"{count} loops took {grown:,} bytes")

    def test_a_leak_is_seen(self):
        kept = []
        with self.assertRaises(AssertionError):
            self.loop(lambda: kept.append(bytes(1000)), 10000)

    def test_packets_and_verdicts(self):
        with sipward.Engine() as engine, engine.inspector() as inspector:
            def work():
                check = identity.Check(sipward.IdentityResult.FAILED, reason="IAT_STALE")
                verdict = inspector.inspect(sipward.Packet(INVITE, source=SOURCE, wall_ns=1, monotonic_ns=1, account="alice", identity=check))
                repr((verdict.hits, verdict.tags))

            self.loop(work, LOOPS)

    def test_slices_and_records(self):
        message = sipward.Message(INVITE)

        def work():
            self.assertEqual(message.from_.uri.parameter("transport"), "udp")
            message.vias[0].host.view.tobytes()

        self.loop(work, LOOPS)

    def test_parses_into_one(self):
        message = sipward.Message()

        def work():
            message.parse(bytearray(INVITE))
            message.get("Via").view.tobytes()

        self.loop(work, LOOPS)

    def test_messages(self):
        def work():
            sipward.Message(INVITE).validate()

        self.loop(work, LOOPS // 2)

    def test_messages_of_an_inspector(self):
        with sipward.Engine() as engine, engine.inspector() as inspector:
            def work():
                inspector.inspect(sipward.Packet(bytes(bytearray(INVITE)), source=SOURCE, wall_ns=1, monotonic_ns=1))
                self.assertEqual(inspector.message.vias[0].transport, "UDP")

            self.loop(work, LOOPS // 2)

    def test_errors(self):
        def work():
            for act in (lambda: sipward.parse(b"nonsense"), lambda: sipward.Packet(INVITE, source=("x", 1)), lambda: sipward.Policy(accept=["x"]),
                        lambda: sipward.Message(OK).write([edit.add("x y", "z")])):  # fmt: skip
                try:
                    act()
                except sipward.Error:
                    pass
                except ValueError:
                    pass

        self.loop(work, LOOPS // 10)

    def test_edits_streams_and_numbers(self):
        message = sipward.Message(INVITE)

        def work():
            message.write([edit.set("Subject", "x"), edit.strip()])
            sipward.lookup_number("+4930123456")
            sipward.canonical_number("030 123456", "DE")

        self.loop(work, LOOPS // 2)
        self.loop(lambda: sipward.Framer(65535).feed(OK + INVITE), LOOPS // 10)

    def test_batches(self):
        with sipward.Engine() as engine, engine.inspector() as inspector:
            buffer = INVITE * 32

            def work():
                verdicts = inspector.inspect_batch(buffer, [n * len(INVITE) for n in range(32)], [len(INVITE)] * 32, source=SOURCE, wall_ns=1, monotonic_ns=1)
                repr(verdicts[31].hits)

            self.loop(work, LOOPS // 50)

    def test_rules_and_compilers(self):
        def work():
            sipward.Rules.compile("version 1\nrule a { on request when method == INVITE then drop }").close()
            try:
                sipward.Rules.compile("version 1\nrule a { on request when x == 1 then drop }")
            except sipward.RulesError:
                pass

        self.loop(work, LOOPS // 50)

    def test_engines(self):
        rules = sipward.Rules.compile("version 1\nrule a { on request when method == INVITE then drop }")

        def work():
            with sipward.Engine(rules, sipward.State(32 << 20)) as engine, engine.inspector() as inspector:
                inspector.inspect(sipward.Packet(INVITE, source=SOURCE))

        self.loop(work, LOOPS // 50)

    def test_engines_that_nobody_closes(self):
        rules = sipward.Rules.compile("version 1\nrule a { on request when method == INVITE then drop }")

        def work():
            inspector = sipward.Engine(rules, sipward.State(32 << 20)).inspector()
            inspector.inspect(sipward.Packet(INVITE, source=SOURCE))
            repr(inspector.message)

        self.loop(work, LOOPS // 50)

    def test_reloads(self):
        rules = sipward.Rules.compile("version 1\nrule a { on request when method == INVITE then drop }")
        with sipward.Engine(rules, sipward.State(32 << 20)) as engine, engine.inspector() as inspector:
            def work():
                engine.reload(rules)
                inspector.inspect(sipward.Packet(INVITE, source=SOURCE))
                list(engine.notices())

            self.loop(work, LOOPS // 50)

    @unittest.skipUnless(PKI.is_dir(), "the library has no identity")
    def test_identities(self):
        chain, key, anchors = ((PKI / name).read_bytes() for name in ("spc.chain.pem", "spc.key", "anchors.pem"))
        url, now = "https://cert.example.com/a.pem", 1_800_000_000

        def work():
            with sipward.TrustStore(anchors, now_s=now) as trust:
                trust.provide(url, chain, fetched_s=now)
                passport = identity.Passport(now_s=now, orig="12155551212", dest=["12155551299"], ppt="shaken", attest="A")
                value = identity.sign(passport, key=key, certificates=chain, x5u=url)
                identity.Token(value).close()
                identity.verify(identity.Request(identity=[value], unseen=sipward.Unseen.DATE, to="tel:+12155551299"), trust, now_s=now)

        self.loop(work, LOOPS // 200)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
