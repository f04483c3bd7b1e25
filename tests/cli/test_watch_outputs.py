"""What `sipward watch` writes and sends: EVE, HEP3, metrics, syslog. On loopback alone."""

import json
import os
import re
import signal
import socket
import subprocess
import unittest
import urllib.error
import urllib.request

import command
import hep_packets
from watching import RINGING, SCANNER, WatchCase, options

# What Suricata's events have: https://docs.suricata.io/en/latest/output/eve/eve-json-format.html
EVE_COMMON = {"timestamp", "event_type", "src_ip", "src_port", "dest_ip", "dest_port", "proto"}
EVE_SIP = {"method", "uri", "version", "request_line", "code", "reason", "response_line"}
EVE_ALERT = {"action", "gid", "signature_id", "rev", "signature", "category", "severity"}
EVE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+0000")


class Outputs(WatchCase):
    def test_eve(self):
        path = os.path.join(self.folder.name, "eve.json")
        process = self.start("--eve", path, "--count", "3", "--user", "root" if os.geteuid() == 0 else "")
        hostile = options("1", extra="Subject: \x1b[2J\u202e\"</script>\r\n").replace(b"example.com SIP", b"\xff\x1b\"x SIP")
        self.send(*[hep_packets.packet(message) for message in (SCANNER, RINGING, hostile)])
        self.finish(process, None)
        with open(path, "rb") as file:
            raw = file.read()
        self.assertTrue(command.is_harmless(raw.decode()))
        events = command.json_lines(raw)
        kinds = [event["event_type"] for event in events]
        self.assertEqual(kinds[:3], ["sip", "alert", "sip"])
        for event in events:
            self.assertRegex(event["timestamp"], EVE_TIME)
            self.assertEqual(set(event) - EVE_COMMON - {"alert", "app_proto"}, {"sip"})
            self.assertLessEqual(set(event["sip"]), EVE_SIP)
        self.assertEqual(events[0]["sip"], {
            "method": "OPTIONS", "uri": "sip:scan@example.com", "version": "SIP/2.0", "request_line": "OPTIONS sip:scan@example.com SIP/2.0"})
        self.assertEqual(events[2]["sip"], {"version": "SIP/2.0", "code": "180", "reason": "Ringing", "response_line": "SIP/2.0 180 Ringing"})
        alert = events[1]["alert"]
        self.assertEqual(set(alert), EVE_ALERT)
        self.assertEqual((alert["action"], alert["gid"], alert["signature"], alert["severity"]), ("blocked", 5060, "scan.user_agent", 1))
        self.assertTrue(0 < alert["signature_id"] < 2**31)
        self.assertEqual(command.original_bytes(events[-1]["sip"]["request_line"]), hostile.split(b"\r\n")[0])

    def test_sends_hep_on(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as homer:
            homer.bind(("127.0.0.1", 0))
            homer.settimeout(30)
            process = self.start("--hep-out", f"127.0.0.1:{homer.getsockname()[1]}", "--hep-agent", "42", "--hep-key", "k", "--count", "1")
            self.send(hep_packets.packet(SCANNER, source="203.0.113.9", key=b"k"))
            chunks = hep_packets.read(homer.recv(65535))
            self.finish(process, None)
        self.assertEqual(chunks[15], SCANNER)
        self.assertEqual(chunks[3], socket.inet_aton("203.0.113.9"))
        self.assertEqual(chunks[7], (5062).to_bytes(2, "big"))
        self.assertEqual(chunks[9], (1_795_400_000).to_bytes(4, "big"))
        self.assertEqual((chunks[10], chunks[12], chunks[14]), ((500_000).to_bytes(4, "big"), b"\0\0\0\x2a", b"k"))

    def test_opens_the_file_of_eve_anew(self):
        path = os.path.join(self.folder.name, "eve.json")
        process = self.start("--eve", path, "--no-default-rules", "--user", "root" if os.geteuid() == 0 else "")
        self.send(hep_packets.packet(options("1")))
        self.wait_for(lambda: os.path.getsize(path) > 0)
        os.rename(path, path + ".1")
        process.send_signal(signal.SIGHUP)
        self.wait_for(lambda: os.path.exists(path))
        self.send(hep_packets.packet(options("2")))
        self.wait_for(lambda: os.path.getsize(path) > 0)
        self.finish(process)
        with open(path + ".1", "rb") as first, open(path, "rb") as second:
            self.assertIn(b"sip:1@", first.read())
            self.assertIn(b"sip:2@", second.read())

    def metrics_port(self):
        return int(re.search(rb"metrics at port (\d+)", self.errors()).group(1))

    def fetch(self, path="/metrics", method="GET"):
        request = urllib.request.Request(f"http://127.0.0.1:{self.metrics_port()}{path}", method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.headers, answer.read().decode()

    def samples(self):
        """By name and labels, as Prometheus' own parser reads the page, which comes with Debian's Python."""
        read = subprocess.run(["/usr/bin/python3", "-B", "prometheus_samples.py"], input=self.fetch()[1].encode(), stdout=subprocess.PIPE, check=True)
        families = json.loads(read.stdout)
        self.assertEqual(len({family[0] for family in families}), len(families), "a metric stands twice")
        for _, kind, text, _ in families:
            self.assertIn(kind, ("counter", "gauge", "histogram"))
            self.assertGreater(len(text), 5)
        return {(name, *sorted(labels.values())): value for *_, samples in families for name, labels, value in samples}

    def test_metrics(self):
        process = self.start("--metrics", "127.0.0.1:0")
        strange = [options(f"m{i}", method=f"JUNK{i}") for i in range(40)]
        self.send(*[hep_packets.packet(message) for message in (*strange, options("1"), RINGING)])
        self.send(*[hep_packets.packet(SCANNER, source="203.0.113.9")] * 3, b"no HEP3")
        self.wait_for(lambda: self.samples()[("sipward_messages_total",)] == 45)
        headers, text = self.fetch()
        self.assertEqual(headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        self.assertTrue(command.is_harmless(text))
        found = self.samples()
        for name, value in (
            (("sipward_requests_total", "OPTIONS"), 4),
            (("sipward_requests_total", "other"), 40),
            (("sipward_responses_total", "1xx"), 1),
            (("sipward_verdicts_total", "drop"), 3),
            (("sipward_rule_matches_total", "enforced", "scan.user_agent"), 1),
            (("sipward_rule_matches_total", "again", "scan.user_agent"), 2),
            (("sipward_rule_matches_total", "enforced", "enum.users"), 0),
            (("sipward_hep_packets_total", "sip"), 45),
            (("sipward_hep_packets_total", "malformed"), 1),
            (("sipward_lost_packets_total", "kernel"), 0),
            (("sipward_packets_total",), 45),
        ):
            self.assertEqual(found.get(name), value, name)
        self.assertNotIn("JUNK", text, "what a message holds makes no series")
        self.assertNotIn("203.0.113.9", text)
        again = self.samples()
        self.assertEqual(set(again), set(found))
        self.assertEqual(self.finish(process)[1], 1)

    def test_serves_metrics_and_nothing_else(self):
        process = self.start("--metrics", "127.0.0.1:0")
        for path, method, code in (("/", "GET", 404), ("/metrics/../etc/passwd", "GET", 404), ("/metrics", "POST", 405), ("/metrics", "DELETE", 405)):
            with self.assertRaises(urllib.error.HTTPError) as caught:
                self.fetch(path, method)
            self.assertEqual(caught.exception.code, code, path)
            caught.exception.close()
        self.assertEqual(self.fetch("/metrics", "HEAD")[1], "")
        self.assertIn("sipward_messages_total 0\n", self.fetch("/metrics?collect=all")[1])
        idle = [socket.create_connection(("127.0.0.1", self.metrics_port())) for _ in range(40)]
        idle[0].sendall(b"GET /metrics HTTP/1.1\r\nHost:" + b"x" * 100_000)
        # Who asks for metrics slowly, or for ever, keeps no message waiting.
        self.send(hep_packets.packet(SCANNER))
        self.assertIn(b"scan.user_agent", process.stdout.readline())
        for connection in idle:
            connection.close()
        self.wait_for(lambda: "sipward_messages_total 1\n" in self.fetch()[1])

    def syslog_lines(self, receiver, count):
        receiver.settimeout(30)
        return [receiver.recv(65536).decode() for _ in range(count)]

    def test_syslog_by_udp(self):
        hostile = options("1", agent="friendly-scanner").replace(b"Call-ID: 1@", b"Call-ID: \x1b]\xff\"\\x\xe2\x80\xae@")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
            receiver.bind(("127.0.0.1", 0))
            place = f"127.0.0.1:{receiver.getsockname()[1]}"
            process = self.start("--syslog", place, "--syslog-facility", "local3", "--json")
            self.send(hep_packets.packet(hostile, source="203.0.113.9"), hep_packets.packet(options("2")), *[hep_packets.packet(SCANNER, source="203.0.113.9")] * 5)
            notice, finding = self.syslog_lines(receiver, 2)
            output = self.finish(process)[0]
        self.assertRegex(notice, r"^<158>1 \S+Z \S+ sipward \d+ - - notice code=\"rules_loaded\" ")
        self.assertRegex(finding, r"^<155>1 2026-11-23T02:13:20\.500000Z \S+ sipward %d - - finding " % process.pid)
        self.assertTrue(command.is_harmless(finding))
        pairs = dict(re.findall(r' (\w+)="((?:[^"\\]|\\.)*)"', finding))
        self.assertEqual(list(pairs), ["rule", "action", "enforced", "source", "destination", "transport", "method", "from", "to", "call_id", "why"])
        self.assertEqual((pairs["rule"], pairs["action"], pairs["enforced"]), ("scan.user_agent", "drop", "yes"))
        self.assertEqual((pairs["source"], pairs["from"], pairs["to"]), ("203.0.113.9:5062", "sip:a@example.com", "sip:1@example.com"))
        self.assertEqual(pairs["call_id"], r"\\x1b]\\xff\"\\x\\u{202e}@example.com")
        self.assertEqual(len(command.json_lines(output)), 6, "syslog is told once, a program always")

    def test_syslog_of_this_machine(self):
        path = os.path.join(self.folder.name, "log")
        os.chmod(self.folder.name, 0o755)
        first, second = (socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) for _ in range(2))
        with first, second:
            first.bind(path)
            os.chmod(path, 0o666)
            process = self.start("--syslog", path)
            self.assertIn('notice code="rules_loaded"', self.syslog_lines(first, 1)[0])
            self.send(hep_packets.packet(SCANNER, source="203.0.113.9"))
            self.assertRegex(self.syslog_lines(first, 1)[0], r'^<27>sipward\[%d\]: finding rule="scan\.user_agent" ' % process.pid)
            # A syslog that was begun anew is found again, and what it missed is counted.
            first.close()
            os.unlink(path)
            self.send(hep_packets.packet(SCANNER, source="203.0.113.10"))
            self.wait_for(lambda: process.stdout.readline() and b"203.0.113.10" in process.stdout.readline())
            second.bind(path)
            os.chmod(path, 0o666)
            self.send(hep_packets.packet(SCANNER, source="203.0.113.11"))
            self.assertIn('source="203.0.113.11:5062"', self.syslog_lines(second, 1)[0])
            text = self.finish(process)[0].decode()
        self.assertRegex(text, r"(?m)^sent to syslog +3$")
        self.assertRegex(text, r"(?m)^not sent to syslog +1$")

    def test_says_what_it_cannot_send_to(self):
        for arguments, said in (
            (("--metrics", "9090"), "9090: is no address and port"),
            (("--metrics", "192.0.2.1:9090"), "192.0.2.1:9090: "),
            (("--syslog", "nowhere"), "nowhere: is no address and port"),
            (("--syslog", "/" + "x" * 200), "is too long for a socket"),
            (("--syslog", "local", "--syslog-facility", "mail"), "mail is no facility"),
            (("--syslog-facility", "daemon"), "--syslog-facility requires"),
        ):
            done = command.run("watch", "--hep", "127.0.0.1:0", *arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(said, done.stderr.decode(), arguments)
            self.assertEqual(done.stdout, b"")


if __name__ == "__main__":
    unittest.main()
