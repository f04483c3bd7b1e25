package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"sipward"
)

// Branches of RFC 3261 begin with this; others say nothing about their transaction.
const cookie = "z9hG4bK"

// viaText is a Via with received and rport as the proxy saw its sender (RFC 3261 section 18.2.1, RFC 3581
// section 4), whatever the sender wrote there, and the address that its response goes to.
func (p *proxy) viaText(via sipward.Via, source netip.AddrPort) (string, netip.AddrPort) {
	var out strings.Builder
	fmt.Fprintf(&out, "%s/%s/%s %s", via.Protocol, via.Version, via.Transport, via.Host)
	port := uint16(5060)
	if via.PortText.Present() {
		fmt.Fprintf(&out, ":%s", via.PortText)
		port = uint16(via.Port)
	}
	params, _ := p.message.Params(via.Params)
	for _, param := range params {
		switch strings.ToLower(param.Name.String()) {
		case "received", "rport":
			continue
		}
		out.WriteString(";" + param.Name.String())
		if param.Value.Present() {
			out.WriteString("=" + param.Value.String())
		}
	}
	if via.RPort.Present() {
		port = source.Port()
		fmt.Fprintf(&out, ";received=%s;rport=%d", source.Addr(), port)
	} else if host(via.Host) != source.Addr() {
		fmt.Fprintf(&out, ";received=%s", source.Addr())
	}
	return out.String(), netip.AddrPortFrom(source.Addr(), port)
}

// host is an address as it stands in a URI or a Via; not valid if it is a name.
func host(text sipward.Slice) netip.Addr {
	address, _ := netip.ParseAddr(strings.Trim(text.String(), "[]"))
	return address.Unmap()
}

// answerPlace is where a response goes that has this Via below that of the proxy.
func answerPlace(via sipward.Via) netip.AddrPort {
	address := host(via.Host)
	if via.Received.Present() {
		address, _ = netip.ParseAddr(via.Received.String())
		address = address.Unmap()
	}
	port := uint64(5060)
	if via.PortText.Present() && via.Port >= 0 {
		port = uint64(via.Port)
	}
	if via.RPort.String() != "" {
		var err error
		if port, err = strconv.ParseUint(via.RPort.String(), 10, 16); err != nil {
			return netip.AddrPort{}
		}
	}
	return netip.AddrPortFrom(address, uint16(port))
}

// branch is that of the Via of this proxy above another one: the same for a request, its
// retransmissions, its CANCEL and the ACK of a refusal (RFC 3261 section 16.11), and for nobody to
// guess. It also names where the response goes, so that whoever answers cannot send it elsewhere.
func (p *proxy) branch(via sipward.Via, answer netip.AddrPort) string {
	parts := []string{answer.String(), via.Host.String(), via.PortText.String(), via.Branch.String()}
	if !strings.HasPrefix(via.Branch.String(), cookie) {
		from, _ := p.message.From()
		cseq, _ := p.message.CSeq()
		parts = append(parts, p.message.Get("Call-ID"), from.Tag.String(), cseq.NumberText.String())
	}
	return cookie + p.hash("branch", parts...)
}

// hash is 16 octets of what only this proxy can compute. The length of each part keeps them apart.
func (p *proxy) hash(what string, parts ...string) string {
	mac := hmac.New(sha256.New, p.secret[:])
	for _, part := range append(parts, what) {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
