package main

import (
	"net/netip"

	"sipward"
)

const (
	betweenMessages = 10_000_000_000 // slow enough that no rule about floods fires
	batchSize       = 32
)

func makeRows(wire *messages) ([]*row, error) {
	single, err := newInspect(wire)
	if err != nil {
		return nil, err
	}
	batch, err := newInspect(wire)
	if err != nil {
		return nil, err
	}
	message, err := sipward.NewMessage()
	if err != nil {
		return nil, err
	}
	return []*row{
		{name: "go.single", note: "Go: a packet filled in, Inspector.Inspect, the verdict read", work: &singleWork{inspectWork: single}},
		{name: "go.batch", note: "Go: up to 32 packets filled in, one Inspector.InspectBatch, the verdicts read", work: &batchWork{inspectWork: batch}},
		{name: "go.parse", note: "Go: Message.Parse and Message.Validate", work: &parseWork{wire: wire, message: message}},
	}, nil
}

// inspectWork is an inspector with the rules that come with the library, and the next packet.
type inspectWork struct {
	wire      *messages
	inspector *sipward.Inspector
	packet    sipward.Packet
	next      int
	actions   uint64 // so that the verdicts are looked at
}

func newInspect(wire *messages) (inspectWork, error) {
	rules, err := sipward.DefaultRules()
	if err != nil {
		return inspectWork{}, err
	}
	defer rules.Close()
	state, err := sipward.NewState(sipward.StateOptions{FixedSeed: true})
	if err != nil {
		return inspectWork{}, err
	}
	defer state.Close()
	engine, err := sipward.NewEngine(rules, state, sipward.EngineOptions{})
	if err != nil {
		return inspectWork{}, err
	}
	defer engine.Close()
	inspector, err := sipward.NewInspector(engine)
	if err != nil {
		return inspectWork{}, err
	}
	return inspectWork{
		wire:      wire,
		inspector: inspector,
		packet: sipward.Packet{
			Time:        sipward.WallMoment(1_700_000_000_000_000_000),
			Destination: netip.MustParseAddrPort("198.51.100.1:5060"),
		},
	}, nil
}

func (w *inspectWork) round() int   { return len(w.wire.sizes) }
func (w *inspectWork) refused() int { return 0 }

// fill is what differs from packet to packet, as a host does for each datagram.
func (w *inspectWork) fill(to *sipward.Packet) {
	w.packet.Time.Wall += betweenMessages
	w.packet.Time.Monotonic += betweenMessages
	*to = w.packet
	to.Offset, to.Size = w.wire.offsets[w.next], w.wire.sizes[w.next]
	to.Source = netip.AddrPortFrom(netip.AddrFrom4([4]byte{198, 18, byte(w.next >> 8), byte(w.next)}), 5060)
	if w.next++; w.next == len(w.wire.sizes) {
		w.next = 0
	}
}

type singleWork struct {
	inspectWork
	p sipward.Packet
	v sipward.Verdict
}

func (w *singleWork) run(count int) {
	for ; count > 0; count-- {
		message := w.wire.at(w.next)
		w.fill(&w.p)
		if err := w.inspector.Inspect(message, &w.p, &w.v); err != nil {
			panic(err)
		}
		w.actions += uint64(w.v.Action)
	}
}

type batchWork struct {
	inspectWork
	p [batchSize]sipward.Packet
	v [batchSize]sipward.Verdict
}

func (w *batchWork) run(count int) {
	for count > 0 {
		n := count
		if n > batchSize {
			n = batchSize
		}
		for k := 0; k < n; k++ {
			w.fill(&w.p[k])
		}
		if _, err := w.inspector.InspectBatch(w.wire.buffer, w.p[:n], w.v[:n]); err != nil {
			panic(err)
		}
		for k := 0; k < n; k++ {
			w.actions += uint64(w.v[k].Action)
		}
		count -= n
	}
}

type parseWork struct {
	wire    *messages
	message *sipward.Message
	next    int
	bad     int
}

func (w *parseWork) round() int { return len(w.wire.sizes) }

func (w *parseWork) run(count int) {
	for ; count > 0; count-- {
		w.message.Parse(w.wire.at(w.next), nil)
		if w.message.Validate() != nil {
			w.bad++
		}
		if w.next++; w.next == len(w.wire.sizes) {
			w.next = 0
		}
	}
}

// refused is how many messages of a round are.
func (w *parseWork) refused() int {
	w.next, w.bad = 0, 0
	w.run(w.round())
	return w.bad
}
