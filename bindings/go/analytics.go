package sipward

// #include "handles.h"
import "C"

import (
	"runtime"
	"time"

	"sipward/internal/handle"
)

// Dimension is what calls are told apart by.
type Dimension uint32

const (
	DimensionTrunk       = Dimension(C.SIPWARD_DIMENSION_TRUNK)
	DimensionAccount     = Dimension(C.SIPWARD_DIMENSION_ACCOUNT)
	DimensionCaller      = Dimension(C.SIPWARD_DIMENSION_CALLER)      // number in one form
	DimensionDestination = Dimension(C.SIPWARD_DIMENSION_DESTINATION) // number that is called, in the same form
	DimensionRange       = Dimension(C.SIPWARD_DIMENSION_RANGE)       // such a number without its last four digits
	DimensionCountry     = Dimension(C.SIPWARD_DIMENSION_COUNTRY)     // of it, as ISO 3166-1 code
	DimensionUserAgent   = Dimension(C.SIPWARD_DIMENSION_USER_AGENT)
	DimensionSource      = Dimension(C.SIPWARD_DIMENSION_SOURCE) // address; of IPv6 the /64 around it
)

// String is "trunk" and so on.
func (d Dimension) String() string {
	if name := C.sipward_dimension_name(C.uint32_t(d)); name != nil {
		return C.GoString(name)
	}
	return ""
}

// Failure is why a call was not answered, by its final response.
type Failure uint32

const (
	FailureRedirected = Failure(C.SIPWARD_FAILURE_REDIRECTED) // 3xx
	FailureChallenged = Failure(C.SIPWARD_FAILURE_CHALLENGED) // 401, 402, 407, and no more came
	FailureBusy       = Failure(C.SIPWARD_FAILURE_BUSY)       // 486, 600
	FailureNoAnswer   = Failure(C.SIPWARD_FAILURE_NO_ANSWER)  // 480
	FailureDeclined   = Failure(C.SIPWARD_FAILURE_DECLINED)   // 603
	FailureCancelled  = Failure(C.SIPWARD_FAILURE_CANCELLED)  // 487
	FailureTimeout    = Failure(C.SIPWARD_FAILURE_TIMEOUT)    // 408, 504, or no response at all
	FailureRejected   = Failure(C.SIPWARD_FAILURE_REJECTED)   // other 4xx
	FailureServer     = Failure(C.SIPWARD_FAILURE_SERVER)     // other 5xx
	FailureRefused    = Failure(C.SIPWARD_FAILURE_REFUSED)    // other 6xx
	FailureUnknown    = Failure(C.SIPWARD_FAILURE_UNKNOWN)
)

// String is "busy" and so on.
func (f Failure) String() string {
	if name := C.sipward_failure_name(C.uint32_t(f)); name != nil {
		return C.GoString(name)
	}
	return ""
}

// Attestation is what was known of the caller's identity when a call began.
type Attestation uint32

const (
	AttestationA         = Attestation(C.SIPWARD_ATTESTATION_A)
	AttestationB         = Attestation(C.SIPWARD_ATTESTATION_B)
	AttestationC         = Attestation(C.SIPWARD_ATTESTATION_C)
	AttestationOther     = Attestation(C.SIPWARD_ATTESTATION_OTHER)     // verified, without a level
	AttestationNone      = Attestation(C.SIPWARD_ATTESTATION_NONE)      // there is no Identity
	AttestationFailed    = Attestation(C.SIPWARD_ATTESTATION_FAILED)    // that does not hold
	AttestationUnchecked = Attestation(C.SIPWARD_ATTESTATION_UNCHECKED) // there is no result
)

// String is "A" and so on.
func (a Attestation) String() string {
	if name := C.sipward_attestation_name(C.uint32_t(a)); name != nil {
		return C.GoString(name)
	}
	return ""
}

