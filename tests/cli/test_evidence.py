"""`--evidence` and `sipward evidence`: what was decided is kept, checked, shown, given on and judged again."""

import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
import unittest

import capture_file
import case
import command

RULES = b"""version 1
list watched: exact ["probe"]
rule asked_often {
  on request where method == OPTIONS
  when rate(by src.ip over 10s) > 3
  then reject 403 "Enough", score 10 on src.ip
}
rule listed { on request where (from.user ?? "") in watched when true then tag "watched", alert }
rule body_of_message { on request where method == MESSAGE when contains(body, "http://") then tag "link", alert }
"""
SECRET = b"see http://192.0.2.9/x"


def message(number, method="OPTIONS", user="probe", body=b""):
    head = (f"{method} sip:100@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK{number}\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{user}@example.com>;tag=a{number}\r\nTo: <sip:100@example.com>\r\n"
            f"Call-ID: call-{number}@example.com\r\nCSeq: 1 {method}\r\n")
    if body:
        head += "Content-Type: text/plain\r\n"
    return head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body


def capture(messages, source="192.0.2.7"):
    return capture_file.pcap([(i // 10, i % 10 * 100_000, capture_file.udp_packet(m, (source, 5060), ("198.51.100.1", 5060)))
                              for i, m in enumerate(messages)])


class Evidence(case.Case):
    def setUp(self):
        super().setUp()
        self.log_folder = self.path("log")
        self.rules = self.write("r.ward", RULES)
        self.usual = [message(i) for i in range(8)] + [message(20, "MESSAGE", "ann", SECRET)]

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def inspect(self, messages=None, *options, folder=None):
        name = self.write("c.pcap", capture(self.usual if messages is None else messages))
        done = command.run("inspect", "--evidence", folder or self.log_folder, "--rules", self.rules,
                           "--no-default-rules", *options, name)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return done

    def evidence(self, *words, code=0):
        done = command.run("evidence", *words)
        self.assertEqual(done.returncode, code, (words, done.stdout, done.stderr))
        return done.stdout.decode()

    def verified(self, path=None, *options, code=0):
        return json.loads(self.evidence("verify", "--json", path or self.log_folder, *options, code=code))

    def log(self, number=1):
        return os.path.join(self.log_folder, f"{number:06}.log")

    def lines(self, number=1):
        with open(self.log(number), "rb") as file:
            return file.read().splitlines(keepends=True)

    def rewrite(self, lines, number=1):
        with open(self.log(number), "wb") as file:
            file.write(b"".join(lines))

    def shown(self, path=None, *options):
        return [json.loads(line) for line in self.evidence("show", "--json", path or self.log_folder, *options).splitlines()]


class Logs(Evidence):
    def test_are_whole_and_say_who_signed(self):
        self.inspect()
        found = self.verified()
        self.assertEqual((found["whole"], found["fault"], found["decisions"]), (True, None, 9))
        self.assertEqual(found["covered"], found["last"] - 1)
        with open(os.path.join(self.log_folder, "sign.pub"), encoding="ascii") as file:
            self.assertEqual(found["signed_by"], file.read().strip())
        self.verified(self.log_folder, "--key", os.path.join(self.log_folder, "sign.pub"))
        self.assertEqual(os.stat(os.path.join(self.log_folder, "sign.key")).st_mode & 0o777, 0o600)
        self.assertEqual(os.stat(os.path.join(self.log_folder, "000001.keys")).st_mode & 0o777, 0o600)

    def test_are_gone_on_with(self):
        self.inspect()
        before = self.verified()
        self.inspect()
        after = self.verified()
        self.assertEqual(after["decisions"], 18)
        self.assertTrue(self.verified(self.log_folder, "--expect", before["head"])["whole"])
        self.assertEqual(after["recoveries"], 0)

    def test_hold_nothing_below_the_level(self):
        self.inspect(None, "--evidence-level", "reject")
        self.assertEqual({line["action"] for line in self.shown()}, {"reject"})

    def test_another_key_is_seen(self):
        self.inspect()
        other = self.path("other.key")
        public = self.evidence("key", other).strip()
        self.assertRegex(public, "^[0-9a-f]{64}$")
        found = self.verified(self.log_folder, "--key", public, code=1)
        self.assertIn("another key", found["fault"])
        self.evidence("key", other, code=2)  # it is there already
        folder = self.path("signed")
        self.inspect(None, "--evidence-key", other, folder=folder)
        self.assertEqual(self.verified(folder, "--key", self.path("other.pub"))["signed_by"], public)
        self.assertFalse(os.path.exists(os.path.join(folder, "sign.key")))

    def test_segments_follow_each_other(self):
        many = [message(i, body=b"x" * 800) for i in range(1200)]
        self.inspect(many, "--evidence-segment", "1", "--evidence-bodies", "--evidence-level", "allow")
        self.assertTrue(os.path.exists(self.log(3)))
        self.assertEqual(self.verified()["decisions"], 1200)
        self.assertIn("1,200 the same", self.evidence("replay", self.log_folder))
        # A segment that is gone leaves a gap.
        os.remove(self.log(2))
        self.assertIn("entry", self.verified(code=1)["fault"])

    def test_one_writer_at_a_time(self):
        self.inspect()
        import fcntl
        with open(os.path.join(self.log_folder, "lock"), "r+b") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            name = self.write("c.pcap", capture(self.usual))
            done = command.run("inspect", "--evidence", self.log_folder, name)
            self.assertEqual(done.returncode, 2)
            self.assertIn(b"being written by another process", done.stderr)


class Changes(Evidence):
    def setUp(self):
        super().setUp()
        self.inspect()
        self.whole = self.lines()

    def fault(self, lines, *options):
        self.rewrite(lines)
        found = self.verified(self.log_folder, *options, code=1)
        self.assertFalse(found["whole"])
        return found["fault"]

    def test_any_octet(self):
        data = b"".join(self.whole)
        chance = random.Random(9)
        places = set(chance.sample(range(len(data)), 120)) | {0, 63, 64, 65, len(data) - 1}
        starts = [0]
        for line in self.whole:
            starts.append(starts[-1] + len(line))
        for place in sorted(places):
            changed = bytearray(data)
            changed[place] ^= 1 << chance.randrange(8)
            self.rewrite([bytes(changed)])
            fault = self.verified(code=1)["fault"]
            # The line that was changed, or, if its end was, that which it was joined with.
            line = max(i for i, start in enumerate(starts) if start <= place) + 1
            found = int(re.search(r"\.log:(\d+):", fault).group(1)) if ".log:" in fault else len(self.whole)
            self.assertIn(found, (line, line + 1), (place, fault))
        self.rewrite(self.whole)
        self.assertTrue(self.verified()["whole"])

    def test_a_line_that_is_gone(self):
        for at in range(len(self.whole)):
            fault = self.fault(self.whole[:at] + self.whole[at + 1:])
            if at + 1 < len(self.whole):
                self.assertTrue(f":{at + 1}:" in fault or at == 0, fault)

    def test_lines_that_changed_places_or_came_twice(self):
        for at in range(len(self.whole) - 1):
            swapped = self.whole[:at] + [self.whole[at + 1], self.whole[at]] + self.whole[at + 2:]
            self.assertIn(f":{at + 1}:", self.fault(swapped))
            self.assertIn(f":{at + 2}:", self.fault(self.whole[:at + 1] + self.whole[at:]))

    def test_an_end_that_is_gone(self):
        for at in range(1, len(self.whole)):
            fault = self.fault(self.whole[:at])
            self.assertIn("missing at the end", fault)
            # Whoever takes the head away, too, is found by the missing end.
            os.rename(os.path.join(self.log_folder, "head"), self.path("head"))
            self.assertIn("without an end", self.fault(self.whole[:at]))
            os.rename(self.path("head"), os.path.join(self.log_folder, "head"))
        half = self.whole[:-1] + [self.whole[-1][:20]]
        self.assertIn("breaks off here", self.fault(half))

    def test_a_log_written_anew_meets_the_head_of_before(self):
        self.inspect()
        head = self.verified()["head"]
        shutil.rmtree(self.log_folder)
        self.inspect()
        self.inspect()
        self.assertTrue(self.verified()["whole"])
        self.assertIn("expected", self.verified(self.log_folder, "--expect", head, code=1)["fault"])

    def test_a_key_that_was_changed(self):
        path = os.path.join(self.log_folder, "000001.keys")
        with open(path, "r+b") as file:
            file.seek(32 * 4 + 5)
            file.write(b"\x55\x55")
        self.assertIn("does not open", self.verified(code=1)["fault"])

    def test_a_changed_log_is_not_gone_on_with(self):
        changed = bytearray(b"".join(self.whole))
        changed[len(self.whole[0]) + 90] ^= 1
        self.rewrite([bytes(changed)])
        done = command.run("inspect", "--evidence", self.log_folder, self.write("c.pcap", capture(self.usual)))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"not gone on with", done.stderr)


