"""`sipward watch`: HEP3 by UDP and TCP, an interface, what it writes, and what signals do. On loopback alone."""

import os
import re
import signal
import socket
import subprocess
import time
import unittest

import case
import command
import hep_packets

# What Suricata's events have: https://docs.suricata.io/en/latest/output/eve/eve-json-format.html
EVE_COMMON = {"timestamp", "event_type", "src_ip", "src_port", "dest_ip", "dest_port", "proto"}
EVE_SIP = {"method", "uri", "version", "request_line", "code", "reason", "response_line"}
EVE_ALERT = {"action", "gid", "signature_id", "rev", "signature", "category", "severity"}
EVE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+0000")


def options(number, agent="phone", method="OPTIONS", extra=""):
    return (f"{method} sip:{number}@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK{number}\r\n"
            f"From: <sip:a@example.com>;tag={number}\r\nTo: <sip:{number}@example.com>\r\nCall-ID: {number}@example.com\r\n"
            f"CSeq: 1 {method}\r\nUser-Agent: {agent}\r\nMax-Forwards: 70\r\n{extra}Content-Length: 0\r\n\r\n").encode()


SCANNER = options("scan", "friendly-scanner")
RINGING = (b"SIP/2.0 180 Ringing\r\nVia: SIP/2.0/UDP 192.0.2.1:5062;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\n"
           b"To: <sip:b@example.com>;tag=2\r\nCall-ID: 1@example.com\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n")


