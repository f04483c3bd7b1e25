"""Captures: every message of a file, what is wrong with others."""

import pathlib
import struct
import sys
import tempfile
import unittest

import sipward
from samples import INVITE
from sipward import capture

CAPTURE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "captures" / "first_look.pcap"


def udp_pcap(*messages):
    """A capture of raw IPv4 datagrams."""
    made = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101)
    for at, data in enumerate(messages):
        frame = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 28 + len(data), 0, 0, 64, 17, 0, bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2]))
        frame += struct.pack(">HHHH", 5070, 5060, 8 + len(data), 0) + data
        made += struct.pack("<IIII", 1000 + at, 500, len(frame), len(frame)) + frame
    return made


class Read(unittest.TestCase):
    def test_every_message_of_a_file(self):
        items = list(capture.read(CAPTURE))
        self.assertEqual(len(items), 272)
        self.assertEqual([item.frame for item in items], sorted(item.frame for item in items))
        with sipward.Engine() as engine, engine.inspector() as inspector:
            actions = [inspector.inspect(item.packet).action for item in items]
        self.assertEqual((actions.count(sipward.Action.DROP), actions.count(sipward.Action.ALLOW)), (58, 163))
        with capture.Capture(str(CAPTURE)) as reader:
            self.assertEqual(sum(1 for _ in reader), 272)
            counts = reader.statistics()
            self.assertEqual((counts.messages, counts.bytes), (272, CAPTURE.stat().st_size))

    def test_a_packet_is_the_hosts_to_keep(self):
        with capture.Capture(data=udp_pcap(INVITE, INVITE), name="mine") as reader:
            first = next(reader)
            list(reader)
        packet = first.packet
        self.assertEqual((bytes(packet.data), packet.source, packet.destination, packet.transport), (INVITE, ("192.0.2.1", 5070), ("192.0.2.2", 5060), sipward.Transport.UDP))
        self.assertEqual((packet.wall_ns, packet.monotonic_ns), (1_000_000_500_000, 1_000_000_500_000))
        self.assertEqual((first.frame, first.truncated, first.unframed), (1, False, False))

    def test_what_is_no_capture_says_so(self):
        for data in (b"", b"nonsense" * 10, udp_pcap()[:20]):
            with self.assertRaisesRegex(capture.CaptureError, "mine"):
                list(capture.Capture(data=data, name="mine"))
        with self.assertRaisesRegex(capture.CaptureError, "nothing.pcap"):
            list(capture.read("nothing.pcap"))
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(capture.CaptureError):
            list(capture.read(folder))
        for arguments in ({}, {"path": "x", "data": b""}, {"data": "text"}, {"path": 5}):
            with self.assertRaises(TypeError):
                capture.Capture(**arguments)

    def test_one_that_is_cut_off_gives_what_was_whole(self):
        found = []
        with self.assertRaises(capture.CaptureError):
            for item in capture.Capture(data=udp_pcap(INVITE, INVITE)[:-10]):
                found.append(bytes(item.packet.data))
        self.assertEqual(found, [INVITE])

    def test_closed_is_closed(self):
        reader = capture.Capture(data=bytearray(udp_pcap(INVITE)))
        reader.close()
        for call in (lambda: next(reader), reader.statistics):
            with self.assertRaises(sipward.ClosedError):
                call()


if __name__ == "__main__":
    sys.exit(unittest.main(verbosity=2))
