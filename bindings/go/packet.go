package sipward

// #include "handles.h"
import "C"

import "net/netip"

// Transport is how a message came.
type Transport uint32

const (
	TransportUDP  = Transport(C.SIPWARD_TRANSPORT_UDP)
	TransportTCP  = Transport(C.SIPWARD_TRANSPORT_TCP)
	TransportTLS  = Transport(C.SIPWARD_TRANSPORT_TLS)
	TransportWS   = Transport(C.SIPWARD_TRANSPORT_WS)
	TransportWSS  = Transport(C.SIPWARD_TRANSPORT_WSS)
	TransportSCTP = Transport(C.SIPWARD_TRANSPORT_SCTP)
)

// Direction is which way a message goes, if the program knows.
type Direction uint32

const (
	DirectionUnknown  = Direction(C.SIPWARD_DIRECTION_UNKNOWN)
	DirectionInbound  = Direction(C.SIPWARD_DIRECTION_INBOUND)
	DirectionOutbound = Direction(C.SIPWARD_DIRECTION_OUTBOUND)
)

// Packet is what the program knows of a message beside its bytes. It is read during the call alone.
type Packet struct {
	// Offset and Size say where the message is in the buffer of InspectBatch. Inspect and Resume are
	// given the message itself and look at neither.
	Offset, Size int
	Time         Moment
	Source       netip.AddrPort
	Destination  netip.AddrPort
	Transport    Transport
	Direction    Direction
	// Registered: the source is a registered contact. On UDP that proves nothing: its address can be forged.
	Registered bool
	// Authenticated: the program checked the credentials. This, or a connection (any transport but
	// UDP), proves the source. Only proven parties are banned, and their counts and scores are kept apart.
	Authenticated bool
	Account       string         // authenticated account; empty if not known
	Trunk         string         // empty if not known
	Identity      *IdentityCheck // what the program found of the caller's identity; nil: nothing yet
}

// IdentityOutcome is what a check of Identity headers came to.
type IdentityOutcome uint32

const (
	IdentityPending  = IdentityOutcome(C.SIPWARD_IDENTITY_PENDING) // there is no result: the check is not done, or nobody does it
	IdentityNone     = IdentityOutcome(C.SIPWARD_IDENTITY_NONE)    // there is no Identity
	IdentityFailed   = IdentityOutcome(C.SIPWARD_IDENTITY_FAILED)
	IdentityVerified = IdentityOutcome(C.SIPWARD_IDENTITY_VERIFIED)
)

// String is "pending", "none", "failed" or "verified".
func (o IdentityOutcome) String() string {
	switch o {
	case IdentityNone:
		return "none"
	case IdentityFailed:
		return "failed"
	case IdentityVerified:
		return "verified"
	}
	return "pending"
}

// IdentityCheck is what the program found of a message's Identity headers (RFC 8224, SHAKEN: RFC
// 8588), for rules to see. What a token says (Attest to Diversions) is shown to rules of a verified
// identity alone. Empty texts: there is none.
type IdentityCheck struct {
	Outcome    IdentityOutcome
	Reason     string // why it failed: "IAT_STALE" and so on, as rules name it; another name, or none, is OTHER to them
	Attest     string // "A", "B" or "C"
	OrigID     string
	SPC        string // service provider code of the certificate that signed
	Verstat    string // "TN-Validation-Passed" and so on; empty: it follows from outcome and attest
	IssuedAt   int64  // iat, seconds since 1970 UTC; 0: not known
	Diversions int
}

func putAddress(to *C.sipward_endpoint, address netip.Addr) {
	// As16 of an IPv4 address is ::ffff:a.b.c.d, as the library has it; of none, all zero.
	bytes := address.As16()
	for i, b := range bytes {
		to.address[i] = C.uint8_t(b)
	}
}

func putEndpoint(to *C.sipward_endpoint, from netip.AddrPort) {
	putAddress(to, from.Addr())
	to.port = C.uint16_t(from.Port())
}

// put writes the packet into C memory that is zeroed or held a packet before.
func (p *Packet) put(c *C.sipward_packet, offset, size int, memory *arena) {
	c.struct_size = C.sizeof_sipward_packet
	c.transport = C.uint32_t(p.Transport)
	c.direction = C.uint32_t(p.Direction)
	c.flags = 0
	if p.Registered {
		c.flags = C.SIPWARD_PACKET_REGISTERED
	}
	if p.Authenticated {
		c.flags |= C.SIPWARD_PACKET_AUTHENTICATED
	}
	c.offset, c.size = C.uint64_t(offset), C.uint64_t(size)
	c.wall_ns, c.monotonic_ns = C.int64_t(p.Time.Wall), C.int64_t(p.Time.Monotonic)
	putEndpoint(&c.source, p.Source)
	putEndpoint(&c.destination, p.Destination)
	c.account, c.account_size = memory.chars(p.Account), C.size_t(len(p.Account))
	c.trunk, c.trunk_size = memory.chars(p.Trunk), C.size_t(len(p.Trunk))
	c.identity = p.Identity.put(memory)
}

func (i *IdentityCheck) put(memory *arena) *C.sipward_identity_check {
	if i == nil {
		return nil
	}
	c := (*C.sipward_identity_check)(sized(memory.alloc(C.sizeof_sipward_identity_check), C.sizeof_sipward_identity_check))
	c.result = C.uint32_t(i.Outcome)
	c.reason, c.reason_size = memory.chars(i.Reason), size(i.Reason)
	c.attest, c.attest_size = memory.chars(i.Attest), size(i.Attest)
	c.origid, c.origid_size = memory.chars(i.OrigID), size(i.OrigID)
	c.spc, c.spc_size = memory.chars(i.SPC), size(i.SPC)
	c.verstat, c.verstat_size = memory.chars(i.Verstat), size(i.Verstat)
	c.iat = C.int64_t(i.IssuedAt)
	c.div_count = C.uint32_t(i.Diversions)
	return c
}
