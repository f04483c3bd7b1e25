package sipward

// #include "handles.h"
import "C"

import (
	"net/netip"
	"time"
	"unsafe"
)

// EventKind is what happened. What can still be refused gets the whole range of verdicts: request,
// response, auth, register, call start, media change. What has happened already (call answer, call
// end, CDR) and the tick get ActionFlag at most; bans and scores of their rules hold all the same.
type EventKind uint32

const (
	EventRequest     = EventKind(C.SIPWARD_EVENT_REQUEST)
	EventResponse    = EventKind(C.SIPWARD_EVENT_RESPONSE)
	EventAuth        = EventKind(C.SIPWARD_EVENT_AUTH)         // an attempt to authenticate ended
	EventRegister    = EventKind(C.SIPWARD_EVENT_REGISTER)     // a registration was accepted or refused
	EventCallStart   = EventKind(C.SIPWARD_EVENT_CALL_START)   // a call was asked for
	EventCallAnswer  = EventKind(C.SIPWARD_EVENT_CALL_ANSWER)  // and answered
	EventCallEnd     = EventKind(C.SIPWARD_EVENT_CALL_END)     // and is over, answered or not
	EventMediaChange = EventKind(C.SIPWARD_EVENT_MEDIA_CHANGE) // media of a call goes elsewhere
	EventCDR         = EventKind(C.SIPWARD_EVENT_CDR)          // a call record: a call that is over
	EventTick        = EventKind(C.SIPWARD_EVENT_TICK)         // time goes by
)

// String is "request" and so on, as rules have it.
func (k EventKind) String() string {
	if name := C.sipward_event_name(C.uint32_t(k)); name != nil {
		return C.GoString(name)
	}
	return ""
}

// Fact is a field of an event and its value. Make it with one of the functions below: which of them a
// field takes is said by its FieldType. It is a plain value, and may be used in many events.
type Fact struct {
	field   Field
	kind    C.uint32_t
	integer int64
	real    float64
	text    string
	address netip.Addr
	bits    int
}

// Bool is a fact of a field of TypeBool.
func Bool(field Field, v bool) Fact {
	return Fact{field: field, kind: C.SIPWARD_FACT_INTEGER, integer: int64(truth(v))}
}

// Int is a fact of a field of TypeInt.
func Int(field Field, v int64) Fact {
	return Fact{field: field, kind: C.SIPWARD_FACT_INTEGER, integer: v}
}

// Duration is a fact of a field of TypeDuration.
func Duration(field Field, v time.Duration) Fact { return Int(field, int64(v)) }

// Time is a fact of a field of TypeTime.
func Time(field Field, v time.Time) Fact { return Int(field, v.UnixNano()) }

// Money is a fact of a field of TypeMoney: millionths of the program's currency.
func Money(field Field, millionths int64) Fact { return Int(field, millionths) }

// Float is a fact of a field of TypeFloat.
func Float(field Field, v float64) Fact {
	return Fact{field: field, kind: C.SIPWARD_FACT_REAL, real: v}
}

// Text is a fact of a field of TypeString, TypeNumber or TypeEnum; of TypeIP and TypeCIDR, too ("192.0.2.1").
func Text(field Field, v string) Fact {
	return Fact{field: field, kind: C.SIPWARD_FACT_TEXT, text: v}
}

// IP is a fact of a field of TypeIP.
func IP(field Field, v netip.Addr) Fact {
	return Fact{field: field, kind: C.SIPWARD_FACT_ADDRESS, address: v}
}

// CIDR is a fact of a field of TypeCIDR.
func CIDR(field Field, v netip.Prefix) Fact {
	return Fact{field: field, kind: C.SIPWARD_FACT_NETWORK, address: v.Addr(), bits: v.Bits()}
}

func (f *Fact) put(c *C.sipward_fact, memory *arena) {
	c.field = C.uint32_t(f.field)
	c.kind = f.kind
	c.integer = C.int64_t(f.integer)
	c.real = C.double(f.real)
	c.text, c.text_size = memory.chars(f.text), size(f.text)
	bytes := f.address.As16()
	for i, b := range bytes {
		c.address[i] = C.uint8_t(b)
	}
	c.prefix_bits = limit(f.bits)
}

// Event is something that happens and is no packet, told by its fields. It is read during the call alone.
type Event struct {
	Kind EventKind
	Time Moment // on the same clocks as packets
	// Proven: the source has shown that it receives what is sent to it (a connection, or credentials
	// that were checked), so that it is no forged address. Only proven sources are banned, and their
	// counts and scores are kept apart.
	Proven bool
	Facts  []Fact // in any order, at most 1024; of two for one field the later counts
}

// Event tells of what happened, and writes the verdict: guarded, evaluated and decided as for a packet,
// by the same counts and bans. The parts of a URI and the digits of a user follow from "ruri",
// "from.uri" and so on where no fact gives them, networks from their address. ErrField, with nothing
// counted, if an event of this kind has no such field, or a fact is of the wrong kind or out of range.
// With a verdict that is used again nothing is allocated.
func (i *Inspector) Event(event *Event, verdict *Verdict) error {
	if err := i.enter(); err != nil {
		return err
	}
	if event == nil || verdict == nil {
		i.leave()
		return ErrArgument
	}
	i.memory.reset()
	c := (*C.sipward_host_event)(sized(i.memory.alloc(C.sizeof_sipward_host_event), C.sizeof_sipward_host_event))
	c.kind = C.uint32_t(event.Kind)
	if event.Proven {
		c.flags = C.SIPWARD_EVENT_PROVEN
	}
	c.wall_ns, c.monotonic_ns = C.int64_t(event.Time.Wall), C.int64_t(event.Time.Monotonic)
	if n := len(event.Facts); n > 0 {
		c.fact_count = limit(n)
		c.facts = (*C.sipward_fact)(i.memory.zeroed(uintptr(n) * C.sizeof_sipward_fact))
		for k := range event.Facts {
			event.Facts[k].put(&unsafe.Slice(c.facts, n)[k], &i.memory)
		}
	}
	status := C.sipward_inspector_event(i.ptr, c, i.results)
	i.message.renew(false)
	i.single = false
	i.judged = status == C.SIPWARD_OK
	if i.judged {
		verdict.take(i.results, &i.texts)
	}
	i.leave()
	return statusError(status)
}