class Watch(case.Case):
    def start(self, *arguments, place="127.0.0.1:0"):
        """The process, once it watches; self.port is where it takes HEP3."""
        if place:
            arguments = ("--hep", place, *arguments)
        errors = open(os.path.join(self.folder.name, "errors"), "wb")
        self.addCleanup(errors.close)
        process = subprocess.Popen([command.BINARY, "watch", *arguments], stdout=subprocess.PIPE, stderr=errors)
        self.addCleanup(process.stdout.close)
        self.addCleanup(self.end, process)
        self.wait_for(lambda: b"watching" in self.errors() or process.poll() is not None)
        port = re.search(rb"HEP3 at \S+:(\d+)", self.errors())
        self.port = int(port.group(1)) if port else None
        return process

    @staticmethod
    def end(process):
        if process.poll() is None:
            process.kill()
            process.wait()

    def errors(self):
        with open(os.path.join(self.folder.name, "errors"), "rb") as file:
            return file.read()

    def wait_for(self, done):
        deadline = time.monotonic() + 30
        while not done():
            self.assertLess(time.monotonic(), deadline, self.errors())
            time.sleep(0.02)

    def send(self, *packets):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            for packet in packets:
                udp.sendto(packet, ("127.0.0.1", self.port))

    def finish(self, process, how=signal.SIGTERM):
        if how is not None:
            process.send_signal(how)
        output = process.communicate(timeout=60)[0]
        return output, process.returncode

    def test_tells_what_it_finds_when_it_finds_it(self):
        process = self.start()
        self.send(hep_packets.packet(options("1")), *[hep_packets.packet(SCANNER, source="203.0.113.9")] * 3)
        line = process.stdout.readline().decode()
        self.assertRegex(line, r"^2026-11-2\dT\S+Z  drop +scan\.user_agent +203\.0\.113\.9 ")
        output, code = self.finish(process)
        text = output.decode()
        self.assertEqual(code, 1)
        self.assertEqual(text.count("\n2026-"), 1, "the table at the end; the line was not said again")
        self.assertRegex(text, r"(?m)^messages +4 in ")
        self.assertRegex(text, r"(?m)^HEP3 packets +4$")

    def test_json_for_what_rules_say_and_for_all(self):
        for more, expected in (((), 1), (("--all",), 3)):
            process = self.start("--json", "--count", "3", *more)
            self.send(*[hep_packets.packet(message) for message in (options("1"), SCANNER, RINGING)])
            output, code = self.finish(process, None)
            lines = command.json_lines(output)
            self.assertEqual((len(lines), code), (expected, 1))
            self.assertEqual(list(lines[0]), command.INSPECT_KEYS)
            found = [line for line in lines if line["rules"]]
            self.assertEqual([line["rules"] for line in found], [["scan.user_agent"]])
            self.assertEqual(found[0]["time"], "2026-11-23T02:13:20.500000Z")

    def test_a_connection_and_datagrams_are_one(self):
        process = self.start("--json", "--all", "--count", "4")
        with socket.create_connection(("127.0.0.1", self.port)) as tcp:
            both = hep_packets.packet(options("1"), protocol=6) + hep_packets.packet(options("2"), protocol=6)
            tcp.sendall(both[:50])
            self.send(hep_packets.packet(options("3")))
            time.sleep(0.2)
            tcp.sendall(both[50:])
        self.send(hep_packets.packet(options("4")))
        lines = command.json_lines(self.finish(process, None)[0])
        self.assertEqual(sorted(line["call_id"][0] for line in lines), ["1", "2", "3", "4"])
        self.assertEqual({line["call_id"][0]: line["transport"] for line in lines}, {"1": "tcp", "2": "tcp", "3": "udp", "4": "udp"})

    def test_counts_what_is_no_sip(self):
        process = self.start("--hep-key", "secret")
        good = hep_packets.packet(options("1"), key=b"secret")
        self.send(good, hep_packets.packet(options("2")), b"HEP3", b"", hep_packets.packet(b"\x80\xc8", kind=5, key=b"secret"), good)
        time.sleep(0.3)
        text = self.finish(process)[0].decode()
        self.assertRegex(text, r"(?m)^messages +2 ")
        self.assertRegex(text, r"(?m)^HEP3 packets +4$")
        self.assertRegex(text, r"(?m)^  that hold no SIP +1$")
        self.assertRegex(text, r"(?m)^  without the key +1$")
        self.assertRegex(text, r"(?m)^no HEP3 +2$")

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

    def test_reads_its_rules_again(self):
        rules = self.write("site.ward", b'version 1 rule site.one { on request when (ruri.user ?? "") == "one" then alert }\n')
        os.chmod(self.folder.name, 0o755)
        process = self.start("--rules", rules, "--json")
        self.send(hep_packets.packet(options("two")), hep_packets.packet(options("one")))
        self.assertIn(b"site.one", process.stdout.readline())
        self.write("site.ward", b'version 1 rule site.two { on request when (ruri.user ?? "") == "two" then alert }\n')
        process.send_signal(signal.SIGHUP)
        self.wait_for(lambda: b"the rules were read again" in self.errors())
        self.send(hep_packets.packet(options("one")), hep_packets.packet(options("two")))
        self.assertIn(b"site.two", process.stdout.readline())
        self.write("site.ward", b"rule broken {\n")
        process.send_signal(signal.SIGHUP)
        self.wait_for(lambda: b"the rules stay as they were" in self.errors())
        self.assertRegex(self.errors().decode(), r"site\.ward:\d+:\d+")
        self.send(hep_packets.packet(options("two")))
        self.assertIn(b"site.two", process.stdout.readline())
        self.assertEqual(self.finish(process, signal.SIGINT)[1], 0)

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

    def test_keeps_its_state(self):
        state = os.path.join(self.folder.name, "state")
        rules = self.write("site.ward", b"version 1 rule site.second { on request when count(by src.ip over 1h) >= 2 then alert }\n")
        os.chmod(self.folder.name, 0o777)
        for expected in (0, 1):
            process = self.start("--no-default-rules", "--rules", rules, "--state", state, "--json", "--count", "1")
            self.send(hep_packets.packet(options(f"call{expected}")))
            self.assertEqual(len(command.json_lines(self.finish(process, None)[0])), expected, self.errors())
        self.assertEqual((os.path.getsize(state + ".seed"), os.stat(state + ".seed").st_mode & 0o777), (16, 0o600))
        self.write("state.seed", b"short")
        done = command.run("watch", "--hep", "127.0.0.1:0", "--state", state)
        self.assertEqual((done.returncode, b"state.seed: holds no seed" in done.stderr), (2, True), done.stderr)

    def test_an_interface(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            receiver.bind(("127.0.0.1", 0))
            port = receiver.getsockname()[1]
            process = self.start("-i", "lo", "--filter", f"udp port {port}", "--json", place=None)
            if b"watching" not in self.errors():
                self.skipTest(f"SKIPPED: {self.errors().decode().strip()}")
            if os.geteuid() == 0:
                with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                    users = re.search(r"^Uid:\t(.+)$", status.read(), re.MULTILINE).group(1).split()
                self.assertNotIn("0", users, "root was given up")
            begin = time.monotonic()
            sender.sendto(SCANNER, ("127.0.0.1", port))
            line = command.json_lines(process.stdout.readline())[0]
            self.assertLess(time.monotonic() - begin, 1)
            self.assertEqual((line["rules"], line["dst"]), (["scan.user_agent"], f"127.0.0.1:{port}"))
            output, code = self.finish(process)
            self.assertEqual((output, code), (b"", 1))

    def test_says_what_it_cannot_use(self):
        for arguments, said in (
            ((), "-i or --hep is needed"),
            (("--hep", "9060"), "9060: is no address and port"),
            (("--hep", "127.0.0.1:0", "--rules", "/nowhere.ward"), "cannot read the rule file /nowhere.ward"),
            (("--hep", "127.0.0.1:0", "--eve", "/nowhere/eve.json"), "cannot write /nowhere/eve.json"),
            (("--hep", "127.0.0.1:0", "--user", "nobody-of-this-name"), "there is no user 'nobody-of-this-name'"),
            (("--hep", "127.0.0.1:0", "--all"), "--all requires --json"),
            (("--filter", "udp", "--hep", "127.0.0.1:0"), "--filter requires"),
            (("-i", "no-such-interface"), "no-such-interface: "),
        ):
            done = command.run("watch", *arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(said, done.stderr.decode(), arguments)
            self.assertEqual(done.stdout, b"")


if __name__ == "__main__":
    unittest.main()