class Records(Evidence):
    def test_tell_what_was_decided_and_why(self):
        self.inspect()
        lines = self.shown()
        rejected = [line for line in lines if line["action"] == "reject"][0]
        decision = rejected["decision"]
        self.assertEqual(decision["verdict"]["rules"][0]["rule"], "asked_often")
        self.assertEqual(decision["verdict"]["rules"][0]["values"], [4])
        kept = decision["message"]["kept"].encode()
        self.assertTrue(kept.startswith(b"OPTIONS sip:100@example.com"))
        for name, value in (("from.user", b"probe"), ("call_id", b"call-3@example.com")):
            field = decision["fields"][name]
            self.assertEqual(kept[field["offset"]:field["offset"] + field["size"]], value)
        self.assertEqual(decision["packet"]["source"], {"ip": "192.0.2.7", "port": 5060})
        counts = [fact for fact in decision["facts"] if fact["kind"] == "aggregate"]
        self.assertIn(4, [fact["value"] for fact in counts])
        (asked,) = [fact for fact in counts if "asked_often" in fact["rules"]]
        self.assertIn(asked["name"], RULES.decode())
        table = self.evidence("show", self.log_folder, "--action", "reject")
        self.assertIn("asked_often", table)
        self.assertIn("probe", table)
        whole = self.evidence("show", self.log_folder, "--sequence", str(rejected["sequence"]))
        self.assertEqual(json.loads(whole)["hash"], rejected["hash"])

    def test_have_no_bodies_unless_asked(self):
        self.inspect()
        last = self.shown()[-1]
        self.assertEqual([r["rule"] for r in last["decision"]["verdict"]["rules"]], ["body_of_message"])
        self.assertNotIn("192.0.2.9", json.dumps(last))
        self.assertIn("9 the same", self.evidence("replay", self.log_folder))
        folder = self.path("with_bodies")
        self.inspect(None, "--evidence-bodies", folder=folder)
        self.assertIn("192.0.2.9", json.dumps(self.shown(folder)[-1]))
        self.assertIn("9 the same", self.evidence("replay", folder))

    def test_are_sealed(self):
        self.inspect()
        for name in os.listdir(self.log_folder):
            with open(os.path.join(self.log_folder, name), "rb") as file:
                data = file.read()
            for word in (b"call-3@example.com", b"192.0.2.7", b"Max-Forwards"):
                self.assertNotIn(word, data, name)

    def test_are_forgotten_one_by_one(self):
        self.inspect()
        third = self.shown()[2]["sequence"]
        self.assertIn("1 decision", self.evidence("forget", self.log_folder, str(third)))
        found = self.verified()
        self.assertEqual((found["whole"], found["destroyed"]), (True, 1))
        gone = [line for line in self.shown() if line["record"] == "destroyed"]
        self.assertEqual([line["sequence"] for line in gone], [third])
        self.assertIsNone(gone[0]["decision"])
        self.assertEqual(gone[0]["rules"], ["listed"])
        self.assertIn("8 the same, 1 destroyed", self.evidence("replay", self.log_folder))
        self.assertTrue(any(b" forgotten " in line and str(third).encode() in line for line in self.lines()))
        self.evidence("forget", self.log_folder, "1", code=2)  # no decision

    def test_are_replayed_by_the_rules_that_they_are_of(self):
        self.inspect()
        self.rules = self.write("other.ward", RULES.replace(b"> 3", b"> 5"))
        self.inspect()
        lines = [json.loads(line) for line in self.evidence("replay", "--json", self.log_folder).splitlines()]
        self.assertEqual(lines[-1]["decisions"], lines[-1]["same"])
        self.assertEqual(lines[-1]["same"], len(lines) - 1)

    def test_are_named_in_the_page(self):
        page = self.path("report.html")
        done = self.inspect(None, "--html", page)
        if b"built without reports" in done.stderr:
            self.skipTest("built without reports")
        with open(page, encoding="utf-8") as file:
            text = file.read()
        self.assertIn("Evidence", text)

    def test_of_call_records(self):
        rules = self.write("cdr.ward", b"version 1 rule many { on cdr when count(by account over 1h) > 2 and has(account) then ban account for 1h }")
        rows = b"start,billsec,account,caller,callee\n" + b"".join(
            b"2026-03-01T10:00:0%d,60,alice,+49301,+44201234567\n" % i for i in range(6))
        done = command.run("cdr", "--evidence", self.log_folder, "--rules", rules, "--no-default-rules", self.write("r.csv", rows))
        self.assertEqual(done.returncode, 1, done.stderr)
        lines = self.shown()
        self.assertEqual({line["rules"][0] for line in lines}, {"many"})
        self.assertIn("alice", self.evidence("show", self.log_folder))
        self.assertIn(f"{len(lines)} the same", self.evidence("replay", self.log_folder))


