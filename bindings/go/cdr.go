package sipward

// #include <stdlib.h>
// #include "handles.h"
import "C"

import (
	"fmt"
	"net/netip"
	"runtime"
	"time"
	"unsafe"

	"sipward/internal/handle"
)

// Rates are what calls cost by the number that is called. Immutable; goroutines may share them.
type Rates struct {
	h handle.Shared[C.sipward_rates]
}

// RatesError says where a rate list is wrong, and why.
type RatesError struct {
	Line, Column int // from 1
	Message      string
}

// Error is the place and the reason.
func (e *RatesError) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Column, e.Message) }

// Unwrap is ErrRates, for errors.Is.
func (e *RatesError) Unwrap() error { return ErrRates }

// Rate is what a minute costs, in which steps a call is charged, and what the call costs. Amounts
// are millionths of the program's currency.
type Rate struct {
	PerMinute int64
	Increment time.Duration
	Cost      int64
}

// ReadRates reads lines "prefix,rate_per_minute,increment_seconds"; a header line and comments behind
// # are left out. A *RatesError if a line cannot be used.
func ReadRates(text string) (*Rates, error) {
	problem := C.sipward_rates_problem{struct_size: C.sizeof_sipward_rates_problem}
	r := &Rates{}
	status := C.sipward_rates_create(chars(text), size(text), &problem, &r.h.Ptr)
	if status == C.SIPWARD_ERR_RATES {
		return nil, &RatesError{int(problem.line), int(problem.column), goChars(problem.message[:], problem.message_size)}
	}
	if err := statusError(status); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(r, (*Rates).Close)
	return r, nil
}

// Close gives the rates back; readers that have them keep them.
func (r *Rates) Close() error {
	if r == nil {
		return ErrClosed
	}
	err := r.h.Close(func(p *C.sipward_rates) { C.sipward_rates_destroy(p) })
	if err == nil {
		runtime.SetFinalizer(r, nil)
	}
	return err
}

// Find is the rate of the longest prefix that the number begins with, and what a call of this duration
// costs. ErrEnd: there is none.
func (r *Rates) Find(number string, duration time.Duration) (Rate, error) {
	if r == nil {
		return Rate{}, ErrClosed
	}
	ptr, err := r.h.Use()
	if err != nil {
		return Rate{}, err
	}
	defer r.h.Done()
	c := C.sipward_rate{struct_size: C.sizeof_sipward_rate}
	if err := statusError(C.sipward_rates_find(ptr, chars(number), size(number), C.int64_t(duration), &c)); err != nil {
		return Rate{}, err
	}
	return Rate{int64(c.per_minute), time.Duration(c.increment_ns), int64(c.cost)}, nil
}

// CDRFormat is who wrote call records.
type CDRFormat uint32

const (
	CDRAuto       = CDRFormat(C.SIPWARD_CDR_AUTO) // whatever each row looks like
	CDRAsterisk   = CDRFormat(C.SIPWARD_CDR_ASTERISK)
	CDRFreeswitch = CDRFormat(C.SIPWARD_CDR_FREESWITCH)
	CDRKamailio   = CDRFormat(C.SIPWARD_CDR_KAMAILIO)
	CDRCSV        = CDRFormat(C.SIPWARD_CDR_CSV) // columns by the names of the header line, or as mapped
	CDRJSONLines  = CDRFormat(C.SIPWARD_CDR_JSONL)
)

// String is "auto" and so on.
func (f CDRFormat) String() string {
	if name := C.sipward_cdr_format_name(C.uint32_t(f)); name != nil {
		return C.GoString(name)
	}
	return ""
}

// CDRReason is why a row is bad; 0: it is a record.
type CDRReason uint32

// String is the name, "cut_off".
func (r CDRReason) String() string {
	if name := C.sipward_cdr_reason_name(C.uint32_t(r)); name != nil {
		return C.GoString(name)
	}
	return ""
}

// Sentence says it in English.
func (r CDRReason) Sentence() string {
	if sentence := C.sipward_cdr_reason_sentence(C.uint32_t(r)); sentence != nil {
		return C.GoString(sentence)
	}
	return ""
}

