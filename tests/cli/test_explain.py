"""`sipward parse --explain`: the bytes, and under them what they are."""

import os
import pathlib
import re

import case
import command
import messages

MESSAGE = messages.lines(
    "INVITE sip:bob@example.com SIP/2.0",
    "v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
    "Max-Forwards: 300",
    'From: "A" <sip:alice@example.org>;tag=1',
    "To: <sip:bob@evil@example.com>",
    "Call-ID: 1",
    "CSeq: 1 INVITE",
    "",
)

EXPLAINED = """\
: malformed, 200 bytes at offset 0, refused by max_forwards.range at offset 92
       0  INVITE sip:bob@example.com SIP/2.0
          ^~~~~~ ^~~ ^~~ ^~~~~~~~~~~ ^~~~~~~
          method |   |   host        version
                 |   user
                 scheme
      36  v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
             ^~~ ^~~ ^~~ ^~~~~~~~~        ^~~~~~~~
             |   |   |   host             ;branch
             |   |   transport
             |   version
             protocol
      78  Max-Forwards: 300
                        ^~~
                        max_forwards
                        ^ max_forwards.range (suspicious, refuses the message)
              Max-Forwards is not a number from 0 to 255.
      97  From: "A" <sip:alice@example.org>;tag=1
                ^~~  ^~~ ^~~~~ ^~~~~~~~~~~      ^
                |    |   user  host             ;tag
                |    scheme
                display
     138  To: <sip:bob@evil@example.com>
               ^~~ ^~~~~~~~ ^~~~~~~~~~~
               |   user     host
               scheme
                      ^ uri.disputed (ambiguous)
              A URI or the host of a Via is written where programs part: no scheme or one not of letters alone, an empty password or host, a NUL in the user, a delimiter, escape or white space in the host, a bad or padded port: some refuse it, others read another user or host.
                           ^ uri.two_at (suspicious)
              A URI holds two at signs; programs disagree which one ends the user (uri.disputed).
     170  Call-ID: 1
                   ^
                   call_id
     182  CSeq: 1 INVITE
                ^ ^~~~~~
                | method
                number
     198

"""


class Explain(case.Case):
    def explain(self, contents, *options, code=0):
        done = command.run("parse", "--explain", *options, self.write("message", contents))
        self.assertEqual((done.returncode, done.stderr), (code, b""))
        text = done.stdout.decode()
        self.assertTrue(command.is_harmless(text))
        return text.removeprefix(os.path.join(self.folder.name, "message"))

    def test_is_what_people_read(self):
        text = self.explain(MESSAGE, "--profile", "strict", code=1)
        self.assertEqual(text, EXPLAINED)

    def test_shows_odd_bytes_as_escapes_and_marks_stay_below_them(self):
        odd = MESSAGE.replace(b"alice", b"al\xff\x01e").replace(b"Call-ID: 1\r\n", b"Call-ID: \rx\n")
        lines = self.explain(odd).splitlines()
        at = next(i for i, line in enumerate(lines) if "al\\xff\\x01e" in line)
        for mark, label in (("e@", None), ("@example.org", None)):
            self.assertIn(mark, lines[at], label)
        self.assertEqual(lines[at + 1].index("^~~~~~~~~~~ "), lines[at].index("al\\xff"))
        self.assertIn("     170  Call-ID: \\rx\\n", lines)

    def test_names_what_is_missing_at_the_end(self):
        text = self.explain(MESSAGE.replace(b"Call-ID: 1\r\n", b""), code=1)
        self.assertRegex(text, r"(?s)header\.missing_mandatory \(violation, refuses the message\)")

    def test_of_nothing_and_of_noise(self):
        for contents in (b"", b"\0", b"\n", b"\r\n" * 9, bytes(range(256)) * 9, b"a" * 5000):
            self.explain(contents, code=1)

    def test_long_lines_go_on_below(self):
        text = self.explain(MESSAGE.replace(b"Call-ID: 1", b"Call-ID: " + b"x" * 300))
        self.assertEqual(sum(len(run) for run in re.findall("xx+", text)), 300)
        self.assertLess(max(len(line) for line in text.splitlines() if "xx" in line), 120)

    def test_unfinished_message(self):
        text = self.explain(MESSAGE[:-1], "--stream", code=1)
        self.assertIn("the end of this message is not in the file", text)


