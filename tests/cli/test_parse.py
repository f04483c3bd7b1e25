import os
import random
import tempfile
import unittest

import command
import messages


class ParseCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, contents):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(contents)
        return path

    def parse(self, contents, *options, code=0):
        path = self.write("message", contents)
        done = command.run("parse", "--json", *options, path)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.returncode, code, done.stdout)
        return command.json_lines(done.stdout)


class Keys(ParseCase):
    def check_keys(self, message):
        self.assertEqual(list(message), command.PARSE_KEYS)
        for address in [message["from"], message["to"], *message["contact"]]:
            if address is not None:
                self.assertEqual(list(address), command.ADDRESS_KEYS)
        for via in message["via"]:
            self.assertEqual(list(via), command.VIA_KEYS)
        for header in message["headers"]:
            self.assertEqual(list(header), ["name", "value", "offset", "length"])
        for anomaly in message["anomalies"]:
            self.assertEqual(list(anomaly), ["name", "class", "offset"])
        if message["cseq"] is not None:
            self.assertEqual(list(message["cseq"]), ["number", "method"])

    def test_are_the_same_whatever_the_message_is(self):
        for contents, code in [(messages.INVITE, 0), (messages.RINGING, 0), (b"", 1), (b"\0", 1),
                               (b"hello world\r\n\r\n", 1), (messages.REGISTER_ALL_AWAY, 0)]:
            [message] = self.parse(contents, code=code)
            self.check_keys(message)

    def test_are_the_same_of_an_unfinished_message(self):
        [message] = self.parse(messages.INVITE[:-1], "--stream", code=1)
        self.check_keys(message)


class Values(ParseCase):
    def test_of_a_request(self):
        [message] = self.parse(messages.INVITE)
        self.assertEqual(message["status"], "ok")
        self.assertIsNone(message["error"])
        self.assertEqual(message["kind"], "request")
        self.assertEqual(message["method"], "INVITE")
        self.assertEqual(message["request_uri"], "sip:bob@example.com")
        self.assertIsNone(message["status_code"])
        self.assertIsNone(message["reason"])
        self.assertEqual(message["call_id"], "a84b4c76e66710@192.0.2.1")
        self.assertEqual(message["cseq"], {"number": 314159, "method": "INVITE"})
        self.assertEqual(message["max_forwards"], 70)
        self.assertEqual(message["content_length"], 4)

    def test_of_a_response(self):
        [message] = self.parse(messages.RINGING)
        self.assertEqual(message["kind"], "response")
        self.assertIsNone(message["method"])
        self.assertIsNone(message["request_uri"])
        self.assertEqual(message["status_code"], 180)
        self.assertEqual(message["reason"], "Ringing there")
        self.assertEqual(message["cseq"]["method"], "INVITE")
        self.assertIsNone(message["max_forwards"])
        self.assertEqual(message["contact"], [])

    def test_of_addresses_are_as_written(self):
        [message] = self.parse(messages.INVITE)
        self.assertEqual(message["from"], {
            "display": '"Alice \\"A\\" \\\\ B"', "uri": "sip:alice@192.0.2.1:5062", "user": "alice",
            "host": "192.0.2.1", "port": 5062, "tag": "88sja8x",
            "params": [{"name": "tag", "value": "88sja8x"}, {"name": "x", "value": None}]})
        self.assertEqual(message["to"], {
            "display": "Bob", "uri": "sips:bob@example.com", "user": "bob", "host": "example.com",
            "port": None, "tag": None, "params": []})

    def test_of_contacts(self):
        [message] = self.parse(messages.INVITE)
        first, second = message["contact"]
        self.assertEqual(first["params"], [{"name": "expires", "value": "60"}])
        self.assertEqual((second["display"], second["host"], second["port"]),
                         ('"D"', "[2001:db8::1]", 5070))

    def test_of_a_star(self):
        [message] = self.parse(messages.REGISTER_ALL_AWAY)
        self.assertEqual(message["contact"], [{
            "display": None, "uri": "*", "user": None, "host": None, "port": None, "tag": None,
            "params": []}])

    def test_of_vias_include_the_compact_form(self):
        [message] = self.parse(messages.INVITE)
        self.assertEqual(message["via"], [
            {"transport": "UDP", "host": "192.0.2.1", "port": 5062, "branch": "z9hG4bKa7c6",
             "params": [{"name": "branch", "value": "z9hG4bKa7c6"},
                        {"name": "rport", "value": None}]},
            {"transport": "TCP", "host": "[2001:db8::9]", "port": None, "branch": "z9hG4bKb1",
             "params": [{"name": "branch", "value": "z9hG4bKb1"}]}])

    def test_of_headers_stand_where_they_say(self):
        [message] = self.parse(messages.INVITE)
        self.assertEqual(len(message["headers"]), 11)
        for header in message["headers"]:
            end = header["offset"] + header["length"]
            self.assertEqual(messages.INVITE[header["offset"]:end],
                             command.original_bytes(header["value"]))
        names = [header["name"] for header in message["headers"]]
        self.assertEqual(names[:2], ["Via", "v"])
        self.assertEqual(message["headers"][8]["value"], "one\r\n  two")

    def test_of_the_body(self):
        [message] = self.parse(messages.INVITE)
        self.assertEqual(message["body"], {"offset": len(messages.INVITE) - 4, "length": 4})


