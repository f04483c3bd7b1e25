package main

import (
	"net/netip"
	"strconv"
	"strings"

	"sipward"
)

// viaLine is the header line of the topmost Via: its index, its value, and the Via in it. A line may hold
// several.
func (p *proxy) viaLine() (index int, line string, via sipward.Via, ok bool) {
	via, err := p.message.Via(0)
	if err != nil {
		return 0, "", via, false
	}
	headers, err := p.message.Headers()
	if err != nil {
		return 0, "", via, false
	}
	for i, header := range headers {
		begin := header.Value.Offset()
		if header.Known == "Via" && begin <= via.Text.Offset() && via.Text.Offset() < begin+len(header.Value.String()) {
			return i, header.Value.String(), via, true
		}
	}
	return 0, "", via, false
}

// forwardRequest sends a request on (RFC 3261 section 16.6).
func (p *proxy) forwardRequest(line sipward.StartLine, source netip.AddrPort) {
	index, value, via, ok := p.viaLine()
	if !ok {
		p.counted.unusable++
		return
	}
	hops, err := p.message.Number("Max-Forwards")
	switch {
	case err != nil:
		hops = 70
	case hops == 0:
		p.answer(line, source, 483, "Too Many Hops")
		return
	default:
		hops--
	}
	uri, err := p.message.RequestURI()
	if err != nil {
		p.counted.unusable++
		return
	}
	to, edits, ok := p.target(line, uri, source)
	if !ok {
		p.answer(line, source, 404, "Not Found")
		return
	}
	seen, answer := p.viaText(via, source)
	below := seen + rest(value, via.Text.String())
	own := "SIP/2.0/UDP " + p.self.String() + ";branch=" + p.branch(via, answer)
	edits = append(edits,
		sipward.ReplaceLine(index, unfolded(below)),
		sipward.AddHeader("Via", own, sipward.PlaceTop),
		sipward.SetHeader("Max-Forwards", strconv.FormatUint(hops, 10)))
	p.write(to, edits...)
}

// rest is what follows the first value of a header line.
func rest(line, first string) string {
	return strings.TrimPrefix(strings.TrimLeft(line, " \t\r\n"), first)
}

// unfolded is a value on one line.
func unfolded(value string) string {
	return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(value)
}

// target is where a request goes. From outside that is the server, and a Request-URI that names this proxy
// then names the server; from inside it is what the Request-URI says.
func (p *proxy) target(line sipward.StartLine, uri sipward.URI, source netip.AddrPort) (netip.AddrPort, []sipward.Edit, bool) {
	named := netip.AddrPortFrom(host(uri.Host), 5060)
	if uri.Port >= 0 {
		named = netip.AddrPortFrom(named.Addr(), uint16(uri.Port))
	}
	if p.inside(source) {
		return named, nil, named.Addr().IsValid() && named != p.self && !p.inside(named)
	}
	to := p.server
	if line.Method.String() == "REGISTER" {
		to = p.registrar
	}
	if named != p.self {
		return to, nil, true
	}
	user := ""
	if uri.User.Present() {
		user = uri.User.String() + "@"
	}
	return to, []sipward.Edit{sipward.SetRequestURI("sip:" + user + to.String())}, true
}

// forwardResponse sends a response on (RFC 3261 section 16.11): the topmost Via must be one that this proxy
// made for the one below it, and goes away.
func (p *proxy) forwardResponse() {
	index, value, own, ok := p.viaLine()
	next, err := p.message.Via(1)
	if !ok || err != nil || host(own.Host) != p.self.Addr() || own.Port != int(p.self.Port()) {
		p.counted.unusable++
		return
	}
	to := answerPlace(next)
	if !to.Addr().IsValid() || own.Branch.String() != p.branch(next, to) {
		p.counted.unusable++
		return
	}
	edit := sipward.RemoveLine(index)
	if left := strings.TrimLeft(rest(value, own.Text.String()), " \t\r\n,"); left != "" {
		edit = sipward.ReplaceLine(index, unfolded(left))
	}
	p.write(to, edit)
}

// write sends the message on, edited.
func (p *proxy) write(to netip.AddrPort, edits ...sipward.Edit) {
	bytes, err := p.message.Write(p.out[:0], edits...)
	if err != nil || !p.send(bytes, to) {
		p.counted.unusable++
		return
	}
	p.counted.forwarded++
}
