"""Packets of HEP3, as servers and probes send them and as nobody should."""

import struct
import zlib


def chunk(kind, value, vendor=0):
    return struct.pack("!HHH", vendor, kind, 6 + len(value)) + value


def packet(*chunks):
    body = b"".join(chunks)
    return b"HEP3" + struct.pack("!H", 6 + len(body)) + body


V4 = (chunk(1, b"\x02"), chunk(3, b"\xc0\x00\x02\x01"), chunk(4, b"\xc6\x33\x64\x02"))
V6 = (chunk(1, b"\x0a"), chunk(5, b"\x20\x01\x0d\xb8" + bytes(11) + b"\x01"), chunk(6, b"\x20\x01\x0d\xb8" + bytes(11) + b"\x02"))
REST = (chunk(7, b"\x13\xc6"), chunk(8, b"\x13\xc4"), chunk(9, b"\x6b\x03\x9a\x40"), chunk(10, b"\x00\x01\xe2\x40"), chunk(12, b"\x00\x00\x07\xd1"))
SIP = chunk(11, b"\x01")
MESSAGE = chunk(15, b"OPTIONS sip:a@example.com SIP/2.0\r\nCall-ID: 1@example.com\r\n\r\n")


def seeds():
    for name, protocol in (("udp", 17), ("tcp", 6), ("tls", 22), ("ws", 50), ("sctp", 132), ("icmp", 1)):
        yield name, packet(chunk(2, bytes((protocol,))), *V4, *REST, SIP, MESSAGE)
    udp = chunk(2, b"\x11")
    yield "v6", packet(udp, *V6, *REST, SIP, chunk(14, b"secret"), MESSAGE)
    yield "both_families", packet(udp, *V6, *V4, *REST, SIP, MESSAGE)
    yield "rtcp", packet(udp, *V4, *REST, chunk(11, b"\x05"), chunk(15, b"\x80\xc8\x00\x06"))
    yield "packed", packet(udp, *V4, *REST, SIP, chunk(16, b"\x78\x9c\x03\x00"))
    message = MESSAGE[6:]
    yield "zlib", packet(udp, *V4, *REST, SIP, chunk(16, zlib.compress(message, 9)))
    gzip = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield "gzip", packet(udp, *V4, *REST, SIP, chunk(16, gzip.compress(message) + gzip.flush()))
    yield "zlib_damaged", packet(udp, *V4, *REST, SIP, chunk(16, zlib.compress(message, 9)[:-2]))
    yield "zlib_bomb", packet(udp, *V4, *REST, SIP, chunk(16, zlib.compress(bytes(60000), 9)))
    yield "unknown_chunks", packet(chunk(99, b"x"), chunk(15, b"y", vendor=3), udp, *V4, *REST, SIP, MESSAGE, chunk(19, b"node"))
    yield "stream", packet(udp, *V4, *REST, SIP, MESSAGE) * 3
    yield "chunk_too_short", packet(udp, *V4, *REST, SIP, MESSAGE, b"\x00\x00\x00\x63\x00\x05")
    yield "chunk_too_long", packet(udp, *V4, *REST, SIP, MESSAGE, b"\x00\x00\x00\x63\xff\xff")
    yield "size_too_small", b"HEP3\x00\x05"
    yield "magic", b"HEP3"
