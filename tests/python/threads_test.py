"""Threads and forks: what is shared counts together, what is one thread's says so, nothing crashes."""

import os
import random
import sys
import threading
import unittest

import sipward
from samples import INVITE, OK, SOURCE, options

SECOND = 10**9
# Compiled once: that takes longer than all that is tested here.
RULES = sipward.Rules.default()


def packet(data, at=0):
    return sipward.Packet(data, source=SOURCE, wall_ns=at, monotonic_ns=at)


def together(*works):
    """Runs each in a thread of its own; the exceptions that came out."""
    errors, begin = [], threading.Barrier(len(works))

    def run(work):
        begin.wait(60)
        try:
            work()
        except BaseException as error:  # noqa: BLE001 (told below)
            errors.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return errors


class Threads(unittest.TestCase):
    def test_an_engine_is_shared(self):
        with sipward.Engine(RULES) as engine:
            def work():
                with engine.inspector() as inspector:
                    for n in range(2000):
                        inspector.inspect(packet(options(n), n * SECOND))

            def reload():
                for _ in range(5):
                    engine.reload(RULES)
                    engine.statistics()

            self.assertEqual(together(work, work, work, reload), [])
            self.assertEqual(engine.statistics().packets, 6000)
            self.assertEqual(engine.statistics().reloads, 6)

    def test_a_second_thread_in_an_inspector_is_told(self):
        """Those that got in are right, those that did not have changed nothing."""
        with sipward.Engine(RULES) as engine, engine.inspector() as inspector:
            buffer = INVITE * 2000
            offsets, sizes = [n * len(INVITE) for n in range(2000)], [len(INVITE)] * 2000
            done, busy = [], []

            def work():
                for _ in range(20):
                    try:
                        done.append(len(inspector.inspect_batch(buffer, offsets, sizes, source=SOURCE, wall_ns=0, monotonic_ns=0)))
                        inspector.inspect(packet(OK))
                        done.append(1)
                    except sipward.BusyError as error:
                        busy.append(str(error))

            self.assertEqual(together(work, work, work), [])
            self.assertTrue(busy, "no thread ever came second")
            self.assertIn("another thread uses this inspector", busy[0])
            self.assertEqual(engine.statistics().packets, sum(done))

    def test_a_message_is_one_threads(self):
        message = sipward.Message()
        large = INVITE[:-2] + b"a=x\r\n" * 400

        def work():
            for n in range(3000):
                try:
                    message.parse(large if n % 2 else INVITE)
                    message.validate()
                    repr((message.vias, message.sdp_attributes[:1], message.from_))
                except sipward.BusyError:
                    pass

        self.assertEqual(together(work, work, work), [])

    def test_closing_under_the_feet_of_another_thread(self):
        """The call that runs ends; the next one raises."""
        for _ in range(30):
            engine = sipward.Engine(RULES)
            inspector = engine.inspector()
            buffer, count = INVITE * 500, 500
            offsets, sizes = [n * len(INVITE) for n in range(count)], [len(INVITE)] * count

            def work(inspector=inspector, engine=engine):
                try:
                    while True:
                        inspector.inspect_batch(buffer, offsets, sizes, source=SOURCE, wall_ns=0, monotonic_ns=0)
                        inspector.message.sdp_attributes  # noqa: B018
                        engine.statistics()
                except (sipward.ClosedError, sipward.BusyError):
                    pass

            def close(inspector=inspector, engine=engine):
                threading.Event().wait(random.random() / 500)
                inspector.close()
                engine.close()

            self.assertEqual(together(work, close), [])

    def test_framers_verifiers_and_captures_are_one_threads(self):
        framer, lists = sipward.Framer(), []

        def work():
            for _ in range(2000):
                try:
                    lists.append(framer.feed(OK * 20))
                except sipward.BusyError:
                    pass

        self.assertEqual(together(work, work), [])
        self.assertEqual({message for each in lists for message in each}, {OK})


class Forks(unittest.TestCase):
    def child(self, work):
        """Whether work is true in a child, which ends behind it."""
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                status = 0 if work() else 1
            finally:
                os._exit(status)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

    def test_a_shared_state_counts_in_all(self):
        with sipward.State(shared=True) as state, sipward.Engine(RULES, state) as engine, engine.inspector() as inspector:
            inspector.inspect(packet(OK))

            def work():
                inspector.inspect(packet(OK))
                engine.bans.add("203.0.113.9", ttl_ns=60 * SECOND, reason="by the child", now_ns=0)
                with engine.inspector() as own:
                    return own.inspect(packet(OK)).action == sipward.Action.ALLOW

            self.assertTrue(self.child(work))
            self.assertEqual(engine.bans.find("203.0.113.9", now_ns=1).reason, "by the child")

    def test_a_state_of_its_own_is_copied(self):
        with sipward.Engine(RULES) as engine, engine.inspector() as inspector:
            inspector.inspect(packet(INVITE))
            message = inspector.message

            def work():
                engine.bans.add("203.0.113.9", ttl_ns=60 * SECOND, reason="x", now_ns=0)
                return message.method == "INVITE" and inspector.inspect(packet(OK)).action == sipward.Action.ALLOW

            self.assertTrue(self.child(work))
            self.assertIsNone(engine.bans.find("203.0.113.9", now_ns=1))
            self.assertFalse(self.child(lambda: False))


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
