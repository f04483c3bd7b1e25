"""SIP in HEP3, as a probe sends it."""

import socket
import struct

SIP = 1


def chunk(kind, value):
    return struct.pack("!HHH", 0, kind, 6 + len(value)) + value


def packet(message, source="192.0.2.1", destination="198.51.100.2", source_port=5062, time=1_795_400_000.5, protocol=17, kind=SIP, key=b"", chunk_of_payload=15):
    chunks = [
        chunk(1, b"\x02"), chunk(2, bytes((protocol,))),
        chunk(3, socket.inet_aton(source)), chunk(4, socket.inet_aton(destination)),
        chunk(7, struct.pack("!H", source_port)), chunk(8, struct.pack("!H", 5060)),
        chunk(9, struct.pack("!I", int(time))), chunk(10, struct.pack("!I", int(time % 1 * 1e6))),
        chunk(11, bytes((kind,))), chunk(12, struct.pack("!I", 7)),
    ]
    if key:
        chunks.append(chunk(14, key))
    body = b"".join(chunks) + chunk(chunk_of_payload, message)
    return b"HEP3" + struct.pack("!H", 6 + len(body)) + body


def read(datagram):
    """The chunks of a packet, by their kind."""
    assert datagram[:4] == b"HEP3" and struct.unpack("!H", datagram[4:6])[0] == len(datagram)
    chunks, at = {}, 6
    while at < len(datagram):
        vendor, kind, size = struct.unpack("!HHH", datagram[at:at + 6])
        assert vendor == 0
        chunks[kind] = datagram[at + 6:at + size]
        at += size
    return chunks
