import os
import re
import shutil
import subprocess
import tempfile
import unittest

import capture_file
import command
import messages

PHONE = ("192.0.2.1", 5062)
SCANNER = ("192.0.2.66", 5061)
SERVER = ("198.51.100.7", 5060)
PHONE6 = ("2001:db8::1", 5062)
SERVER6 = ("2001:db8::7", 5060)


def call():
    return [
        (0, 123456, capture_file.udp_packet(messages.INVITE, PHONE, SERVER)),
        (0, 223456, capture_file.udp_packet(messages.RINGING, SERVER, PHONE)),
        (1, 0, capture_file.udp_packet(messages.RINGING, SERVER6, PHONE6)),
    ]


def attack(agent="friendly-scanner"):
    return [(number, 0, capture_file.udp_packet(messages.scan(number, agent), SCANNER, SERVER))
            for number in range(12)]


class InspectCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, contents):
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(contents if isinstance(contents, bytes) else contents.encode())
        return path

    def capture(self, packets):
        return self.write("capture.pcap", capture_file.pcap(packets))

    def lines(self, packets, *options, code=0):
        done = command.run("inspect", "--json", *options, self.capture(packets))
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.returncode, code)
        return command.json_lines(done.stdout)


class Feeds(InspectCase):
    def test_fill_a_list_first(self):
        addresses = self.write("addresses.txt", "192.0.2.1\n")
        numbers = self.write("numbers.csv", "88213550\n")
        lines = self.lines(call(), "--feed", f"feed_addresses={addresses}", "--feed", f"feed_numbers={numbers}", code=1)
        self.assertEqual([(line["action"], "blacklist.address" in line["rules"]) for line in lines], [("drop", True), ("allow", False), ("allow", False)])
        self.assertEqual(self.lines(call())[0]["action"], "allow")

    def test_say_what_they_refuse(self):
        feed = self.write("feed.txt", "192.0.2.1\n10.0.0.1\n")
        done = command.run("inspect", "--json", "--feed", f"feed_networks={feed}", self.capture(call()))
        self.assertEqual((done.returncode, done.stderr.decode()), (1, f"{feed}:2:1: private: 10.0.0.1\n"))

    def test_that_cannot_be_used(self):
        feed = self.write("feed.txt", "192.0.2.1\n")
        empty = self.write("empty.txt", "")
        for given, why in ((f"nowhere={feed}", "the rules have no dynamic list 'nowhere'"), (f"feed_addresses={empty}", "is refused: empty"),
                           (f"feed_addresses={feed}x", "cannot be read"), (feed, "is not LIST=FILE")):  # fmt: skip
            done = command.run("inspect", "--feed", given, self.capture(call()))
            self.assertEqual(done.returncode, 2, given)
            self.assertIn(why, done.stderr.decode())
            self.assertEqual(done.stdout, b"")