class Anomalies(ParseCase):
    def test_have_a_name_a_class_and_a_place(self):
        contents = messages.INVITE.replace(b"Subject: one", b"Subject:  one", 1)
        [message] = self.parse(contents)
        [fold] = [a for a in message["anomalies"] if a["name"] == "header.fold"]
        self.assertEqual(fold["class"], "suspicious")
        self.assertLess(fold["offset"], len(contents))

    def test_refuse_in_strict_what_tolerant_accepts(self):
        contents = messages.RINGING.replace(b"CSeq: 314159", b"CSeq: 4294967296")
        [message] = self.parse(contents)
        self.assertIn("cseq.overflow", [a["name"] for a in message["anomalies"]])
        self.assertIsNone(message["cseq"]["number"])
        [message] = self.parse(contents, "--profile", "strict", code=1)
        self.assertEqual(message["status"], "malformed")
        self.assertEqual(message["error"]["name"], "cseq.overflow")
        self.assertGreater(message["error"]["offset"], 0)
        self.assertEqual(message["call_id"], "a84b4c76e66710@192.0.2.1")

    def test_of_a_limit_are_a_status_of_their_own(self):
        via = b"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\r\n"
        contents = messages.RINGING.replace(b"From:", via * 80 + b"From:", 1)
        [message] = self.parse(contents, code=1)
        self.assertEqual(message["status"], "limit")
        self.assertEqual(message["error"]["name"], "via.too_many")

    def test_of_a_datagram_that_is_too_long(self):
        [message] = self.parse(messages.RINGING + b"x" * 70000, code=1)
        self.assertEqual((message["status"], message["error"]["name"]),
                         ("limit", "message.too_long"))


class Escapes(ParseCase):
    def display_of(self, display):
        [message] = self.parse(messages.with_display(b'"' + display + b'"'), code=0)
        return message["from"]["display"]

    def test_leave_valid_text_alone(self):
        text = '"Zo\u00eb \u96fb\u8a71 \U0001f4de \\" \\\\"'
        [message] = self.parse(messages.with_display(text.encode()))
        self.assertEqual(message["from"]["display"], text)

    def test_give_every_invalid_byte_a_private_character(self):
        self.assertEqual(self.display_of(b"\xff\x80"), '"\uf7ff\uf780"')
        self.assertEqual(self.display_of(b"\xc0\xaf"), '"\uf7c0\uf7af"')
        self.assertEqual(self.display_of(b"\xed\xa0\x80"), '"\uf7ed\uf7a0\uf780"')

    def test_do_not_confuse_a_private_character_with_a_byte(self):
        real = "\uf7ff".encode()
        self.assertEqual(self.display_of(real), '"\uf7ef\uf79f\uf7bf"')
        self.assertEqual(command.original_bytes(self.display_of(real)), b'"' + real + b'"')

    def test_keep_terminals_safe_in_the_raw_line(self):
        path = self.write("message", messages.with_display(b'"\x1b[31m \x7f \xc2\x9b \xe2\x80\xae"'))
        done = command.run("parse", "--json", path)
        raw = done.stdout.decode()
        self.assertTrue(command.is_harmless(raw))
        self.assertNotIn("\u202e", raw)
        [message] = command.json_lines(done.stdout)
        self.assertEqual(message["from"]["display"], '"\x1b[31m \x7f \x9b \u202e"')

    def test_are_reversible_for_random_bytes(self):
        dice = random.Random(5)
        alphabet = [bytes([b]) for b in range(256) if b not in b'\r\n'] + [
            "\uf7ff".encode(), "\uf780".encode(), "\uf77f".encode(), "\uf800".encode(), "é".encode()]
        files = []
        for number in range(200):
            noise = b"".join(dice.choice(alphabet) for _ in range(dice.randrange(1, 60)))
            files.append(self.write(f"m{number}", messages.RINGING.replace(
                b"CSeq:", b"X-Noise: a" + noise + b"z\r\nCSeq:", 1)))
        done = command.run("parse", "--json", *files)
        lines = command.json_lines(done.stdout)
        self.assertEqual(len(lines), len(files))
        checked = 0
        for path, message in zip(files, lines):
            with open(path, "rb") as file:
                contents = file.read()
            for header in message["headers"]:
                end = header["offset"] + header["length"]
                self.assertEqual(contents[header["offset"]:end],
                                 command.original_bytes(header["value"]))
                checked += header["name"] == "X-Noise"
        self.assertEqual(checked, len(files))

    def test_of_a_file_name(self):
        name = b"\xff\x1b.sip"
        path = os.path.join(self.folder.name.encode(), name)
        with open(path, "wb") as file:
            file.write(messages.RINGING)
        done = command.run("parse", "--json", path)
        [message] = command.json_lines(done.stdout)
        self.assertEqual(command.original_bytes(message["file"]), path)


