"""HEP3, in which SIP servers and probes hand on what they see: packets read, and written for Homer.

    hep = sipward.read_hep(datagram)
    if hep.is_sip:
        verdict = inspector.inspect(hep.packet())
"""
from __future__ import annotations

import dataclasses
from typing import Any

from ._core import Buffer, Text, Texts, as_bytes, new
from ._native import ffi, lib
from .enums import Transport
from .errors import check
from .packet import UNKNOWN, Endpoint, Packet, endpoint_of, endpoint_struct


@dataclasses.dataclass(frozen=True, slots=True)
class Hep:
    """What one packet says.

    `transport`: None if it is none that SIP uses. `payload_kind`: 1 is SIP, 5 RTCP, 100 a log. `compressed`: the payload, by zlib;
    it is handed on as it is. `agent`: the number of who captured it. `wall_ns`: since 1970 UTC, to the microsecond. `key`: what the
    sender proves itself by. `correlation`: what belongs together, such as a Call-ID."""

    payload: bytes
    source: Endpoint = UNKNOWN
    destination: Endpoint = UNKNOWN
    wall_ns: int = 0
    transport: Transport | None = Transport.UDP
    payload_kind: int = lib.SIPWARD_HEP_SIP
    compressed: bool = False
    agent: int = 0
    key: bytes = b""
    correlation: bytes = b""

    @property
    def is_sip(self) -> bool:
        """Whether the payload is SIP that can be inspected as it is."""
        return self.payload_kind == lib.SIPWARD_HEP_SIP and not self.compressed and self.transport is not None

    def packet(self, monotonic_ns: int | None = None) -> Packet:
        """For Inspector.inspect. Windows are measured by monotonic_ns, the host's clock: now unless given."""
        transport = Transport.UDP if self.transport is None else self.transport
        return Packet(self.payload, source=self.source, destination=self.destination, transport=transport, wall_ns=self.wall_ns, monotonic_ns=monotonic_ns)


def _bytes(struct: Any) -> bytes:
    return bytes(ffi.unpack(struct.data, struct.size)) if struct.size else b""


def hep_size(data: Text | Buffer) -> int:
    """Of a connection: how long the packet is that begins here, which may be more than there is. 0 if more bytes are needed to tell.
    MalformedError if none begins here."""
    given, out = as_bytes(data, "a packet of HEP3"), ffi.new("size_t*")
    status = lib.sipward_hep_size(given, len(given), out)
    if status != lib.SIPWARD_INCOMPLETE:
        check(status, "find the end of a packet of HEP3")
    return int(out[0])


def read_hep(data: Text | Buffer) -> Hep:
    """Reads one packet, whole: a datagram, or what hep_size said of a connection. MalformedError if it is none, lengths or values
    cannot be, or addresses or the payload are missing."""
    given, out = as_bytes(data, "a packet of HEP3"), new("sipward_hep")
    check(lib.sipward_hep_read(given, len(given), out), "read a packet of HEP3")
    return Hep(
        payload=_bytes(out.payload),
        source=endpoint_of(out.source),
        destination=endpoint_of(out.destination),
        wall_ns=int(out.wall_ns),
        transport=None if out.transport == lib.SIPWARD_HEP_OTHER_TRANSPORT else Transport(out.transport),
        payload_kind=int(out.payload_kind),
        compressed=bool(out.compressed),
        agent=int(out.agent),
        key=_bytes(out.key),
        correlation=_bytes(out.correlation),
    )


def write_hep(hep: Hep) -> bytes:
    """The packet, to be sent to Homer. LimitError if it would be longer than 65,535 bytes; ArgumentError without a transport. Times
    before 1970 and after 2106 become the nearest ones that do; WSS is written as WS."""
    transport = lib.SIPWARD_HEP_OTHER_TRANSPORT if hep.transport is None else int(hep.transport)
    struct = new("sipward_hep", transport=transport, payload_kind=hep.payload_kind, compressed=int(hep.compressed), agent=hep.agent, wall_ns=hep.wall_ns)
    struct.source = endpoint_struct(hep.source, "the source")[0]
    struct.destination = endpoint_struct(hep.destination, "the destination")[0]
    kept = Texts()
    kept.put(struct.key, hep.key, "the key")
    kept.put(struct.correlation, hep.correlation, "the correlation")
    kept.put(struct.payload, hep.payload, "the payload")
    out, size = ffi.new("char[]", lib.SIPWARD_HEP_BYTES), ffi.new("size_t*")
    check(lib.sipward_hep_write(struct, out, len(out), size), "write a packet of HEP3")
    return bytes(ffi.buffer(out, size[0])[:])
