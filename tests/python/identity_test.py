"""A caller's identity: signed, verified by itself and inside an engine, taken apart."""

import os
import pathlib
import sys
import unittest

import sipward
from samples import INVITE, SOURCE
from sipward import IdentityResult, Unseen, identity

PKI = pathlib.Path(os.environ["SIPWARD_PKI"])
NOW_S = 1_800_000_000
URL = "https://cert.example.com/a.pem"
CHAIN, KEY, ANCHORS = ((PKI / name).read_bytes() for name in ("spc.chain.pem", "spc.key", "anchors.pem"))
ORIG, DEST = "12155551212", "12155551299"
REQUEST = (
    b"INVITE sip:+12155551299@b.example;user=phone SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
    b"From: <sip:+12155551212@a.example;user=phone>;tag=t\r\nTo: <sip:+12155551299@b.example;user=phone>\r\nCall-ID: 1@a\r\nCSeq: 1 INVITE\r\n"
    b"Identity: %s\r\nContent-Length: 0\r\n\r\n"
)


def passport(**more):
    return identity.Passport(**({"now_s": NOW_S, "orig": ORIG, "dest": [DEST], "ppt": "shaken", "attest": "A"} | more))


def sign(**more):
    return identity.sign(passport(**more), key=KEY, certificates=CHAIN, x5u=URL)


def store(provided=True):
    trust = sipward.TrustStore(ANCHORS, now_s=NOW_S)
    if provided:
        trust.provide(URL, CHAIN, fetched_s=NOW_S)
    return trust


def parts(value, **more):
    return identity.Request(**({"unseen": Unseen.DATE, "identity": [value], "from_": f"sip:+{ORIG}@a.example;user=phone", "to": f"tel:+{DEST}",
                                "request_uri": f"tel:+{DEST}", "call_id": "1", "from_tag": "t"} | more))  # fmt: skip


class Verify(unittest.TestCase):
    def test_what_one_signs_another_verifies(self):
        message = sipward.Message(REQUEST % sign().encode())
        with store() as trust:
            result = identity.verify(message, trust, now_s=NOW_S + 5)
        self.assertEqual((result.result, result.reason, result.attest, result.verstat, result.iat), (IdentityResult.VERIFIED, "OK", "A", "TN-Validation-Passed", NOW_S))
        self.assertTrue(result.verified and result.origid and result.header_count == 1)

    def test_a_missing_certificate_is_named(self):
        value = sign()
        with store(provided=False) as trust, identity.Verifier(trust) as verifier:
            result = verifier.check(parts(value).at(NOW_S, 0))
            self.assertTrue(result.pending)
            self.assertEqual(result.missing, URL)
            self.assertEqual(verifier.header(0).reason, "NOT_CHECKED")
            self.assertEqual(trust.find(URL, now_s=NOW_S), sipward.Known(sipward.CertificateState.MISSING, ""))
            trust.provide(URL, CHAIN, fetched_s=NOW_S, max_age_s=3600)
            self.assertEqual(trust.find(URL, now_s=NOW_S).state, sipward.CertificateState.FRESH)
            self.assertTrue(verifier.check(parts(value).at(NOW_S, 0)).verified)
            self.assertEqual(trust.statistics().certificates, 1)

    def test_another_callee_fails(self):
        with store() as trust, identity.Verifier(trust, policy=sipward.CallerPolicy(codes={"DEST_MISMATCH": 403})) as verifier:
            result = verifier.check(parts(sign(), to="tel:+12155550000", request_uri="tel:+12155550000").at(NOW_S, 0))
            self.assertEqual((result.result, result.reason, result.sip_code), (IdentityResult.FAILED, "DEST_MISMATCH", 403))
            header = verifier.header(0)
            self.assertEqual((header.stage, header.ppt, header.x5u, header.counts), ("match", "shaken", URL, True))
            self.assertIsNone(verifier.header(1))
            self.assertTrue(verifier.reason_header(0).startswith("Reason: STIR;cause=403"))
            info = identity.reason_info("DEST_MISMATCH")
            self.assertEqual((info.sip_code, info.phrase), (438, "Invalid Identity Header"))
            self.assertIsNone(identity.reason_info("NONSENSE"))
            self.assertTrue(verifier.check(parts(sign()).at(NOW_S, 0)).verified)
            self.assertIsNone(verifier.reason_header(0))

    def test_time_and_policy(self):
        value = sign()
        with store() as trust:
            self.assertEqual(identity.verify(parts(value), trust, now_s=NOW_S + 61).reason, "IAT_STALE")
            policy = sipward.CallerPolicy(window_s=120)
            self.assertTrue(identity.verify(parts(value), trust, now_s=NOW_S + 61, policy=policy).verified)
            required = sipward.CallerPolicy(flags=sipward.CallerFlag.REQUIRED)
            unsigned = sipward.Message(INVITE)
            self.assertEqual(identity.verify(unsigned, trust, now_s=NOW_S).result, IdentityResult.NONE)
            self.assertEqual(identity.verify(unsigned, trust, now_s=NOW_S, policy=required).reason, "NO_IDENTITY")
            with self.assertRaises(sipward.MalformedError):
                identity.verify(parts(value, date="yesterday", unseen=0), trust, now_s=NOW_S)
            with self.assertRaises(sipward.ArgumentError):
                identity.verify(sipward.Message(), trust, now_s=NOW_S)

    def test_a_token_that_comes_again_is_found(self):
        value = sign()
        with store() as trust, sipward.State() as state, identity.Verifier(trust, state=state) as verifier:
            self.assertTrue(verifier.check(parts(value).at(NOW_S, 1)).verified)
            self.assertTrue(verifier.check(parts(value).at(NOW_S, 2)).verified)
            self.assertEqual(verifier.check(parts(value, call_id="2").at(NOW_S, 3)).reason, "REPLAY")

    def test_flags_have_names(self):
        names = [identity.flag_info(flag)[0] for flag in sipward.IdentityFlag]
        self.assertEqual(names, [flag.name for flag in sipward.IdentityFlag])
        self.assertIsNone(identity.flag_info(99))
        with store() as trust:
            result = identity.verify(parts(sign(), identity=[sign(), sign()]), trust, now_s=NOW_S)
            self.assertIn(sipward.IdentityFlag.MULTIPLE_BASE, result.flags)