class Streams(ParseCase):
    def test_hold_many_messages_and_offsets_count_from_the_file(self):
        contents = messages.RINGING + b"\r\n\r\n" + messages.INVITE + messages.RINGING
        found = self.parse(contents, "--stream")
        self.assertEqual([m["kind"] for m in found], ["response", "request", "response"])
        for message in found:
            for header in message["headers"]:
                end = header["offset"] + header["length"]
                self.assertEqual(contents[header["offset"]:end],
                                 command.original_bytes(header["value"]))
        body = found[1]["body"]
        self.assertEqual(contents[body["offset"]:body["offset"] + 4], b"body")

    def test_longer_than_the_buffer_of_the_framer(self):
        body = b"x" * 300_000
        one = messages.RINGING.replace(b"Content-Length: 0", b"Content-Length: 300000") + body
        found = self.parse(one * 9, "--stream")
        self.assertEqual([m["body"]["offset"] for m in found],
                         [(i + 1) * len(one) - len(body) for i in range(9)])

    def test_that_end_in_a_message_are_incomplete(self):
        found = self.parse(messages.RINGING + messages.INVITE[:-2], "--stream", code=1)
        self.assertEqual([m["status"] for m in found], ["ok", "incomplete"])
        self.assertIsNone(found[1]["error"])
        self.assertIsNone(found[1]["call_id"])

    def test_that_cannot_be_cut_are_malformed_from_there(self):
        bad = messages.INVITE.replace(b"Content-Length: 4", b"Content-Length: four")
        found = self.parse(messages.RINGING + bad + messages.RINGING, "--stream", code=1)
        self.assertEqual([m["status"] for m in found], ["ok", "malformed"])
        self.assertEqual(found[1]["error"]["name"], "content_length.not_digits")
        self.assertGreater(found[1]["error"]["offset"], len(messages.RINGING))
        self.assertEqual(found[1]["method"], "INVITE")

    def test_with_a_message_beyond_the_limit(self):
        big = messages.RINGING.replace(b"Content-Length: 0", b"Content-Length: 2000000")
        found = self.parse(big, "--stream", code=1)
        self.assertEqual([(m["status"], m["error"]["name"]) for m in found],
                         [("limit", "message.too_long")])

    def test_that_are_empty_hold_no_message(self):
        self.assertEqual(self.parse(b"", "--stream"), [])
        self.assertEqual(self.parse(b"\r\n\r\n", "--stream"), [])


class Files(ParseCase):
    def test_that_cannot_be_read_do_not_stop_the_others(self):
        good = self.write("good", messages.RINGING)
        missing = os.path.join(self.folder.name, "missing")
        done = command.run("parse", "--json", missing, self.folder.name, good)
        self.assertEqual(done.returncode, 2)
        self.assertEqual([m["file"] for m in command.json_lines(done.stdout)], [good])
        first, second = done.stderr.decode().splitlines()
        self.assertIn("missing: No such file or directory", first)
        self.assertIn("Is a directory", second)

    def test_one_that_is_not_ok_is_exit_1(self):
        good = self.write("good", messages.RINGING)
        bad = self.write("bad", b"nonsense")
        self.assertEqual(command.run("parse", "--json", good, bad, good).returncode, 1)

    def test_may_be_the_standard_input(self):
        done = command.run("parse", "--json", "-", stdin=messages.RINGING)
        [message] = command.json_lines(done.stdout)
        self.assertEqual((message["file"], message["status"]), ("-", "ok"))


class ReadableForm(ParseCase):
    def test_names_fields_headers_and_anomalies(self):
        path = self.write("message", messages.INVITE)
        done = command.run("parse", path)
        self.assertEqual(done.returncode, 0)
        text = done.stdout.decode()
        for expected in ["INVITE sip:bob@example.com SIP/2.0", "a84b4c76e66710@192.0.2.1",
                         "314159 INVITE", "header.fold (suspicious)", "Max-Forwards", "4 bytes"]:
            self.assertIn(expected, text)

    def test_never_sends_a_control_character(self):
        path = self.write("message", messages.with_display(
            b'"\x1b]0;owned\x07 \xc2\x9b31m \xe2\x80\xae \xff\x00"'))
        done = command.run("parse", path)
        text = done.stdout.decode("utf-8", errors="strict")
        self.assertTrue(command.is_harmless(text))
        self.assertIn("\\x1b]0;owned\\x07", text)
        self.assertIn("\\u{202e}", text)
        self.assertIn("\\xff", text)

    def test_says_that_a_message_is_unfinished(self):
        path = self.write("message", messages.INVITE[:-1])
        done = command.run("parse", "--stream", path)
        self.assertEqual(done.returncode, 1)
        self.assertIn("incomplete", done.stdout.decode())


if __name__ == "__main__":
    unittest.main()
