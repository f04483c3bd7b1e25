package sipward

// #include "handles.h"
import "C"

import (
	"net/netip"
	"runtime"
	"time"
	"unsafe"

	"sipward/internal/handle"
)

// AuthOption is what an Authenticator offers and demands; they are or-ed.
type AuthOption uint32

const (
	AuthProxy           = AuthOption(C.SIPWARD_AUTH_PROXY)            // Proxy-Authorization and 407, for Authorization and 401
	AuthIntegrity       = AuthOption(C.SIPWARD_AUTH_INTEGRITY)        // qop auth-int, which covers the body, is offered too
	AuthUserHash        = AuthOption(C.SIPWARD_AUTH_USERHASH)         // clients may send a hash of the user's name
	AuthWithoutQop      = AuthOption(C.SIPWARD_AUTH_WITHOUT_QOP)      // credentials as of RFC 2069 are taken
	AuthAnyURI          = AuthOption(C.SIPWARD_AUTH_ANY_URI)          // a digest-uri that is not the Request-URI is flagged only
	AuthRefuseDowngrade = AuthOption(C.SIPWARD_AUTH_REFUSE_DOWNGRADE) // a client that could do better before is refused
)

// DigestAlgorithm is one of RFC 8760; they are or-ed.
type DigestAlgorithm uint32

const (
	DigestMD5           = DigestAlgorithm(C.SIPWARD_DIGEST_MD5)
	DigestMD5Sess       = DigestAlgorithm(C.SIPWARD_DIGEST_MD5_SESS)
	DigestSHA256        = DigestAlgorithm(C.SIPWARD_DIGEST_SHA_256)
	DigestSHA256Sess    = DigestAlgorithm(C.SIPWARD_DIGEST_SHA_256_SESS)
	DigestSHA512256     = DigestAlgorithm(C.SIPWARD_DIGEST_SHA_512_256)
	DigestSHA512256Sess = DigestAlgorithm(C.SIPWARD_DIGEST_SHA_512_256_SESS)
)

// NonceBinding is what of the source a nonce is good for.
type NonceBinding uint32

const (
	NonceOfNetwork = NonceBinding(C.SIPWARD_NONCE_OF_NETWORK) // its /24, or its /64
	NonceOfHost    = NonceBinding(C.SIPWARD_NONCE_OF_HOST)    // its address, or its /64 for IPv6
	NonceOfAnybody = NonceBinding(C.SIPWARD_NONCE_OF_ANYBODY)
)

// AuthOptions are those of NewAuthenticator; 0 is the default.
type AuthOptions struct {
	Realm      string
	Key        []byte // the secret of nonces, 16 octets or more; workers with the same take each other's
	Options    AuthOption
	Algorithms DigestAlgorithm // SHA-256 and MD5
	Binding    NonceBinding
	Lifetime   time.Duration // of a nonce: 5 minutes, up to a day
	Late       int           // how far a nonce count may lie behind the highest: 16, up to 63
	Nonces     int           // that are remembered: 16,384
	Clients    int           // that are remembered: 65,536
	// State is where nonces and clients are remembered, so that replays and downgrades are found; nil:
	// nothing is.
	State *State
}

// Authenticator checks Digest credentials and makes challenges (RFC 7616, RFC 8760). One goroutine at
// a time.
type Authenticator struct {
	guard  handle.Guard
	ptr    *C.sipward_authenticator
	memory arena
	event  *Event // of the last check
}

