"""Seeds of capture_fuzz: one tiny capture for each way that a message can travel."""

import struct

MESSAGE = (b"OPTIONS sip:b@example.com SIP/2.0\r\nCall-ID: a\r\nCSeq: 1 OPTIONS\r\n"
           b"Content-Length: 0\r\n\r\n")
UDP, TCP = 17, 6


def udp(payload):
    return struct.pack(">HHHH", 5060, 5060, 8 + len(payload), 0) + payload


def tcp(sequence, payload, flags=0x10):
    return struct.pack(">HHIIBBHHH", 40000, 5060, sequence, 0, 0x50, flags, 1000, 0, 0) + payload


def ipv4(protocol, payload, place=0):
    return struct.pack(">BBHHHBBHII", 0x45, 0, 20 + len(payload), 7, place, 64, protocol, 0,
                       0xC0000201, 0xC0000202) + payload


def ipv6(protocol, payload):
    address = struct.pack(">II", 0x20010DB8, 0)
    return struct.pack(">IHBB", 6 << 28, len(payload), protocol, 64) + \
        address + struct.pack(">Q", 1) + address + struct.pack(">Q", 2) + payload


def pcap(link_type, frames, snapshot=65535):
    out = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, snapshot, link_type)
    for second, frame in enumerate(frames):
        kept = frame[:snapshot]
        out += struct.pack("<IIII", second, 0, len(kept), len(frame)) + kept
    return out


def block(kind, body):
    body += b"\0" * (-len(body) % 4)
    size = struct.pack("<I", 12 + len(body))
    return struct.pack("<I", kind) + size + body + size


def pcapng(link_type, frames):
    out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
    out += block(1, struct.pack("<HHI", link_type, 0, 65535))
    for frame in frames:
        out += block(6, struct.pack("<IIIII", 0, 0, 0, len(frame), len(frame)) + frame)
    return out


def fragments4(datagram):
    return [ipv4(UDP, datagram[:64], 0x2000), ipv4(UDP, datagram[64:], 8)]


def fragments6(datagram):
    header = struct.pack(">BBHI", UDP, 0, 64, 9)
    return [ipv6(44, struct.pack(">BBHI", UDP, 0, 1, 9) + datagram[:64]),
            ipv6(44, header + datagram[64:])]


def streams():
    stream = MESSAGE * 3
    yield "tcp_order", [tcp(0, b"", 2), tcp(1, stream[:40]), tcp(101, stream[100:]),
                        tcp(41, stream[40:120]), tcp(1 + len(stream), b"", 0x11)]
    yield "tcp_gap", [tcp(0, b"", 2), tcp(1, stream[:40]), tcp(61, stream[60:])]
    yield "tcp_unframed", [tcp(0, b"", 2), tcp(1, MESSAGE.replace(b"Content-Length", b"X")),
                           tcp(500, MESSAGE, 4)]


def seeds():
    macs = b"\x02" * 12
    packet = ipv4(UDP, udp(MESSAGE))
    yield "raw", pcap(101, [packet])
    yield "raw_snapshot", pcap(101, [packet, ipv4(TCP, tcp(1, MESSAGE))], 90)
    yield "ethernet_vlan", pcap(1, [macs + b"\x81\0\0\5\x08\0" + packet])
    yield "ethernet_pppoe", pcap(1, [macs + b"\x88\x64\x11\0\0\7" +
                                     struct.pack(">HH", len(packet) + 2, 0x21) + packet])
    yield "cooked1", pcap(113, [b"\0" * 14 + b"\x08\0" + packet])
    yield "cooked2", pcap(276, [b"\x08\0" + b"\0" * 18 + packet])
    yield "null", pcap(0, [b"\2\0\0\0" + packet])
    yield "loop", pcap(108, [b"\0\0\0\2" + packet])
    yield "ppp", pcap(9, [b"\xff\3\0\x21" + packet])
    yield "ipv6_extensions", pcap(101, [ipv6(0, b"\x3c\0" + b"\0" * 6 + b"\x11\0" + b"\0" * 6 +
                                             udp(MESSAGE))])
    yield "tunnel_gre", pcap(101, [ipv4(47, b"\x20\0\x08\0\0\0\0\1" + packet)])
    yield "tunnel_ip", pcap(101, [ipv4(4, packet), ipv4(41, ipv6(UDP, udp(MESSAGE)))])
    yield "fragments4", pcap(101, fragments4(udp(MESSAGE)))
    yield "fragments6", pcap(101, fragments6(udp(MESSAGE))[::-1])
    yield "pcapng", pcapng(1, [macs + b"\x08\0" + packet] * 2)
    for name, segments in streams():
        yield name, pcap(101, [ipv4(TCP, segment) for segment in segments])
