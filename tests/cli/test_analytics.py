"""`--analytics` of `sipward inspect` and `sipward cdr`, and the same numbers as metrics of `sipward watch`."""

import json
import re
import subprocess
import time
import unittest
import urllib.request

import capture_file
import case
import command
import hep_packets
from watching import WatchCase

PHONE, SERVER = ("192.0.2.1", 5062), ("198.51.100.7", 5060)
COUNTS = ["attempts", "answered", "ended", "completed", "short", "talk_seconds", "cost", "failed", "attested", "auth_failures", "setup"]
REASONS = ["redirected", "challenged", "busy", "no_answer", "declined", "cancelled", "timeout", "rejected", "server", "refused", "unknown"]
DIMENSIONS = ["trunk", "account", "caller", "destination", "range", "country", "user_agent", "source"]


def request(method, call, callee="+442071838750", agent="Phone", to_tag="", number=1):
    return (f"{method} sip:{callee}@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK{call}{method}{number}\r\n"
            f"From: <sip:alice@example.com>;tag=a{call}\r\nTo: <sip:{callee}@example.com>{to_tag}\r\nCall-ID: {call}@example.com\r\n"
            f"CSeq: {number} {method}\r\nUser-Agent: ").encode() + (agent if isinstance(agent, bytes) else agent.encode()) + \
        b"\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"


def response(code, of):
    head, rest = of.split(b"\r\n", 1)
    rest = re.sub(rb"(To: <[^>]*>)\r\n", rb"\1;tag=b\r\n", rest)
    return b"SIP/2.0 %d Reason\r\n" % code + re.sub(rb"User-Agent: [^\r]*\r\n", b"", rest)


def call(name, begin=0, seconds=4, **more):
    """(milliseconds, from the caller, message) of a call that rings for two seconds and lasts so long."""
    invite = request("INVITE", name, **more)
    bye = request("BYE", name, to_tag=";tag=b", number=2, **more)
    at = begin * 1000
    return [(at, True, invite), (at + 50, False, response(100, invite)), (at + 800, False, response(180, invite)), (at + 2800, False, response(200, invite)),
            (at + 2800 + seconds * 1000, True, bye), (at + 2820 + seconds * 1000, False, response(200, bye))]  # fmt: skip


def refused(name, code, begin=0):
    invite = request("INVITE", name)
    return [(begin * 1000, True, invite), (begin * 1000 + 30, False, response(code, invite))]


