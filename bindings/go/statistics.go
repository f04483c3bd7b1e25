package sipward

// #include "handles.h"
import "C"

// Statistics are what an engine counted since it was made; a reload begins nothing anew. What begins with
// State is the state's, for all engines that share it.
type Statistics struct {
	Packets              uint64
	NotSIP               uint64     // neither a request nor a response
	Malformed            uint64     // refused by the parser
	OverLimit            uint64     // of Malformed: beyond a limit of the parser
	KeepAlives           uint64     // packets that keep a NAT open: not judged
	Events               uint64     // of Inspector.Event
	ByAction             [7]uint64  // by Action: packets and events
	ByKind               [16]uint64 // by EventKind: packets that are requests or responses, and events
	ByAnomaly            [4]uint64  // by AnomalyClass: packets with at least one anomaly of the class
	Retransmissions      uint64     // packets that repeat one of before; they count in all that counts packets, but not in Matches and what begins like it
	Pending              uint64     // packets whose verdict was pending
	Resumed              uint64     // of Inspector.Resume; their verdicts count a second time
	Banned               uint64     // packets and events of who was banned before
	AllowListed          uint64     // of who is on the list "allowed"
	Emergency            uint64     // that the emergency guard protects
	Overload             uint64     // of them: more than there should be
	Alerts               uint64     // verdicts with VerdictAlert
	Captures             uint64     // with VerdictCapture
	Matches              uint64     // rules that matched, each once for each packet or event
	MatchesReported      uint64     // of them: of rules in report mode
	MatchesWithheld      uint64     // of them: held back by a guard
	Bans                 uint64     // made by rules and scores
	BansWithheld         uint64     // that a rule asked for, of a source that is not proven
	ListEntries          uint64     // added by rules
	Displaced            uint64     // bans and list entries of rules that found no room: a living one gave way
	FeedbackFraud        uint64
	FeedbackLegitimate   uint64
	FeedbackRepeated     uint64 // said before: counted here alone
	Reloads              uint64 // the rules of NewEngine are the first
	ReloadsRefused       uint64 // the state had no room
	CallsUntracked       uint64 // that began and had no room: no end is told of them
	CallsGivenUp         uint64 // that ended because others needed their room
	CallsLost            uint64 // that no message ended, but time
	Notices              uint64 // of Engine.NextNotice
	NoticesOmitted       uint64 // too many of their kind
	IdentityChecks       uint64 // Identity headers of a packet verified, by the TrustStore
	Evictions            uint64 // living entries that state tables gave up for new ones
	StateBytes           uint64
	StateUsed            uint64
	StateInsertions      uint64 // entries made in tables
	StateSketchesRefused uint64 // distinct: times that a key had to go on without a sketch
}

// Statistics are what was counted so far. Others may inspect meanwhile: what they are counting is
// there or not yet. It costs some hundred nanoseconds for each inspector.
func (e *Engine) Statistics() (Statistics, error) {
	ptr, err := e.use()
	if err != nil {
		return Statistics{}, err
	}
	defer e.h.Done()
	c := C.sipward_statistics{struct_size: C.sizeof_sipward_statistics}
	if err := statusError(C.sipward_engine_statistics(ptr, &c)); err != nil {
		return Statistics{}, err
	}
	s := Statistics{
		Packets:              uint64(c.packets),
		NotSIP:               uint64(c.not_sip),
		Malformed:            uint64(c.malformed),
		OverLimit:            uint64(c.over_limit),
		KeepAlives:           uint64(c.keep_alives),
		Events:               uint64(c.events),
		Retransmissions:      uint64(c.retransmissions),
		Pending:              uint64(c.pending),
		Resumed:              uint64(c.resumed),
		Banned:               uint64(c.banned),
		AllowListed:          uint64(c.allow_listed),
		Emergency:            uint64(c.emergency),
		Overload:             uint64(c.overload),
		Alerts:               uint64(c.alerts),
		Captures:             uint64(c.captures),
		Matches:              uint64(c.matches),
		MatchesReported:      uint64(c.matches_reported),
		MatchesWithheld:      uint64(c.matches_withheld),
		Bans:                 uint64(c.bans),
		BansWithheld:         uint64(c.bans_withheld),
		ListEntries:          uint64(c.list_entries),
		Displaced:            uint64(c.displaced),
		FeedbackFraud:        uint64(c.feedback_fraud),
		FeedbackLegitimate:   uint64(c.feedback_legitimate),
		FeedbackRepeated:     uint64(c.feedback_repeated),
		Reloads:              uint64(c.reloads),
		ReloadsRefused:       uint64(c.reloads_refused),
		CallsUntracked:       uint64(c.calls_untracked),
		CallsGivenUp:         uint64(c.calls_given_up),
		CallsLost:            uint64(c.calls_lost),
		Notices:              uint64(c.notices),
		NoticesOmitted:       uint64(c.notices_omitted),
		IdentityChecks:       uint64(c.identity_checks),
		Evictions:            uint64(c.evictions),
		StateBytes:           uint64(c.state_bytes),
		StateUsed:            uint64(c.state_used),
		StateInsertions:      uint64(c.state_insertions),
		StateSketchesRefused: uint64(c.state_sketches_refused),
	}
	counts(s.ByAction[:], c.by_action[:])
	counts(s.ByKind[:], c.by_kind[:])
	counts(s.ByAnomaly[:], c.by_anomaly[:])
	return s, nil
}

