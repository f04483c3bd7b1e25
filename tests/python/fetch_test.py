"""The fetcher, before a server on loopback; a preloaded library makes every name 127.0.0.1."""

import ipaddress
import os
import pathlib
import select
import subprocess
import sys
import tempfile
import time
import unittest

import sipward
from sipward import fetcher

ROOT = pathlib.Path(__file__).resolve().parents[2]
PKI = pathlib.Path(os.environ["SIPWARD_PKI"])
NOW_S = 1_800_000_000


class Fetch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        environment = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
        cls.server = subprocess.Popen(
            [sys.executable, "-B", ROOT / "tests" / "io" / "fetch" / "hostile_server.py", cls.folder.name, PKI / "spc.chain.pem"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)  # fmt: skip
        cls.port = int(cls.server.stdout.readline().split()[0])

    @classmethod
    def tearDownClass(cls):
        cls.server.communicate(timeout=30)
        cls.folder.cleanup()

    def setUp(self):
        self.trust = sipward.TrustStore((PKI / "anchors.pem").read_bytes(), now_s=NOW_S)
        permit = fetcher.Permit(ipaddress.ip_network("127.0.0.1/32"), self.port)
        self.fetcher = fetcher.Fetcher(self.trust, permits=[permit], authorities=f"{self.folder.name}/ca.pem", total_ms=20000, connect_ms=20000)

    def tearDown(self):
        self.fetcher.close()

    def url(self, path):
        return f"https://cr.example.test:{self.port}{path}"

    def test_a_document_arrives_in_the_trust(self):
        for path, reason in (("/html", "CERT_MALFORMED"), ("/good", None)):
            self.assertTrue(self.fetcher.request(self.url(path)))
            self.assertTrue(select.select([self.fetcher], [], [], 60)[0])
            self.assertTrue(self.fetcher.wait(60000))
            arrival = self.fetcher.next()
            self.assertEqual(arrival.url, self.url(path))
            known = self.trust.find(self.url(path), now_s=int(time.time()))
            self.assertEqual(known.reason or "OK", arrival.reason)
            self.assertTrue(arrival.sentence)
            if reason:
                self.assertEqual(arrival.reason, reason)
            self.assertIsNone(self.fetcher.next())
            self.assertFalse(self.fetcher.wait(0))
        self.assertFalse(self.fetcher.request(self.url("/html")))
        counts = self.fetcher.statistics()
        self.assertEqual((counts.requests, counts.fetches, counts.known), (3, 2, 1))

    def test_what_may_not_be_asked_says_why(self):
        for url in ("http://cr.example.test/", "nonsense", "https://cr.example.test:1/x", "https://127.0.0.1/x"):
            with self.assertRaises(sipward.CredentialError) as caught:
                self.fetcher.request(url)
            self.assertTrue(caught.exception.reason)
        with fetcher.Fetcher(self.trust) as public:
            self.assertTrue(public.request("https://cr.example.test/x"))
            self.assertTrue(public.wait(60000))
            self.assertEqual(public.next().reason, "X5U_ADDRESS_DENIED")

    def test_a_child_is_told(self):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                self.fetcher.request(self.url("/good"))
            except sipward.ProcessError:
                status = 0
            os._exit(status)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 0)

    def test_the_trust_outlives_its_last_name(self):
        made = fetcher.Fetcher(sipward.TrustStore())
        self.assertTrue(made.request("https://cr.example.test/x"))
        self.assertTrue(made.wait(60000))
        made.close()
        with self.assertRaises(sipward.ClosedError):
            made.next()
        closed = sipward.TrustStore()
        closed.close()
        for wrong, error in ((closed, sipward.ClosedError), (None, TypeError), (5, TypeError)):
            with self.assertRaises(error):
                fetcher.Fetcher(wrong)
        with self.assertRaises(ValueError):
            fetcher.Fetcher(self.trust, in_flight=-1)
        with self.assertRaises(sipward.ArgumentError):
            fetcher.Fetcher(self.trust, in_flight=1000)


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
