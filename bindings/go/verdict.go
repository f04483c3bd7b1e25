package sipward

// #include "handles.h"
import "C"

import (
	"strings"
	"sync"
	"unsafe"
)

// Action is what to do with a message; they ascend, and a verdict is the worst that the guards permit.
type Action uint32

const (
	ActionAllow     = Action(C.SIPWARD_ACTION_ALLOW)
	ActionFlag      = Action(C.SIPWARD_ACTION_FLAG)
	ActionChallenge = Action(C.SIPWARD_ACTION_CHALLENGE)
	ActionThrottle  = Action(C.SIPWARD_ACTION_THROTTLE)
	ActionHold      = Action(C.SIPWARD_ACTION_HOLD)
	ActionReject    = Action(C.SIPWARD_ACTION_REJECT)
	ActionDrop      = Action(C.SIPWARD_ACTION_DROP)
)

// "allow" and so on, read once.
var actionNames = func() (all []string) {
	for action := C.uint32_t(0); ; action++ {
		name := C.sipward_action_name(action)
		if name == nil {
			return all
		}
		all = append(all, C.GoString(name))
	}
}()

// String is "allow", "flag" and so on, as rules write it; empty if there is no such action.
func (a Action) String() string {
	if int(a) < len(actionNames) {
		return actionNames[a]
	}
	return ""
}

// VerdictFlags say what else is to be known of a verdict; they are or-ed.
type VerdictFlags uint32

const (
	VerdictBanned      = VerdictFlags(C.SIPWARD_VERDICT_BANNED)       // the source was banned before
	VerdictEmergency   = VerdictFlags(C.SIPWARD_VERDICT_EMERGENCY)    // the emergency guard applies
	VerdictAllowListed = VerdictFlags(C.SIPWARD_VERDICT_ALLOW_LISTED) // the source is in a list named "allowed"
	VerdictAlert       = VerdictFlags(C.SIPWARD_VERDICT_ALERT)        // a rule says alert: somebody should be told, in any mode
	VerdictCapture     = VerdictFlags(C.SIPWARD_VERDICT_CAPTURE)      // a rule says capture: the message should be kept
	VerdictOverload    = VerdictFlags(C.SIPWARD_VERDICT_OVERLOAD)     // there are more emergency calls than there should be; none is refused for it
	VerdictPending     = VerdictFlags(C.SIPWARD_VERDICT_PENDING)      // rules wait for the caller's identity: see Inspector.Resume. The action is that of all other rules
)

// Hit is a rule that matched.
type Hit struct {
	Rule     string
	Why      string // of the rule's meta; may be empty
	Action   Action // what the rule asked for
	Enforced bool   // false: report mode, or a guard held it back
	Score    int
	values   [C.SIPWARD_MAX_HIT_VALUES]float64
	count    int
}

// Values are the rule's aggregates at that time, in the order of its text, at most four.
func (h *Hit) Values() []float64 { return h.values[:h.count] }

// Tag is what a rule that matched calls the message, in any mode.
type Tag struct {
	Text string
	Rule string
}

// Verdict is what to do with a message or an event, and why. It points nowhere: keep it as long as
// you like. To inspect without allocations, use one again and again: Hits and Tags then keep their
// room and are overwritten.
type Verdict struct {
	Action      Action
	Flags       VerdictFlags
	SIPCode     int    // proposed answer; 0: none
	SIPReason   string // proposed reason phrase; may be empty
	Score       int    // points given by this message
	Parse       error  // nil, ErrMalformed or ErrLimit: what Message.Parse would return
	Hits        []Hit  // at most 16
	HitsOmitted int    // hits beyond those
	Tags        []Tag  // at most 16
	TagsOmitted int    // tags beyond those
	Ticket      uint64 // of a pending verdict, for Inspector.Resume; else 0
	// CertificateURL is, of a pending verdict, where the certificate is that the check waits for;
	// empty: the program checks. Of one that is not pending: where a certificate is that was used and
	// is old, or that was still missing when it was resumed; nobody waits for it. The caller chose the
	// URL: package sipward/fetch fetches it safely.
	CertificateURL string
}

// Pending says whether rules wait for the caller's identity.
func (v *Verdict) Pending() bool { return v.Flags&VerdictPending != 0 }

// String is a line for people: the action and the rules that matched.
func (v *Verdict) String() string {
	var out strings.Builder
	out.WriteString(v.Action.String())
	for i := range v.Hits {
		if i == 0 {
			out.WriteString(": ")
		} else {
			out.WriteString(", ")
		}
		out.WriteString(v.Hits[i].Rule)
	}
	return out.String()
}

// texts keeps Go copies of what rules say (names, reasons, tags), so that a verdict costs no
// allocation and still points nowhere into the library, which may free the rules.
type texts map[string]string

// More texts than any rule set of one engine should have; reloads may bring new ones for ever.
const mostTexts = 16384

// Of header names, for all messages together.
var (
	knownMutex sync.Mutex
	knownNames texts
)

func (t *texts) of(c C.sipward_text) string {
	if c.size == 0 || c.data == nil {
		return ""
	}
	bytes := unsafe.Slice((*byte)(unsafe.Pointer(c.data)), int(c.size))
	if s, known := (*t)[string(bytes)]; known {
		return s
	}
	if *t == nil || len(*t) >= mostTexts {
		*t = texts{}
	}
	s := string(bytes)
	(*t)[s] = s
	return s
}

// take reads a verdict that the library wrote.
func (v *Verdict) take(c *C.sipward_verdict, t *texts) {
	v.Action = Action(c.action)
	v.Flags = VerdictFlags(c.flags)
	v.SIPCode = int(c.sip_code)
	v.SIPReason = t.of(c.sip_reason)
	v.Score = int(c.score)
	v.Parse = statusError(c.parse_status)
	v.Ticket = uint64(c.ticket)
	v.CertificateURL = goText(c.certificate_url)
	v.HitsOmitted, v.TagsOmitted = int(c.hits_omitted), int(c.tags_omitted)
	v.Hits = v.Hits[:0]
	for i := range c.hits[:c.hit_count] {
		hit := &c.hits[i]
		v.Hits = append(v.Hits, Hit{
			Rule:     t.of(hit.rule),
			Why:      t.of(hit.why),
			Action:   Action(hit.action),
			Enforced: hit.enforced != 0,
			Score:    int(hit.score),
			count:    int(hit.value_count),
		})
		last := &v.Hits[len(v.Hits)-1]
		for k := 0; k < last.count; k++ {
			last.values[k] = float64(hit.values[k])
		}
	}
	v.Tags = v.Tags[:0]
	for i := range c.tags[:c.tag_count] {
		v.Tags = append(v.Tags, Tag{t.of(c.tags[i].text), t.of(c.tags[i].rule)})
	}
}