def pcap(*calls):
    packets = sorted(packet for each in calls for packet in each)
    return capture_file.pcap([(at // 1000, at % 1000 * 1000, capture_file.udp_packet(data, *((PHONE, SERVER) if out else (SERVER, PHONE)))) for at, out, data in packets])


class Analytics(case.Case):
    def inspect(self, data, *options):
        done = command.run("inspect", "--no-default-rules", "--analytics", *options, self.write("calls.pcap", data))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout

    def judge(self, data, *options):
        done = command.run("cdr", "--no-default-rules", "--analytics", *options, self.write("calls.csv", data))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        return done.stdout


class Json(Analytics):
    def test_of_a_capture_is_one_line_behind_the_verdicts(self):
        lines = command.json_lines(self.inspect(pcap(call("one"), refused("two", 486, 20)), "--json"))
        self.assertEqual(len(lines), 9)
        self.assertEqual(list(lines[-1]), ["analytics"])
        told = lines[-1]["analytics"]
        self.assertEqual(list(told), ["totals", "requests", "authentications", "registrations", "times", "dimensions"])
        totals = told["totals"]
        self.assertEqual(list(totals), COUNTS)
        self.assertEqual(list(totals["failed"]), REASONS)
        self.assertEqual([totals[name] for name in COUNTS[:6]], [2, 1, 2, 1, 1, 4])
        self.assertEqual((totals["failed"]["busy"], totals["attested"]["none"]), (1, 2))
        self.assertEqual((totals["setup"]["count"], totals["setup"]["sum_seconds"]), (2, 0.83))
        self.assertEqual(told["requests"], {"INVITE": 2, "REGISTER": 0, "OPTIONS": 0, "other": 1})
        invite = told["times"]["INVITE"]
        self.assertEqual((invite["count"], invite["least_seconds"], invite["most_seconds"]), (2, 0.03, 0.05))
        self.assertEqual(list(told["dimensions"]), DIMENSIONS)
        rows = {name: [(row["key"], row["count"], row["answered"]) for row in told["dimensions"][name]["rows"]] for name in DIMENSIONS}
        self.assertEqual(rows, {"trunk": [], "account": [], "caller": [("alice", 2, 1)], "destination": [("442071838750", 2, 1)], "range": [("44207183", 2, 1)],
                                "country": [("GB", 2, 1)], "user_agent": [("Phone", 2, 1)], "source": [("198.51.100.7", 5, 0), ("192.0.2.1", 3, 1)]})  # fmt: skip

    def test_of_records_stands_before_the_summary(self):
        rows = b"start,answer,end,billsec,account,caller,callee,call_id,cost,disposition\n"
        rows += b"2026-03-01T10:00:00Z,2026-03-01T10:00:05Z,2026-03-01T10:01:05Z,60,acme,+4930123456,+442071838750,c1,1.25,ANSWERED\n"
        rows += b"2026-03-01T10:02:00Z,,2026-03-01T10:02:09Z,0,acme,+4930123456,+442071838750,c2,,BUSY\n"
        analytics, summary = command.json_lines(self.judge(rows, "--json", "--summary"))
        self.assertTrue(summary["summary"])
        (account,) = analytics["analytics"]["dimensions"]["account"]["rows"]
        self.assertEqual([account[name] for name in ["key", "count", "error", *COUNTS[:7]]], ["acme", 2, 0, 2, 1, 2, 1, 0, 60, 1.25])
        self.assertEqual(account["failed"]["busy"], 1)

    def test_says_how_much_is_left_out(self):
        rows = b"start,billsec,account,callee,call_id\n" + b"".join(b"%d,60,a%d,1,c%d\n" % (1_772_359_200 + i, i, i) for i in range(1500))
        rows += b"".join(b"%d,60,acme,1,d%d\n" % (1_772_369_200 + i, i) for i in range(5))
        accounts = command.json_lines(self.judge(rows, "--json"))[-1]["analytics"]["dimensions"]["account"]
        self.assertEqual((accounts["keys"], accounts["capacity"], accounts["total"]), (1024, 1024, 1505))
        self.assertEqual(accounts["evictions"], 1501 - 1024)
        self.assertEqual(len(accounts["rows"]), 100)
        first = accounts["rows"][0]
        self.assertEqual((first["key"], first["attempts"], first["count"] - first["error"]), ("acme", 5, 5))


class Report(Analytics):
    def test_tells_people_the_same(self):
        text = self.inspect(pcap(call("one"), call("two", 30, 60), refused("three", 486, 20))).decode()
        self.assertIn("Calls       3 attempts, 2 answered, ASR 66.7 %, ACD 32.00 s, short 50.0 %\n", text)
        self.assertIn("Failed      busy 1\n", text)
        self.assertRegex(text, r"(?m)^Post-dial   delay p50 [78]\d\d ms, p95 .*, of 3 calls$")
        self.assertRegex(text, r"(?m)^INVITE      first response p50 .*, to 3 of 3 requests$")
        self.assertRegex(text, r"(?m)^COUNTRY +CALLS +ASR +ACD +SHORT +PDD P95 +FAILED\nGB +3 +66\.7 % +32\.00 s +50\.0 % +[78]\d\d ms +busy 1$")
        self.assertNotIn("TRUNK", text)

    def test_of_nothing(self):
        self.assertTrue(self.inspect(pcap()).decode().endswith("\nCalls       none\n"))

    def test_is_harmless_whatever_the_keys_are(self):
        agent = b"\x1b[2J\xff\xe2\x80\xae\"</script>" + b"x" * 100
        data = pcap(call("one", agent=agent, callee="x%ff%1b"))
        text = self.inspect(data).decode()
        self.assertTrue(command.is_harmless(text))
        self.assertIn(r"\x1b[2J\xff\u{202e}", text)
        (row,) = command.json_lines(self.inspect(data, "--json"))[-1]["analytics"]["dimensions"]["user_agent"]["rows"]
        self.assertEqual(command.original_bytes(row["key"]), agent[:64])

    def test_stands_before_statistics(self):
        data = pcap(refused("one", 404))
        text = self.inspect(data, "--stats").decode()
        self.assertLess(text.index("Calls  "), text.index("ENGINE"))
        self.assertEqual([list(line)[0] for line in command.json_lines(self.inspect(data, "--json", "--stats"))[-2:]], ["analytics", "statistics"])

    def test_is_not_there_unless_asked_for(self):
        done = command.run("inspect", "--no-default-rules", self.write("calls.pcap", pcap(call("one"))))
        self.assertNotIn(b"ASR", done.stdout)


class Metrics(WatchCase):
    def families(self):
        port = int(re.search(rb"metrics at port (\d+)", self.errors()).group(1))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
            page = answer.read()
        self.assertTrue(command.is_harmless(page.decode()))
        read = subprocess.run(["/usr/bin/python3", "-B", "prometheus_samples.py"], input=page, stdout=subprocess.PIPE, check=True)
        return {name: (kind, samples) for name, kind, _, samples in json.loads(read.stdout)}

    def samples(self):
        found = {}
        for _, samples in self.families().values():
            for name, labels, value in samples:
                key = (name, *sorted(labels.values()))
                self.assertNotIn(key, found, "a series stands twice")
                found[key] = value
        return found

    def watched(self, *options, agents=("Phone",), pause=0):
        process = self.start("--no-default-rules", "--metrics", "127.0.0.1:0", *options)
        messages = [message for i, agent in enumerate(agents) for message in call(f"c{i}", agent=agent)] + refused("busy", 486)
        for _, out, data in messages:
            self.send(hep_packets.packet(data, **({"source": PHONE[0], "destination": SERVER[0]} if out else {"source": SERVER[0], "destination": PHONE[0]})))
            time.sleep(pause)
        self.wait_for(lambda: self.samples()[("sipward_messages_total",)] == len(messages))
        return process

    def test_tell_calls(self):
        self.watched()
        found = self.samples()
        for key, value in (
            (("sipward_calls_total",), 2), (("sipward_calls_answered_total",), 1), (("sipward_calls_ended_total",), 2), (("sipward_calls_completed_total",), 1),
            (("sipward_calls_short_total",), 1), (("sipward_calls_failed_total", "busy"), 1), (("sipward_calls_failed_total", "server"), 0),
            (("sipward_calls_attested_total", "none"), 2), (("sipward_country_calls_total", "GB"), 2), (("sipward_country_calls_answered_total", "GB"), 1),
            (("sipward_transactions_total", "INVITE"), 2), (("sipward_transactions_total", "other"), 1), (("sipward_registrations_total", "success"), 0),
            (("sipward_post_dial_delay_seconds_count",), 2), (("sipward_post_dial_delay_seconds_bucket", "+Inf"), 2),
            (("sipward_response_seconds_count", "INVITE"), 2), (("sipward_response_seconds_bucket", "+Inf", "INVITE"), 2), (("sipward_response_seconds_count", "OPTIONS"), 0),
        ):  # fmt: skip
            self.assertEqual(found.get(key), value, key)
        self.assertEqual(self.families()["sipward_response_seconds"][0], "histogram")
        self.assertGreater(found[("sipward_calls_seconds_total",)], 0)
        for name in ("sipward_post_dial_delay_seconds_bucket", "sipward_response_seconds_bucket"):
            counts = [found[key] for key in found if key[0] == name and "REGISTER" not in key and "OPTIONS" not in key and "other" not in key]
            self.assertEqual(counts, sorted(counts), "they only grow")
            self.assertEqual(len(counts), 18)
        self.assertFalse([key for key in found if key[0].startswith("sipward_top")])
        self.assertFalse([key for key in found if "Phone" in key or PHONE[0] in key], "what a message holds makes no series")

    def test_of_several_workers_are_added_up(self):
        agents = ["Phone", "Phone", "Softphone"]
        self.watched("--workers", "2", "--metrics-top", "2", agents=agents, pause=0.02)  # for one to see the request before another sees its answer
        found = self.samples()
        for key, value in (
            (("sipward_calls_total",), 4), (("sipward_calls_answered_total",), 3), (("sipward_calls_completed_total",), 3), (("sipward_calls_failed_total", "busy"), 1),
            (("sipward_country_calls_total", "GB"), 4), (("sipward_response_seconds_count", "INVITE"), 4), (("sipward_post_dial_delay_seconds_bucket", "+Inf"), 4),
            (("sipward_top_count", "Phone", "user_agent"), 3), (("sipward_top_count", "Softphone", "user_agent"), 1), (("sipward_top_calls_answered", "caller", "alice"), 3),
        ):  # fmt: skip
            self.assertEqual(found.get(tuple([key[0], *sorted(key[1:])])), value, key)

    def test_top_keys_are_so_many_and_each_once(self):
        # They read alike, once they are printable or cut.
        agents = [b"\x1b", b"\\x1b", b"y" * 64 + b"1", b"y" * 64 + b"2", b'"\\\xff', b"e", b"f"]
        self.watched("--metrics-top", "6", agents=agents)
        found = self.samples()
        top = {key[2] if key[1] == "user_agent" else key[1] for key in found if key[0] == "sipward_top_count" and "user_agent" in key}
        self.assertLessEqual(len(top), 6)
        self.assertGreater(len(top), 2)
        self.assertEqual(found[("sipward_top_count", "192.0.2.1", "source")], 15)
        self.assertEqual(found[("sipward_top_calls_answered", "442071838750", "destination")], 7)
        self.assertIn(("sipward_top_calls_seconds", "alice", "caller"), found)
        self.assertFalse([key for key in found if key[0].startswith("sipward_top") and "country" in key])

    def test_top_needs_metrics_and_bounds(self):
        for options in (("--metrics-top", "3"), ("--metrics", "127.0.0.1:0", "--metrics-top", "0"), ("--metrics", "127.0.0.1:0", "--metrics-top", "101")):
            done = command.run("watch", "--hep", "127.0.0.1:0", *options)
            self.assertEqual((done.returncode, done.stdout), (2, b""), options)


if __name__ == "__main__":
    unittest.main()
