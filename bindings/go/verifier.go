package sipward

// #include "handles.h"
import "C"

import (
	"runtime"
	"time"
	"unsafe"

	"sipward/internal/handle"
)

// Verifier checks Identity headers by itself (RFC 8224 section 6.2, SHAKEN: RFC 8588), for programs
// that want no engine, or have no message but its parts. One goroutine at a time; about 300 KiB.
type Verifier struct {
	guard  handle.Guard
	ptr    *C.sipward_verifier
	memory arena
}

// VerifierOptions are those of NewVerifier.
type VerifierOptions struct {
	// Trust is whom to trust: the first for the first Identity header of a request and so on, the last
	// for all behind it. One is the usual; at most 8.
	Trust []*TrustStore
	// Caller is what is demanded; nil: the defaults.
	Caller *CallerPolicy
	// State is where tokens are remembered, so that one that comes again with another call is found
	// (REPLAY). Engines and verifiers with this state share what they saw. nil: nothing is remembered.
	State *State
}

// NewVerifier makes one. It keeps what it needs of the options, which may be closed afterwards.
// ErrStateFull: the state has no room. ErrUnsupported if the library was built without identity.
func NewVerifier(options VerifierOptions) (*Verifier, error) {
	var memory arena
	defer memory.free()
	c := (*C.sipward_verifier_options)(sized(memory.alloc(C.sizeof_sipward_verifier_options), C.sizeof_sipward_verifier_options))
	if n := len(options.Trust); n > 0 {
		trusts := (**C.sipward_trust)(memory.zeroed(uintptr(n) * unsafe.Sizeof((*C.sipward_trust)(nil))))
		for i, t := range options.Trust {
			ptr, err := t.use()
			if err != nil {
				return nil, err
			}
			defer t.h.Done()
			unsafe.Slice(trusts, n)[i] = ptr
		}
		c.trusts, c.trust_count = trusts, C.size_t(n)
	}
	if options.State != nil {
		ptr, err := options.State.use()
		if err != nil {
			return nil, err
		}
		defer options.State.h.Done()
		c.state = ptr
	}
	c.policy = options.Caller.put(&memory)
	v := &Verifier{}
	if err := statusError(C.sipward_verifier_create(c, &v.ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(v, (*Verifier).Close)
	return v, nil
}

// Close gives the verifier back.
func (v *Verifier) Close() error {
	if v == nil || v.ptr == nil {
		return ErrClosed
	}
	if err := v.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(v, nil)
	C.sipward_verifier_destroy(v.ptr)
	v.memory.free()
	return nil
}

func (v *Verifier) enter() error {
	if v == nil || v.ptr == nil {
		return ErrClosed
	}
	return v.guard.Enter()
}

// Unseen says what nobody looked for, so that it is not missed where it is not given; they are or-ed.
type Unseen uint32

const (
	UnseenDate     = Unseen(C.SIPWARD_UNSEEN_DATE)
	UnseenPriority = Unseen(C.SIPWARD_UNSEEN_PRIORITY) // what a token permits (rph) is not compared
	UnseenSession  = Unseen(C.SIPWARD_UNSEEN_SESSION)  // fingerprints (mky) are not compared
	UnseenBody     = Unseen(C.SIPWARD_UNSEEN_BODY)     // the body (msgi) is not compared
)

// Fingerprint is one of a session description (RFC 8122 section 5).
type Fingerprint struct {
	Hash  string // "sha-256"
	Value string // "4A:AD:..."
}

// IdentityRequest is the parts of a request that its Identity headers speak of. Of CheckMessage, what
// is given here besides the time holds, whatever the message says; with From its P-Asserted-Identity
// does not count.
type IdentityRequest struct {
	Now              Moment
	Unseen           Unseen
	Identity         []string // values of the Identity headers, in their order; folds as they are
	Asserted         []string // URIs of P-Asserted-Identity
	From             string   // a URI, as the next two
	To               string
	RequestURI       string
	Date             string // the value of Date (RFC 3261 section 20.17)
	CallID           string
	FromTag          string
	ResourcePriority []string // "ets.0" (RFC 4412)
	Fingerprints     []Fingerprint
	Body             []byte // of a MESSAGE
	// What a token in compact form leaves out and the request does not say elsewhere.
	Attest   string
	OrigID   string
	Diverted string // URI, of a div
}

// IdentityFlags are what a check noticed without refusing for it; bits, which Explain names.
type IdentityFlags uint32

const (
	FlagDuplicateIdentity = IdentityFlags(1 << C.SIPWARD_FLAG_DUPLICATE_IDENTITY)
	FlagPPTIgnored        = IdentityFlags(1 << C.SIPWARD_FLAG_PPT_IGNORED)
	FlagCommaIgnored      = IdentityFlags(1 << C.SIPWARD_FLAG_COMMA_IGNORED)
	FlagCompactForm       = IdentityFlags(1 << C.SIPWARD_FLAG_COMPACT_FORM)
	FlagNoncanonicalJSON  = IdentityFlags(1 << C.SIPWARD_FLAG_NONCANONICAL_JSON)
	FlagKeyHintIgnored    = IdentityFlags(1 << C.SIPWARD_FLAG_KEY_HINT_IGNORED)
	FlagTNPlus            = IdentityFlags(1 << C.SIPWARD_FLAG_TN_PLUS)
	FlagOrigIDNotUUID     = IdentityFlags(1 << C.SIPWARD_FLAG_ORIGID_NOT_UUID)
	FlagRCDIPending       = IdentityFlags(1 << C.SIPWARD_FLAG_RCDI_PENDING)
	FlagRCDIUnquoted      = IdentityFlags(1 << C.SIPWARD_FLAG_RCDI_UNQUOTED)
	FlagMSGIUnchecked     = IdentityFlags(1 << C.SIPWARD_FLAG_MSGI_UNCHECKED)
	FlagMKYUnchecked      = IdentityFlags(1 << C.SIPWARD_FLAG_MKY_UNCHECKED)
	FlagDateMissing       = IdentityFlags(1 << C.SIPWARD_FLAG_DATE_MISSING)
	FlagDateStale         = IdentityFlags(1 << C.SIPWARD_FLAG_DATE_STALE)
	FlagDateIATSkew       = IdentityFlags(1 << C.SIPWARD_FLAG_DATE_IAT_SKEW)
	FlagTNAuthMultiSPC    = IdentityFlags(1 << C.SIPWARD_FLAG_TNAUTH_MULTI_SPC)
	FlagCRLStale          = IdentityFlags(1 << C.SIPWARD_FLAG_CRL_STALE)
	FlagCRLUnknown        = IdentityFlags(1 << C.SIPWARD_FLAG_CRL_UNKNOWN)
	FlagCRLIgnored        = IdentityFlags(1 << C.SIPWARD_FLAG_CRL_IGNORED)
	FlagDivUnused         = IdentityFlags(1 << C.SIPWARD_FLAG_DIV_UNUSED)
	FlagMultipleBase      = IdentityFlags(1 << C.SIPWARD_FLAG_MULTIPLE_BASE)
	FlagRetransmission    = IdentityFlags(1 << C.SIPWARD_FLAG_RETRANSMISSION)
	FlagReplayUnknown     = IdentityFlags(1 << C.SIPWARD_FLAG_REPLAY_UNKNOWN)
)

// IdentityFlag explains one of them.
type IdentityFlag struct {
	Name     string // "COMPACT_FORM"
	Sentence string
}

// Explain has name and sentence of every flag that is set.
func (f IdentityFlags) Explain() (all []IdentityFlag) {
	for bit := C.uint32_t(0); bit < 32; bit++ {
		var name, text C.sipward_text
		if f>>bit&1 != 0 && C.sipward_identity_flag(bit, &name, &text) == C.SIPWARD_OK {
			all = append(all, IdentityFlag{goText(name), goText(text)})
		}
	}
	return all
}

// IdentityResult is what came of a check.
type IdentityResult struct {
	Outcome    IdentityOutcome // IdentityPending: the certificate of Missing is
	Reason     string          // "OK", or of the earliest step that failed: "IAT_STALE"
	SIPCode    int             // that answers it; 0: none
	Flags      IdentityFlags   // of all headers
	Attest     string          // of what is verified: "A", "B" or "C"
	OrigID     string
	SPC        string // the first service provider code of who signed
	Issuer     string
	Name       string // of rich call data (RFC 9795)
	CallReason string
	Verstat    string    // "TN-Validation-Passed" and so on (3GPP TS 24.229)
	IssuedAt   time.Time // zero: not known
	Diversions int
	Headers    int    // Identity headers that there are
	Missing    string // the URL to fetch; then check again
}

// Check checks the parts of a request. Whatever was found, that is no error. It costs one ES256 for
// each header whose form, claims, time and parties are right. ErrMalformed: Date is no date.
func (v *Verifier) Check(request *IdentityRequest) (IdentityResult, error) {
	if err := v.enter(); err != nil {
		return IdentityResult{}, err
	}
	defer v.guard.Leave()
	if request == nil {
		return IdentityResult{}, ErrArgument
	}
	c, out := v.put(request)
	if err := statusError(C.sipward_verifier_check(v.ptr, c, out)); err != nil {
		return IdentityResult{}, err
	}
	return goResult(out), nil
}

// CheckMessage is Check of a request that was parsed. ErrEnd: the message is no request.
func (v *Verifier) CheckMessage(message *Message, request *IdentityRequest) (IdentityResult, error) {
	if err := v.enter(); err != nil {
		return IdentityResult{}, err
	}
	defer v.guard.Leave()
	if request == nil {
		return IdentityResult{}, ErrArgument
	}
	if err := message.enter(); err != nil {
		return IdentityResult{}, err
	}
	defer message.leave()
	c, out := v.put(request)
	if err := statusError(C.sipward_verifier_check_message(v.ptr, message.ptr, c, out)); err != nil {
		return IdentityResult{}, err
	}
	return goResult(out), nil
}

func (v *Verifier) put(r *IdentityRequest) (*C.sipward_identity_request, *C.sipward_identity_result) {
	v.memory.reset()
	a := &v.memory
	c := (*C.sipward_identity_request)(sized(a.alloc(C.sizeof_sipward_identity_request), C.sizeof_sipward_identity_request))
	c.unseen = C.uint32_t(r.Unseen)
	c.now_s = C.int64_t(r.Now.Wall / int64(time.Second))
	c.monotonic_ns = C.uint64_t(r.Now.Monotonic)
	c.identity, c.identity_count = a.texts(r.Identity), C.size_t(len(r.Identity))
	c.asserted, c.asserted_count = a.texts(r.Asserted), C.size_t(len(r.Asserted))
	c.from, c.to, c.request_uri = a.text(r.From), a.text(r.To), a.text(r.RequestURI)
	c.date, c.call_id, c.from_tag = a.text(r.Date), a.text(r.CallID), a.text(r.FromTag)
	c.resource_priority, c.resource_priority_count = a.texts(r.ResourcePriority), C.size_t(len(r.ResourcePriority))
	if n := len(r.Fingerprints); n > 0 {
		c.fingerprints = (*C.sipward_fingerprint)(a.zeroed(uintptr(n) * C.sizeof_sipward_fingerprint))
		c.fingerprint_count = C.size_t(n)
		for i, f := range r.Fingerprints {
			at := &unsafe.Slice(c.fingerprints, n)[i]
			at.hash, at.value = a.text(f.Hash), a.text(f.Value)
		}
	}
	c.body = a.textOf(r.Body)
	c.attest, c.origid, c.diverted = a.text(r.Attest), a.text(r.OrigID), a.text(r.Diverted)
	return c, (*C.sipward_identity_result)(sized(a.alloc(C.sizeof_sipward_identity_result), C.sizeof_sipward_identity_result))
}

func goResult(c *C.sipward_identity_result) IdentityResult {
	r := IdentityResult{
		Outcome:    IdentityOutcome(c.result),
		Reason:     goText(c.reason),
		SIPCode:    int(c.sip_code),
		Flags:      IdentityFlags(c.flags),
		Attest:     goText(c.attest),
		OrigID:     goText(c.origid),
		SPC:        goText(c.spc),
		Issuer:     goText(c.issuer),
		Name:       goText(c.nam),
		CallReason: goText(c.crn),
		Verstat:    goText(c.verstat),
		Diversions: int(c.div_count),
		Headers:    int(c.header_count),
		Missing:    goText(c.missing),
	}
	if c.iat != 0 {
		r.IssuedAt = time.Unix(int64(c.iat), 0).UTC()
	}
	return r
}

// IdentityHeader is what came of one Identity header of the last check.
type IdentityHeader struct {
	Reason  string // "OK", or why it failed; "NOT_CHECKED": its certificate is missing
	Stage   string // at which: "claims", "credential" and so on
	SIPCode int
	Counts  bool // false: it is of an unsupported type, or stands there twice
	Flags   IdentityFlags
	PPT     string
	Token   string
	X5U     string
}

// Header is what came of Identity header number index of the last check; ErrEnd behind the last.
func (v *Verifier) Header(index int) (IdentityHeader, error) {
	if err := v.enter(); err != nil {
		return IdentityHeader{}, err
	}
	defer v.guard.Leave()
	c := C.sipward_identity_header{struct_size: C.sizeof_sipward_identity_header}
	if err := statusError(C.sipward_verifier_header(v.ptr, number(index), &c)); err != nil {
		return IdentityHeader{}, err
	}
	return IdentityHeader{
		Reason:  goText(c.reason),
		Stage:   goText(c.stage),
		SIPCode: int(c.sip_code),
		Counts:  c.counts != 0,
		Flags:   IdentityFlags(c.flags),
		PPT:     goText(c.ppt),
		Token:   goText(c.token),
		X5U:     goText(c.x5u),
	}, nil
}

// ReasonHeader is the line "Reason: STIR;cause=436;..." for an Identity header that failed, with its
// line end (RFC 9410 section 3): one for each of them, in the response or, where the call goes on, in
// the request. ErrEnd: it did not fail, or has no signature that could name it.
func (v *Verifier) ReasonHeader(index int) (string, error) {
	if err := v.enter(); err != nil {
		return "", err
	}
	defer v.guard.Leave()
	out := make([]byte, 1024)
	for {
		var written C.size_t
		status := C.sipward_verifier_reason_header(v.ptr, number(index), bytesOf(out), C.size_t(len(out)), &written)
		if status == C.SIPWARD_OK {
			return string(out[:written]), nil
		}
		if status != C.SIPWARD_ERR_SPACE {
			return "", statusError(status)
		}
		out = make([]byte, written)
	}
}

// ReasonInfo is what a reason of identity means.
type ReasonInfo struct {
	SIPCode int    // of the answer, unless a policy has another; 0: none
	Stage   string // of the check
	Text    string // a sentence without its full stop
	Phrase  string // of that code: "Stale Date"
}

// DescribeReason says what a reason means ("IAT_STALE"); ErrEnd if there is none of this name.
func DescribeReason(name string) (ReasonInfo, error) {
	c := C.sipward_identity_reason_info{struct_size: C.sizeof_sipward_identity_reason_info}
	if err := statusError(C.sipward_identity_reason(chars(name), size(name), &c)); err != nil {
		return ReasonInfo{}, err
	}
	return ReasonInfo{int(c.sip_code), goText(c.stage), goText(c.text), goText(c.phrase)}, nil
}
