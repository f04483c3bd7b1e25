package sipward

// #include <stdlib.h>
// #include "handles.h"
import "C"

import (
	"runtime"
	"time"

	"sipward/internal/handle"
)

// Engine is rules and state with options. Rules can be exchanged while it runs. Any number of
// goroutines may use it; each that inspects makes an Inspector of its own.
type Engine struct {
	h handle.Shared[C.sipward_engine]
}

// EngineOptions are those of NewEngine; the zero value judges messages of the tolerant profile by
// all rules and checks no Identity headers.
type EngineOptions struct {
	// ReportOnly: no verdict above ActionFlag, whatever the rules say.
	ReportOnly bool
	// Profile and Policy say what refuses a message.
	Profile Profile
	Policy  Policy
	// IdentityByHost: the program checks Identity headers. Where a rule needs the result and the
	// packet has none, the verdict is pending: see Inspector.Resume.
	IdentityByHost bool
	// Trust: the library checks Identity headers itself, by these certificates, where a rule needs
	// the result. Where a certificate is missing the verdict is pending and has its URL: give it to
	// TrustStore.Provide, then Inspector.Resume.
	Trust *TrustStore
	// Caller is what is demanded of them, with Trust; nil: the defaults.
	Caller *CallerPolicy
	// CallsByHost: the program tells of calls, registrations and attempts to authenticate as events.
	// Else they follow from the messages.
	CallsByHost bool
	// CallCapacity is how many calls are to have room at once; 0: by the size of the state.
	CallCapacity uint32
	// AnalyticsRows is how many rows each dimension of Analytics has, at most 65,536, of about 1 KiB
	// for each inspector; 0: nothing is counted for it.
	AnalyticsRows uint32
	// ShortCall: answered calls that are shorter are short, in whole milliseconds; 0: 6 seconds.
	ShortCall time.Duration
}

// NewEngine makes one. It keeps what it needs of rules, state and trust, which may be closed
// afterwards. ErrStateFull if the state is too small for the rules.
func NewEngine(rules *Rules, state *State, options EngineOptions) (*Engine, error) {
	r, err := rules.use()
	if err != nil {
		return nil, err
	}
	defer rules.h.Done()
	s, err := state.use()
	if err != nil {
		return nil, err
	}
	defer state.h.Done()
	var memory arena
	defer memory.free()
	c := (*C.sipward_engine_options)(sized(memory.alloc(C.sizeof_sipward_engine_options), C.sizeof_sipward_engine_options))
	c.report_only = truth(options.ReportOnly)
	c.profile = C.uint32_t(options.Profile)
	c.identity_by_host = truth(options.IdentityByHost)
	c.policy = options.Policy.c
	c.calls_by_host = truth(options.CallsByHost)
	c.call_capacity = C.uint32_t(options.CallCapacity)
	c.analytics_rows = C.uint32_t(options.AnalyticsRows)
	c.short_call_ms = C.uint32_t(options.ShortCall.Milliseconds())
	if options.Trust != nil {
		t, err := options.Trust.use()
		if err != nil {
			return nil, err
		}
		defer options.Trust.h.Done()
		c.trust = t
		c.caller_policy = options.Caller.put(&memory)
	}
	e := &Engine{}
	if err := statusError(C.sipward_engine_create(r, s, c, &e.h.Ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(e, (*Engine).Close)
	return e, nil
}

// Close gives the engine back; inspectors that were made of it go on.
func (e *Engine) Close() error {
	if e == nil {
		return ErrClosed
	}
	err := e.h.Close(func(p *C.sipward_engine) { C.sipward_engine_destroy(p) })
	if err == nil {
		runtime.SetFinalizer(e, nil)
	}
	return err
}

func (e *Engine) use() (*C.sipward_engine, error) {
	if e == nil {
		return nil, ErrClosed
	}
	return e.h.Use()
}

// Reload puts other rules in the place of those that run, while others inspect. Every inspector takes
// them up with its next call, never within one. What both rule sets have alike keeps what it
// counted; bans, scores and emergency calls stay. A *StateFullError (ErrStateFull) if the state has no
// room for the new tables beside the old: then the old rules go on.
func (e *Engine) Reload(rules *Rules) error {
	ptr, err := e.use()
	if err != nil {
		return err
	}
	defer e.h.Done()
	r, err := rules.use()
	if err != nil {
		return err
	}
	defer rules.h.Done()
	misfit := C.sipward_misfit{struct_size: C.sizeof_sipward_misfit}
	status := C.sipward_engine_reload(ptr, r, &misfit)
	if status == C.SIPWARD_ERR_STATE_FULL {
		return &StateFullError{goChars(misfit.signature[:], misfit.signature_size), uint64(misfit.bytes), uint64(misfit.room)}
	}
	return statusError(status)
}
