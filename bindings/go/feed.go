package sipward

// #include "handles.h"
import "C"

import (
	"runtime"
	"time"

	"sipward/internal/handle"
)

// FeedKind is what a feed holds, and so the kind of list that it fills.
type FeedKind uint32

// The kinds of feeds.
const (
	FeedAddress FeedKind = C.SIPWARD_FEED_ADDRESS // IP addresses; a list of kind cidr
	FeedNetwork FeedKind = C.SIPWARD_FEED_NETWORK // addresses and networks; cidr
	FeedDomain  FeedKind = C.SIPWARD_FEED_DOMAIN  // names; domain
	FeedNumber  FeedKind = C.SIPWARD_FEED_NUMBER  // numbers, or what they begin with; prefix or exact
	FeedAgent   FeedKind = C.SIPWARD_FEED_AGENT   // names of programs, in lower case; exact
)

// FeedFormat is how a feed is written.
type FeedFormat uint32

// The formats of feeds.
const (
	FeedAuto  FeedFormat = C.SIPWARD_FEED_AUTO
	FeedLines FeedFormat = C.SIPWARD_FEED_LINES
	FeedCSV   FeedFormat = C.SIPWARD_FEED_CSV
	FeedJSON  FeedFormat = C.SIPWARD_FEED_JSON
)

// FeedFault is why an update was refused.
type FeedFault uint32

// The faults of updates.
const (
	FeedFaultNone         FeedFault = C.SIPWARD_FEED_FAULT_NONE
	FeedFaultTooLarge     FeedFault = C.SIPWARD_FEED_FAULT_TOO_LARGE
	FeedFaultUnsigned     FeedFault = C.SIPWARD_FEED_FAULT_UNSIGNED
	FeedFaultBadSignature FeedFault = C.SIPWARD_FEED_FAULT_BAD_SIGNATURE
	FeedFaultOlder        FeedFault = C.SIPWARD_FEED_FAULT_OLDER
	FeedFaultBroken       FeedFault = C.SIPWARD_FEED_FAULT_BROKEN
	FeedFaultEmpty        FeedFault = C.SIPWARD_FEED_FAULT_EMPTY
	FeedFaultShrunk       FeedFault = C.SIPWARD_FEED_FAULT_SHRUNK
	FeedFaultNoList       FeedFault = C.SIPWARD_FEED_FAULT_NO_LIST
)

// String is the name, as "shrunk".
func (f FeedFault) String() string { return C.GoString(C.sipward_feed_fault_name(C.uint32_t(f))) }

// FeedRefusalKind is why an entry was refused.
type FeedRefusalKind uint32

// The kinds of refusals, which FeedStatistics.Refused is indexed by.
const (
	FeedMalformed FeedRefusalKind = C.SIPWARD_FEED_MALFORMED
	FeedTooWide   FeedRefusalKind = C.SIPWARD_FEED_TOO_WIDE
	FeedPrivate   FeedRefusalKind = C.SIPWARD_FEED_PRIVATE
	FeedAllowed   FeedRefusalKind = C.SIPWARD_FEED_ALLOWED
	FeedRepeated  FeedRefusalKind = C.SIPWARD_FEED_REPEATED
	FeedTooMany   FeedRefusalKind = C.SIPWARD_FEED_TOO_MANY
)

// String is the name, as "too_wide".
func (k FeedRefusalKind) String() string {
	return C.GoString(C.sipward_feed_refusal_name(C.uint32_t(k)))
}

// FeedError is an update that was refused; the list stays as it was. It is ErrFeed for errors.Is.
type FeedError struct{ Fault FeedFault }

// Error is the sentence of the status with the name of the fault behind it.
func (e *FeedError) Error() string { return ErrFeed.Error() + ": " + e.Fault.String() }

// Unwrap is ErrFeed, for errors.Is.
func (e *FeedError) Unwrap() error { return ErrFeed }

// OptionError is an option that cannot be. It is ErrArgument for errors.Is.
type OptionError struct{ Option string }

// Error names the option.
func (e *OptionError) Error() string {
	return ErrArgument.Error() + ": the option " + e.Option + " cannot be"
}

