"""`sipward watch`: HEP3 by UDP and TCP, an interface, and what signals do. On loopback alone."""

import os
import re
import signal
import socket
import time
import unittest
import urllib.request
import zlib

import command
import hep_packets
from watching import RINGING, SCANNER, WatchCase, options


class Watch(WatchCase):
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

    def test_what_is_compressed(self):
        process = self.start("--hep-key", "secret", "--metrics", "127.0.0.1:0")
        whole, many = zlib.compress(options("1")), zlib.compress(bytes(60000), 9)
        for payload, key in ((whole, b"secret"), (whole, b""), (whole[:-1], b"secret"), (many, b"secret"), (b"", b"secret")):
            self.send(hep_packets.packet(payload, key=key, chunk_of_payload=16))
        time.sleep(0.3)
        port = int(re.search(rb"metrics at port (\d+)", self.errors()).group(1))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=30) as answer:
            page = answer.read().decode()
        for result, count in (("sip", 1), ("wrong_key", 1), ("inflate_damaged", 2), ("inflate_too_large", 1), ("not_sip", 0)):
            self.assertIn(f'sipward_hep_packets_total{{result="{result}"}} {count}\n', page)
        text = self.finish(process)[0].decode()
        self.assertRegex(text, r"(?m)^messages +1 ")
        self.assertRegex(text, r"(?m)^  compressed +1\n  damaged, compressed +2\n  too large, compressed +1$")

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