class Engine(unittest.TestCase):
    RULES = "version 1\nrule site.bad { on request when identity.result == failed then reject 438 }\nrule site.good { on request when (identity.attest ?? \"\") == \"A\" then tag \"A\" }\n"

    def packet(self, data, at=0):
        return sipward.Packet(data, source=SOURCE, wall_ns=NOW_S * 10**9 + at, monotonic_ns=at)

    def test_an_engine_checks_by_itself(self):
        held = self.packet(REQUEST % sign().encode())
        with store(provided=False) as trust, sipward.Engine(sipward.Rules.compile(self.RULES), trust=trust, caller_policy=sipward.CallerPolicy()) as engine:
            trust_for_later = trust
            with engine.inspector() as inspector:
                verdict = inspector.inspect(held)
                self.assertTrue(verdict.pending)
                self.assertEqual(verdict.certificate_url, URL)
                trust_for_later.provide(URL, CHAIN, fetched_s=NOW_S)
                resumed = inspector.resume(held, verdict.ticket)
                self.assertEqual(([tag.text for tag in resumed.tags], resumed.pending), (["A"], False))
                wrong = (REQUEST % sign().encode()).replace(b"+12155551212", b"+12155550000").replace(b"1@a", b"2@a")
                self.assertEqual(inspector.inspect(self.packet(wrong, 1)).sip_code, 438)
                self.assertEqual(engine.statistics().identity_checks, 3)

    def test_a_record_has_the_certificates(self):
        rules = sipward.Rules.compile(self.RULES)
        replayer = sipward.Replayer(rules)
        with store() as trust, sipward.Engine(rules, trust=trust) as engine, engine.inspector() as inspector:
            inspector.record()
            self.assertEqual([tag.text for tag in inspector.inspect(self.packet(REQUEST % sign().encode())).tags], ["A"])
            record = inspector.take_record()
            self.assertIs(replayer.run(record), sipward.Replayed.SAME)
            (chain,) = replayer.describe(record)["identity"]["chains"]
            self.assertEqual((chain["x5u"], chain["headers"]), (URL, [0]))
            for certificate, pem in zip(chain["certificates"], CHAIN.split(b"-----BEGIN CERTIFICATE-----")[1:]):
                self.assertEqual(certificate["der"].encode(), b"".join(pem.split(b"-----END")[0].split()))
            self.assertEqual([certificate["spc"] for certificate in chain["certificates"]], [["709J"], [], []])

    def test_a_host_hands_over_what_it_found(self):
        with store() as trust, sipward.Engine(sipward.Rules.compile(self.RULES), identity_by_host=True) as engine, engine.inspector() as inspector:
            held = self.packet(REQUEST % sign().encode())
            verdict = inspector.inspect(held)
            self.assertTrue(verdict.pending)
            self.assertEqual(verdict.certificate_url, "")
            result = identity.verify(inspector.message, trust, now_s=NOW_S)
            resumed = inspector.resume(held, verdict.ticket, result.as_check())
            self.assertEqual([tag.text for tag in resumed.tags], ["A"])


