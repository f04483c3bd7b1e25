package sipward_test

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	"sipward"
)

const exampleInvite = "INVITE sip:bob@biloxi.example SIP/2.0\r\n" +
	"Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds;rport\r\n" +
	"Max-Forwards: 70\r\n" +
	"To: Bob <sip:bob@biloxi.example>\r\n" +
	"From: Alice <sip:alice@atlanta.example>;tag=1928301774\r\n" +
	"Call-ID: a84b4c76e66710@pc33.atlanta.example\r\n" +
	"CSeq: 314159 INVITE\r\n" +
	"Contact: <sip:alice@pc33.atlanta.example>\r\n" +
	"P-Asserted-Identity: <sip:boss@atlanta.example>\r\n" +
	"Content-Length: 0\r\n\r\n"

// The parser needs neither rules nor state.
func ExampleMessage() {
	message, err := sipward.NewMessage() // use it for every message
	if err != nil {
		panic(err)
	}
	defer message.Close()
	if err := message.Parse([]byte(exampleInvite), nil); err != nil {
		anomaly, _ := message.Refused()
		fmt.Println(err, anomaly.Name())
		return
	}
	from, err := message.From()
	if err != nil {
		panic(err)
	}
	fmt.Println(from.Display, "is", from.URI.User, "at", from.URI.Host)
	via, _ := message.Via(0)
	fmt.Println(via.Host, via.Port, "wants rport:", via.RPort.Present())
	fmt.Println(message.Get("i")) // Call-ID, in its compact form
	if _, err := message.Date(); errors.Is(err, sipward.ErrEnd) {
		fmt.Println("no Date")
	}
	// Output:
	// Alice is alice at atlanta.example
	// pc33.atlanta.example 5066 wants rport: true
	// a84b4c76e66710@pc33.atlanta.example
	// no Date
}

// What other programs would read differently has a name and a place.
func ExampleMessage_Anomalies() {
	message, err := sipward.NewMessage()
	if err != nil {
		panic(err)
	}
	defer message.Close()
	text := "OPTIONS sip:100@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n" +
		"To: <sip:bob@evil@example.com>\r\nFrom: <sip:a@example.com>;tag=1\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n"
	if err := message.Parse([]byte(text), nil); err != nil {
		panic(err)
	}
	message.Validate() // reads everything, so that every anomaly shows
	anomalies, _ := message.Anomalies()
	for _, a := range anomalies {
		fmt.Printf("%s (%s) at byte %d\n", a.Name(), a.Info().Class, a.Offset)
	}
	// Output:
	// uri.two_at (suspicious) at byte 114
	// uri.disputed (ambiguous) at byte 109
}

// A border passes a request on: what its sender may not say of itself is gone, its own Via stands on top.
func ExampleMessage_Write() {
	message, err := sipward.NewMessage()
	if err != nil {
		panic(err)
	}
	defer message.Close()
	if err := message.Parse([]byte(exampleInvite), nil); err != nil {
		panic(err)
	}
	room := make([]byte, 0, 4096) // use it again and again
	out, err := message.Write(room,
		sipward.Strip(sipward.StripUntrusted),
		sipward.AddHeader("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKborder", sipward.PlaceTop),
		sipward.SetHeader("Max-Forwards", "69"))
	if err != nil {
		panic(err)
	}
	if err := message.Parse(out, nil); err != nil {
		panic(err)
	}
	headers, _ := message.Headers()
	for _, header := range headers[:3] {
		fmt.Printf("%s: %s\n", header.Name, header.Value)
	}
	fmt.Printf("asserted: %q\n", message.Get("P-Asserted-Identity"))
	// Output:
	// Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKborder
	// Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds;rport
	// Max-Forwards: 69
	// asserted: ""
}