// CDRPart is what a record tells of.
type CDRPart uint32

const (
	CDRCall  = CDRPart(C.SIPWARD_CDR_CALL)  // a call as a whole
	CDRBegin = CDRPart(C.SIPWARD_CDR_BEGIN) // Kamailio's row of an INVITE
	CDREnd   = CDRPart(C.SIPWARD_CDR_END)   // and that of the BYE of a call, known by its Call-ID
	CDROther = CDRPart(C.SIPWARD_CDR_OTHER) // a row of another request
)

// CDR is one row of a file: a record, or why it is none (Reason). Of a bad one no more than Format,
// Line, Offset and Size is known.
type CDR struct {
	Reason       CDRReason
	Format       CDRFormat
	Line         uint64 // on which it begins, from 1
	Offset, Size uint64 // in all bytes that were pushed
	Layout       uint32 // for Again

	Part           CDRPart
	Start          int64 // nanoseconds since 1970
	Duration, Ring time.Duration
	Answered       bool
	Direction      Direction
	Code           int // SIP status; 0: not known
	HasCost        bool
	HasPrice       bool
	Cost, Price    int64 // millionths; the price is that of a minute

	Account, Trunk, Caller, CallerName, Callee, Dialled, UserAgent, CallID string
	ID                                                                     string // of the record; empty: it has none
	Fingerprint                                                            uint64 // of a record with an ID: equal rows have equal ones
	Facts                                                                  []Fact // for an Event
}

// Event is that of the record: at its start, on both clocks, and proven.
func (c *CDR) Event() Event {
	return Event{Kind: EventCDR, Time: Moment{Wall: c.Start, Monotonic: c.Start}, Proven: true, Facts: c.Facts}
}

// CDROptions are those of NewCDRReader; the zero value guesses the format and takes times for UTC.
type CDROptions struct {
	Format    CDRFormat
	UTCOffset time.Duration // of times that name no zone: local time minus UTC
	Delimiter byte          // 0: a comma, or what the header line or the row shows
	Rates     *Rates        // what calls cost whose record has no cost
}

// CDRReader reads the records of one file; one goroutine at a time.
type CDRReader struct {
	guard handle.Guard
	ptr   *C.sipward_cdr_reader
	row   *C.sipward_cdr
}

// NewCDRReader makes one for a file.
func NewCDRReader(options CDROptions) (*CDRReader, error) {
	c := C.sipward_cdr_options{
		struct_size:  C.sizeof_sipward_cdr_options,
		format:       C.uint32_t(options.Format),
		utc_offset_s: C.int32_t(options.UTCOffset / time.Second),
		delimiter:    C.uint32_t(options.Delimiter),
	}
	if options.Rates != nil {
		ptr, err := options.Rates.h.Use()
		if err != nil {
			return nil, err
		}
		defer options.Rates.h.Done()
		c.rates = ptr
	}
	r := &CDRReader{}
	if err := statusError(C.sipward_cdr_reader_create(&c, &r.ptr)); err != nil {
		return nil, err
	}
	r.row = (*C.sipward_cdr)(zeroed(C.sizeof_sipward_cdr))
	r.row.struct_size = C.sizeof_sipward_cdr
	runtime.SetFinalizer(r, (*CDRReader).Close)
	return r, nil
}

// Close gives the reader back.
func (r *CDRReader) Close() error {
	if r == nil || r.ptr == nil {
		return ErrClosed
	}
	if err := r.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(r, nil)
	C.sipward_cdr_reader_destroy(r.ptr)
	C.free(unsafe.Pointer(r.row))
	return nil
}

func (r *CDRReader) enter() error {
	if r == nil || r.ptr == nil {
		return ErrClosed
	}
	return r.guard.Enter()
}

// Map says, before the first row, that what the header line, or an object, calls name means column, one
// of the names of the library's own CSV. ErrField if there is no such column.
func (r *CDRReader) Map(name, column string) error {
	if err := r.enter(); err != nil {
		return err
	}
	defer r.guard.Leave()
	return statusError(C.sipward_cdr_reader_map(r.ptr, chars(name), size(name), chars(column), size(column)))
}

