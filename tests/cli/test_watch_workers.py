"""`sipward watch --workers`: what several processes find and write is what one would. On loopback alone."""

import json
import os
import re
import signal
import socket
import subprocess
import time
import unittest

import command
import hep_packets
from watching import SCANNER, WorkersCase, options


class Workers(WorkersCase):
    def test_a_spray_is_found_as_by_one(self):
        found = {}
        for workers in (1, 2):
            process = self.start("--metrics", "127.0.0.1:0", workers=workers)
            self.send(*self.guesses(200))
            self.wait_for(lambda: self.metrics()["sipward_messages_total"] == 200)
            metrics = self.metrics()
            output, code = self.finish(process)
            found[workers] = (
                re.findall(r"(?m)^\S+Z  (.+)$", output.decode()), re.search(r"(?m)^verdicts .*$", output.decode()).group(),
                metrics["sipward_packets_total"], metrics['sipward_rule_matches_total{rule="site.guesses",outcome="enforced"}'], code)
        self.assertEqual(found[1], found[2])
        self.assertEqual(len(found[2][0]), 2, "the line when it was found, and the row of the table")
        self.assertGreater(min(metrics[f'sipward_worker_messages_total{{worker="{i}"}}'] for i in (1, 2)), 20, "both had a part in it")
        self.assertEqual(self.workers_left(process), [])

    @staticmethod
    def workers_left(process):
        found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], stdout=subprocess.PIPE, check=False)
        return found.stdout.split()

    def test_lines_stay_whole(self):
        eve = os.path.join(self.folder.name, "eve.json")
        process = self.start("--json", "--all", "--eve", eve, "--count", "1500")
        for i in range(0, 1500, 100):
            self.send(*self.guesses(100, i))
        time.sleep(0.2)  # the pipe is full by now, and each worker waits for the other within its lines
        lines = command.json_lines(self.finish(process, None)[0])
        self.assertEqual(sorted(line["call_id"] for line in lines), sorted(f"u{i}@example.com" for i in range(1500)))
        with open(eve, "rb") as file:
            events = command.json_lines(file.read())
        self.assertEqual(sum(event["event_type"] == "sip" for event in events), 1500)
        self.assertEqual(sum(event["event_type"] == "alert" for event in events), sum(bool(line["rules"]) for line in lines))

    def test_a_line_that_a_dead_worker_left_off(self):
        process = self.start("--json", "--all")
        self.send(*self.guesses(1000))
        time.sleep(0.3)  # nobody reads: one waits within a line, and the other for it
        for worker in self.workers_of(process):
            os.kill(worker, signal.SIGKILL)
        self.wait_for(lambda: self.errors().count(b"begins again") == 2)
        self.send(hep_packets.packet(SCANNER))
        lines = [process.stdout.readline()]
        while b"sip:scan@" not in lines[-1]:
            lines.append(process.stdout.readline())
        self.assertTrue(self.is_json(lines[-1]))
        torn = [line for line in lines if not self.is_json(line)]
        self.assertLessEqual(len(torn), 1)
        self.assertFalse(any(line.endswith(b"}\n") for line in torn), "the next line begins anew")
        self.finish(process)

    @staticmethod
    def is_json(line):
        try:
            return isinstance(json.loads(line), dict)
        except ValueError:
            return False

    def test_connections_and_a_port_that_is_taken(self):
        process = self.start("--json", "--all", "--count", "16")
        second = command.run("watch", "--no-default-rules", "--workers", "2", "--hep", f"127.0.0.1:{self.port}")
        self.assertIn(b"Address already in use", second.stderr)
        for i in range(8):
            with socket.create_connection(("127.0.0.1", self.port)) as tcp:
                both = hep_packets.packet(options(f"a{i}"), protocol=6) + hep_packets.packet(options(f"b{i}"), protocol=6)
                tcp.sendall(both[:50])
                tcp.sendall(both[50:])
        self.assertEqual((second.returncode, len(command.json_lines(self.finish(process, None)[0]))), (2, 16))

    def test_a_worker_that_dies_is_begun_again(self):
        process = self.start("--metrics", "127.0.0.1:0", "--json")
        self.send(*self.guesses(40))
        self.wait_for(lambda: self.metrics()["sipward_messages_total"] == 40)
        first = self.workers_of(process)
        os.kill(first[0], signal.SIGKILL)
        self.wait_for(lambda: re.search(rb"worker 1 \(process %d\) was ended by signal 9; it begins again in 0\.1 seconds" % first[0], self.errors()))
        self.send(*self.guesses(40, 40))  # what is for the dead one waits for the next
        self.wait_for(lambda: self.metrics()["sipward_messages_total"] == 80)
        metrics = self.metrics()
        self.assertEqual((metrics["sipward_worker_restarts_total"], metrics['sipward_worker_running{worker="1"}']), (1, 1))
        self.assertEqual(len(set(self.workers_of(process)) & set(first)), 1)
        lines = command.json_lines(self.finish(process)[0])
        self.assertEqual(len(lines), 31, "what the dead one had counted still counts")

    def test_who_looks_after_them_dies(self):
        process = self.start()
        workers = self.workers_of(process)
        process.kill()
        process.wait()
        self.wait_for(lambda: not any(os.path.exists(f"/proc/{worker}") and b"sipward" in self.name_of(worker) for worker in workers))

    @staticmethod
    def name_of(process):
        try:
            with open(f"/proc/{process}/status", "rb") as status:
                text = status.read()
            return b"" if b"State:\tZ" in text else text.split(b"\n")[0]
        except FileNotFoundError:
            return b""

    def test_all_read_their_rules_again(self):
        process = self.start("--json")
        self.write("site.ward", b'version 1 rule site.again { on request when (user_agent ?? "") == "phone" then alert }\n')
        process.send_signal(signal.SIGHUP)
        self.wait_for(lambda: b"the rules were read again\n" in self.errors())
        os.kill(self.workers_of(process)[1], signal.SIGKILL)  # the next has the new rules, too
        self.wait_for(lambda: b"begins again" in self.errors())
        self.send(*self.guesses(30))
        lines = [json.loads(process.stdout.readline()) for _ in range(30)]
        self.assertEqual([line["rules"] for line in lines], [["site.again"]] * 30)
        self.write("site.ward", b"rule broken {\n")
        process.send_signal(signal.SIGHUP)
        self.wait_for(lambda: b"the rules stay as they were" in self.errors())
        self.assertEqual(self.errors().count(b"the rules stay as they were"), 1, "said once, not by each")
        self.assertEqual(self.finish(process), (b"", 0))

    def test_one_state_is_kept(self):
        state = os.path.join(self.folder.name, "state")
        for begin, expected in ((0, 0), (40, 11)):
            process = self.start("--state", state, "--json", "--count", "30")
            self.send(*self.guesses(40, begin))
            lines = command.json_lines(self.finish(process, None)[0])
            self.assertEqual(len(lines), expected, self.errors())

    def test_overload_is_said_by_whom_it_meets(self):
        process = self.start("--metrics", "127.0.0.1:0")
        for worker in self.workers_of(process):
            os.kill(worker, signal.SIGSTOP)
        other = [hep_packets.packet(b"\x80\xc8" * 4000, kind=5, source_port=1024 + i) for i in range(8)]
        count = 8 * 1500
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            udp.connect(("127.0.0.1", self.port))
            for _ in range(count // len(other)):
                for packet in other:
                    udp.send(packet)
        for worker in self.workers_of(process):
            os.kill(worker, signal.SIGCONT)
        sent = [count]

        def all_are_known():
            self.send(*other)  # with those that find room the kernel says what it lost before
            sent[0] += len(other)
            time.sleep(0.2)
            metrics = self.metrics()
            return metrics['sipward_hep_packets_total{result="not_sip"}'] + metrics['sipward_lost_packets_total{at="hep_socket"}'] == sent[0]

        self.wait_for(all_are_known)
        metrics = self.metrics()
        lost = [metrics[f'sipward_worker_lost_packets_total{{worker="{i}"}}'] for i in (1, 2)]
        self.assertGreater(sum(lost), 1000)
        self.finish(process)
        said = {int(number): int(many.replace(b",", b"")) for number, many in re.findall(rb"worker (\d): ([\d,]+) packets came too fast", self.errors())}
        self.assertEqual([said.get(1, 0), said.get(2, 0)], lost)

    def test_an_interface(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
            receiver.bind(("127.0.0.1", 0))
            port = receiver.getsockname()[1]
            process = self.start("-i", "lo", "--filter", f"udp port {port}", "--json", "--all", "--count", "120", place=None)
            if b"watching" not in self.errors():
                self.skipTest(f"SKIPPED: {self.errors().decode().strip()}")
            self.converse(receiver, range(40))
            time.sleep(0.3)
            workers = self.workers_of(process)
            for each in (process.pid, *workers):
                self.assert_has_given_up_root(each, 1 << 13 if each == process.pid else 0)
            os.kill(workers[1], signal.SIGKILL)
            self.wait_for(lambda: len(self.workers_of(process)) == 2 and b"begins again" in self.errors())
            time.sleep(0.3)
            self.converse(receiver, range(40, 60))
            lines = command.json_lines(self.finish(process, None)[0])
        seen = sorted((line["call_id"], line["kind"]) for line in lines)
        self.assertEqual(len(seen), 120)
        self.assertEqual(len(set(seen)), 120, "each was taken by one of them")

    @staticmethod
    def converse(receiver, numbers):
        """A request of each of many phones, and the answer."""
        for number in numbers:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as phone:
                phone.sendto(options(f"c{number}"), receiver.getsockname())
                receiver.sendto(options(f"c{number}").replace(b"OPTIONS sip:c%d@example.com SIP/2.0" % number, b"SIP/2.0 200 OK", 1), phone.getsockname())

    def assert_has_given_up_root(self, process, capabilities):
        if os.geteuid() != 0:
            return
        with open(f"/proc/{process}/status", encoding="ascii") as status:
            text = status.read()
        self.assertNotIn("0", re.search(r"^Uid:\t(.+)$", text, re.MULTILINE).group(1).split())
        self.assertEqual(int(re.search(r"^CapPrm:\t(\w+)$", text, re.MULTILINE).group(1), 16), capabilities)

    def test_says_what_it_cannot_use(self):
        for arguments, said in (
            (("--workers", "0", "--hep", "127.0.0.1:0"), "--workers"),
            (("--workers", "65", "--hep", "127.0.0.1:0"), "--workers"),
            (("--workers", "2", "--hep", "9060"), "9060: is no address and port"),
            (("--workers", "2", "-i", "no-such-interface"), "no-such-interface: "),
            (("--workers", "2", "--hep", "127.0.0.1:0", "--eve", "/nowhere/eve.json"), "cannot write /nowhere/eve.json"),
        ):
            done = command.run("watch", *arguments)
            self.assertEqual((done.returncode, done.stdout), (2, b""), arguments)
            self.assertIn(said, done.stderr.decode(), arguments)


if __name__ == "__main__":
    unittest.main()
