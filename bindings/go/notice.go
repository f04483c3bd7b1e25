package sipward

// #include "handles.h"
import "C"

// NoticeCode says what a notice is about.
type NoticeCode uint32

const (
	NoticeRulesLoaded    = NoticeCode(C.SIPWARD_NOTICE_RULES_LOADED)    // Amount: generation; Key: their content hash
	NoticeStateFull      = NoticeCode(C.SIPWARD_NOTICE_STATE_FULL)      // a reload was refused; Subject: the table; Amount: its bytes; Limit: the room
	NoticePressure       = NoticeCode(C.SIPWARD_NOTICE_PRESSURE)        // Amount: engine.pressure in hundredths; Limit: from where on
	NoticePressureOver   = NoticeCode(C.SIPWARD_NOTICE_PRESSURE_OVER)   // it fell below half of that
	NoticeBanWithheld    = NoticeCode(C.SIPWARD_NOTICE_BAN_WITHHELD)    // the source is not proven; Subject: the rule; Key: whom
	NoticeEntryDisplaced = NoticeCode(C.SIPWARD_NOTICE_ENTRY_DISPLACED) // Subject: "bans" or the full list; Key: what was added
	NoticeOverload       = NoticeCode(C.SIPWARD_NOTICE_OVERLOAD)        // of emergency calls: VerdictOverload
	NoticeClockBack      = NoticeCode(C.SIPWARD_NOTICE_CLOCK_BACK)      // the monotonic clock by over a second; Amount: nanoseconds
	NoticeMatchesOmitted = NoticeCode(C.SIPWARD_NOTICE_MATCHES_OMITTED) // Amount: rules that matched; Limit: the most that a verdict names
	NoticeOutOfMemory    = NoticeCode(C.SIPWARD_NOTICE_OUT_OF_MEMORY)   // an inspector could not take up new rules; Amount: generation
)

// String is the name of the code: "state_full".
func (c NoticeCode) String() string {
	if name := C.sipward_notice_name(C.uint32_t(c)); name != nil {
		return C.GoString(name)
	}
	return ""
}

// Sentence is the same in English.
func (c NoticeCode) Sentence() string {
	if sentence := C.sipward_notice_sentence(C.uint32_t(c)); sentence != nil {
		return C.GoString(sentence)
	}
	return ""
}

// NoticeSeverity says how much an operator should care.
type NoticeSeverity uint32

const (
	NoticeError   = NoticeSeverity(C.SIPWARD_NOTICE_ERROR)
	NoticeWarning = NoticeSeverity(C.SIPWARD_NOTICE_WARNING)
	NoticeInfo    = NoticeSeverity(C.SIPWARD_NOTICE_INFO)
)

// String is "error", "warning" or "info".
func (s NoticeSeverity) String() string {
	switch s {
	case NoticeError:
		return "error"
	case NoticeWarning:
		return "warning"
	}
	return "info"
}

// Notice is something that an operator should hear of.
type Notice struct {
	Code     NoticeCode
	Severity NoticeSeverity
	Time     Moment // of the packet or event; of a reload, the latest that was seen
	Subject  string // the beginning of a long one
	Key      string // the same. An attacker may have chosen it: escape what you print
	Amount   uint64
	Limit    uint64
	Lost     uint64 // notices before this one that were overwritten unread
	Omitted  uint64 // of this code since the last of it: more than eight at once, and one more every ten seconds, are counted alone
}

// NoticeCursor is how far a reader of notices has come; zero at the beginning. Each reader has its own.
type NoticeCursor uint64

// NextNotice is the next that the cursor has not seen; ErrEnd if there is none, and later on go on with
// the same cursor. The engine keeps the last 64 and tells nobody by itself, so poll every few seconds.
// It costs nothing to speak of when there is nothing new.
func (e *Engine) NextNotice(cursor *NoticeCursor) (Notice, error) {
	ptr, err := e.use()
	if err != nil {
		return Notice{}, err
	}
	defer e.h.Done()
	if cursor == nil {
		return Notice{}, ErrArgument
	}
	at := C.uint64_t(*cursor)
	c := C.sipward_notice{struct_size: C.sizeof_sipward_notice}
	if err := statusError(C.sipward_engine_notice_next(ptr, &at, &c)); err != nil {
		return Notice{}, err
	}
	*cursor = NoticeCursor(at)
	return Notice{
		Code:     NoticeCode(c.code),
		Severity: NoticeSeverity(c.severity),
		Time:     Moment{int64(c.wall_ns), int64(c.monotonic_ns)},
		Subject:  goChars(c.subject[:], c.subject_size),
		Key:      goChars(c.key[:], c.key_size),
		Amount:   uint64(c.amount),
		Limit:    uint64(c.limit),
		Lost:     uint64(c.lost),
		Omitted:  uint64(c.omitted),
	}, nil
}