class JsonLines(InspectCase):
    def test_have_all_keys_in_order(self):
        noise = (5, 0, capture_file.udp_packet(b"SIP/2.0 200 OK\r\n\r\n", SERVER, PHONE))
        for line in self.lines(call() + [noise], "--report-only"):
            self.assertEqual(list(line), command.INSPECT_KEYS)
            self.assertIsInstance(line["rules"], list)
            self.assertIsInstance(line["anomalies"], list)

    def test_say_what_the_packet_was(self):
        invite, ringing, over_ipv6 = self.lines(call())
        self.assertEqual(invite["time"], "2026-11-23T15:04:05.123456Z")
        self.assertEqual((invite["src"], invite["dst"]), ("192.0.2.1:5062", "198.51.100.7:5060"))
        self.assertEqual(invite["transport"], "udp")
        self.assertEqual((ringing["time"], ringing["src"]),
                         ("2026-11-23T15:04:05.223456Z", "198.51.100.7:5060"))
        self.assertEqual((over_ipv6["src"], over_ipv6["dst"]),
                         ("[2001:db8::7]:5060", "[2001:db8::1]:5062"))

    def test_say_what_the_message_was(self):
        invite, ringing, _ = self.lines(call())
        self.assertEqual(
            (invite["kind"], invite["method"], invite["code"]), ("request", "INVITE", None))
        self.assertEqual(
            (ringing["kind"], ringing["method"], ringing["code"]), ("response", "INVITE", 180))
        self.assertEqual(invite["call_id"], "a84b4c76e66710@192.0.2.1")
        self.assertEqual((invite["from"], invite["to"]),
                         ("sip:alice@192.0.2.1:5062", "sips:bob@example.com"))

    def test_of_a_call_allow(self):
        for line in self.lines(call()):
            self.assertEqual((line["action"], line["verdict_code"]), ("allow", None))

    def test_name_each_anomaly_once(self):
        contents = messages.INVITE.replace(b"Subject: one\r\n", b"Subject: one\r\n x\r\n")
        contents = contents.replace(b"Content-Type: text/", b"Content-Type:\r\n text/")
        [line] = self.lines([(0, 0, capture_file.udp_packet(contents, PHONE, SERVER))])
        self.assertEqual(line["anomalies"].count("header.fold"), 1)

    def test_are_valid_whatever_the_bytes_are(self):
        contents = messages.with_display(b'"\xff\x1b\x00"').replace(
            b"Call-ID: o1", b"Call-ID: \xfe\x01\xc3")
        packet = capture_file.udp_packet(contents, PHONE, SERVER)
        done = command.run("inspect", "--json", self.capture([(0, 0, packet)]))
        [line] = command.json_lines(done.stdout)
        self.assertEqual(command.original_bytes(line["call_id"]), b"\xfe\x01\xc3@192.0.2.1")
        self.assertTrue(command.is_harmless(done.stdout.decode()))

    def test_are_the_same_in_a_second_run(self):
        path = self.capture(attack() + call())
        first, second = (command.run("inspect", "--json", path).stdout for _ in range(2))
        self.assertEqual(first, second)
        self.assertEqual(len(command.json_lines(first)), 15)


class Verdicts(InspectCase):
    def test_on_a_scanner_are_above_flag(self):
        first, *_ = self.lines(attack(), code=1)
        self.assertNotIn(first["action"], ["allow", "flag"])
        self.assertTrue(first["rules"])
        self.assertGreater(first["score"], 0)

    def test_on_a_scanner_in_disguise(self):
        found = self.lines(attack("Example Phone 1.0"), code=1)
        self.assertTrue(any(line["action"] not in ["allow", "flag"] for line in found[:10]))

    def test_with_report_only_never_exceed_flag(self):
        found = self.lines(attack(), "--report-only")
        self.assertEqual({line["action"] for line in found} - {"allow", "flag"}, set())
        self.assertTrue(all(line["rules"] for line in found[:1]))

    def test_without_rules_allow(self):
        for line in self.lines(attack(), "--no-default-rules"):
            self.assertEqual((line["action"], line["rules"]), ("allow", []))

    def test_of_a_rule_of_the_site_are_added(self):
        rules = self.write("site/site.ward", """version 1
list watched : exact file "watched.txt"
rule site.watched {
  meta { severity low  why "a watched caller" }
  on request
  when (from.user ?? "") in watched
  then reject 403 "Not today"
}
""")
        self.write("site/watched.txt", "alice\n")
        invite, ringing, _ = self.lines(call(), "--rules", rules, code=1)
        self.assertEqual((invite["action"], invite["verdict_code"]), ("reject", 403))
        self.assertEqual(invite["rules"], ["site.watched"])
        self.assertEqual(ringing["action"], "allow")

    def test_of_two_rule_files(self):
        for name in ["one", "two"]:
            self.write(f"{name}.ward", f"version 1\nrule site.{name} "
                       "{ on request when method == INVITE then alert, tag \"%s\" }\n" % name)
        paths = [os.path.join(self.folder.name, f"{name}.ward") for name in ["one", "two"]]
        invite, *_ = self.lines(call(), "--rules", paths[0], "--rules", paths[1])
        self.assertEqual(sorted(invite["rules"]), ["site.one", "site.two"])
        self.assertEqual((sorted(invite["tags"]), invite["flags"]), (["one", "two"], ["alert"]))
        self.assertEqual(invite["action"], "flag")


