"""Messages: views, values, bodies, edits, anomalies, streams, numbers."""

import gc
import sys
import unittest

import sipward
from samples import INVITE, OK, SDP, SCANNER
from sipward import edit


class Views(unittest.TestCase):
    def test_nothing_is_copied(self):
        data = bytearray(INVITE)
        message = sipward.Message(data)
        tag, body = message.from_.tag, message.body
        self.assertEqual((tag, bytes(body)), ("1928301774", SDP))
        data[tag.offset] = ord("9")
        data[-2] = ord("!")
        self.assertEqual(str(tag), "9928301774")
        self.assertEqual(bytes(body)[-2:-1], b"!")
        self.assertTrue(body.readonly and tag.view.readonly)

    def test_a_message_keeps_its_bytes(self):
        message = sipward.Message(bytes(bytearray(INVITE)))
        host = message.vias[1].host
        gc.collect()
        self.assertEqual(host, "[2001:db8::9]")
        message.parse(OK)
        self.assertEqual(host, "[2001:db8::9]")
        message.close()
        gc.collect()
        self.assertEqual(host, "[2001:db8::9]")
        data = bytearray(INVITE)
        held = sipward.Message(data)
        with self.assertRaises(BufferError):
            data.clear()
        held.close()
        del held
        gc.collect()
        data.clear()

    def test_parts_outlive_what_they_are_parts_of(self):
        """A URI is a part of an address, which nobody holds here."""
        uris = [sipward.Message(INVITE).from_.uri for _ in range(100)]
        gc.collect()
        self.assertEqual({(str(uri.host), str(uri.user), str(uri.parameter("transport"))) for uri in uris}, {("example.com", "alice", "udp")})

    def test_slices_compare_and_convert(self):
        message = sipward.Message(INVITE)
        method = message.method
        self.assertEqual((str(method), bytes(method), len(method), method.offset), ("INVITE", b"INVITE", 6, 0))
        self.assertTrue(method == b"INVITE" and method == "INVITE" and method == message.cseq.method and method != "invite" and method != 5)
        self.assertEqual(method.view.obj, INVITE)
        with self.assertRaises(TypeError):
            hash(method)
        raw = INVITE.replace(b"Alice", b"Al\xffce")
        self.assertEqual(str(sipward.Message(raw).from_.display).encode("utf-8", "surrogateescape"), b'"Al\xffce"')

    def test_what_is_stale_says_so(self):
        message = sipward.Message(INVITE)
        via = message.vias[0]
        self.assertEqual([str(each.name) for each in via.parameters()], ["branch", "rport"])
        message.parse(OK)
        self.assertEqual(via.branch, "z9hG4bK776asdhds")
        with self.assertRaises(sipward.ClosedError):
            list(via.parameters())


