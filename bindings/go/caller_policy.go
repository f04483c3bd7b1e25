package sipward

// #include "handles.h"
import "C"

import (
	"time"
	"unsafe"
)

// CallerFlags change what is demanded of Identity headers; they are or-ed.
type CallerFlags uint32

const (
	CallerRFC8224     = CallerFlags(C.SIPWARD_CALLER_RFC8224)       // From alone says who calls, and Date counts; else the SHAKEN profile: P-Asserted-Identity before From
	CallerCompact     = CallerFlags(C.SIPWARD_CALLER_COMPACT)       // tokens in compact form are taken
	CallerBestOf      = CallerFlags(C.SIPWARD_CALLER_BEST_OF)       // of several tokens for the caller, one that holds is enough
	CallerPassedB     = CallerFlags(C.SIPWARD_CALLER_PASSED_B)      // TN-Validation-Passed for attestation B, too
	CallerPassedC     = CallerFlags(C.SIPWARD_CALLER_PASSED_C)      // and for C
	CallerAnyMediaKey = CallerFlags(C.SIPWARD_CALLER_ANY_MEDIA_KEY) // fingerprints (mky) are not compared with the session's
	CallerRequired    = CallerFlags(C.SIPWARD_CALLER_REQUIRED)      // a request without an Identity that counts fails: NO_IDENTITY
	CallerUncached    = CallerFlags(C.SIPWARD_CALLER_UNCACHED)      // every token is verified anew
)

// CallerPolicy is what an Engine or a Verifier demands of Identity headers. Zero is the default in
// every member.
type CallerPolicy struct {
	Flags         CallerFlags
	Window        time.Duration // that a token is good for; 0 is a minute
	Skew          time.Duration // that it may be ahead of the wall time; 0 is a minute
	DiversionSpan time.Duration // from the first to the last token of a diversion; 0 is five minutes
	CachedTokens  int           // verified once while they come again with their call, 2.3 KiB each; 0 is 1024, at most 65,536
	// Codes are the SIP codes (300 to 699) that answer a reason ("IAT_STALE") where they are not those
	// of RFC 8224 section 6.2.2; at most 256.
	Codes map[string]int
}

// put is the policy in C memory; nil for nil.
func (p *CallerPolicy) put(memory *arena) *C.sipward_caller_policy {
	if p == nil {
		return nil
	}
	c := (*C.sipward_caller_policy)(sized(memory.alloc(C.sizeof_sipward_caller_policy), C.sizeof_sipward_caller_policy))
	c.flags = C.uint32_t(p.Flags)
	c.window_s = seconds(p.Window)
	c.skew_s = seconds(p.Skew)
	c.div_span_s = seconds(p.DiversionSpan)
	c.cached_tokens = C.uint32_t(p.CachedTokens)
	if len(p.Codes) > 0 {
		c.codes = (*C.sipward_reason_code)(memory.zeroed(uintptr(len(p.Codes)) * C.sizeof_sipward_reason_code))
		for reason, code := range p.Codes {
			at := &unsafe.Slice(c.codes, len(p.Codes))[c.code_count]
			at.reason = memory.text(reason)
			at.sip_code = C.uint32_t(code)
			c.code_count++
		}
	}
	return c
}

// seconds is more than any limit for what is negative or too long, so that the library refuses it;
// what is shorter than a second, and not zero, is one.
func seconds(d time.Duration) C.uint32_t {
	s := (d + time.Second - 1) / time.Second
	if d < 0 || s > 0xFFFFFFFF {
		return 0xFFFFFFFF
	}
	return C.uint32_t(s)
}
