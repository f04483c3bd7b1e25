package sipward

// #include "handles.h"
import "C"

import (
	"runtime"
	"time"

	"sipward/internal/handle"
)

// Signer makes Identity headers (RFC 8224 section 6.1, RFC 8588, RFC 8946). Any number of goroutines may
// sign with one.
//
// The C library can also leave the signature to a callback, for keys in hardware. That is not offered
// here: no C code calls back into Go. Sign with crypto.Signer where the key cannot be had.
type Signer struct {
	h handle.Shared[C.sipward_signer]
}

// SignerOptions are those of NewSigner.
type SignerOptions struct {
	// Key is PEM without a passphrase, of P-256: PKCS #8 or SEC 1. It is copied into a page that is
	// locked, guarded and wiped; these bytes stay yours to wipe.
	Key          []byte
	Certificates []byte // what stands behind X5U: PEM, the leaf first
	X5U          string // its URL
	Anchors      []byte // PEM, may be none: with them the chain is verified too
	Now          time.Time
	AnyPolicy    bool // the certificate need not name a policy of SHAKEN
	Unchecked    bool // what was signed is not verified once more, which costs more than the signature
}

// NewSigner makes one. A *ReasonError (ErrCredential): certificate, URL or key would be refused, for the
// reason that a verifier has, or KEY_MALFORMED, KEY_NOT_P256, KEY_MISMATCH (it is not that of the
// certificate). ErrNoMemory: or none that can be locked. ErrUnsupported if the library was built
// without identity.
func NewSigner(options SignerOptions) (*Signer, error) {
	var memory arena
	defer memory.wipe()
	c := (*C.sipward_signer_options)(sized(memory.alloc(C.sizeof_sipward_signer_options), C.sizeof_sipward_signer_options))
	if options.AnyPolicy {
		c.flags |= C.SIPWARD_SIGNER_ANY_POLICY
	}
	if options.Unchecked {
		c.flags |= C.SIPWARD_SIGNER_UNCHECKED
	}
	c.key = memory.textOf(options.Key)
	c.certificates = memory.textOf(options.Certificates)
	c.x5u = memory.text(options.X5U)
	c.anchors = memory.textOf(options.Anchors)
	c.now_s = C.int64_t(options.Now.Unix())
	s := &Signer{}
	var reason C.sipward_text
	if err := reasonError(C.sipward_signer_create(c, &s.h.Ptr, &reason), reason); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(s, (*Signer).Close)
	return s, nil
}

// Close wipes the key and gives the signer back.
func (s *Signer) Close() error {
	if s == nil {
		return ErrClosed
	}
	err := s.h.Close(func(p *C.sipward_signer) { C.sipward_signer_destroy(p) })
	if err == nil {
		runtime.SetFinalizer(s, nil)
	}
	return err
}

// Passport is who calls whom. Parties are numbers ("12155550101": digits, '#', '*'; no plus sign) or
// URIs, which are written in their canonical form.
type Passport struct {
	Now     time.Time // becomes iat
	Compact bool      // header and claims are left out of the token (RFC 8225 section 7)
	PPT     string    // "shaken", "div", "div-o", "rph", "rcd", "msg"; empty: the plain token
	Orig    string
	Dest    []string // 1 to 32
	Attest  string   // of shaken: "A", "B", "C"
	OrigID  string   // of shaken; empty: a random UUID
	// Div is, of a diversion, who diverts, one of the Dest of what was received; empty: its only one.
	Div      string
	Received string // of a diversion: the Identity value that came last; its orig holds
	History  string // of a diversion: hi (RFC 8946 section 3)
	Claims   string // further ones, as a JSON object
}

// Sign is the value of an Identity header. A *ReasonError (ErrSign): nothing is signed, for the reason
// that a verifier would have, or KEY_FAILED, KEY_MISMATCH, TOO_LARGE, CLAIMS (they are no JSON object,
// or name a claim that has a member here). It costs a signature, and a verification unless the signer
// is Unchecked.
func (s *Signer) Sign(passport Passport) (string, error) {
	if s == nil {
		return "", ErrClosed
	}
	ptr, err := s.h.Use()
	if err != nil {
		return "", err
	}
	defer s.h.Done()
	var memory arena
	defer memory.free()
	c := (*C.sipward_passport)(sized(memory.alloc(C.sizeof_sipward_passport), C.sizeof_sipward_passport))
	if passport.Compact {
		c.flags = C.SIPWARD_PASSPORT_COMPACT
	}
	c.now_s = C.int64_t(passport.Now.Unix())
	c.ppt = memory.text(passport.PPT)
	c.orig = memory.text(passport.Orig)
	c.dest, c.dest_count = memory.texts(passport.Dest), C.size_t(len(passport.Dest))
	c.attest = memory.text(passport.Attest)
	c.origid = memory.text(passport.OrigID)
	c.div = memory.text(passport.Div)
	c.received = memory.text(passport.Received)
	c.history = memory.text(passport.History)
	c.claims = memory.text(passport.Claims)
	out := make([]byte, C.SIPWARD_IDENTITY_BYTES)
	var written C.size_t
	var reason C.sipward_text
	status := C.sipward_signer_sign(ptr, c, bytesOf(out), C.size_t(len(out)), &written, &reason)
	if err := reasonError(status, reason); err != nil {
		return "", err
	}
	return string(out[:written]), nil
}
