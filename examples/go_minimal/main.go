// Inspects one SIP message from standard input with the default rules and prints the verdict.
//
//	go run . < message.sip
package main

import (
	"fmt"
	"io"
	"log"
	"net/netip"
	"os"

	"sipward"
)

// newInspector compiles the rules that come with the library; the inspector holds what it needs.
func newInspector() (*sipward.Inspector, error) {
	rules, err := sipward.DefaultRules()
	if err != nil {
		return nil, err
	}
	defer rules.Close()
	state, err := sipward.NewState(sipward.StateOptions{})
	if err != nil {
		return nil, err
	}
	defer state.Close()
	engine, err := sipward.NewEngine(rules, state, sipward.EngineOptions{})
	if err != nil {
		return nil, err
	}
	defer engine.Close()
	return sipward.NewInspector(engine)
}

func main() {
	message, err := io.ReadAll(io.LimitReader(os.Stdin, 65535))
	if err != nil {
		log.Fatal(err)
	}
	inspector, err := newInspector()
	if err != nil {
		log.Fatal(err)
	}
	defer inspector.Close()
	packet := sipward.Packet{
		Source:      netip.MustParseAddrPort("198.51.100.7:5060"),
		Destination: netip.MustParseAddrPort("192.0.2.1:5060"),
		Time:        sipward.Now(),
	}
	var verdict sipward.Verdict
	if err := inspector.Inspect(message, &packet, &verdict); err != nil {
		log.Fatal(err)
	}
	fmt.Println(verdict.Action)
	for _, hit := range verdict.Hits {
		fmt.Printf("  %s: %s\n", hit.Rule, hit.Why)
	}
}