// MapPlace is the same for files without a header line: the column at place, from 1.
func (r *CDRReader) MapPlace(place int, column string) error {
	if err := r.enter(); err != nil {
		return err
	}
	defer r.guard.Leave()
	return statusError(C.sipward_cdr_reader_map_place(r.ptr, limit(place), chars(column), size(column)))
}

// Push takes bytes in, copies them, and returns how many. If that is less than all: call Next until
// ErrIncomplete, then push the rest. ErrEnd after Finish.
func (r *CDRReader) Push(data []byte) (int, error) {
	if err := r.enter(); err != nil {
		return 0, err
	}
	defer r.guard.Leave()
	var taken C.size_t
	if err := statusError(C.sipward_cdr_reader_push(r.ptr, bytesOf(data), C.size_t(len(data)), &taken)); err != nil {
		return 0, err
	}
	return int(taken), nil
}

// Finish says that nothing follows: what is left is a row.
func (r *CDRReader) Finish() error {
	if err := r.enter(); err != nil {
		return err
	}
	defer r.guard.Leave()
	return statusError(C.sipward_cdr_reader_finish(r.ptr))
}

// Next writes the next row, good or bad. ErrIncomplete: push more, or finish. ErrEnd: there is none left.
func (r *CDRReader) Next(row *CDR) error {
	if err := r.enter(); err != nil {
		return err
	}
	defer r.guard.Leave()
	if row == nil {
		return ErrArgument
	}
	if err := statusError(C.sipward_cdr_reader_next(r.ptr, r.row)); err != nil {
		return err
	}
	row.set(r.row)
	return nil
}

// Again reads a row once more, by its bytes and the layout that it had; its line and offset are 0.
func (r *CDRReader) Again(bytes []byte, layout uint32, row *CDR) error {
	if err := r.enter(); err != nil {
		return err
	}
	defer r.guard.Leave()
	if row == nil {
		return ErrArgument
	}
	if err := statusError(C.sipward_cdr_reader_again(r.ptr, bytesOf(bytes), C.size_t(len(bytes)), C.uint32_t(layout), r.row)); err != nil {
		return err
	}
	row.set(r.row)
	return nil
}

func (c *CDR) set(row *C.sipward_cdr) {
	facts := c.Facts[:0]
	if row.fact_count > 0 {
		for _, fact := range unsafe.Slice(row.facts, int(row.fact_count)) {
			facts = append(facts, goFact(&fact))
		}
	}
	*c = CDR{
		Reason: CDRReason(row.reason), Format: CDRFormat(row.format), Line: uint64(row.line), Offset: uint64(row.offset), Size: uint64(row.size),
		Layout: uint32(row.layout), Part: CDRPart(row.part), Start: int64(row.start_ns), Duration: time.Duration(row.duration_ns),
		Ring: time.Duration(row.ring_ns), Answered: row.answered != 0, Direction: Direction(row.direction), Code: int(row.code),
		HasCost: row.has_cost != 0, HasPrice: row.has_price != 0, Cost: int64(row.cost), Price: int64(row.price),
		Account: goText(row.account), Trunk: goText(row.trunk), Caller: goText(row.caller), CallerName: goText(row.caller_name),
		Callee: goText(row.callee), Dialled: goText(row.dialled), UserAgent: goText(row.user_agent), CallID: goText(row.call_id),
		ID: goText(row.id), Fingerprint: uint64(row.fingerprint), Facts: facts,
	}
}

func goFact(c *C.sipward_fact) Fact {
	fact := Fact{field: Field(c.field), kind: C.uint32_t(c.kind), integer: int64(c.integer)}
	switch c.kind {
	case C.SIPWARD_FACT_TEXT:
		fact.text = C.GoStringN(c.text, C.int(c.text_size))
	case C.SIPWARD_FACT_ADDRESS:
		var octets [16]byte
		for i := range octets {
			octets[i] = byte(c.address[i])
		}
		fact.address = netip.AddrFrom16(octets).Unmap()
	}
	return fact
}