// CallCounts are calls: all of them, or those of one key.
type CallCounts struct {
	Key          string // the first 64 bytes of a longer one; others chose it: escape what you print
	Cut          bool   // it is longer
	Count, Error uint64 // how often the key came, and by how much that may be too high; the rest counts since it has its row
	Attempts     uint64 // that began
	Answered     uint64
	Ended        uint64     // answered or not
	ShortCalls   uint64     // answered, and over sooner than EngineOptions.ShortCall
	Failed       [11]uint64 // by Failure
	Attested     [7]uint64  // by Attestation
	AuthFailures uint64
	Talk         time.Duration // of calls that were answered and are over
	Cost         int64         // millionths
	Setups       uint64        // calls of which the post-dial delay is known
	SetupSum     time.Duration
	SetupP50     time.Duration
	SetupP95     time.Duration
	SetupP99     time.Duration
}

// ASR is the answer-seizure ratio; 0 where no call began.
func (c *CallCounts) ASR() float64 {
	if c.Attempts == 0 {
		return 0
	}
	return float64(c.Answered) / float64(c.Attempts)
}

// Completed is how many calls were answered and are over.
func (c *CallCounts) Completed() uint64 {
	completed := c.Ended
	for _, failures := range c.Failed {
		completed -= failures
	}
	return completed
}

// ACD is the average call duration.
func (c *CallCounts) ACD() time.Duration {
	completed := c.Completed()
	if completed == 0 {
		return 0
	}
	return c.Talk / time.Duration(completed)
}

// DimensionSize is how much of a dimension its rows tell.
type DimensionSize struct {
	Rows, Capacity uint32
	Total          uint64 // of all keys, those without a row as well
	Evictions      uint64 // 0: every row is exact, and there are no others
}

// Traffic is requests and registrations, which are no calls.
type Traffic struct {
	Requests  [4]uint64 // INVITE, REGISTER, OPTIONS, all others; without those that are sent again
	Attempts  [3]uint64 // to authenticate: success, fail, challenged
	Registers [3]uint64 // the same of registrations
}

// TimesOf is times of which the distribution is kept.
type TimesOf uint32

const (
	TimesSetup    = TimesOf(C.SIPWARD_TIMES_SETUP)  // post-dial delay of calls
	TimesInvite   = TimesOf(C.SIPWARD_TIMES_INVITE) // from a request to its first response
	TimesRegister = TimesOf(C.SIPWARD_TIMES_REGISTER)
	TimesOptions  = TimesOf(C.SIPWARD_TIMES_OPTIONS)
	TimesOther    = TimesOf(C.SIPWARD_TIMES_OTHER)
)

// Times is a distribution.
type Times struct {
	Count                                uint64
	Sum, Least, Most, P50, P90, P95, P99 time.Duration
}

// Analytics are what an engine had counted of calls at one moment. They need the engine no more;
// goroutines may share them.
type Analytics struct {
	h handle.Shared[C.sipward_analytics]
}