// Bytes of a connection in, messages out.
func ExampleFramer() {
	framer, err := sipward.NewFramer(0)
	if err != nil {
		panic(err)
	}
	defer framer.Close()
	stream := []byte(exampleInvite + exampleInvite[:100]) // one and a bit
	for len(stream) > 0 {
		taken, err := framer.Push(stream)
		if err != nil {
			panic(err)
		}
		stream = stream[taken:]
		for {
			message, err := framer.Next()
			if errors.Is(err, sipward.ErrIncomplete) {
				break
			}
			if err != nil {
				panic(err) // the connection is to be closed
			}
			fmt.Println("a message of", len(message), "bytes")
		}
	}
	pending, _ := framer.Pending()
	fmt.Println(pending, "bytes of the next")
	// Output:
	// a message of 401 bytes
	// 100 bytes of the next
}

// A program that knows calls and not their bytes tells of them by fields.
func ExampleInspector_Event() {
	compiler, err := sipward.NewCompiler()
	if err != nil {
		panic(err)
	}
	defer compiler.Close()
	compiler.AddRules("site.ward", `version 1
rule site.dear {
  meta { severity high  why "a dear call at night" }
  on call_start where has(account)
  when callee.number.country == "LV"
  then reject 603 "Declined"
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
	defer engine.Close()
	inspector, err := sipward.NewInspector(engine)
	if err != nil {
		panic(err)
	}
	defer inspector.Close()

	// Once, when the program starts.
	account, err := sipward.FindField(sipward.EventCallStart, "account")
	if err != nil {
		panic(err)
	}
	callee, err := sipward.FindField(sipward.EventCallStart, "callee.number")
	if err != nil {
		panic(err)
	}
	// For each call.
	var verdict sipward.Verdict
	err = inspector.Event(&sipward.Event{
		Kind:   sipward.EventCallStart,
		Time:   sipward.Now(),
		Proven: true,
		Facts:  []sipward.Fact{sipward.Text(account, "alice"), sipward.Text(callee, "+37190000000")},
	}, &verdict)
	if err != nil {
		panic(err)
	}
	fmt.Println(verdict.Action, verdict.SIPCode, verdict.SIPReason)
	// Output: reject 603 Declined
}

// Bans have a reason and an end, and can be taken back.
func ExampleEngine_AddBan() {
	engine := exampleEngine()
	defer engine.Close()
	now := sipward.Now()
	if err := engine.AddBan(sipward.BanAddress, "198.51.100.7", "asked for by the operator", time.Hour, now); err != nil {
		panic(err)
	}
	ban, err := engine.FindBan(sipward.BanAddress, "198.51.100.7", now)
	if err != nil {
		panic(err)
	}
	fmt.Println(ban.Key, "for", ban.Left(now), "because:", ban.Reason)
	fmt.Println(engine.RemoveBan(sipward.BanAddress, "198.51.100.7", now))
	// Output:
	// 198.51.100.7 for 1h0m0s because: asked for by the operator
	// <nil>
}

func ExampleLookupNumber() {
	number, err := sipward.LookupNumber("+49-151-23456789")
	if err != nil {
		panic(err)
	}
	fmt.Println(number.Country, number.TypeName, number.Region, number.Valid)
	// Output: DE mobile europe true
}

// A verdict that waits for the caller's certificate, and what the program does then.
func ExampleInspector_Resume() {
	var (
		inspector *sipward.Inspector  // of an engine with EngineOptions.Trust
		trust     *sipward.TrustStore // the same
		message   []byte
		document  []byte // what was fetched: see package sipward/fetch
	)
	packet := sipward.Packet{
		Time:        sipward.Now(),
		Source:      netip.MustParseAddrPort("198.51.100.7:5060"),
		Destination: netip.MustParseAddrPort("192.0.2.1:5060"),
	}
	var verdict sipward.Verdict
	if err := inspector.Inspect(message, &packet, &verdict); err != nil {
		return
	}
	if verdict.Pending() {
		// Keep message and packet, and fetch verdict.CertificateURL; other calls go on meanwhile.
		if err := trust.Provide(verdict.CertificateURL, document, time.Now(), -1); err != nil {
			fmt.Println(err) // rules see why
		}
		if err := inspector.Resume(message, &packet, verdict.Ticket, &verdict); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(verdict.Action)
}
