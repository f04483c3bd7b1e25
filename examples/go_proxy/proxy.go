package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log"
	"net"
	"net/netip"
	"syscall"

	"sipward"
)

// proxy is one goroutine with one socket.
type proxy struct {
	engine    *sipward.Engine
	inspector *sipward.Inspector
	message   *sipward.Message
	socket    *net.UDPConn
	raw       syscall.RawConn
	self      netip.AddrPort
	server    netip.AddrPort
	registrar netip.AddrPort
	secret    [32]byte
	batch     batch
	packets   [mostAtOnce]sipward.Packet
	verdicts  [mostAtOnce]sipward.Verdict
	out       []byte
	counted   counts
}

type counts struct {
	batches, packets, forwarded, answered, dropped, unusable int
	largest                                                  int // batch
}

func newProxy(engine *sipward.Engine, socket *net.UDPConn, server, registrar netip.AddrPort) (*proxy, error) {
	p := &proxy{engine: engine, socket: socket, server: server, registrar: registrar}
	p.self = socket.LocalAddr().(*net.UDPAddr).AddrPort()
	p.self = netip.AddrPortFrom(p.self.Addr().Unmap(), p.self.Port())
	if p.self.Addr().IsUnspecified() {
		return nil, errors.New("the address to listen on is the one that Via headers name: give one, not all")
	}
	p.batch.buffer = make([]byte, mostBytes)
	p.out = make([]byte, 0, 2*longest)
	var err error
	if _, err = rand.Read(p.secret[:]); err != nil {
		return nil, err
	}
	if p.raw, err = socket.SyscallConn(); err != nil {
		return nil, err
	}
	if p.inspector, err = sipward.NewInspector(engine); err != nil {
		return nil, err
	}
	if p.message, err = sipward.NewMessage(); err != nil {
		p.inspector.Close()
		return nil, err
	}
	return p, nil
}

func (p *proxy) close() {
	p.inspector.Close()
	p.message.Close()
}

// serve runs until the socket is closed.
func (p *proxy) serve() error {
	for {
		if err := p.batch.receive(p.raw); err != nil {
			if errors.Is(err, net.ErrClosed) {
				return nil
			}
			return err
		}
		if err := p.judge(); err != nil {
			return err
		}
		for k := 0; k < p.batch.count; k++ {
			at := p.batch.places[k]
			p.handle(p.batch.buffer[at.offset:at.offset+at.size], at.source, &p.verdicts[k])
		}
	}
}

// judge has sipward look at the whole batch, with one call into C.
func (p *proxy) judge() error {
	now := sipward.Now()
	for k, at := range p.batch.places[:p.batch.count] {
		direction, destination := sipward.DirectionInbound, p.self
		if p.inside(at.source) {
			direction = sipward.DirectionOutbound
			destination = p.answeredTo(p.batch.buffer[at.offset : at.offset+at.size])
		}
		p.packets[k] = sipward.Packet{
			Offset: at.offset, Size: at.size, Time: now,
			Source: at.source, Destination: destination, Direction: direction,
		}
	}
	n := p.batch.count
	p.counted.batches++
	p.counted.packets += n
	if n > p.counted.largest {
		p.counted.largest = n
	}
	_, err := p.inspector.InspectBatch(p.batch.buffer, p.packets[:n], p.verdicts[:n])
	return err
}

// answeredTo is whom a response of the server is for. Rules that count what somebody is told again and
// again ("no such user") must know it: seen as it comes, all of it would be for this proxy.
func (p *proxy) answeredTo(bytes []byte) netip.AddrPort {
	if p.message.Parse(bytes, nil) != nil {
		return p.self
	}
	line, err := p.message.StartLine()
	if err != nil || line.Kind != sipward.KindResponse {
		return p.self
	}
	via, err := p.message.Via(1)
	if to := answerPlace(via); err == nil && to.Addr().IsValid() {
		return to
	}
	return p.self
}

// inside says whether an address is that of what this proxy protects.
func (p *proxy) inside(address netip.AddrPort) bool {
	return address == p.server || address == p.registrar
}

// handle does with a packet what the verdict says.
func (p *proxy) handle(bytes []byte, source netip.AddrPort, verdict *sipward.Verdict) {
	if len(verdict.Hits) > 0 {
		log.Printf("%s %s", source, verdict)
	}
	if verdict.Action == sipward.ActionDrop {
		p.counted.dropped++
		return
	}
	// What no parser would pass on is not passed on, and has nobody to be answered.
	if p.message.Parse(bytes, nil) != nil || p.message.Validate() != nil {
		p.counted.unusable++
		return
	}
	line, err := p.message.StartLine()
	switch {
	case err != nil:
		p.counted.unusable++
	case verdict.Action <= sipward.ActionFlag && line.Kind == sipward.KindRequest:
		p.forwardRequest(line, source)
	case verdict.Action <= sipward.ActionFlag:
		p.forwardResponse()
	case line.Kind == sipward.KindRequest:
		code, reason := refusal(verdict)
		p.answer(line, source, code, reason)
	default:
		p.counted.dropped++ // a response cannot be answered
	}
}

// refusal is the answer for a verdict: the rule's own, or one for its action. To challenge takes
// passwords, which a proxy without state does not have: it refuses.
func refusal(verdict *sipward.Verdict) (int, string) {
	code, reason := verdict.SIPCode, verdict.SIPReason
	if verdict.Action == sipward.ActionChallenge {
		code, reason = 403, ""
	}
	if code == 0 {
		code = map[sipward.Action]int{sipward.ActionThrottle: 503, sipward.ActionHold: 480}[verdict.Action]
	}
	if code == 0 {
		code = 403
	}
	if reason == "" {
		reason = phrases[code]
	}
	if reason == "" {
		reason = "Refused"
	}
	return code, reason
}

// What RFC 3261 section 21 and RFC 8224 call the codes that rules mostly have.
var phrases = map[int]string{
	403: "Forbidden", 404: "Not Found", 436: "Bad Identity Info", 437: "Unsupported Credential", 438: "Invalid Identity Header",
	480: "Temporarily Unavailable", 486: "Busy Here", 503: "Service Unavailable", 603: "Decline", 608: "Rejected",
}

func (p *proxy) send(bytes []byte, to netip.AddrPort) bool {
	if _, err := p.socket.WriteToUDPAddrPort(bytes, to); err != nil {
		log.Printf("to %s: %v", to, err)
		return false
	}
	return true
}

// report says what was counted, in one line, and what sipward noticed.
func (p *proxy) report() error {
	var cursor sipward.NoticeCursor
	for {
		notice, err := p.engine.NextNotice(&cursor)
		if err != nil {
			break
		}
		log.Printf("notice: %s: %s %q", notice.Severity, notice.Code.Sentence(), notice.Key)
	}
	s, err := p.engine.Statistics()
	if err != nil {
		return err
	}
	c := p.counted
	fmt.Printf("packets %d in %d batches (at most %d), forwarded %d, answered %d, dropped %d, unusable %d; flagged %d\n",
		c.packets, c.batches, c.largest, c.forwarded, c.answered, c.dropped, c.unusable, s.ByAction[sipward.ActionFlag])
	return nil
}
