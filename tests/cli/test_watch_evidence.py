"""`sipward watch --evidence`: each worker's log is whole, whoever was killed meanwhile, and judged again the same. On loopback alone."""

import json
import os
import re
import signal
import socket
import time
import unittest

import command
import hep_packets
from watching import WorkersCase, options


class Evidence(WorkersCase):
    def setUp(self):
        super().setUp()
        self.log = os.path.join(self.folder.name, "log")

    def begin(self, *arguments, workers=2):
        return self.start("--evidence", self.log, "--evidence-level", "allow", "--metrics", "127.0.0.1:0", *arguments, workers=workers)

    def taken(self):
        return self.metrics()["sipward_messages_total"]

    def send_and_wait(self, *numbers):
        before = self.taken()
        self.send(*self.guesses(*numbers))
        self.wait_for(lambda: self.taken() >= before + numbers[0])

    def evidence(self, *words):
        done = command.run("evidence", *words)
        self.assertEqual(done.returncode, 0, (words, done.stdout, done.stderr))
        return done.stdout.decode()

    def checked(self, *log):
        """What stands in a log, once it is verified and judged again."""
        path = os.path.join(self.log, *log)
        found = json.loads(self.evidence("verify", "--json", path))
        self.assertTrue(found["whole"])
        lines = [json.loads(line) for line in self.evidence("show", "--json", path).splitlines()]
        self.assertEqual(found["decisions"], len(lines))
        self.assertIn(f"{len(lines)} the same", self.evidence("replay", path).replace(",", ""))
        return found, [line["decision"]["fields"]["call_id"]["value"] for line in lines], lines

    @staticmethod
    def calls(numbers):
        return [f"u{i}@example.com" for i in numbers]

    def test_every_decision_is_in_one_of_the_logs(self):
        process = self.begin("--json")
        self.send_and_wait(150)
        with socket.create_connection(("127.0.0.1", self.port)) as tcp:
            tcp.sendall(b"".join(hep_packets.packet(options(f"t{i}"), source="203.0.113.9", protocol=6) for i in range(50)))
        self.wait_for(lambda: self.taken() == 200)
        said = command.json_lines(self.finish(process)[0])
        self.assertEqual(sorted(os.listdir(self.log)), ["worker-1", "worker-2"])
        logs = [self.checked(f"worker-{i}") for i in (1, 2)]
        for found, calls, _ in logs:
            self.assertGreater(len(calls), 20, "both had a part in it")
            self.assertEqual(found["recoveries"], 0)
            self.assertEqual(found["covered"], found["last"] - 1)
        self.assertEqual(sorted(logs[0][1] + logs[1][1]), sorted(self.calls(range(150)) + [f"t{i}@example.com" for i in range(50)]))
        # What counts of both made of it is in the record of the one that asked.
        flagged = [line for _, _, lines in logs for line in lines if line["rules"]]
        self.assertEqual(len(flagged), len(said))
        self.assertEqual({(line["action"], *line["rules"]) for line in flagged}, {("flag", "site.guesses")})
        self.assertGreaterEqual(min(line["decision"]["verdict"]["rules"][0]["values"][0] for line in flagged), 50)

    def test_a_worker_that_is_killed(self):
        process = self.begin("--evidence-sync", "0.1")
        self.send_and_wait(100)
        time.sleep(0.6)  # what was decided is synced by now
        killed = self.workers_of(process)[0]
        self.send(*self.guesses(100, 100))
        os.kill(killed, signal.SIGKILL)
        self.wait_for(lambda: b"begins again" in self.errors())
        self.wait_for(lambda: len(self.workers_of(process)) == 2 and self.taken() >= 120)
        time.sleep(0.5)  # until all is taken that the dead one left in the socket
        self.send_and_wait(100, 200)
        output = self.finish(process)[0].decode()
        first, second = (self.checked(f"worker-{i}") for i in (1, 2))
        self.assertEqual((first[0]["recoveries"], second[0]["recoveries"]), (1, 0))
        calls = first[1] + second[1]
        self.assertEqual(len(calls), len(set(calls)))
        self.assertLessEqual(set(self.calls(range(100))), set(calls), "nothing that was synced is lost")
        self.assertLessEqual(set(self.calls(range(200, 300))), set(calls), "and it goes on")
        self.assertGreater(len(first[1]), 60, "into the log of the dead one")
        self.assertGreater(len(second[1]), 60)
        self.assertRegex(output, r"(?m)^worker 1 died once: what it had found until then is missing here$")
        self.assertNotIn("worker 2 died", output)

    def test_a_worker_that_is_dead_at_the_end(self):
        process = self.begin("--evidence-sync", "0.1")
        self.send_and_wait(60)
        time.sleep(0.6)
        other = self.workers_of(process)[1]
        for times in range(1, 7):  # it is begun again ever later: 3.2 seconds behind the last
            self.wait_for(lambda: len(self.workers_of(process)) == 2)
            os.kill((set(self.workers_of(process)) - {other}).pop(), signal.SIGKILL)
            self.wait_for(lambda times=times: self.errors().count(b"begins again") == times)
        self.send(*self.guesses(60, 60))
        self.wait_for(lambda: self.taken() > 70)
        time.sleep(0.5)  # the other has taken all that is for it
        output = self.finish(process)[0].decode()
        logs = [self.checked(f"worker-{i}") for i in (1, 2)]
        calls = logs[0][1] + logs[1][1]
        waited = int(re.search(rb"(?m)^sipward: worker 1: (\d+) packets waited for it in vain$", self.errors()).group(1))
        self.assertEqual((len(calls), waited + len(calls)), (len(set(calls)), 120))
        self.assertIn("worker 1 died 6 times: what it had found until then is missing here\n", output)

    def test_rules_that_are_read_again(self):
        process = self.begin()
        self.send_and_wait(60)
        self.write("site.ward", b'version 1 rule site.again { on request when (user_agent ?? "") == "phone" then alert }\n')
        process.send_signal(signal.SIGHUP)
        self.wait_for(lambda: b"the rules were read again\n" in self.errors())
        self.send_and_wait(60, 60)
        self.assertNotIn("died", self.finish(process)[0].decode())
        lines = [line for i in (1, 2) for line in self.checked(f"worker-{i}")[2]]
        self.assertEqual(len(lines), 120)
        self.assertEqual(sum(line["rules"] == ["site.again"] for line in lines), 60)

    def test_by_one_process_and_once_more(self):
        for begin in (0, 30):
            process = self.begin("--count", "30", workers=1)
            self.send(*self.guesses(30, begin))
            self.finish(process, None)
        found, calls, _ = self.checked()
        self.assertEqual((found["recoveries"], calls), (0, self.calls(range(60))))

    def test_a_folder_that_cannot_be_written(self):
        self.write("log", b"no folder")
        for workers in (1, 2):
            process = self.begin(workers=workers)
            output, code = self.finish(process, None)
            self.assertEqual((output, code), (b"", 2))
            self.assertIn(b"evidence: ", self.errors())
            self.assertEqual(len(re.findall(rb"(?m)^sipward: .*evidence: ", self.errors())), workers)


if __name__ == "__main__":
    unittest.main()
