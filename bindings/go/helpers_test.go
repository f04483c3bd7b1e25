package sipward_test

import (
	"net/netip"
	"os"
	"strconv"
	"testing"

	"sipward"
)

const optionsText = "OPTIONS sip:100@192.0.2.1 SIP/2.0\r\n" +
	"Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\n" +
	"Max-Forwards: 70\r\n" +
	"To: <sip:100@192.0.2.1>\r\n" +
	"From: <sip:100@192.0.2.1>;tag=1\r\n" +
	"Call-ID: 1@198.51.100.7\r\n" +
	"CSeq: 1 OPTIONS\r\n" +
	"Content-Length: 0\r\n\r\n"

const inviteText = "INVITE sip:bob@biloxi.example;transport=tcp?subject=x SIP/2.0\r\n" +
	"Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds;rport\r\n" +
	"Via: SIP/2.0/UDP [2001:db8::9];branch=z9hG4bKx;received=192.0.2.9\r\n" +
	"Max-Forwards: 70\r\n" +
	"To: \"Bob\" <sip:bob@biloxi.example>\r\n" +
	"From: Alice <sip:alice@atlanta.example>;tag=1928301774;x=\"a;b\"\r\n" +
	"Call-ID: a84b4c76e66710@pc33.atlanta.example\r\n" +
	"CSeq: 314159 INVITE\r\n" +
	"Contact: <sip:alice@pc33.atlanta.example>, <tel:+12025550100>\r\n" +
	"X-Custom: one\r\n two\r\n" +
	"Content-Length: 4\r\n\r\nbody"

// One rule that keeps no state, one that counts, one that tags.
const siteRules = `version 1
rule test.options {
  meta { severity low why "an OPTIONS request" }
  on request where method == OPTIONS
  when true
  then reject 403 "Not here", score 7 on src.ip, tag "asked"
}
rule test.often {
  meta { severity high why "too many INVITEs" }
  on request where method == INVITE
  when count(by src.ip over 1m) > 3
  then drop
}
`

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func value[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func compile(t testing.TB, text string) *sipward.Rules {
	t.Helper()
	c := value(sipward.NewCompiler())(t)
	defer c.Close()
	must(t, c.AddRules("test.ward", text))
	return value(c.Build())(t)
}

// engineOf closes rules and state at once: the engine holds them.
func engineOf(t testing.TB, rules *sipward.Rules, options sipward.EngineOptions) *sipward.Engine {
	t.Helper()
	state := value(sipward.NewState(sipward.StateOptions{FixedSeed: true}))(t)
	engine := value(sipward.NewEngine(rules, state, options))(t)
	must(t, state.Close())
	must(t, rules.Close())
	t.Cleanup(func() { engine.Close() })
	return engine
}

func inspectorOf(t testing.TB, engine *sipward.Engine) *sipward.Inspector {
	t.Helper()
	i := value(sipward.NewInspector(engine))(t)
	t.Cleanup(func() { i.Close() })
	return i
}

func siteInspector(t testing.TB) *sipward.Inspector {
	t.Helper()
	return inspectorOf(t, engineOf(t, compile(t, siteRules), sipward.EngineOptions{}))
}

func defaultInspector(t testing.TB) *sipward.Inspector {
	t.Helper()
	return inspectorOf(t, engineOf(t, value(sipward.DefaultRules())(t), sipward.EngineOptions{}))
}

// packetFrom comes over TCP: over UDP the same message again would be a retransmission, which counts once.
func packetFrom(host byte) sipward.Packet {
	return sipward.Packet{
		Time:        sipward.Moment{Wall: 1700000000000000000, Monotonic: 1000000000},
		Source:      netip.AddrPortFrom(netip.AddrFrom4([4]byte{198, 51, 100, host}), 5060),
		Destination: netip.MustParseAddrPort("192.0.2.1:5060"),
		Transport:   sipward.TransportTCP,
		Direction:   sipward.DirectionInbound,
	}
}

// loops is how often tests that look for growth repeat: a number from the environment, or a few.
func loops(few int) int {
	if n, err := strconv.Atoi(os.Getenv("SIPWARD_GO_LOOPS")); err == nil && n > 0 {
		return n
	}
	return few
}

// allocations are those of one run, where they can be counted.
func allocations(runs int, once func()) float64 {
	if instrumented {
		once()
		return 0
	}
	return testing.AllocsPerRun(runs, once)
}
