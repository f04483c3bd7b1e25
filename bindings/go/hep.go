package sipward

// #include "handles.h"
import "C"

import "net/netip"

// HEPPacket is what one packet of HEP3 says, in which SIP servers and probes hand on what they see.
type HEPPacket struct {
	Transport      Transport
	OtherTransport bool // the transport is none that SIP uses
	PayloadKind    uint8
	Compressed     bool   // the payload, by zlib (RFC 1950); it is handed on as it is
	Agent          uint32 // the number of who captured it
	Wall           int64  // nanoseconds since 1970 UTC; to the microsecond
	Source         netip.AddrPort
	Destination    netip.AddrPort
	Key            []byte // what the sender proves itself by: compare it
	Correlation    []byte // what belongs together, such as a Call-ID
	Payload        []byte
}

const (
	// HEPSIP is the PayloadKind of SIP; 5 is RTCP, 100 a log.
	HEPSIP = C.SIPWARD_HEP_SIP
	// HEPBytes is how long a packet is at most.
	HEPBytes = C.SIPWARD_HEP_BYTES
)

// IsSIP says whether the payload is SIP that can be inspected as it is.
func (p *HEPPacket) IsSIP() bool {
	return p.PayloadKind == HEPSIP && !p.Compressed && !p.OtherTransport
}

// Packet is what an inspector takes beside the payload. Windows are measured by monotonic, the
// program's own clock.
func (p *HEPPacket) Packet(monotonic int64) Packet {
	return Packet{Time: Moment{Wall: p.Wall, Monotonic: monotonic}, Source: p.Source, Destination: p.Destination, Transport: p.Transport}
}

// HEPSize says of a connection how long the packet is that begins here, which may be more than there
// is. ErrIncomplete if more bytes are needed to tell, ErrMalformed if none begins here.
func HEPSize(data []byte) (int, error) {
	var found C.size_t
	if err := statusError(C.sipward_hep_size(bytesOf(data), C.size_t(len(data)), &found)); err != nil {
		return 0, err
	}
	return int(found), nil
}

// ReadHEP reads one packet, whole: a datagram, or what HEPSize said. What it returns are copies.
// ErrMalformed if it is none, lengths or values cannot be, or addresses or the payload are missing.
func ReadHEP(data []byte) (HEPPacket, error) {
	// The texts point into the bytes, of which C has a copy until Go has one.
	var memory arena
	defer memory.free()
	c := (*C.sipward_hep)(memory.zeroed(C.sizeof_sipward_hep))
	c.struct_size = C.sizeof_sipward_hep
	if err := statusError(C.sipward_hep_read(memory.bytes(data), C.size_t(len(data)), c)); err != nil {
		return HEPPacket{}, err
	}
	packet := HEPPacket{
		OtherTransport: c.transport == C.SIPWARD_HEP_OTHER_TRANSPORT,
		PayloadKind:    uint8(c.payload_kind),
		Compressed:     c.compressed != 0,
		Agent:          uint32(c.agent),
		Wall:           int64(c.wall_ns),
		Source:         addrPort(&c.source),
		Destination:    addrPort(&c.destination),
		Key:            []byte(goText(c.key)),
		Correlation:    []byte(goText(c.correlation)),
		Payload:        []byte(goText(c.payload)),
	}
	if !packet.OtherTransport {
		packet.Transport = Transport(c.transport)
	}
	return packet, nil
}

// Append appends the packet, to be sent to Homer. ErrLimit if it would be longer than HEPBytes,
// ErrArgument if it has no transport. Times before 1970 and after 2106 become the nearest ones that
// do; WSS is written as WS.
func (p *HEPPacket) Append(to []byte) ([]byte, error) {
	var memory arena
	defer memory.free()
	c := (*C.sipward_hep)(memory.zeroed(C.sizeof_sipward_hep))
	c.struct_size = C.sizeof_sipward_hep
	c.transport = C.uint32_t(p.Transport)
	if p.OtherTransport {
		c.transport = C.SIPWARD_HEP_OTHER_TRANSPORT
	}
	c.payload_kind = C.uint32_t(p.PayloadKind)
	c.compressed = truth(p.Compressed)
	c.agent = C.uint32_t(p.Agent)
	c.wall_ns = C.int64_t(p.Wall)
	putEndpoint(&c.source, p.Source)
	putEndpoint(&c.destination, p.Destination)
	c.key, c.correlation, c.payload = memory.textOf(p.Key), memory.textOf(p.Correlation), memory.textOf(p.Payload)
	out := make([]byte, HEPBytes)
	var written C.size_t
	if err := statusError(C.sipward_hep_write(c, bytesOf(out), C.size_t(len(out)), &written)); err != nil {
		return to, err
	}
	return append(to, out[:written]...), nil
}

func addrPort(c *C.sipward_endpoint) netip.AddrPort {
	var bytes [16]byte
	for i := range bytes {
		bytes[i] = byte(c.address[i])
	}
	return netip.AddrPortFrom(netip.AddrFrom16(bytes).Unmap(), uint16(c.port))
}
