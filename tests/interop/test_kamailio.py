"""Calls through Kamailio's secsipid module: it signs and we verify, we sign and it verifies, and one call through both."""

import contextlib
import pathlib
import tempfile
import time
import unittest

import kamailio
import peers
import sip


def reaches(caller, callee, port, call, *, value=None):
    """The status of an INVITE sent to a proxy."""
    extra = [f"Identity: {value}"] if value else []
    caller.send(sip.request("INVITE", f"sip:{call[1]}@127.0.0.1:{callee.port}", caller.port, call, extra=extra), port)
    return sip.status(caller.answer())


class Tap:
    """Stands between two proxies: changes an INVITE if it shall, writes it down, and passes all on."""

    def __init__(self, folder):
        self.folder = folder
        self.next = None
        self.change = lambda text: text

    def __call__(self, endpoint, text):
        if sip.method(text) == "INVITE":
            text = self.change(text)
            peers.write(self.folder / "INVITE.sip", text)
        endpoint.send(text, self.next)


@unittest.skipUnless(kamailio.INSTALLED, kamailio.MISSING)
class Calls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.opened = contextlib.ExitStack()
        cls.addClassCleanup(cls.opened.close)
        cls.folder = pathlib.Path(cls.opened.enter_context(tempfile.TemporaryDirectory()))
        cls.pki = peers.make_pki(cls.folder / "pki")
        cache = cls.folder / "cache"
        cache.mkdir()
        # As it stores what it fetched, so that nothing is fetched.
        (cache / peers.X5U.replace("://", "_").replace("/", "_")).write_bytes((cls.pki / "spc.chain.pem").read_bytes())
        cls.tap = Tap(cls.folder)
        between = cls.opened.enter_context(sip.Endpoint(cls.tap))

        def start(name, **definitions):
            return cls.opened.enter_context(kamailio.Kamailio(cls.folder / name, **definitions))
        cls.signer = start("signer", SIGN=1, KEY=cls.pki / "spc.key", X5U=peers.X5U, NEXT=f"sip:127.0.0.1:{between.port}")
        cls.by_file = start("by_file", CERT=cls.pki / "spc.chain.pem", CACHE=cache)
        cls.by_url = start("by_url", CERT="", CACHE=cache)

    def setUp(self):
        self.tap.next = self.by_file.port
        self.tap.change = lambda text: text
        opened = contextlib.ExitStack()
        self.addCleanup(opened.close)
        self.caller = opened.enter_context(sip.Endpoint())
        self.callee = opened.enter_context(sip.Endpoint(sip.answer_calls))
        self.call = (peers.ORIG, peers.DEST, self.id().rpartition(".")[2])

    def invite(self, port, value=None, name=""):
        orig, dest, call_id = self.call
        return reaches(self.caller, self.callee, port, (orig, dest, call_id + name), value=value)

    def seen(self):
        """What we say of the request that passed the tap."""
        return peers.sipward_verify_message(self.pki, self.folder / "INVITE.sip")

    def test_a_whole_call_that_one_signs_and_the_other_verifies(self):
        for verifier in (self.by_file, self.by_url):
            with self.subTest(verifier.folder.name):
                self.tap.next = verifier.port
                self.whole_call(verifier.folder.name)

    def whole_call(self, name):
        call = (peers.ORIG, peers.DEST, self.call[2] + name)
        target = f"sip:{peers.DEST}@127.0.0.1:{self.callee.port}"
        self.caller.send(sip.request("INVITE", target, self.caller.port, call), self.signer.port)
        answer = self.caller.answer()
        self.assertEqual(sip.status(answer), 200)
        said = self.seen()
        self.assertEqual((said["reason"], said["flags"], said["attest"], said["spc"], said["verstat"]),
                         ("OK", ["DATE_MISSING"], "A", "709J", "TN-Validation-Passed"))

        route = [f"Route: {value}" for value in reversed(sip.header(answer, "Record-Route"))]
        self.assertEqual(len(route), 2)
        contact = sip.header(answer, "Contact")[0].strip("<>")
        to = sip.header(answer, "To")[0]
        self.caller.send(sip.request("ACK", contact, self.caller.port, call, to=to, extra=route), self.signer.port)
        self.callee.wait(lambda text: sip.method(text) == "ACK")
        self.caller.send(sip.request("BYE", contact, self.caller.port, call, cseq=2, to=to, extra=route), self.signer.port)
        answer = self.caller.wait(lambda text: sip.header(text, "CSeq") == ["2 BYE"])
        self.assertEqual(sip.status(answer), 200)

    def test_a_token_that_is_changed_on_the_way_is_noticed_by_both(self):
        def change(text):
            value = sip.header(text, "Identity")[0]
            return text.replace(value, peers.spoiled(value))
        self.tap.change = change
        self.assertEqual(self.invite(self.signer.port), 438)
        self.assertEqual(self.seen()["reason"], "SIG_INVALID")

    def test_another_caller_with_the_same_token_is_noticed_by_us_alone(self):
        self.tap.change = lambda text: text.replace(f"From: <sip:{peers.ORIG}@", "From: <sip:12155559999@")
        self.assertEqual(self.invite(self.signer.port), 200)
        self.assertEqual(self.seen()["reason"], "ORIG_MISMATCH")

    def test_what_we_sign_is_let_through(self):
        for verifier in (self.by_file, self.by_url):
            with self.subTest(verifier.folder.name):
                value = peers.sipward_sign(self.pki)
                self.assertEqual(self.invite(verifier.port, value, verifier.folder.name), 200)
                arrived = self.callee.wait(lambda text: sip.method(text) == "INVITE")
                self.assertEqual(sip.header(arrived, "Identity"), [value])

    def test_what_we_would_refuse_is_refused(self):
        bad = {"changed": peers.spoiled(peers.sipward_sign(self.pki)),
               "old": peers.sipward_sign(self.pki, "--now", int(time.time()) - 2 * peers.WINDOW),
               "none": None}
        for name, value in bad.items():
            with self.subTest(name):
                for verifier in (self.by_file, self.by_url):
                    self.assertEqual(self.invite(verifier.port, value, name + verifier.folder.name), 438)

    def test_no_child_died_or_hung(self):
        for proxy in (self.signer, self.by_file, self.by_url):
            self.assertIsNone(proxy.process.poll())
            self.assertNotIn("CRITICAL", proxy.said())


if __name__ == "__main__":
    unittest.main()
