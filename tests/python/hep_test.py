"""HEP3 packets: read, written, and what is none."""

import dataclasses
import sys
import unittest
import zlib

import sipward

MESSAGE = b"OPTIONS sip:b@example.com SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.com>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nUser-Agent: friendly-scanner\r\nContent-Length: 0\r\n\r\n"
HEP = sipward.Hep(MESSAGE, ("203.0.113.9", 5062), ("198.51.100.2", 5060), 1_795_400_000_123_456_000, sipward.Transport.TCP, agent=42, key=b"secret", correlation=b"1")


class HepPackets(unittest.TestCase):
    def test_what_is_written_reads_the_same(self):
        for hep in (
            HEP,
            dataclasses.replace(HEP, source=("2001:db8::1", 1), destination=("2001:db8::2", 2), transport=sipward.Transport.TLS, key=b"", correlation=b""),
            dataclasses.replace(HEP, payload_kind=5, payload=b"\x80\xc8"),
            dataclasses.replace(HEP, payload=zlib.compress(MESSAGE), compressed=True),
        ):
            self.assertEqual(sipward.read_hep(sipward.write_hep(hep)), hep)
        self.assertEqual([hep.is_sip for hep in (HEP, dataclasses.replace(HEP, compressed=True), dataclasses.replace(HEP, payload_kind=5))], [True, False, False])

    def test_a_connection(self):
        data = sipward.write_hep(HEP)
        self.assertEqual([sipward.hep_size(data[:size]) for size in (0, 3, 5)], [0, 0, 0])
        self.assertEqual([sipward.hep_size(part) for part in (data[:6], data, memoryview(data), data + b"more")], [len(data)] * 4)
        with self.assertRaises(sipward.MalformedError):
            sipward.hep_size(b"GET /")

    def test_what_is_none(self):
        data = sipward.write_hep(HEP)
        for wrong in (b"", b"HEP3", data[:-1], b"HEP2" + data[4:]):
            with self.assertRaises(sipward.MalformedError):
                sipward.read_hep(wrong)
        other = data.replace(b"\0\0\0\x02\0\x07\x06", b"\0\0\0\x02\0\x07\x01")
        self.assertIsNone(sipward.read_hep(other).transport)
        with self.assertRaises(sipward.ArgumentError):
            sipward.write_hep(sipward.read_hep(other))
        with self.assertRaises(sipward.LimitError):
            sipward.write_hep(dataclasses.replace(HEP, payload=b"x" * 65536))

    def test_is_inspected(self):
        with sipward.Engine() as engine, engine.inspector() as inspector:
            verdict = inspector.inspect(sipward.read_hep(sipward.write_hep(HEP)).packet())
            self.assertIn("scan.user_agent", [hit.rule for hit in verdict.hits])


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