class Table(InspectCase):
    def test_folds_what_repeats_and_sums_up(self):
        done = command.run("inspect", self.capture(attack() + call()))
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        text = done.stdout.decode()
        rows = [line for line in text.splitlines() if " scan.user_agent " in line]
        self.assertEqual(len(rows), 1, text)
        self.assertRegex(rows[0], r"^2026-11-23T15:04:05Z  192\.0\.2\.66 +scan\.user_agent +drop +12 ")
        self.assertRegex(text, r"(?m)^messages +15 in 11\.0 seconds$")
        self.assertRegex(text, r"(?m)^requests +OPTIONS 12, INVITE 1$")
        self.assertRegex(text, r"(?m)^responses +1xx 2$")
        self.assertRegex(text, r"(?m)^sources +4$")
        self.assertRegex(text, r"(?m)^verdicts +allow 3, drop 12$")
        self.assertRegex(text, r"(?m)^speed +[0-9,]+ messages per second$")

    def test_says_that_nothing_was_found(self):
        done = command.run("inspect", self.capture(call()))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertTrue(done.stdout.decode().startswith("Nothing was found.\n"))

    def test_of_a_capture_without_messages(self):
        done = command.run("inspect", self.capture([]))
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertRegex(done.stdout.decode(), r"(?m)^messages +0$")

    def test_is_the_same_in_a_second_run_but_for_the_speed(self):
        path = self.capture(attack() + call())
        first, second = (re.sub(rb"speed .*", b"", command.run("inspect", path).stdout)
                         for _ in range(2))
        self.assertEqual(first, second)

    def test_is_bounded_and_says_so(self):
        packets = [(0, i, capture_file.udp_packet(messages.scan(i), (f"192.0.2.{i + 1}", 5061), SERVER))
                   for i in range(80)]
        text = command.run("inspect", self.capture(packets)).stdout.decode()
        self.assertRegex(text, r"… and [0-9]+ more")
        self.assertLess(len(text.splitlines()), 70)

    def test_never_sends_a_control_character(self):
        packets = [(0, 0, capture_file.udp_packet(
            messages.scan(1).replace(b"OPTIONS", b"\x1b[2J"), SCANNER, SERVER))]
        rules = self.write("site.ward", "version 1\nrule site.any "
                           "{ meta { why \"an \x1b[31m\u202e attack\" } on request when true then alert }\n")
        for options in ([], ["--rules", rules]):
            done = command.run("inspect", *options, self.capture(packets))
            text = (done.stdout + done.stderr).decode("utf-8", errors="strict")
            self.assertTrue(command.is_harmless(text))
            self.assertNotIn("\u202e", text)