class Values(unittest.TestCase):
    def setUp(self):
        self.message = sipward.parse(INVITE)

    def test_the_start_line(self):
        line = self.message.start_line
        self.assertEqual((line.kind, line.method, line.request_uri, line.version, line.reason, line.status_code), (sipward.Kind.REQUEST, "INVITE", "sip:bob@example.com", "SIP/2.0", None, None))
        answer = sipward.parse(OK)
        self.assertEqual((answer.kind, answer.status_code, answer.start_line.reason, answer.method, answer.request_uri), (sipward.Kind.RESPONSE, 200, "OK", None, None))

    def test_headers(self):
        headers = self.message.headers
        self.assertEqual(len(headers), 12)
        self.assertEqual((headers[4].name, headers[4].known, headers[4].folded), ("t", "To", False))
        self.assertEqual(self.message["to"], "<tel:+493012345678>")
        self.assertIn("f", self.message)
        self.assertNotIn("Route", self.message)
        self.assertIsNone(self.message.get("Route"))
        with self.assertRaises(KeyError):
            self.message["Route"]

    def test_addresses(self):
        caller = self.message.from_
        self.assertEqual((caller.display, caller.uri.user, caller.uri.password, caller.uri.host, caller.uri.headers, caller.in_brackets), ('"Alice"', "alice", "secret", "example.com", "x=y", True))
        self.assertEqual(caller.uri.parameter("transport"), "udp")
        self.assertIsNone(caller.uri.parameter("lr"))
        self.assertEqual((self.message.to.uri.scheme_id, self.message.to.uri.user), (sipward.Scheme.TEL, "+493012345678"))
        (contact,) = self.message.contacts
        self.assertEqual((contact.parameter("Q"), contact.uri.port_number), ("0.5", None))
        self.assertEqual(self.message.request_uri.host, "example.com")
        self.assertEqual(self.message.addresses("Route"), [])
        with self.assertRaises(sipward.ArgumentError):
            self.message.addresses("Max-Forwards")

    def test_vias_and_numbers(self):
        first, second = self.message.vias
        self.assertEqual((first.transport, first.port_number, first.rport, first.received), ("UDP", 5060, "", None))
        self.assertEqual(first.parameter("rport"), "")
        self.assertEqual((second.host_kind, second.port_number), (sipward.HostKind.IPV6, 5070))
        self.assertEqual((self.message.cseq.number, self.message.number("Max-Forwards"), self.message.number("Expires")), (314159, 70, None))

    def test_every_kind_of_value(self):
        extra = (
            b"Authorization: Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", response=\"0\"\r\nAccept: application/sdp;q=1, text/plain\r\n"
            b"Reason: Q.850;cause=16;text=\"bye\"\r\nReplaces: a@b;to-tag=1;from-tag=2;early-only\r\nRAck: 1 2 INVITE\r\nSession-Expires: 90;refresher=uac\r\n"
            b"Date: Sat, 13 Nov 2010 23:29:00 GMT\r\nEvent: presence.winfo;id=7\r\nSubscription-State: active;expires=60\r\nResource-Priority: ets.0\r\n"
            b"Warning: 307 example.com \"hm\"\r\nRetry-After: 5 (busy);duration=3600\r\nIdentity: a.b.c;info=<https://x.example/c.pem>;alg=ES256;ppt=shaken\r\n"
        )
        message = sipward.Message(INVITE.replace(b"Max-Forwards: 70\r\n", b"Max-Forwards: 70\r\n" + extra))
        message.validate()
        self.assertEqual(message.digests("Authorization")[0].realm, "r")
        self.assertEqual([each.value for each in message.items("Allow")], ["INVITE", "ACK"])
        self.assertEqual([each.subtype for each in message.media_types("Accept")], ["sdp", "plain"])
        self.assertEqual((message.reasons[0].protocol, message.reasons[0].cause, message.reasons[0].text), ("Q.850", 16, "bye"))
        self.assertEqual((message.dialog("Replaces").to_tag, message.dialog("Replaces").early_only), ("1", True))
        self.assertEqual((message.rack.rseq, message.rack.cseq, message.rack.method), (1, 2, "INVITE"))
        self.assertEqual((message.session_timer().seconds, message.session_timer().refresher), (90, sipward.Refresher.UAC))
        self.assertEqual(message.date, 1289690940)
        self.assertEqual((message.events()[0].package, message.events()[0].event_template, message.events()[0].id), ("presence", "winfo", "7"))
        self.assertEqual((message.subscription.state, message.subscription.expires, message.subscription.retry_after), ("active", 60, None))
        self.assertEqual((message.resource_priorities[0].name_space, message.resource_priorities[0].priority), ("ets", "0"))
        self.assertEqual((message.warnings[0].code, message.warnings[0].text), (307, "hm"))
        self.assertEqual((message.retry_after.seconds, message.retry_after.duration, message.retry_after.comment), (5, 3600, "busy"))
        self.assertEqual((message.identities[0].info, message.identities[0].ppt), ("https://x.example/c.pem", "shaken"))
        self.assertEqual([(each.name, each.comment) for each in message.products()], [("Phone", None), (None, "a comment")])
        self.assertEqual(message.call_id, "a84b4c76e66710@192.0.2.1")

    def test_nothing_parsed_is_nothing(self):
        empty = sipward.Message()
        self.assertEqual((empty.ok, empty.method, empty.body, empty.from_, empty.vias, empty.headers, empty.anomalies, empty.date), (False, None, None, None, [], [], [], None))
        self.assertEqual(bytes(empty.data), b"")
        self.assertFalse(empty.validate())