func counts(to []uint64, from []C.uint64_t) {
	for i := range to {
		to[i] = uint64(from[i])
	}
}

// RuleStatistics are what became of a rule's matches. A match counts in one of them: Again, Reported,
// AllowListed, Emergency, Enforced, WeakEvidence, TooLate, the first that holds.
type RuleStatistics struct {
	Rule         string // the beginning of a long name
	Since        uint64 // the generation of rules that the counts begin with: 1, and one more with each reload
	Enforced     uint64
	Reported     uint64 // mode report, of the rule, a profile or the engine
	AllowListed  uint64 // withheld: the source is on the list "allowed"
	Emergency    uint64 // withheld by the emergency guard
	WeakEvidence uint64 // withheld: a ban of a source that is not proven
	TooLate      uint64 // withheld: what it judged had happened already
	Again        uint64 // on retransmissions, whatever became of them
}

// RuleStatistics are those of the rules that run, in the order of Rules.List, and their generation. A
// rule keeps its counts over reloads as long as each has a rule of that name. May be called while
// others inspect and reload.
func (e *Engine) RuleStatistics() (all []RuleStatistics, generation uint64, err error) {
	ptr, err := e.use()
	if err != nil {
		return nil, 0, err
	}
	defer e.h.Done()
	c := C.sipward_rule_statistics{struct_size: C.sizeof_sipward_rule_statistics}
	for {
		status := C.sipward_engine_rule_statistics(ptr, C.uint32_t(len(all)), &c)
		if status == C.SIPWARD_END {
			return all, generation, nil
		}
		if status != C.SIPWARD_OK {
			return nil, 0, statusError(status)
		}
		if len(all) > 0 && generation != uint64(c.generation) {
			all = all[:0] // rules were loaded meanwhile
			continue
		}
		generation = uint64(c.generation)
		all = append(all, RuleStatistics{
			Rule:         goChars(c.name[:], c.name_size),
			Since:        uint64(c.since),
			Enforced:     uint64(c.enforced),
			Reported:     uint64(c.reported),
			AllowListed:  uint64(c.allow_listed),
			Emergency:    uint64(c.emergency),
			WeakEvidence: uint64(c.weak_evidence),
			TooLate:      uint64(c.too_late),
			Again:        uint64(c.again),
		})
	}
}

// Feedback is the program's word on a call that is over.
type Feedback uint32

const (
	FeedbackFraud      = Feedback(C.SIPWARD_FEEDBACK_FRAUD)
	FeedbackLegitimate = Feedback(C.SIPWARD_FEEDBACK_LEGITIMATE)
)

// Feedback says of a call that is over, by its Call-ID, that it was fraud or that it was not. It is
// counted; no verdict depends on it yet. The same word on the same call counts once a day. ErrArgument
// if there is no Call-ID or no such word.
func (e *Engine) Feedback(callID string, word Feedback, now Moment) error {
	ptr, err := e.use()
	if err != nil {
		return err
	}
	defer e.h.Done()
	return statusError(C.sipward_engine_feedback(ptr, chars(callID), size(callID), C.uint32_t(word), C.int64_t(now.Monotonic)))
}