class GivenOn(Evidence):
    def test_a_bundle_is_checked_with_the_command_alone(self):
        self.inspect()
        with open(os.path.join(self.log_folder, "sign.pub"), encoding="ascii") as file:
            key = file.read().strip()
        bundle = self.path("case.bundle")
        self.evidence("export", self.log_folder, bundle, "--text", "call-4@example.com")
        shutil.rmtree(self.log_folder)
        found = self.verified(bundle, "--key", key)
        self.assertEqual((found["whole"], found["decisions"], found["left_out"]), (True, 1, 8))
        self.assertIn("1 the same", self.evidence("replay", bundle))
        self.assertEqual(self.shown(bundle)[0]["decision"]["fields"]["call_id"]["value"], "call-4@example.com")
        with open(bundle, "rb") as file:
            lines = file.read().splitlines(keepends=True)
        for at in range(1, len(lines)):
            changed = bytearray(lines[at])
            changed[-2] ^= 1
            self.rewrite_file(bundle, lines[:at] + [bytes(changed)] + lines[at + 1:])
            # A key that is none is as if it were withheld; then the decision cannot be read.
            done = command.run("evidence", "verify", "--json", bundle)
            self.assertTrue(done.returncode == 1 or json.loads(done.stdout)["withheld"] == 1, (at, done.stdout))

    def rewrite_file(self, path, lines):
        with open(path, "wb") as file:
            file.write(b"".join(lines))

    def test_masks_hide_what_is_personal_and_are_undone(self):
        self.inspect()
        key = self.path("mask.key")
        masked = self.evidence("show", "--json", "--mask", key, self.log_folder)
        for word in ("probe", "192.0.2.7", "call-3", "example.com"):
            self.assertNotIn(word, masked)
        line = json.loads(masked.splitlines()[0])
        again = json.loads(self.evidence("show", "--json", "--mask", key, self.log_folder).splitlines()[1])
        name = line["decision"]["fields"]["from.user"]["value"]
        self.assertEqual(name, again["decision"]["fields"]["from.user"]["value"])
        self.assertEqual(line["decision"]["fields"]["method"]["value"], "OPTIONS")
        self.assertEqual(self.evidence("unmask", "--mask", key, name), "probe\n")
        self.assertEqual(self.evidence("unmask", "--mask", key, name[:-2], code=1), "-\n")