class Bodies(unittest.TestCase):
    def test_a_session_description(self):
        message = sipward.Message(INVITE)
        self.assertEqual((message.body_info.kind, message.body_info.subtype), (sipward.BodyKind.SDP, "sdp"))
        self.assertEqual((message.sdp.address, message.sdp.media_count, message.sdp.name), ("192.0.2.1", 1, "call"))
        (media,) = message.sdp_media
        self.assertEqual((media.type, media.port_number, media.direction), ("audio", 49170, sipward.MediaDirection.SENDONLY))
        self.assertEqual([str(each.value) for each in message.sdp_bandwidths], ["64"])
        index = {each.id: at for at, each in enumerate(message.sdp_attributes)}
        ids = sipward.AttributeId
        self.assertEqual(message.sdp_rtpmap(index[ids.RTPMAP]).encoding, "PCMA")
        self.assertEqual(message.sdp_fmtp(index[ids.FMTP]).parameters, "0-16")
        self.assertEqual(message.sdp_fingerprint(index[ids.FINGERPRINT]).hash, "sha-256")
        self.assertEqual(message.sdp_setup(index[ids.SETUP]).role, sipward.Setup.ACTIVE)
        self.assertEqual(message.sdp_candidate(index[ids.CANDIDATE]).type, "host")
        crypto = message.sdp_crypto(index[ids.CRYPTO])
        self.assertEqual(crypto.suite, "AES_CM_128_HMAC_SHA1_80")
        for record in (crypto, message.sdp, message.sdp_attributes[index[ids.CRYPTO]]):
            self.assertNotIn("d0RmdmcmVC", repr(record))
        with self.assertRaises(sipward.ArgumentError):
            message.sdp_crypto(index[ids.RTPMAP])
        self.assertIsNone(message.sdp_rtpmap(999))

    def test_parts_and_text(self):
        body = b"--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\nContent-Type: application/sdp\r\n\r\n" + SDP + b"\r\n--b--\r\n"
        message = sipward.Message(OK.replace(b"Content-Length: 0\r\n\r\n", b"Content-Type: multipart/mixed;boundary=b\r\nContent-Length: %d\r\n\r\n" % len(body)) + body)
        self.assertEqual([(part.kind, part.depth, part.parent) for part in message.parts], [(sipward.BodyKind.TEXT, 1, None), (sipward.BodyKind.SDP, 1, None)])
        self.assertEqual((message.text.text, message.text.charset), ("hello", sipward.Charset.UTF8))
        self.assertEqual(bytes(message.parts[1].body.view), SDP)


class Errors(unittest.TestCase):
    def test_bad_messages_name_an_anomaly(self):
        with self.assertRaises(sipward.MalformedError) as caught:
            sipward.parse(INVITE.replace(b"SIP/2.0\r\nVia", b"SIP/3.0\r\nVia", 1))
        self.assertEqual((caught.exception.anomaly.name, caught.exception.message.method), ("start.version", "INVITE"))
        self.assertIn("start.version at byte", str(caught.exception))
        with self.assertRaises(sipward.LimitError) as caught:
            sipward.parse(INVITE, sipward.ParseOptions(headers=3))
        self.assertEqual(caught.exception.anomaly.info.anomaly_class, sipward.AnomalyClass.LIMIT)
        with self.assertRaises(sipward.MessageError):
            sipward.parse(b"")

    def test_options_and_policies(self):
        bare = OK.replace(b"\r\n", b"\n")
        self.assertTrue(sipward.Message(bare).ok)
        self.assertIn("line.bare_lf", [each.name for each in sipward.Message(bare).anomalies])
        strict = sipward.ParseOptions(profile=sipward.Profile.STRICT)
        self.assertEqual(sipward.Message(bare, strict).error.name, "line.bare_lf")
        lenient = sipward.ParseOptions(profile=sipward.Profile.STRICT, policy=sipward.Policy(accept=["line.bare_lf"]))
        self.assertTrue(sipward.Message(bare, lenient).ok)
        for accept, words in (("nonsense", "no such anomaly"), ("start.version", "cannot be accepted")):
            with self.assertRaisesRegex(sipward.ArgumentError, words):
                sipward.Policy(accept=[accept])
        with self.assertRaises(TypeError):
            sipward.Policy(accept="line.bare_lf")
        with self.assertRaises(ValueError):
            sipward.Message(OK, sipward.ParseOptions(headers=-1))

    def test_anomalies_are_described(self):
        known = {info.name: info for info in sipward.anomalies()}
        self.assertGreater(len(known), 80)
        self.assertTrue(known["start.version"].refused_in_tolerant and known["start.version"].sentence)


