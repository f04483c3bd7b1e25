package main

import (
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"sipward"
)

// peer is a socket of the test.
type peer struct {
	*net.UDPConn
	t *testing.T
}

func newPeer(t *testing.T) peer {
	t.Helper()
	socket, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	return peer{socket, t}
}

func (p peer) address() netip.AddrPort {
	return netip.MustParseAddrPort(p.LocalAddr().String())
}

func (p peer) say(to netip.AddrPort, text string) {
	p.t.Helper()
	if _, err := p.WriteToUDPAddrPort([]byte(text), to); err != nil {
		p.t.Fatal(err)
	}
}

// hear is the next message, or nothing if none comes.
func (p peer) hear() string {
	p.t.Helper()
	wait := 5 * time.Second
	p.SetReadDeadline(time.Now().Add(wait))
	buffer := make([]byte, longest)
	n, err := p.Read(buffer)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(buffer[:n])
}

func (p peer) hearNothing() {
	p.t.Helper()
	p.SetReadDeadline(time.Now().Add(150 * time.Millisecond))
	buffer := make([]byte, longest)
	if n, err := p.Read(buffer); err == nil {
		p.t.Fatalf("heard %q", buffer[:n])
	}
}

// started is a running proxy with the caller and the server on its two sides.
func started(t *testing.T, rules string) (p *proxy, caller, server peer) {
	t.Helper()
	compiler, err := sipward.NewCompiler()
	if err != nil {
		t.Fatal(err)
	}
	defer compiler.Close()
	if err := compiler.AddRules("test.ward", "version 1\n"+rules); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Build()
	if err != nil {
		t.Fatal(err)
	}
	state, err := sipward.NewState(sipward.StateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	engine, err := sipward.NewEngine(compiled, state, sipward.EngineOptions{})
	if err != nil {
		t.Fatal(err)
	}
	caller, server = newPeer(t), newPeer(t)
	socket := newPeer(t)
	if p, err = newProxy(engine, socket.UDPConn, server.address(), server.address()); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() { ended <- p.serve() }()
	t.Cleanup(func() {
		socket.Close()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		p.close()
		engine.Close()
	})
	return p, caller, server
}

// request from the caller; more is header lines with their line ends.
func request(method, uri, via, more string) string {
	return method + " " + uri + " SIP/2.0\r\nVia: " + via + "\r\nFrom: <sip:alice@example.com>;tag=1\r\nTo: <sip:bob@example.com>\r\n" +
		"Call-ID: c1\r\nCSeq: 1 " + method + "\r\n" + more + "Content-Length: 0\r\n\r\n"
}

// response answers what was heard, as a server does.
func response(t *testing.T, heard string, change func(string) string) string {
	t.Helper()
	var out strings.Builder
	out.WriteString("SIP/2.0 200 OK\r\n")
	for _, line := range strings.Split(heard, "\r\n") {
		for _, name := range []string{"Via:", "From:", "To:", "Call-ID:", "CSeq:"} {
			if strings.HasPrefix(line, name) {
				if name == "To:" {
					line += ";tag=2"
				}
				out.WriteString(line + "\r\n")
			}
		}
	}
	return change(out.String() + "Content-Length: 0\r\n\r\n")
}

func same(text string) string { return text }

func vias(text string) (all []string) {
	for _, line := range strings.Split(text, "\r\n") {
		if strings.HasPrefix(line, "Via: ") {
			all = append(all, line[len("Via: "):])
		}
	}
	return all
}

func TestACallGoesThereAndBack(t *testing.T) {
	p, caller, server := started(t, "")
	via := "SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKa;rport;received=203.0.113.1"
	caller.say(p.self, request("INVITE", "sip:bob@"+p.self.String(), via, "Max-Forwards: 70\r\n"))
	heard := server.hear()
	if !strings.HasPrefix(heard, "INVITE sip:bob@"+server.address().String()+" SIP/2.0\r\nVia: SIP/2.0/UDP "+p.self.String()+";branch=z9hG4bK") {
		t.Fatal(heard)
	}
	// What the caller wrote of its own address does not count.
	source := caller.address()
	want := "SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKa;received=127.0.0.1;rport=" + source.String()[len("127.0.0.1:"):]
	if got := vias(heard); len(got) != 2 || got[1] != want {
		t.Fatal(got)
	}
	if !strings.Contains(heard, "\r\nMax-Forwards: 69\r\n") {
		t.Fatal(heard)
	}
	server.say(p.self, response(t, heard, same))
	back := caller.hear()
	if got := vias(back); len(got) != 1 || got[0] != want || !strings.HasPrefix(back, "SIP/2.0 200 OK\r\n") {
		t.Fatal(back)
	}
}

// Without rport the response goes to the port that the Via names; without a branch of RFC 3261, too.
func TestAnswersGoWhereTheViaSays(t *testing.T) {
	for _, branch := range []string{";branch=z9hG4bKb", ";branch=old", ""} {
		p, caller, server := started(t, "")
		other := newPeer(t)
		via := "SIP/2.0/UDP " + other.address().String() + branch
		caller.say(p.self, request("OPTIONS", "sip:example.com", via+", SIP/2.0/UDP 192.0.2.8;branch=z9hG4bKc", ""))
		heard := server.hear()
		if !strings.HasPrefix(heard, "OPTIONS sip:example.com SIP/2.0\r\n") || !strings.Contains(heard, "\r\nMax-Forwards: 70\r\n") {
			t.Fatal(heard)
		}
		// Servers may put several Vias into one line.
		together := func(text string) string {
			return strings.Replace(text, "\r\nVia: SIP/2.0/UDP "+other.address().String(), ", SIP/2.0/UDP "+other.address().String(), 1)
		}
		server.say(p.self, response(t, heard, together))
		if got := vias(other.hear()); len(got) != 1 || got[0] != via+", SIP/2.0/UDP 192.0.2.8;branch=z9hG4bKc" {
			t.Fatal(got)
		}
	}
}

func TestOneBranchForATransaction(t *testing.T) {
	p, caller, server := started(t, "")
	branchOf := func(method, via string) string {
		caller.say(p.self, request(method, "sip:bob@example.com", via, ""))
		return vias(server.hear())[0]
	}
	invite := branchOf("INVITE", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKa;rport")
	if ack, cancel := branchOf("ACK", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKa;rport"), branchOf("CANCEL", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKa;rport"); ack != invite || cancel != invite {
		t.Fatal(invite, ack, cancel)
	}
	if other := branchOf("BYE", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKb;rport"); other == invite {
		t.Fatal(other)
	}
}

// A response that this proxy did not ask for, or that is to go elsewhere, goes nowhere.
func TestForgedResponsesGoNowhere(t *testing.T) {
	p, caller, server := started(t, "")
	victim := newPeer(t)
	caller.say(p.self, request("INVITE", "sip:bob@example.com", "SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKa;rport", ""))
	heard := server.hear()
	port := caller.address().String()[len("127.0.0.1:"):]
	for _, change := range []func(string) string{
		func(s string) string {
			return strings.Replace(s, "rport="+port, "rport="+victim.address().String()[len("127.0.0.1:"):], 1)
		},
		func(s string) string { return strings.Replace(s, "branch=z9hG4bKa", "branch=z9hG4bKb", 1) },
		func(s string) string { return strings.Replace(s, "branch=z9hG4bK", "branch=z9hG4bK0", 1) },
		func(s string) string { return strings.Replace(s, p.self.String(), "127.0.0.1:1", 1) },
		func(s string) string { return strings.Replace(s, "Via", "X-Via", 1) },
	} {
		server.say(p.self, response(t, heard, change))
	}
	victim.hearNothing()
	caller.hearNothing()
}

func TestRequestsFromInsideGoWhereTheySay(t *testing.T) {
	p, caller, server := started(t, "")
	server.say(p.self, request("BYE", "sip:alice@"+caller.address().String(), "SIP/2.0/UDP "+server.address().String()+";branch=z9hG4bKa", ""))
	heard := caller.hear()
	if !strings.HasPrefix(heard, "BYE sip:alice@"+caller.address().String()+" SIP/2.0\r\n") {
		t.Fatal(heard)
	}
	server.say(p.self, request("BYE", "sip:alice@name.example.com", "SIP/2.0/UDP "+server.address().String()+";branch=z9hG4bKb", ""))
	if got := server.hear(); !strings.HasPrefix(got, "SIP/2.0 404 Not Found\r\n") {
		t.Fatal(got)
	}
}

func TestVerdictsAreCarriedOut(t *testing.T) {
	p, caller, server := started(t, `
rule t.reject { on request where method == INVITE when true then reject 403 "Not from there" }
rule t.drop { on request where method == MESSAGE when true then drop }
rule t.throttle { on request where method == OPTIONS when true then throttle 1/m }
rule t.challenge { on request where method == REGISTER when true then challenge }
`)
	via := "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKa;rport"
	passes := strings.Replace(via, "bKa", "bKp", 1)
	caller.say(p.self, request("OPTIONS", "sip:bob@example.com", passes, "")) // the one that passes
	if got := server.hear(); !strings.HasPrefix(got, "OPTIONS ") {
		t.Fatal(got)
	}
	for method, want := range map[string]string{"INVITE": "403 Not from there", "OPTIONS": "503 Service Unavailable", "REGISTER": "403 Forbidden"} {
		caller.say(p.self, request(method, "sip:bob@example.com", via, ""))
		first := caller.hear()
		if !strings.HasPrefix(first, "SIP/2.0 "+want+"\r\n") {
			t.Fatal(method, first)
		}
		if !strings.Contains(first, "\r\nVia: "+via[:len(via)-len(";rport")]+";received=127.0.0.1;rport=") || !strings.Contains(first, "\r\nTo: <sip:bob@example.com>;tag=") {
			t.Fatal(first)
		}
		caller.say(p.self, request(method, "sip:bob@example.com", via, ""))
		if again := caller.hear(); again != first {
			t.Fatalf("%s\n%s", first, again)
		}
	}
	caller.say(p.self, request("MESSAGE", "sip:bob@example.com", via, ""))
	caller.say(p.self, "SIP/2.0 broken\r\n\r\n")
	caller.say(p.self, "\r\n\r\n")
	caller.hearNothing()
	server.hearNothing()
	caller.say(p.self, request("BYE", "sip:bob@example.com", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKz;rport", "Max-Forwards: 0\r\n"))
	if got := caller.hear(); !strings.HasPrefix(got, "SIP/2.0 483 Too Many Hops\r\n") {
		t.Fatal(got)
	}
	// An ACK is never answered.
	caller.say(p.self, request("ACK", "sip:bob@example.com", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKy;rport", "Max-Forwards: 0\r\n"))
	caller.hearNothing()
}

// Many at once come in few batches, and in order.
func TestManyAtOnce(t *testing.T) {
	p, caller, server := started(t, "")
	const count = 40 // no more than the buffers of the sockets hold for sure
	for round := 0; round < 5; round++ {
		for n := 0; n < count; n++ {
			via := fmt.Sprintf("SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK%d-%d;rport", round, n)
			caller.say(p.self, request("OPTIONS", "sip:bob@example.com", via, "X-N: "+strings.Repeat("x", n)+"\r\n"))
		}
		for n := 0; n < count; n++ {
			if !strings.Contains(server.hear(), "X-N: "+strings.Repeat("x", n)+"\r\n") {
				t.Fatal(n)
			}
		}
	}
}