class Crashes(Evidence):
    """The writer is killed while it writes. How often: SIPWARD_KILLS."""

    def test_lose_at_most_what_was_not_synced(self):
        kills = int(os.environ.get("SIPWARD_KILLS", "6"))
        many = self.write("many.pcap", capture([message(i) for i in range(6000)]))
        words = [command.BINARY, "inspect", "--evidence", self.log_folder, "--evidence-level", "allow",
                 "--rules", self.rules, "--no-default-rules"]
        chance = random.Random(1)
        killed = recovered = 0
        for number in range(kills):
            # Half of them sync each entry, so that there is something that must not be lost.
            sync = ["--evidence-sync", "0" if number % 2 == 0 else "0.05"]
            process = subprocess.Popen(words + sync + [many], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.005, 0.15))
            process.send_signal(signal.SIGKILL)
            killed += process.wait() == -signal.SIGKILL
            head = None
            if os.path.exists(os.path.join(self.log_folder, "head")):
                with open(os.path.join(self.log_folder, "head"), encoding="ascii") as file:
                    head = file.read().strip()
            done = self.inspect([message(1)])
            found = self.verified(self.log_folder, *(["--expect", head] if head else []))
            self.assertTrue(found["whole"], found)
            recovered += b"the log did not end" in done.stderr
        self.assertEqual(self.verified()["recoveries"], recovered)
        self.assertGreater(killed, kills // 3)
        replayed = json.loads(self.evidence("replay", "--json", self.log_folder).splitlines()[-1])
        self.assertEqual(replayed["same"], replayed["decisions"])


if __name__ == "__main__":
    unittest.main()
