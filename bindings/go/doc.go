// Package sipward inspects SIP messages inside your own process: bytes and a clock go in, a verdict
// comes out, in microseconds and in memory of a fixed size. It is the Go side of the C library
// libsipward, over its C interface alone.
//
//	rules, err := sipward.DefaultRules()                                      // compiled once, shared by all
//	state, err := sipward.NewState(sipward.StateOptions{})                    // 64 MiB, never more
//	engine, err := sipward.NewEngine(rules, state, sipward.EngineOptions{})
//	inspector, err := sipward.NewInspector(engine)                            // one for each goroutine
//	defer inspector.Close()
//
//	packet := sipward.Packet{Time: sipward.Now(), Source: from, Destination: to}
//	var verdict sipward.Verdict
//	err = inspector.Inspect(message, &packet, &verdict)
//	if verdict.Action >= sipward.ActionReject { ... }
//
// # What there is
//
// Rules are compiled from texts by a Compiler (DefaultRules and LoadRules are the short ways); what
// is wrong with a text is a RulesError with file, line, column and a hint. State is the memory of
// counts, bans and lists. An Engine is both, with options; its rules can be exchanged while it runs,
// and it answers for bans, dynamic lists, statistics and notices. An Inspector is one goroutine's
// working memory: Inspect for a message, InspectBatch for many at once, Event for what is no
// message, Resume for verdicts that waited for a certificate.
//
// A Message parses without rules: headers, URIs, Via, session descriptions, what is odd about it, and
// writing it back edited. A Framer cuts a TCP stream into messages. A TrustStore, Verifier and Signer
// are STIR/SHAKEN. LookupNumber says what a telephone number is.
//
// Package sipward/fetch fetches certificates, package sipward/capture reads capture files; each
// links a library of its own.
//
// # Closing
//
// Everything that has memory in C has a Close. Call it: the collector does not see how large these
// objects are. Whatever is forgotten is closed once nobody can reach it any more. An engine keeps what it needs
// of rules, state and trust, an inspector its engine, so that each may be closed as soon as the next
// is made. A method of what was closed, or of the zero value, returns ErrClosed.
//
// # Goroutines
//
// Rules, State, TrustStore, Engine and Signer may be used by any number of goroutines. Compiler,
// Inspector, Message, Framer and Verifier belong to one at a time: a call while another one is
// inside returns ErrInUse and does nothing. A call holds its thread; none waits for anything but a lock, and no
// C code calls back into Go.
//
// # Errors
//
// Every error can be compared with errors.Is: with ErrClosed, ErrInUse, or a Status such as ErrRules
// or ErrEnd ("there is none"). RulesError, ReasonError, StateFullError and EditError say more; take
// them out with errors.As. A message that is not SIP is no error of Inspect but a verdict.
//
// # Cost
//
// Crossing into C takes some 50 ns; InspectBatch does it once for up to 256 messages. Inspect,
// InspectBatch and Event allocate nothing if the Verdict is used again and again. Inspect and
// Message.Parse copy the message once, since C may keep no pointer into Go's memory; InspectBatch
// copies nothing.
//
// # The world
//
// The library does no I/O, starts no thread, reads no clock and no environment. Here, only Now reads
// a clock, LoadRules reads files, and NewState, NewTrustStore and NewSeed take random bytes.
package sipward