class Unusable(InspectCase):
    GOOD_RULE = "version 1\nrule site.r { on request when true then alert }\n"

    def check(self, *arguments, message, one_line=True):
        for options in ([], ["--json"]):
            done = command.run("inspect", *options, *arguments)
            self.assertEqual(done.returncode, 2)
            self.assertEqual(done.stdout, b"")
            text = done.stderr.decode("utf-8", errors="strict")
            self.assertRegex(text, message)
            if one_line:
                self.assertEqual(len(text.splitlines()), 1, text)

    def test_missing_file(self):
        self.check(os.path.join(self.folder.name, "none"), message="(?i)none.*no such file")

    def test_directory(self):
        self.check(self.folder.name, message="(?i)directory")

    def test_empty_file(self):
        self.check(self.write("empty", b""), message="empty")

    def test_text_file(self):
        self.check(self.write("notes.txt", "INVITE sip:bob@example.com SIP/2.0\n" * 9),
                   message=r"notes\.txt")

    def test_capture_cut_at_any_place(self):
        whole = capture_file.pcap(call())
        boundaries = {24}
        for _, _, packet in call():
            boundaries.add(max(boundaries) + 16 + len(packet))
        for size in range(1, len(whole), 97):
            if size not in boundaries:
                self.check(self.write("cut.pcap", whole[:size]), message=r"cut\.pcap")
        self.check(self.write("cut.pcap", whole[:-1]), message=r"cut\.pcap")

    def test_rule_file_with_an_error(self):
        rules = self.write("bad.ward", "version 1\nrule site.r { on request when nonsense then alert }\n")
        self.check("--rules", rules, self.capture(call()), one_line=False,
                   message=r"^[^\n]*bad\.ward:2:31: error R\d+: [^\n]+\n[^\n]*when nonsense then[^\n]*\n"
                           r" +\^~{7}\n")

    def test_missing_rule_file(self):
        self.check("--rules", os.path.join(self.folder.name, "none.ward"), self.capture(call()),
                   message=r"rule file .*none\.ward: No such file")

    def test_missing_list_file(self):
        rules = self.write("site.ward", 'version 1\nlist l : exact file "none.txt"\n'
                           'rule site.r { on request when (from.user ?? "") in l then alert }\n')
        self.check("--rules", rules, self.capture(call()),
                   message=r"the file .*none\.txt.*site\.ward.*No such file")

    def test_rules_are_a_directory(self):
        self.check("--rules", self.folder.name, self.capture(call()), message="Is a directory")


class Bans(InspectCase):
    RULES = """version 1
list allowed : cidr ["192.0.2.67"]
rule site.ban { on request when true then ban src.ip for 1h }
rule site.ban_net { on request when src.ip in nets then ban src.net for 2h }
rule site.account { on request when method == REGISTER then ban src.ip for 1h }
list nets : cidr ["203.0.113.0/24", "2001:db8::/64"]
"""

    def setUp(self):
        super().setUp()
        self.rules = self.write("ban.ward", self.RULES.replace("then ban", "then alert, ban").replace(
            "rule site.ban {", "rule site.ban {\n  evidence any\n").replace(
            "rule site.ban_net {", "rule site.ban_net {\n  evidence any\n"))
        sources = ["192.0.2.66", "192.0.2.67", "203.0.113.5", "2001:db8::1"]
        self.packets = [(number, 0, capture_file.udp_packet(
            messages.INVITE, (source, 5060), SERVER6 if ":" in source else SERVER))
            for number, source in enumerate(sources)]

    def bans(self, *options):
        done = command.run("inspect", "--no-default-rules", "--rules", self.rules, *options,
                           self.capture(self.packets))
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode()

    def test_as_text(self):
        self.assertEqual(self.bans("--bans", "-").splitlines(), [
            "192.0.2.66\t3597\tsite.ban",
            "2001:db8::/64\t7200\tsite.ban_net",
            "2001:db8::1\t3600\tsite.ban",
            "203.0.113.0/24\t7199\tsite.ban_net",
            "203.0.113.5\t3599\tsite.ban",
        ])

    def test_into_a_file_beside_the_report(self):
        path = os.path.join(self.folder.name, "bans.txt")
        report = self.bans("--bans", path)
        self.assertIn("site.ban", report)
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), self.bans("--bans", "-", "--bans-format", "text"))

    def test_as_sets_that_nft_reads(self):
        text = self.bans("--bans", "-", "--bans-format", "nft")
        for part in ["set banned4 {", '192.0.2.66 timeout 3597s comment "site.ban"',
                     '203.0.113.0/24 timeout 7199s comment "site.ban_net"',
                     '2001:db8::/64 timeout 7200s comment "site.ban_net"']:
            self.assertIn(part, text)
        self.assertNotIn("192.0.2.67", text, "it is allow-listed")
        nft = shutil.which("nft", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
        if nft is None:
            self.skipTest("nft is not installed: the syntax was not checked")
        done = subprocess.run([nft, "-c", "-f", self.write("bans.nft", text)], capture_output=True, check=False)
        if b"Operation not permitted" in done.stderr or b"cache initialization failed" in done.stderr:
            self.skipTest("nft may not ask the kernel here: the syntax was not checked")
        self.assertEqual((done.returncode, done.stderr), (0, b""))

    def test_that_cannot_be_written(self):
        done = command.run("inspect", "--bans", os.path.join(self.folder.name, "none", "b"),
                           self.capture(call()))
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"cannot write", done.stderr)

    def test_format_needs_bans(self):
        self.assertEqual(command.run("inspect", "--bans-format", "nft", self.capture(call())).returncode, 2)



