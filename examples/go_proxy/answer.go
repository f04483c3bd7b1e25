package main

import (
	"fmt"
	"net/netip"
	"strings"

	"sipward"
)

// answer refuses a request, without state: the same request gets the same answer, with the same tag (RFC
// 3261 section 8.2.7). An ACK is never answered.
func (p *proxy) answer(line sipward.StartLine, source netip.AddrPort, code int, reason string) {
	if line.Method.String() == "ACK" {
		p.counted.dropped++
		return
	}
	text, to, ok := p.answerText(source, code, reason)
	if !ok || !p.send([]byte(text), to) {
		p.counted.unusable++
		return
	}
	p.counted.answered++
}

func (p *proxy) answerText(source netip.AddrPort, code int, reason string) (string, netip.AddrPort, bool) {
	index, value, via, ok := p.viaLine()
	headers, err := p.message.Headers()
	if !ok || err != nil {
		return "", netip.AddrPort{}, false
	}
	seen, to := p.viaText(via, source)
	var out strings.Builder
	fmt.Fprintf(&out, "SIP/2.0 %d %s\r\n", code, reason)
	for i, header := range headers {
		text := header.Value.String()
		switch header.Known {
		case "Via":
			if i == index {
				text = seen + rest(value, via.Text.String())
			}
		case "To":
			if callee, err := p.message.To(); err != nil || !callee.Tag.Present() {
				text += ";tag=" + p.hash("tag", p.message.Get("Call-ID"), via.Branch.String(), via.Host.String())
			}
		case "From", "Call-ID", "CSeq":
		default:
			continue
		}
		fmt.Fprintf(&out, "%s: %s\r\n", header.Known, unfolded(text))
	}
	if code == 503 {
		out.WriteString("Retry-After: 10\r\n")
	}
	out.WriteString("Content-Length: 0\r\n\r\n")
	return out.String(), to, true
}
