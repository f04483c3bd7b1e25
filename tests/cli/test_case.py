"""`sipward case`: what captures, call records and evidence say of one number, account, call or source."""

import json
import os
import unittest

import capture_file
import case
import command

START = "2026-11-23T15:04:05"
IDENTITY = ("eyJhbGciOiJFUzI1NiIsInBwdCI6InNoYWtlbiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9jZXJ0LmV4YW1wbGUub3JnL3NoYWtlbi5wZW0ifQ"
            ".eyJhdHRlc3QiOiJCIiwiZGVzdCI6eyJ0biI6WyI0OTMwMTIzNDU2Il19LCJpYXQiOjE3OTU0NDYyNDUsIm9yaWciOnsidG4iOiIxNTU1MTIzNDU2NyJ9LCJvcmlnaWQiOiIxMjNlNDU2Ny1lODliLTEyZDMtYTQ1Ni00MjY2NTU0NDAwMDAifQ"
            ".c2lnbmF0dXJl;info=<https://cert.example.org/shaken.pem>;alg=ES256;ppt=\"shaken\"")


def message(start, call_id, caller, callee, method="INVITE", number=1, extra=""):
    return (f"{start}\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK{call_id}{number}{method}\r\nMax-Forwards: 70\r\n"
            f"From: <sip:{caller}@example.com>;tag=a{call_id}\r\nTo: <sip:{callee}@example.com>;tag=b\r\nCall-ID: {call_id}\r\n"
            f"CSeq: {number} {method}\r\nUser-Agent: Desk Phone 1.0\r\n{extra}Content-Length: 0\r\n\r\n").encode()


def call(call_id, caller, callee, source, begin, talk, extra=""):
    there = (source, 5060), ("198.51.100.1", 5060)
    back = tuple(reversed(there))
    steps = [(0, f"INVITE sip:{callee}@example.com SIP/2.0", "INVITE", 1, there, extra), (2, "SIP/2.0 200 OK", "INVITE", 1, back, ""),
             (2 + talk, f"BYE sip:{callee}@example.com SIP/2.0", "BYE", 2, there, ""), (2 + talk, "SIP/2.0 200 OK", "BYE", 2, back, "")]
    return [(begin + at, i, capture_file.udp_packet(message(start, call_id, caller, callee, method, number, more), *way))
            for i, (at, start, method, number, way, more) in enumerate(steps)]


CAPTURE = capture_file.pcap(sorted(
    call("one", "+1-555-123-4567", "+493012345", "192.0.2.7", 0, 30, f"Identity: {IDENTITY}\r\n")
    + call("two", "ann", "15551234567", "192.0.2.8", 60, 10) + call("three", "ben", "+493099999", "203.0.113.5", 90, 5)))
RECORDS = (b"start,billsec,account,trunk,caller,callee,source_ip,call_id,cost,user_agent\n"
           b"2026-11-23T15:10:00Z,120,office,north,+15551234567,+442012345678,192.0.2.7,r1,1.5,Desk Phone 1.0\n"
           b"2026-11-23T15:11:00Z,60,other,south,+493011111,+442012345678,198.51.100.9,r2,0.5,Softphone\n")


