"""Digest credentials and one-time codes."""

import dataclasses
import hashlib
import re
import sys
import unittest

import sipward
from samples import INVITE
from sipward import auth, factor

KEY = b"a secret of at least sixteen octets"
NOW = 1_800_000_000 * 10**9
RULES = """version 1
rule guesses { on auth where result == fail and reason == wrong_password
  when src.ip == "192.0.2.7" and (auth.user ?? "") == "alice" then reject 403 }
rule known { on auth where result == success when (account ?? "") == "alice" and src.authenticated then alert }
"""


def digest(*pieces):
    return hashlib.sha256(":".join(pieces).encode()).hexdigest()


def answer(challenges, password="open sesame", method="REGISTER", uri="sip:example.org"):
    nonce = re.search('nonce="([^"]+)"', challenges).group(1)
    response = digest(digest("alice", "example.org", password), nonce, "00000001", "c", "auth", digest(method, uri))
    return (f'Digest username="alice", realm="example.org", nonce="{nonce}", uri="{uri}", response="{response}", algorithm=SHA-256, qop=auth, '
            'nc=00000001, cnonce="c"')  # fmt: skip


def request(**more):
    return auth.Request(**({"source": ("192.0.2.7", 5060), "wall_ns": NOW, "method": "REGISTER", "request_uri": "sip:example.org", "call_id": "1@host",
                            "cseq": "1", "branch": "z9hG4bK1", "client": "Phone/1"} | more))  # fmt: skip