class State(InspectCase):
    RULES = ("version 1\n"
             "rule site.many { on request where method == OPTIONS when count(by src.ip over 1h) > 20\n"
             "                 then ban src.ip for 1h, drop }\n")

    def setUp(self):
        super().setUp()
        self.rules = self.write("site.ward", self.RULES)
        self.path = os.path.join(self.folder.name, "kept")

    def part(self, begin):
        packets = [(begin + number, 0, capture_file.udp_packet(messages.scan(begin + number, "phone"), SCANNER, SERVER))
                   for number in range(12)]
        return self.write("part.pcap", capture_file.pcap(packets))

    def inspect(self, begin, *options):
        return command.run("inspect", "--no-default-rules", "--rules", self.rules, *options, self.part(begin))

    def test_goes_on_where_the_capture_before_ended(self):
        first = self.inspect(100, "--state", self.path)
        self.assertEqual((first.returncode, first.stderr), (0, b""))
        second = self.inspect(200, "--state", self.path)
        self.assertEqual(second.returncode, 1)
        self.assertIn(b"site.many", second.stdout)
        # Without it, twelve messages are too few.
        self.assertEqual(self.inspect(200).returncode, 0)
        self.assertTrue(os.path.exists(self.path + ".0") and os.path.exists(self.path + ".1"))

    def test_time_goes_by_between_captures(self):
        self.inspect(100, "--state", self.path)
        self.assertEqual(self.inspect(100 + 4000, "--state", self.path).returncode, 0)

    def test_what_is_no_state_is_refused_and_left_alone(self):
        for name in (".0", ".1"):
            self.write("kept" + name, "not a state")
        done = self.inspect(100, "--state", self.path)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"It is no state file", done.stderr)
        with open(self.path + ".0", "rb") as file:
            self.assertEqual(file.read(), b"not a state")

    def test_a_capture_without_messages_leaves_it_alone(self):
        self.inspect(100, "--state", self.path)
        empty = self.write("empty.pcap", capture_file.pcap([]))
        done = command.run("inspect", "--no-default-rules", "--rules", self.rules, "--state", self.path, empty)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(self.inspect(200, "--state", self.path).returncode, 1)

    def test_that_cannot_be_written_is_an_error(self):
        done = self.inspect(100, "--state", os.path.join(self.folder.name, "none", "kept"))
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"cannot create", done.stderr)


class Statistics(InspectCase):
    def test_stand_behind_the_summary(self):
        path = self.capture(attack())
        done = command.run("inspect", "--stats", path)
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        text = done.stdout.decode()
        self.assertRegex(text, r"(?m)^packets +12$")
        self.assertRegex(text, r"(?m)^scan\.user_agent +[1-9]")
        self.assertRegex(text, r"(?m)^info: .*\b1$")
        self.assertNotIn("ENGINE", command.run("inspect", path).stdout.decode())

    def test_are_the_last_line_of_json(self):
        done = command.run("inspect", "--json", "--stats", self.capture(attack()))
        lines = command.json_lines(done.stdout)
        self.assertEqual(len(lines), 13)
        last = lines[-1]
        self.assertEqual(list(last), ["statistics", "rules", "notices"])
        self.assertEqual(last["statistics"]["packets"], 12)
        self.assertEqual(sum(last["statistics"]["by_action"].values()), 12)
        self.assertEqual(last["statistics"]["by_kind"]["request"], 12)
        scan = [rule for rule in last["rules"] if rule["rule"] == "scan.user_agent"]
        self.assertGreater(scan[0]["enforced"], 0)
        self.assertEqual(last["notices"][0]["name"], "rules_loaded")


if __name__ == "__main__":
    unittest.main()