class Cases(case.Case):
    def setUp(self):
        super().setUp()
        self.capture = self.write("calls.pcap", CAPTURE)
        self.records = self.write("records.csv", RECORDS)

    def of(self, *words, code=1):
        done = command.run("case", "--json", *words)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def test_of_a_number_however_it_is_written(self):
        for written in ("+1 (555) 123-4567", "15551234567", "tel:+1-555-123-4567"):
            found = self.of("--number", written, self.capture, self.records)
            self.assertEqual([c["call_id"] for c in found["calls"]], ["one", "two", "r1"])
        self.assertEqual(len(found["timeline"]), 9)
        times = [event["time"] for event in found["timeline"]]
        self.assertEqual(times, sorted(times))
        numbers = {link["value"]: link["events"] for link in found["linked"]["numbers"]}
        self.assertEqual(numbers, {"15551234567": 9, "493012345": 4, "442012345678": 1})
        self.assertEqual({link["value"] for link in found["linked"]["networks"]}, {"192.0.2.0/24", "198.51.100.0/24"})
        self.assertIn("Desk Phone 1.0", {link["value"] for link in found["linked"]["devices"]})
        self.assertEqual(found["cost"], {"calls": 3, "answered": 3, "talk": 160.0, "priced": 1, "cost": 1.5})

    def test_has_what_a_traceback_asks_for(self):
        found = self.of("--call-id", "one", self.capture)
        (traced,) = found["calls"]
        self.assertEqual(traced["time"], f"{START}.000000Z")
        self.assertEqual((traced["calling"], traced["called"], traced["source"]), ("+1-555-123-4567", "+493012345", "192.0.2.7"))
        self.assertEqual((traced["attest"], traced["origid"], traced["x5u"], traced["identity"]),
                         ("B", "123e4567-e89b-12d3-a456-426655440000", "https://cert.example.org/shaken.pem", "not verified"))
        self.assertIsNone(traced["spc"])
        self.assertEqual(traced["duration"], 30.0)

    def test_of_an_account_a_source_and_a_network(self):
        found = self.of("--account", "office", self.records)
        self.assertEqual([(c["trunk"], c["cost"]) for c in found["calls"]], [("north", 1.5)])
        found = self.of("--source", "203.0.113.5", self.capture)
        self.assertEqual([c["call_id"] for c in found["calls"]], ["three"])
        found = self.of("--source", "192.0.2.0/24", self.capture, self.records)
        self.assertEqual([c["call_id"] for c in found["calls"]], ["one", "two", "r1"])

    def test_over_evidence(self):
        rules = self.write("r.ward", b"version 1 rule every { on request where method == INVITE when true then alert }")
        log = os.path.join(self.folder.name, "log")
        self.assertEqual(command.run("inspect", "--evidence", log, "--rules", rules, "--no-default-rules", self.capture).returncode, 0)
        found = self.of("--number", "15551234567", log)
        self.assertEqual([(c["call_id"], c["rules"]) for c in found["calls"]], [("one", ["every"]), ("two", ["every"])])
        self.assertEqual(found["timeline"][0]["place"], "log entry 4")
        both = self.of("--number", "15551234567", log, self.capture)
        alone = self.of("--number", "15551234567", self.capture)
        self.assertEqual([(e["time"], e["what"]) for e in both["timeline"]], [(e["time"], e["what"]) for e in alone["timeline"]])
        self.assertEqual((both["timeline"][0]["place"], both["timeline"][0]["rules"]), ("log entry 4, calls.pcap frame 1", ["every"]))
        self.assertEqual(both["linked"], alone["linked"])
        bundle = os.path.join(self.folder.name, "two.bundle")
        self.assertEqual(command.run("evidence", "export", log, bundle, "--text", "Call-ID: two").returncode, 0)
        self.assertEqual([c["call_id"] for c in self.of("--number", "15551234567", bundle)["calls"]], ["two"])

    def test_the_page_says_how_long_calls_took(self):
        page = os.path.join(self.folder.name, "one.html")
        done = command.run("case", "--call-id", "one", "--html", page, self.capture)
        if done.returncode == 2:
            self.skipTest("built without reports")
        with open(page, encoding="utf-8") as file:
            report = json.loads(file.read().split('id="report">')[1].split("</script>")[0])
        self.assertIn({"name": "Talk", "kind": "seconds", "value": 30.0}, report["facts"])
        (calls,) = [section for section in report["sections"] if section["title"].startswith("Calls")]
        (column,) = [i for i, each in enumerate(calls["columns"]) if each["title"] == "Seconds"]
        self.assertEqual([row[column] for row in calls["rows"]], [30.0])

    def test_what_is_not_known(self):
        found = self.of("--number", "+4912345", self.capture, code=0)
        self.assertEqual((found["calls"], found["timeline"]), ([], []))
        for words in (("--number", "alice"), ("--source", "192.0.2.0/33"), ("--account", "")):
            done = command.run("case", *words, self.capture)
            self.assertEqual(done.returncode, 2)
            self.assertTrue(done.stderr)
        self.assertEqual(command.run("case", self.capture).returncode, 2)
        self.assertEqual(command.run("case", "--number", "1", "--account", "a", self.capture).returncode, 2)
        self.assertEqual(command.run("case", "--number", "+4912345", "/none").returncode, 2)

    def test_national_numbers_are_those_of_the_home(self):
        records = self.write("national.csv", b"start,billsec,caller,callee\n2026-11-23T15:10:00Z,1,030 12345,001 555 1234567\n")
        found = self.of("--home", "DE", "--number", "+49 30 12345", records)
        self.assertEqual({link["value"] for link in found["linked"]["numbers"]}, {"493012345", "15551234567"})

    def test_tables_and_page_hold_hostile_text_as_text(self):
        evil = b"<script>x</script>\xe2\x80\xae\x1b[31m"
        packets = [(0, 0, capture_file.udp_packet(
            message("INVITE sip:+493012345@example.com SIP/2.0", "c1", "+15551234567", "+493012345").replace(b"Desk Phone 1.0", evil),
            ("192.0.2.7", 5060), ("198.51.100.1", 5060)))]
        path = self.write("evil.pcap", capture_file.pcap(packets))
        page = os.path.join(self.folder.name, "case.html")
        done = command.run("case", "--number", "15551234567", "--html", page, path)
        self.assertIn(done.returncode, (1, 2), done.stderr)
        if done.returncode == 2:
            self.skipTest("built without reports")
        self.assertTrue(command.is_harmless(done.stdout.decode()))
        with open(page, "rb") as file:
            text = file.read()
        self.assertNotIn(b"<script>x", text)
        self.assertNotIn(b"\x1b", text)


if __name__ == "__main__":
    unittest.main()