// Analytics are what was counted until now, copied. ErrEnd where EngineOptions.AnalyticsRows is 0. May
// be called while others inspect.
func (e *Engine) Analytics() (*Analytics, error) {
	ptr, err := e.use()
	if err != nil {
		return nil, err
	}
	defer e.h.Done()
	a := &Analytics{}
	if err := statusError(C.sipward_engine_analytics(ptr, &a.h.Ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(a, (*Analytics).Close)
	return a, nil
}

// Close gives them back.
func (a *Analytics) Close() error {
	if a == nil {
		return ErrClosed
	}
	err := a.h.Close(func(p *C.sipward_analytics) { C.sipward_analytics_destroy(p) })
	if err == nil {
		runtime.SetFinalizer(a, nil)
	}
	return err
}

func (a *Analytics) use() (*C.sipward_analytics, error) {
	if a == nil {
		return nil, ErrClosed
	}
	return a.h.Use()
}

func callCounts(c *C.sipward_call_counts) CallCounts {
	out := CallCounts{
		Key:          goChars(c.key[:], c.key_size),
		Cut:          c.flags&C.SIPWARD_COUNTS_CUT != 0,
		Count:        uint64(c.count),
		Error:        uint64(c.error),
		Attempts:     uint64(c.attempts),
		Answered:     uint64(c.answered),
		Ended:        uint64(c.ended),
		ShortCalls:   uint64(c.short_calls),
		AuthFailures: uint64(c.auth_failures),
		Talk:         time.Duration(c.talk_ns),
		Cost:         int64(c.cost),
		Setups:       uint64(c.setups),
		SetupSum:     time.Duration(c.setup_sum_ns),
		SetupP50:     time.Duration(c.setup_p50_ns),
		SetupP95:     time.Duration(c.setup_p95_ns),
		SetupP99:     time.Duration(c.setup_p99_ns),
	}
	counts(out.Failed[:], c.failed[:])
	counts(out.Attested[:], c.attested[:])
	return out
}

// Totals are those of all calls.
func (a *Analytics) Totals() (CallCounts, error) {
	ptr, err := a.use()
	if err != nil {
		return CallCounts{}, err
	}
	defer a.h.Done()
	c := C.sipward_call_counts{struct_size: C.sizeof_sipward_call_counts}
	if err := statusError(C.sipward_analytics_totals(ptr, &c)); err != nil {
		return CallCounts{}, err
	}
	return callCounts(&c), nil
}

// Rows are the keys that surely came most often, by Count - Error, the first first; at most so many, or
// all of them if most is negative.
func (a *Analytics) Rows(dimension Dimension, most int) ([]CallCounts, error) {
	ptr, err := a.use()
	if err != nil {
		return nil, err
	}
	defer a.h.Done()
	var rows []CallCounts
	c := C.sipward_call_counts{struct_size: C.sizeof_sipward_call_counts}
	for most < 0 || len(rows) < most {
		status := C.sipward_analytics_row(ptr, C.uint32_t(dimension), C.uint32_t(len(rows)), &c)
		if status == C.SIPWARD_END {
			break
		}
		if status != C.SIPWARD_OK {
			return nil, statusError(status)
		}
		rows = append(rows, callCounts(&c))
	}
	return rows, nil
}

// Size is how many rows there are, and what they leave out.
func (a *Analytics) Size(dimension Dimension) (DimensionSize, error) {
	ptr, err := a.use()
	if err != nil {
		return DimensionSize{}, err
	}
	defer a.h.Done()
	c := C.sipward_dimension{struct_size: C.sizeof_sipward_dimension}
	if err := statusError(C.sipward_analytics_dimension(ptr, C.uint32_t(dimension), &c)); err != nil {
		return DimensionSize{}, err
	}
	return DimensionSize{uint32(c.rows), uint32(c.capacity), uint64(c.total), uint64(c.evictions)}, nil
}

// Traffic is what was seen that is no call.
func (a *Analytics) Traffic() (Traffic, error) {
	ptr, err := a.use()
	if err != nil {
		return Traffic{}, err
	}
	defer a.h.Done()
	c := C.sipward_traffic{struct_size: C.sizeof_sipward_traffic}
	if err := statusError(C.sipward_analytics_traffic(ptr, &c)); err != nil {
		return Traffic{}, err
	}
	var out Traffic
	counts(out.Requests[:], c.requests[:])
	counts(out.Attempts[:], c.attempts[:])
	counts(out.Registers[:], c.registers[:])
	return out, nil
}

// Times are how long calls took to ring, or requests to get a response.
func (a *Analytics) Times(which TimesOf) (Times, error) {
	ptr, err := a.use()
	if err != nil {
		return Times{}, err
	}
	defer a.h.Done()
	c := C.sipward_times{struct_size: C.sizeof_sipward_times}
	if err := statusError(C.sipward_analytics_times(ptr, C.uint32_t(which), &c)); err != nil {
		return Times{}, err
	}
	return Times{
		Count: uint64(c.count),
		Sum:   time.Duration(c.sum_ns),
		Least: time.Duration(c.least_ns),
		Most:  time.Duration(c.most_ns),
		P50:   time.Duration(c.p50_ns),
		P90:   time.Duration(c.p90_ns),
		P95:   time.Duration(c.p95_ns),
		P99:   time.Duration(c.p99_ns),
	}, nil
}

// TimesUntil is how many of them were not longer: exact at 1, 2, 4 ... ms.
func (a *Analytics) TimesUntil(which TimesOf, bound time.Duration) (uint64, error) {
	ptr, err := a.use()
	if err != nil {
		return 0, err
	}
	defer a.h.Done()
	var count C.uint64_t
	err = statusError(C.sipward_analytics_times_until(ptr, C.uint32_t(which), C.int64_t(bound), &count))
	return uint64(count), err
}