class Edits(unittest.TestCase):
    def test_edits_are_made(self):
        message = sipward.Message(INVITE.replace(b"Max-Forwards", b"P-Asserted-Identity: <sip:x@y>\r\nMax-Forwards"))
        written = sipward.parse(message.write([
            edit.add("Via", "SIP/2.0/UDP 203.0.113.1;branch=z9hG4bKnew", sipward.Place.TOP), edit.set("Max-Forwards", "69"), edit.replace("User-Agent", b"Other"),
            edit.remove("Allow"), edit.request_uri("sip:carol@example.com"), edit.body("hi", "text/plain"), edit.strip(),
        ]))  # fmt: skip
        self.assertEqual((len(written.vias), written.vias[0].host, written.number("Max-Forwards"), written["User-Agent"]), (3, "203.0.113.1", 69, "Other"))
        self.assertEqual((written.request_uri.user, bytes(written.body), written.number("Content-Length")), ("carol", b"hi", 2))
        self.assertFalse("Allow" in written or "P-Asserted-Identity" in written)

    def test_without_edits_it_is_the_same(self):
        for data in (INVITE, OK, SCANNER):
            self.assertEqual(sipward.Message(data).write(), data)
        self.assertIn(b"\r\nTo: <tel", sipward.Message(INVITE).write(normal=True))

    def test_an_answer_gets_another_status(self):
        self.assertTrue(sipward.Message(OK).write([edit.status(486, "Busy Here")]).startswith(b"SIP/2.0 486 Busy Here\r\n"))

    def test_what_cannot_be_done_says_which_and_why(self):
        message = sipward.Message(INVITE)
        for wrong, problem in (
            (edit.add("Content-Length", "1"), sipward.EditProblem.CONTENT_LENGTH), (edit.add("X", "a\r\nEvil: b"), sipward.EditProblem.VALUE),
            (edit.add("no token", "x"), sipward.EditProblem.NAME), (edit.status(200, "OK"), sipward.EditProblem.START_LINE),
            (edit.remove("Call-ID"), sipward.EditProblem.MANDATORY), (edit.replace("X", "y", sipward.Which.LINE, 99), sipward.EditProblem.LINE),
        ):  # fmt: skip
            with self.assertRaises(sipward.EditError) as caught:
                message.write([edit.set("Subject", "x"), wrong])
            self.assertEqual((caught.exception.problem, caught.exception.edit), (problem, 1), wrong)
            self.assertIn("edit 1: ", str(caught.exception))
        with self.assertRaises(TypeError):
            message.write(["x"])
        with self.assertRaises(sipward.EditError):
            message.write([edit.remove("X")] * 65)
        with self.assertRaises(sipward.EditError):
            sipward.Message().write()


class Streams(unittest.TestCase):
    def test_a_stream_is_cut(self):
        stream = (INVITE + OK) * 3
        for step in (1, 7, 1000, len(stream)):
            with sipward.Framer() as framer:
                found = [message for at in range(0, len(stream), step) for message in framer.feed(stream[at : at + step])]
                self.assertEqual(found, [INVITE, OK] * 3)
                self.assertEqual(framer.pending, 0)

    def test_what_cannot_be_cut_is_told_behind_what_can(self):
        framer = sipward.Framer()
        self.assertEqual(framer.feed(OK + OK.replace(b"Content-Length: 0", b"Content-Length: x")), [OK])
        self.assertIsNotNone(framer.error)
        for _ in range(2):
            with self.assertRaises(sipward.MalformedError) as caught:
                framer.feed(OK)
            self.assertEqual(caught.exception.anomaly, framer.error)
        small = sipward.Framer(100)
        with self.assertRaises(sipward.LimitError):
            small.feed(INVITE)

    def test_small_limits_take_large_chunks(self):
        framer = sipward.Framer(len(OK) + 10)
        self.assertEqual(framer.feed(OK * 50), [OK] * 50)
        framer.feed(OK[:20])
        self.assertEqual(framer.pending, 20)


class Numbers(unittest.TestCase):
    def test_numbers(self):
        info = sipward.lookup_number("+49 151 23456789".replace(" ", "-"))
        self.assertEqual((info.type, info.type_name, info.country, info.region, info.calling_code, info.valid), (sipward.NumberType.MOBILE, "mobile", "DE", "europe", "49", True))
        self.assertEqual(sipward.lookup_number("nonsense").type, sipward.NumberType.NONE)

    def test_numbers_have_one_form(self):
        for text in ("+49 (0)151 23456789;ext=1", "0151/23456789", "tel:+49-151-23456789", "004915123456789"):
            self.assertEqual(sipward.canonical_number(text, "DE"), "4915123456789", text)
        self.assertEqual(sipward.canonical_number("0151 23456789"), "015123456789")
        self.assertEqual(sipward.canonical_number("110", "49"), "110")
        self.assertEqual(sipward.canonical_number("alice", "DE"), "")
        with self.assertRaises(sipward.ArgumentError):
            sipward.canonical_number("110", "Germany")
        self.assertEqual((sipward.country_of("+49"), sipward.country_of("FR"), sipward.country_of("x")), ("DE", "FR", ""))


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