// Unwrap is ErrArgument, for errors.Is.
func (e *OptionError) Unwrap() error { return ErrArgument }

// FeedOptions are those of NewFeed; zero and empty are the defaults.
type FeedOptions struct {
	Kind     FeedKind
	List     string // name of the dynamic list of the rules
	Name     string // of the feed, up to 32 bytes: its entries' reason; that of the list
	Format   FeedFormat
	Additive bool // nothing is taken off: the feed tells only what is new
	Special  bool // private addresses and the like may stand in it

	TTL                     time.Duration // of entries that say none; a day
	MostShrink              uint32        // percent of its entries that may be gone at once; 50
	IPv4Bits, IPv6Bits      uint32        // wider networks are refused; 16 and 32
	Digits, HomeDigits      uint32        // shorter prefixes are refused; 5, and 8 of those that begin with Home
	Column                  string        // CSV: number or name; JSON: key
	TTLColumn, ReasonColumn string
	Home                    string // calling code of the operator's own country
	Key                     string // minisign's public key; then nothing is taken that it did not sign
	Allowed                 string // entries, one a line, that the feed never blocks
}

// Feed is a blacklist of others that fills a dynamic list. One goroutine at a time.
type Feed struct {
	guard handle.Guard
	ptr   *C.sipward_feed
}

// NewFeed makes one. An *OptionError (ErrArgument) names an option that cannot be.
func NewFeed(options FeedOptions) (*Feed, error) {
	var memory arena
	defer memory.free()
	c := (*C.sipward_feed_options)(sized(memory.alloc(C.sizeof_sipward_feed_options), C.sizeof_sipward_feed_options))
	c.kind, c.format = C.uint32_t(options.Kind), C.uint32_t(options.Format)
	if options.Additive {
		c.flags |= C.SIPWARD_FEED_ADDITIVE
	}
	if options.Special {
		c.flags |= C.SIPWARD_FEED_SPECIAL
	}
	c.ttl_ns, c.most_shrink = C.int64_t(options.TTL), C.uint32_t(options.MostShrink)
	c.ipv4_bits, c.ipv6_bits = C.uint32_t(options.IPv4Bits), C.uint32_t(options.IPv6Bits)
	c.digits, c.home_digits = C.uint32_t(options.Digits), C.uint32_t(options.HomeDigits)
	c.list, c.name = memory.text(options.List), memory.text(options.Name)
	c.column, c.ttl_column = memory.text(options.Column), memory.text(options.TTLColumn)
	c.reason_column, c.home = memory.text(options.ReasonColumn), memory.text(options.Home)
	c.key, c.allowed = memory.text(options.Key), memory.text(options.Allowed)
	f := &Feed{}
	var wrong C.sipward_text
	err := statusError(C.sipward_feed_create(c, &f.ptr, &wrong))
	if err == error(ErrArgument) && wrong.size != 0 {
		return nil, &OptionError{goText(wrong)}
	}
	if err != nil {
		return nil, err
	}
	runtime.SetFinalizer(f, (*Feed).Close)
	return f, nil
}

// Close gives the feed back; what it put on the list stays until its time.
func (f *Feed) Close() error {
	if f == nil || f.ptr == nil {
		return ErrClosed
	}
	if err := f.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(f, nil)
	C.sipward_feed_destroy(f.ptr)
	return nil
}

func (f *Feed) enter() error {
	if f == nil || f.ptr == nil {
		return ErrClosed
	}
	return f.guard.Enter()
}

func (f *Feed) judged(status C.int32_t) error {
	if status != C.SIPWARD_ERR_FEED {
		return statusError(status)
	}
	c := C.sipward_feed_statistics{struct_size: C.sizeof_sipward_feed_statistics}
	C.sipward_feed_read_statistics(f.ptr, &c)
	return &FeedError{FeedFault(c.fault)}
}