class Credentials(unittest.TestCase):
    def setUp(self):
        self.state = sipward.State()
        self.authenticator = auth.Authenticator("example.org", KEY, state=self.state)

    def test_an_answer_to_a_challenge_is_checked(self):
        check = self.authenticator.check
        none = check(request())
        self.assertEqual((none.outcome, none.reason, none.sip_code, none.fact), (auth.AuthOutcome.CHALLENGED, "NO_CREDENTIALS", 401, "no_credentials"))
        asked = request(credentials=[answer(self.authenticator.challenge(request()))])
        pending = check(asked)
        self.assertTrue(pending.pending and pending.user == "alice" and self.authenticator.event() is None)
        self.assertEqual(check(asked, auth.Account(unknown=True)).reason, "UNKNOWN_USER")
        self.assertEqual(check(asked, auth.Account(password="guess")).reason, "WRONG_PASSWORD")
        found = check(asked, auth.Account(password="open sesame"))
        self.assertTrue(found.success and not found.flags and found.sip_code == 0)
        hashed = auth.Account(ha1_sha_256=auth.hash_of(auth.DigestAlgorithm.SHA_256, "alice", "example.org", "open sesame"))
        self.assertEqual(check(asked, hashed).flags, (auth.AuthFlag.RETRANSMISSION,))
        replayed = check(dataclasses.replace(asked, cseq="2"), hashed)
        self.assertTrue(replayed.reason == "REPLAYED" and replayed.stale)
        self.assertIn("stale=true", self.authenticator.challenge(request(), stale=True))
        for key in (b"the second secret of it", b"the third secret of it"):
            self.authenticator.set_key(key)
        self.assertEqual(check(asked).reason, "NONCE_FORGED")

    def test_what_came_of_it_is_an_event(self):
        rules = sipward.Rules.compile(RULES)
        with sipward.Engine(rules, sipward.State()) as engine, engine.inspector() as inspector:
            asked = request(credentials=[answer(self.authenticator.challenge(request()))])
            for password, action in (("guess", sipward.Action.REJECT), ("open sesame", sipward.Action.FLAG)):
                self.authenticator.check(asked, auth.Account(password=password))
                event = self.authenticator.event()
                self.assertEqual(event.facts["auth.user"], "alice")
                verdict = inspector.event(sipward.EventKind.AUTH, event.facts, wall_ns=NOW, monotonic_ns=0, proven=event.proven)
                self.assertEqual(verdict.action, action)

    def test_of_a_message_its_own_headers_count(self):
        message = sipward.Message(INVITE)
        self.assertEqual(self.authenticator.check_message(message, request()).reason, "NO_CREDENTIALS")
        value = answer(self.authenticator.challenge(request()), method="INVITE", uri="sip:bob@b.example")
        text = f"INVITE sip:bob@b.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nFrom: <sip:a@b>;tag=1\r\n" \
            f"To: <sip:b@b>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\nAuthorization: {value}\r\nContent-Length: 0\r\n\r\n"  # fmt: skip
        found = self.authenticator.check_message(sipward.Message(text.encode()), request(), auth.Account(password="open sesame"))
        self.assertEqual(found.reason, "OK")
        self.assertEqual(self.authenticator.event().facts["account"], "alice")

    def test_options_are_those_of_the_library(self):
        strict = auth.Authenticator("example.org", KEY, options=auth.AuthOption.PROXY | auth.AuthOption.USERHASH, algorithms=auth.DigestAlgorithm.SHA_512_256,
                                    binding=auth.NonceBinding.HOST, lifetime_s=60, late=1, nonces=64, clients=64)  # fmt: skip
        lines = strict.challenge(request())
        self.assertTrue(lines.startswith("Proxy-Authenticate: ") and lines.count("\r\n") == 1 and "userhash=true" in lines, lines)
        for wrong in ({"realm": 'a"b'}, {"key": b"short"}, {"late": 64}, {"lifetime_s": 86401}, {"algorithms": 64}):
            with self.assertRaises(sipward.ArgumentError):
                auth.Authenticator(**({"realm": "r", "key": KEY} | wrong))
        with self.assertRaises(sipward.StateFullError):
            auth.Authenticator("r", KEY, state=self.state, nonces=1 << 24)
        with self.assertRaises(sipward.ArgumentError):
            strict.check(request(credentials=["x"] * 17))
        strict.close()
        with self.assertRaises(sipward.ClosedError):
            strict.check(request())

    def test_names(self):
        info = auth.reason_info("NONCE_STALE")
        self.assertEqual((info.outcome, info.sip_code, info.stale, info.fact), (auth.AuthOutcome.FAIL, 401, True, "stale_nonce"))
        self.assertIsNone(auth.reason_info("FINE"))
        for flag in auth.AuthFlag:
            self.assertEqual(auth.flag_info(flag)[0], flag.name)
        self.assertIsNone(auth.flag_info(len(auth.AuthFlag)))
        self.assertEqual(auth.hash_of(auth.DigestAlgorithm.SHA_256, "a", "b"), digest("a", "b"))
        self.assertEqual(auth.Request(body=None).struct()[0].flags, 1)


class Codes(unittest.TestCase):
    """RFC 6238 appendix B."""

    SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    def test_a_code_counts_once(self):
        self.assertEqual(factor.make_code(self.SECRET, 59 // 30, digits=8), "94287082")
        at = {"wall_ns": 59 * 10**9, "monotonic_ns": 0}
        with sipward.State() as state, factor.SecondFactor(state, digits=8) as second:
            for use, result in (("1@host", "right"), ("1@host", "right"), ("2@host", "used"), (None, "used")):
                self.assertEqual(second.check("alice", self.SECRET, "94287082", use=use, **at).label, result)
            with self.assertRaises(sipward.CredentialError):
                second.check("alice", "1", "94287082", **at)
            for _ in range(6):
                result = second.check("alice", self.SECRET, "00000000", **at)
            self.assertEqual(result, factor.CodeResult.LOCKED)
        with self.assertRaises(sipward.CredentialError):
            factor.make_code("1", 1)

    def test_a_number_is_taken_apart(self):
        self.assertEqual(factor.split_code("+4930123*492039"), factor.Dialled("+4930123", "492039"))
        self.assertIsNone(factor.split_code("+4930123"))


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
