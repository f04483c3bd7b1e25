"""Writes small pcap files of UDP packets."""

import socket
import struct

LINK_RAW_IP = 101
START = 1_795_446_245  # 2026-11-23T15:04:05Z


def checksum(data):
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def udp_packet(payload, source, destination):
    """An IP packet; addresses are (text, port), of IPv4 or IPv6."""
    udp = struct.pack("!HHHH", source[1], destination[1], 8 + len(payload), 0) + payload
    if ":" in source[0]:
        addresses = b"".join(socket.inet_pton(socket.AF_INET6, a[0]) for a in (source, destination))
        return struct.pack("!IHBB", 6 << 28, len(udp), 17, 64) + addresses + udp
    addresses = b"".join(socket.inet_aton(a[0]) for a in (source, destination))
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + addresses
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + udp


def pcap(packets):
    """The bytes of a capture; packets are (seconds after START, microseconds, IP packet)."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, LINK_RAW_IP)]
    for seconds, microseconds, data in packets:
        parts.append(struct.pack("<IIII", START + seconds, microseconds, len(data), len(data)))
        parts.append(data)
    return b"".join(parts)