// Begin begins an update with bytes that were fetched, up to 64 MiB, which are copied, and, if there is
// a key, what stands in their file .minisig, else nil. A *FeedError (ErrFeed): it is refused. force takes
// also what is empty, has shrunk, breaks off or is older than before.
func (f *Feed) Begin(data, signature []byte, force bool) error {
	if err := f.enter(); err != nil {
		return err
	}
	defer f.guard.Leave()
	return f.judged(C.sipward_feed_begin(f.ptr, bytesOf(data), C.size_t(len(data)), bytesOf(signature), C.size_t(len(signature)), truth(force)))
}

// Step goes on with it: at most work entries are read, compared or written. ErrIncomplete: there is more
// to do. nil: it is made. A *FeedError (ErrFeed): it is refused, and the list stays as it was. With a nil
// engine the feed is read and judged, and no list is touched.
func (f *Feed) Step(engine *Engine, work uint64, now Moment) error {
	if err := f.enter(); err != nil {
		return err
	}
	defer f.guard.Leave()
	if engine == nil {
		return f.judged(C.sipward_feed_step(f.ptr, nil, C.uint64_t(work), C.int64_t(now.Monotonic)))
	}
	ptr, err := engine.use()
	if err != nil {
		return err
	}
	defer engine.h.Done()
	return f.judged(C.sipward_feed_step(f.ptr, ptr, C.uint64_t(work), C.int64_t(now.Monotonic)))
}

// Update is a whole update at once.
func (f *Feed) Update(engine *Engine, data, signature []byte, now Moment) error {
	err := f.Begin(data, signature, false)
	if err == nil {
		err = ErrIncomplete
	}
	for err == error(ErrIncomplete) {
		err = f.Step(engine, 100_000, now)
	}
	return err
}

// FeedStatistics is what was made of a feed.
type FeedStatistics struct {
	Fault                   FeedFault // of the latest update
	Updates, RefusedUpdates uint64
	// Of all updates together.
	Added, Removed, Expired, PushedOut uint64
	// Of the latest update.
	Entries, Renewed uint64
	Refused          [6]uint64 // by FeedRefusalKind
	LastUpdate       int64     // nanoseconds on the monotonic clock of the packets; 0: never
	Timestamp        uint64    // of the signature, seconds since 1970
	Cursor           string    // what the feed wants to hear next time: APIBAN's ID
}

// Statistics is what was made of the feed so far.
func (f *Feed) Statistics() (FeedStatistics, error) {
	if err := f.enter(); err != nil {
		return FeedStatistics{}, err
	}
	defer f.guard.Leave()
	c := C.sipward_feed_statistics{struct_size: C.sizeof_sipward_feed_statistics}
	if err := statusError(C.sipward_feed_read_statistics(f.ptr, &c)); err != nil {
		return FeedStatistics{}, err
	}
	s := FeedStatistics{
		Fault: FeedFault(c.fault), Updates: uint64(c.updates), RefusedUpdates: uint64(c.refused_updates), Added: uint64(c.added),
		Removed: uint64(c.removed), Expired: uint64(c.expired), PushedOut: uint64(c.pushed_out), Entries: uint64(c.entries), Renewed: uint64(c.renewed),
		LastUpdate: int64(c.last_update_ns), Timestamp: uint64(c.timestamp), Cursor: goChars(c.cursor[:], c.cursor_size),
	}
	for i := range s.Refused {
		s.Refused[i] = uint64(c.refused[i])
	}
	return s, nil
}

// FeedRefusal is an entry that was refused, and where it stands.
type FeedRefusal struct {
	Kind         FeedRefusalKind
	Line, Column int    // from 1
	Text         string // at most 63 bytes of it
}

// Refusals are the first 64 entries that the latest update refused.
func (f *Feed) Refusals() ([]FeedRefusal, error) {
	if err := f.enter(); err != nil {
		return nil, err
	}
	defer f.guard.Leave()
	var all []FeedRefusal
	c := C.sipward_feed_refusal_info{struct_size: C.sizeof_sipward_feed_refusal_info}
	for C.sipward_feed_refusal(f.ptr, C.uint32_t(len(all)), &c) == C.SIPWARD_OK {
		all = append(all, FeedRefusal{FeedRefusalKind(c.refusal), int(c.line), int(c.column), goChars(c.text[:], c.text_size)})
	}
	return all, nil
}