// NewAuthenticator makes one. ErrStateFull: the state has no room. ErrUnsupported if the library was
// built without identity.
func NewAuthenticator(options AuthOptions) (*Authenticator, error) {
	var memory arena
	defer memory.wipe()
	c := (*C.sipward_auth_options)(sized(memory.alloc(C.sizeof_sipward_auth_options), C.sizeof_sipward_auth_options))
	c.flags, c.algorithms, c.binding = C.uint32_t(options.Options), C.uint32_t(options.Algorithms), C.uint32_t(options.Binding)
	c.realm, c.key = memory.text(options.Realm), memory.textOf(options.Key)
	c.lifetime_s = C.uint64_t(options.Lifetime / time.Second)
	c.late, c.nonces, c.clients = limit(options.Late), limit(options.Nonces), limit(options.Clients)
	if options.State != nil {
		ptr, err := options.State.use()
		if err != nil {
			return nil, err
		}
		defer options.State.h.Done()
		c.state = ptr
	}
	a := &Authenticator{}
	if err := statusError(C.sipward_authenticator_create(c, &a.ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(a, (*Authenticator).Close)
	return a, nil
}

// Close gives the authenticator back.
func (a *Authenticator) Close() error {
	if a == nil || a.ptr == nil {
		return ErrClosed
	}
	if err := a.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(a, nil)
	C.sipward_authenticator_destroy(a.ptr)
	a.memory.wipe()
	return nil
}

func (a *Authenticator) enter() error {
	if a == nil || a.ptr == nil {
		return ErrClosed
	}
	return a.guard.Enter()
}

// SetKey is the key of nonces that are made from now on; those of the key before stay good.
func (a *Authenticator) SetKey(key []byte) error {
	if err := a.enter(); err != nil {
		return err
	}
	defer a.guard.Leave()
	a.memory.reset()
	return statusError(C.sipward_authenticator_set_key(a.ptr, a.memory.bytes(key), C.size_t(len(key))))
}

// AuthRequest is what a request says of its sender. Of CheckMessage and Challenge only Source and Time
// count.
type AuthRequest struct {
	Source      netip.AddrPort
	Time        Moment
	Credentials []string // values of Authorization, or of Proxy-Authorization; at most 16
	Method      string
	RequestURI  string
	Body        []byte
	BodyUnseen  bool   // nobody has the body, which is not the same as none
	CallID      string // this and the next two tell a retransmission from a replay
	CSeq        string // the number
	Branch      string // of the topmost Via
	Client      string // User-Agent
}

// AuthAccount is what the program knows of a user: a password, or HA1 in hexadecimal digits for the
// algorithms that it offers.
type AuthAccount struct {
	Unknown      bool   // there is no such user; that takes as long as a wrong password
	User         string // needed where the request has a hash of the name
	Password     string
	HA1MD5       string
	HA1SHA256    string
	HA1SHA512256 string
}

// AuthOutcome is what came of credentials. Only AuthSuccess proves anything.
type AuthOutcome uint32

const (
	AuthPending    = AuthOutcome(C.SIPWARD_AUTH_PENDING) // nothing yet: check again with the account of User
	AuthSuccess    = AuthOutcome(C.SIPWARD_AUTH_SUCCESS)
	AuthFail       = AuthOutcome(C.SIPWARD_AUTH_FAIL)
	AuthChallenged = AuthOutcome(C.SIPWARD_AUTH_CHALLENGED) // there are no credentials for the realm
	AuthExempt     = AuthOutcome(C.SIPWARD_AUTH_EXEMPT)     // ACK and CANCEL: nothing was checked
)

// AuthFlags are what a check noticed without refusing for it: bits, counted from the lowest.
type AuthFlags uint32

const (
	AuthRetransmission = AuthFlags(1 << C.SIPWARD_AUTH_FLAG_RETRANSMISSION)
	AuthReplayUnknown  = AuthFlags(1 << C.SIPWARD_AUTH_FLAG_REPLAY_UNKNOWN)
	AuthDowngraded     = AuthFlags(1 << C.SIPWARD_AUTH_FLAG_DOWNGRADED)
	AuthNoQop          = AuthFlags(1 << C.SIPWARD_AUTH_FLAG_WITHOUT_QOP)
	AuthURIDiffers     = AuthFlags(1 << C.SIPWARD_AUTH_FLAG_URI_DIFFERS)
	AuthSeveral        = AuthFlags(1 << C.SIPWARD_AUTH_FLAG_SEVERAL)
)

// Names are those of the flags that are set.
func (f AuthFlags) Names() []string {
	var names []string
	var name C.sipward_text
	for i := C.uint32_t(0); C.sipward_auth_flag(i, &name, nil) == C.SIPWARD_OK; i++ {
		if f>>i&1 != 0 {
			names = append(names, goText(name))
		}
	}
	return names
}

// AuthResult is what came of a check; a copy.
type AuthResult struct {
	Outcome    AuthOutcome
	Reason     string // "OK", or of the first step that failed: "NONCE_STALE"
	SIPCode    int    // of the answer; 0: none
	Stale      bool   // of the challenge that goes with it
	Flags      AuthFlags
	UserHashed bool   // User is a hash
	Fact       string // what rules know as reason on auth: "wrong_password"
	User       string // of the credentials, as the next ones
	Realm      string
	Nonce      string
	URI        string
	Response   string
	Algorithm  string // as written; empty is MD5
	Qop        string
	NC         string
}

// Check says what the credentials of a request are worth; without an account (nil) up to where it is
// needed.
func (a *Authenticator) Check(request *AuthRequest, account *AuthAccount) (AuthResult, error) {
	if err := a.enter(); err != nil {
		return AuthResult{}, err
	}
	defer a.guard.Leave()
	if request == nil {
		return AuthResult{}, ErrArgument
	}
	c, known, out := a.put(request, account)
	return a.take(C.sipward_authenticator_check(a.ptr, c, known, out), out)
}

// CheckMessage is Check for a message that was parsed. ErrEnd: it is no request.
func (a *Authenticator) CheckMessage(message *Message, request *AuthRequest, account *AuthAccount) (AuthResult, error) {
	if err := a.enter(); err != nil {
		return AuthResult{}, err
	}
	defer a.guard.Leave()
	if request == nil {
		return AuthResult{}, ErrArgument
	}
	if err := message.enter(); err != nil {
		return AuthResult{}, err
	}
	defer message.leave()
	c, known, out := a.put(request, account)
	return a.take(C.sipward_authenticator_check_message(a.ptr, message.ptr, c, known, out), out)
}

// Event is what the last check came to, for Inspector.Event; nil if it came to nothing. More facts may
// be added.
func (a *Authenticator) Event() *Event { return a.event }

// Challenge is header lines with a new nonce for the source of a request, with their line ends: one
// for each algorithm, the strongest first.
func (a *Authenticator) Challenge(request *AuthRequest, stale bool) (string, error) {
	if err := a.enter(); err != nil {
		return "", err
	}
	defer a.guard.Leave()
	if request == nil {
		return "", ErrArgument
	}
	c, _, _ := a.put(request, nil)
	const room = 4096
	lines := (*C.char)(a.memory.alloc(room))
	var size C.size_t
	if err := statusError(C.sipward_authenticator_challenge(a.ptr, c, truth(stale), lines, room, &size)); err != nil {
		return "", err
	}
	return C.GoStringN(lines, C.int(size)), nil
}

func (a *Authenticator) put(r *AuthRequest, account *AuthAccount) (*C.sipward_auth_request, *C.sipward_auth_account, *C.sipward_auth_result) {
	a.memory.reset()
	m := &a.memory
	c := (*C.sipward_auth_request)(sized(m.alloc(C.sizeof_sipward_auth_request), C.sizeof_sipward_auth_request))
	putEndpoint(&c.source, r.Source)
	c.wall_ns, c.monotonic_ns = C.int64_t(r.Time.Wall), C.int64_t(r.Time.Monotonic)
	c.credentials, c.credential_count = m.texts(r.Credentials), C.size_t(len(r.Credentials))
	c.method, c.request_uri, c.body = m.text(r.Method), m.text(r.RequestURI), m.textOf(r.Body)
	c.call_id, c.cseq, c.branch, c.client = m.text(r.CallID), m.text(r.CSeq), m.text(r.Branch), m.text(r.Client)
	if r.BodyUnseen {
		c.flags = C.SIPWARD_AUTH_BODY_UNSEEN
	}
	out := (*C.sipward_auth_result)(sized(m.alloc(C.sizeof_sipward_auth_result), C.sizeof_sipward_auth_result))
	if account == nil {
		return c, nil, out
	}
	known := (*C.sipward_auth_account)(sized(m.alloc(C.sizeof_sipward_auth_account), C.sizeof_sipward_auth_account))
	known.unknown = truth(account.Unknown)
	known.user, known.password = m.text(account.User), m.text(account.Password)
	known.ha1_md5, known.ha1_sha_256, known.ha1_sha_512_256 = m.text(account.HA1MD5), m.text(account.HA1SHA256), m.text(account.HA1SHA512256)
	return c, known, out
}

func (a *Authenticator) take(status C.int32_t, c *C.sipward_auth_result) (AuthResult, error) {
	a.event = nil
	if err := statusError(status); err != nil {
		return AuthResult{}, err
	}
	a.event = a.goEvent()
	return AuthResult{
		Outcome:    AuthOutcome(c.outcome),
		Reason:     goText(c.reason),
		SIPCode:    int(c.sip_code),
		Stale:      c.stale != 0,
		Flags:      AuthFlags(c.flags),
		UserHashed: c.user_hashed != 0,
		Fact:       goText(c.fact),
		User:       goText(c.user),
		Realm:      goText(c.realm),
		Nonce:      goText(c.nonce),
		URI:        goText(c.uri),
		Response:   goText(c.response),
		Algorithm:  goText(c.algorithm),
		Qop:        goText(c.qop),
		NC:         goText(c.nc),
	}, nil
}

func (a *Authenticator) goEvent() *Event {
	c := (*C.sipward_host_event)(sized(a.memory.alloc(C.sizeof_sipward_host_event), C.sizeof_sipward_host_event))
	if C.sipward_authenticator_event(a.ptr, c) != C.SIPWARD_OK {
		return nil
	}
	event := &Event{Kind: EventKind(c.kind), Time: Moment{Wall: int64(c.wall_ns), Monotonic: int64(c.monotonic_ns)}, Proven: c.flags&C.SIPWARD_EVENT_PROVEN != 0}
	for _, f := range unsafe.Slice(c.facts, int(c.fact_count)) {
		fact := Fact{field: Field(f.field), kind: f.kind, integer: int64(f.integer), text: C.GoStringN(f.text, C.int(f.text_size))}
		if f.kind == C.SIPWARD_FACT_ADDRESS {
			var octets [16]byte
			for i := range octets {
				octets[i] = byte(f.address[i])
			}
			fact.address = netip.AddrFrom16(octets).Unmap()
		}
		event.Facts = append(event.Facts, fact)
	}
	return event
}

// AuthReason is what a reason means.
type AuthReason struct {
	Outcome AuthOutcome
	SIPCode int // of the answer, 407 for 401 at a proxy; 0: none
	Stale   bool
	Fact    string
	Text    string // a sentence without its full stop
}

// FindAuthReason looks one up by its name; ErrEnd if there is none.
func FindAuthReason(name string) (AuthReason, error) {
	c := C.sipward_auth_reason_info{struct_size: C.sizeof_sipward_auth_reason_info}
	if err := statusError(C.sipward_auth_reason(chars(name), size(name), &c)); err != nil {
		return AuthReason{}, err
	}
	return AuthReason{AuthOutcome(c.outcome), int(c.sip_code), c.stale != 0, goText(c.fact), goText(c.text)}, nil
}

// AuthHash is HA1 of an algorithm in hexadecimal digits, which a program may keep in place of a
// password; without a password the hash by which a request may name its user.
func AuthHash(algorithm DigestAlgorithm, user, realm, password string) (string, error) {
	var memory arena
	defer memory.wipe()
	texts := memory.texts([]string{user, realm, password})
	all := unsafe.Slice(texts, 3)
	const room = 64
	digits := (*C.char)(memory.alloc(room))
	var size C.size_t
	if err := statusError(C.sipward_auth_hash(C.uint32_t(algorithm), &all[0], &all[1], &all[2], digits, room, &size)); err != nil {
		return "", err
	}
	return C.GoStringN(digits, C.int(size)), nil
}