class Fields(case.Case):
    def test_are_where_they_say(self):
        for contents in (MESSAGE, messages.INVITE, messages.RINGING, messages.REGISTER_ALL_AWAY):
            said = self.parsed(contents)
            self.assertGreater(len(said["fields"]), 10)
            for field in said["fields"]:
                place = contents[field["offset"]:field["offset"] + field["length"]]
                self.assertEqual(command.original_bytes(field["value"]), place, field["name"])

    def test_agree_with_what_stands_above_them(self):
        said = self.parsed(messages.INVITE)
        fields = {field["name"]: field["value"] for field in said["fields"]}
        self.assertEqual(fields["from.uri.user"], said["from"]["user"])
        self.assertEqual(fields["from.param.tag"], said["from"]["tag"])
        self.assertEqual(fields["cseq.number"], str(said["cseq"]["number"]))
        for i, via in enumerate(said["via"]):
            self.assertEqual(fields[f"via[{i}].host"], via["host"])
            self.assertEqual(fields[f"via[{i}].param.branch"], via["branch"])
        for i, contact in enumerate(said["contact"]):
            self.assertEqual(fields[f"contact[{i}].uri.host"], contact["host"])

    def test_of_items_and_bodies(self):
        body = ("--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.9\r\n"
                "t=0 0\r\nm=audio 4000/2 RTP/AVP 0 101\r\nb=AS:64\r\na=rtpmap:101 telephone-event/8000\r\na=sendonly\r\n--b--\r\n")
        contents = MESSAGE.removesuffix(b"\r\n") + messages.lines(
            "User-Agent: Softphone/1.2 (beta)",
            "Allow: INVITE, ACK",
            "Event: presence.winfo;id=7",
            'Reason: Q.850;cause=16;text="x"',
            "Content-Type: multipart/mixed;boundary=b",
            f"Content-Length: {len(body)}",
            "",
        ) + body.encode()
        fields = {field["name"]: field["value"] for field in self.parsed(contents)["fields"]}
        expected = {
            "user_agent[0].name": "Softphone", "user_agent[0].version": "1.2", "user_agent[1].comment": "beta",
            "allow[1].value": "ACK", "event.package": "presence", "event.template": "winfo", "event.param.id": "7",
            "reason[0].value": "Q.850", "reason[0].param.cause": "16", "content_type.subtype": "mixed",
            "part[0].content_type": "application/sdp", "sdp.origin.session_version": "2",
            "sdp.connection.address": "192.0.2.9", "sdp.media[0].port": "4000", "sdp.media[0].port_count": "2",
            "sdp.media[0].formats": "0 101", "sdp.bandwidth[0].value": "64",
            "sdp.attribute[0].encoding": "telephone-event", "sdp.attribute[1].name": "sendonly",
        }
        self.assertEqual({name: fields.get(name) for name in expected}, expected)

    def test_have_a_number_where_a_message_may_have_many(self):
        table = pathlib.Path(__file__).parents[2] / "lib" / "sip" / "header.def"
        once = dict(re.findall(r'SIPWARD_HEADER\(\w+, "([\w-]+)", [^,]+, (\w+)\)', table.read_text(encoding="utf-8")))
        # These stand once and hold a list, or an address that is shown like one of a list.
        lists = ("Authentication-Info", "Privacy", "Server", "User-Agent", "Refer-To", "Referred-By", "Reply-To")
        once.update(dict.fromkeys(lists, "false"))
        unread = {"Call-ID", "CSeq", "Content-Length", "Date", "Expires", "Max-Forwards", "Min-Expires", "RSeq"}
        values = ("x;y=z", "<sip:a@example.com>", "SIP/2.0/UDP a", 'Digest realm="a"')
        names = sorted(set(once) - unread)
        files = [self.write(f"{name}.{i}", messages.lines("OPTIONS sip:a SIP/2.0", f"{name}: {value}", ""))
                 for name in names for i, value in enumerate(values)]
        said = command.json_lines(command.run("parse", "--json", *files).stdout)
        for name in names:
            path = name.lower().replace("-", "_")
            fields = [field["name"] for _ in values for field in said.pop(0)["fields"]]
            numbered = {field.startswith(path + "[") for field in fields if field.startswith((path + "[", path + "."))}
            self.assertEqual(numbered, {once[name] == "false"}, name)

    def test_are_in_the_readable_output_too(self):
        done = command.run("parse", self.write("message", MESSAGE))
        self.assertRegex(done.stdout.decode(), r"(?m)^ +\d+ +\d+  from\.uri\.user  alice$")


class Policy(case.Case):
    def status(self, *options):
        return self.parsed(MESSAGE, *options)["status"]

    def test_every_leniency_is_a_switch(self):
        self.assertEqual(self.status(), "ok")
        self.assertEqual(self.status("--refuse", "uri.two_at"), "malformed")
        self.assertEqual(self.status("--profile", "strict"), "malformed")
        both = ["--accept", "uri.two_at", "--accept", "max_forwards.range"]
        self.assertEqual(self.status("--profile", "strict", *both[:2]), "malformed")
        self.assertEqual(self.status("--profile", "strict", *both), "ok")

    def test_a_wrong_name_is_said(self):
        done = command.run("parse", "--accept", "uri.too_at", "x")
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr.decode(), r"^sipward: .*'uri\.too_at'.*\n$")