class Trust(unittest.TestCase):
    def test_what_cannot_be_used_says_why(self):
        with sipward.TrustStore() as trust:
            for act, reason in (
                (lambda: trust.set_anchors(b"nonsense", now_s=NOW_S), "CERT_MALFORMED"), (lambda: trust.set_crls([b"nonsense"]), None),
                (lambda: trust.provide(URL, b"nonsense", fetched_s=NOW_S), "CERT_MALFORMED"), (lambda: sipward.certificate_url_check("http://x.example/"), None),
                (lambda: sipward.certificate_endpoint_check(("127.0.0.1", 0)), None), (lambda: sipward.certificate_endpoint_check(("fd00::1", 0)), None),
                (lambda: sipward.certificate_url_check("https://cert.example.com:1/"), None),
            ):  # fmt: skip
                with self.assertRaises(sipward.CredentialError) as caught:
                    act()
                self.assertTrue(caught.exception.reason)
                self.assertIn(caught.exception.reason, str(caught.exception))
                if reason:
                    self.assertEqual(caught.exception.reason, reason)
            trust.set_crls([])
            trust.set_anchors(ANCHORS, now_s=NOW_S)
            sipward.certificate_url_check("https://cert.example.com:1/", sipward.UrlFlag.ANY_PORT)
            sipward.certificate_endpoint_check(("8.8.8.8", 0))
            trust.provide_failure(URL, "X5U_TIMEOUT", now_s=NOW_S)
            self.assertEqual(trust.find(URL, now_s=NOW_S), sipward.Known(sipward.CertificateState.FAILED, "X5U_TIMEOUT"))
            with self.assertRaises(sipward.ArgumentError):
                trust.provide_failure(URL, "OK", now_s=NOW_S)
        with self.assertRaisesRegex(TypeError, "give now_s"):
            sipward.TrustStore(ANCHORS)


class Sign(unittest.TestCase):
    def test_a_token_is_taken_apart(self):
        with identity.Token(sign()) as token:
            self.assertEqual((token.reason, token.ppt, token.info, token.orig, token.dest, token.attest, token.iat), ("OK", "shaken", URL, f"tn {ORIG}", (f"tn {DEST}",), "A", NOW_S))
            self.assertTrue(token.header.json.startswith("{") and token.payload.canonical and len(token.signature) == 64)
        broken = identity.Token("nonsense")
        self.assertNotEqual(broken.reason, "OK")
        self.assertEqual(broken.dest, ())

    def test_what_verifiers_would_refuse_is_not_signed(self):
        for more, reason in (({"attest": "D"}, None), ({"dest": []}, None), ({"claims": "["}, "CLAIMS"), ({"orig": "x y"}, None)):
            with self.subTest(more=more), self.assertRaises((sipward.SignError, sipward.ArgumentError)) as caught:
                sign(**more)
            if reason:
                self.assertEqual(caught.exception.reason, reason)

    def test_wrong_keys_and_certificates_say_why(self):
        arguments = {"key": KEY, "certificates": CHAIN, "x5u": URL, "now_s": NOW_S}
        for more, reason in (({"key": b"nonsense"}, "KEY_MALFORMED"), ({"key": (PKI / "two_spcs.key").read_bytes()}, "KEY_MISMATCH"),
                             ({"certificates": b"nonsense"}, "CERT_MALFORMED"), ({"x5u": "http://x.example/"}, None), ({"now_s": 1}, None)):  # fmt: skip
            with self.subTest(reason=reason), self.assertRaises(sipward.CredentialError) as caught:
                identity.Signer(**(arguments | more))
            if reason:
                self.assertEqual(caught.exception.reason, reason)
            self.assertNotIn("PRIVATE", str(caught.exception))
        with self.assertRaises(TypeError):
            identity.Signer(certificates=CHAIN, x5u=URL, now_s=NOW_S)
        self.assertIn("anchors", identity.Signer.__doc__)
        identity.Signer(**arguments, anchors=ANCHORS).close()

    def test_a_key_may_stay_elsewhere(self):
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec, utils

        key = serialization.load_pem_private_key(KEY, None)
        asked = []

        def elsewhere(digest):
            asked.append(digest)
            r, s = utils.decode_dss_signature(key.sign(digest, ec.ECDSA(utils.Prehashed(hashes.SHA256()))))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")

        with identity.Signer(callback=elsewhere, certificates=CHAIN, x5u=URL, now_s=NOW_S) as signer, store() as trust:
            self.assertTrue(identity.verify(parts(signer.sign(passport())), trust, now_s=NOW_S).verified)
        self.assertEqual([len(each) for each in asked], [32] * len(asked))
        self.assertTrue(asked)

    def test_a_callback_that_fails_fails_the_signature(self):
        import contextlib
        import io

        for callback in (lambda digest: 1 / 0, lambda digest: b"short", lambda digest: None, lambda digest: bytes(64)):
            with contextlib.redirect_stderr(io.StringIO()), self.assertRaises((sipward.SignError, sipward.CredentialError)):
                identity.Signer(callback=callback, certificates=CHAIN, x5u=URL, now_s=NOW_S).sign(passport())


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
