package sipward_test

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"sipward"
)

// A scanner's message, as it came in over UDP.
func Example() {
	rules, err := sipward.DefaultRules()
	if err != nil {
		panic(err)
	}
	state, err := sipward.NewState(sipward.StateOptions{})
	if err != nil {
		panic(err)
	}
	engine, err := sipward.NewEngine(rules, state, sipward.EngineOptions{})
	if err != nil {
		panic(err)
	}
	inspector, err := sipward.NewInspector(engine)
	if err != nil {
		panic(err)
	}
	defer inspector.Close()
	// The inspector keeps what it needs.
	engine.Close()
	state.Close()
	rules.Close()

	message := []byte("OPTIONS sip:100@192.0.2.1 SIP/2.0\r\n" +
		"Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\n" +
		"Max-Forwards: 70\r\n" +
		"To: <sip:100@192.0.2.1>\r\n" +
		"From: <sip:100@192.0.2.1>;tag=1\r\n" +
		"Call-ID: 1@198.51.100.7\r\n" +
		"CSeq: 1 OPTIONS\r\n" +
		"User-Agent: friendly-scanner\r\n" +
		"Content-Length: 0\r\n\r\n")
	packet := sipward.Packet{
		Time:        sipward.Now(),
		Source:      netip.MustParseAddrPort("198.51.100.7:5060"),
		Destination: netip.MustParseAddrPort("192.0.2.1:5060"),
	}
	var verdict sipward.Verdict
	if err := inspector.Inspect(message, &packet, &verdict); err != nil {
		panic(err)
	}
	fmt.Println(verdict.Action)
	for _, hit := range verdict.Hits {
		fmt.Printf("%s: %s\n", hit.Rule, hit.Why)
	}
	// Output:
	// drop
	// scan.user_agent: User-Agent of a scanner
}

// Rules of your own beside those that come with the library, with a slip of the pen.
func ExampleCompiler() {
	compiler, err := sipward.NewCompiler()
	if err != nil {
		panic(err)
	}
	defer compiler.Close()
	compiler.AddDefaultPack()
	compiler.AddRules("site.ward", `version 1
rule site.invites {
  meta { severity medium  why "too many calls" }
  on request where method == INVITE
  when cuont(by src.ip over 1m) > 3
  then reject 403 "Not now"
}
`)
	rules, err := compiler.Build()
	var wrong *sipward.RulesError
	if errors.As(err, &wrong) {
		fmt.Print(wrong.Explain())
		return
	}
	defer rules.Close()
	// Output:
	// site.ward:5:8: error R201: aggregate 'cuont' is not known
	//     when cuont(by src.ip over 1m) > 3
	//          ^~~~~
	//   hint: Did you mean 'count'?
}

// Many messages that stand behind one another in one buffer.
func ExampleInspector_InspectBatch() {
	engine := exampleEngine()
	defer engine.Close()
	inspector, err := sipward.NewInspector(engine)
	if err != nil {
		panic(err)
	}
	defer inspector.Close()

	var buffer []byte
	var packets []sipward.Packet
	for n := 1; n <= 5; n++ {
		message := fmt.Sprintf("INVITE sip:bob@example.com SIP/2.0\r\n"+
			"Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK%d\r\n"+
			"Max-Forwards: 70\r\nTo: <sip:bob@example.com>\r\nFrom: <sip:alice@example.com>;tag=%d\r\n"+
			"Call-ID: %d@198.51.100.7\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n", n, n, n)
		packets = append(packets, sipward.Packet{
			Offset: len(buffer), Size: len(message),
			Time:        sipward.Now(),
			Source:      netip.MustParseAddrPort("198.51.100.7:5060"),
			Destination: netip.MustParseAddrPort("192.0.2.1:5060"),
		})
		buffer = append(buffer, message...)
	}
	verdicts := make([]sipward.Verdict, len(packets)) // use them again for the next batch
	done, err := inspector.InspectBatch(buffer, packets, verdicts)
	if err != nil {
		panic(err)
	}
	for _, verdict := range verdicts[:done] {
		fmt.Println(verdict.Action)
	}
	// Output:
	// allow
	// allow
	// allow
	// reject
	// reject
}

// The engine of the examples: more than three calls a minute are refused.
func exampleEngine() *sipward.Engine {
	compiler, err := sipward.NewCompiler()
	if err != nil {
		panic(err)
	}
	defer compiler.Close()
	compiler.AddRules("site.ward", `version 1
rule site.invites {
  meta { severity medium  why "too many calls" }
  on request where method == INVITE
  when count(by src.ip over 1m) > 3
  then reject 403 "Not now"
}
`)
	rules, err := compiler.Build()
	if err != nil {
		panic(err)
	}
	defer rules.Close()
	state, err := sipward.NewState(sipward.StateOptions{})
	if err != nil {
		panic(err)
	}
	defer state.Close()
	engine, err := sipward.NewEngine(rules, state, sipward.EngineOptions{})
	if err != nil {
		panic(err)
	}
	return engine
}

// Rules are exchanged while the engine runs; what both have alike keeps its counts.
func ExampleEngine_Reload() {
	engine := exampleEngine()
	defer engine.Close()
	rules, err := sipward.DefaultRules()
	if err != nil {
		panic(err)
	}
	defer rules.Close()
	fmt.Println(engine.Reload(rules))
	// Output: <nil>
}

// Counts and bans outlive a restart: same size, same seed.
func ExampleState_Snapshot() {
	seed, err := sipward.NewSeed()
	if err != nil {
		panic(err)
	}
	options := sipward.StateOptions{Seed: seed}
	state, err := sipward.NewState(options)
	if err != nil {
		panic(err)
	}
	snapshot, err := state.Snapshot(sipward.Now())
	if err != nil {
		panic(err)
	}
	state.Close()

	again, err := sipward.NewState(options)
	if err != nil {
		panic(err)
	}
	defer again.Close()
	fmt.Println(again.Restore(snapshot, sipward.Now()))

	snapshot[len(snapshot)/2] ^= 1
	err = again.Restore(snapshot, sipward.Now())
	fmt.Println(errors.Is(err, sipward.ErrSnapshot))
	// Output:
	// <nil>
	// true
}

// A time that time.Now gave has both clocks.
func ExampleMomentOf() {
	before := sipward.MomentOf(time.Now())
	after := sipward.Now()
	fmt.Println(after.Monotonic >= before.Monotonic)
	// Output: true
}
