"""Captures as a probe beside the operator's proxy writes them: Ethernet, IPv4, UDP, and TCP connections with their handshakes."""

import socket
import struct

_FILE = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 1)
_ETHERNET = b"\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02\x08\x00"
_SYN, _ACK, _PSH = 0x02, 0x10, 0x08
_addresses = {}


def _packed(address):
    found = _addresses.get(address)
    if found is None:
        found = _addresses[address] = socket.inet_aton(address)
    return found


def _sum(data):
    if len(data) % 2:
        data += b"\x00"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def _ip(protocol, source, target, payload):
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(payload), 0, 0x4000, 58, protocol, 0, _packed(source), _packed(target))
    return _ETHERNET + head[:10] + struct.pack("!H", _sum(head)) + head[12:] + payload


def _udp(source, target, payload):
    # A checksum of 0: none was computed (RFC 768).
    return _ip(17, source[0], target[0], struct.pack("!HHHH", source[1], target[1], 8 + len(payload), 0) + payload)


def _tcp(source, target, sequence, acknowledged, flags, payload=b""):
    head = struct.pack("!HHIIBBHHH", source[1], target[1], sequence & 0xFFFFFFFF, acknowledged & 0xFFFFFFFF, 0x50, flags, 64_240, 0, 0)
    pseudo = struct.pack("!4s4sBBH", _packed(source[0]), _packed(target[0]), 0, 6, len(head) + len(payload))
    check = _sum(pseudo + head + payload)
    return _ip(6, source[0], target[0], head[:16] + struct.pack("!H", check) + head[18:] + payload)


class _Connections:
    """Sequence numbers of TCP connections: the first message from a client opens one."""

    def __init__(self):
        self.next = {}

    def segments(self, source, target, payload):
        if (source, target) not in self.next:
            self.next[source, target], self.next[target, source] = 1000, 5000
            yield _tcp(source, target, 1000, 0, _SYN)
            yield _tcp(target, source, 5000, 1001, _SYN | _ACK)
            self.next[source, target], self.next[target, source] = 1001, 5001
            yield _tcp(source, target, 1001, 5001, _ACK)
        begin = 0
        while begin < len(payload):
            part = payload[begin:begin + 1400]
            yield _tcp(source, target, self.next[source, target], self.next[target, source], _PSH | _ACK, part)
            self.next[source, target] += len(part)
            begin += len(part)


def write(path, messages):
    """messages: (time, source, target, transport, bytes, ...) in order; addresses are (text, port)."""
    connections = _Connections()
    with open(path, "wb") as out:
        out.write(_FILE)
        for when, source, target, transport, payload, *_ in messages:
            packets = connections.segments(source, target, payload) if transport == "tcp" else (_udp(source, target, payload),)
            for packet in packets:
                seconds, micro = divmod(int(when * 1_000_000), 1_000_000)
                out.write(struct.pack("<IIII", seconds, micro, len(packet), len(packet)))
                out.write(packet)
