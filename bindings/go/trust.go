package sipward

// #include "handles.h"
import "C"

import (
	"net/netip"
	"runtime"
	"time"
	"unsafe"

	"sipward/internal/bridge"
	"sipward/internal/handle"
)

// TrustStore is whom to trust for a caller's identity (STIR, RFC 8224 and RFC 8226; SHAKEN):
// anchors, lists of revoked certificates, and certificates that the program fetched. Any number of
// engines, verifiers and goroutines may share it; all of it may be changed while others verify.
type TrustStore struct {
	h handle.Shared[C.sipward_trust]
}

// TrustFlags change what is demanded of certificates; they are or-ed.
type TrustFlags uint32

const (
	TrustAnyPolicy         = TrustFlags(C.SIPWARD_TRUST_ANY_POLICY)          // they need not name a certificate policy of SHAKEN
	TrustOneProvider       = TrustFlags(C.SIPWARD_TRUST_ONE_PROVIDER)        // they name one service provider code and nothing else
	TrustPartialChains     = TrustFlags(C.SIPWARD_TRUST_PARTIAL_CHAINS)      // an anchor need not be self-signed
	TrustKeepCRLs          = TrustFlags(C.SIPWARD_TRUST_KEEP_CRLS)           // a list that cannot be used leaves those before it in force; else every certificate is refused until there is a good one
	TrustStaleCRLRefuses   = TrustFlags(C.SIPWARD_TRUST_STALE_CRL_REFUSES)   // a list past its nextUpdate; else it counts no more
	TrustUnknownCRLRefuses = TrustFlags(C.SIPWARD_TRUST_UNKNOWN_CRL_REFUSES) // a certificate names lists that are not here
)

// TrustOptions are those of NewTrustStore; the zero value is what most programs want.
type TrustOptions struct {
	Flags           TrustFlags
	MaxBytes        uint64 // of fetched certificates together; 0 is 64 MiB
	MaxCertificates int    // of them; 0 is 4096; the least recently used gives way
	// KeyTables: for so many keys, those that verify first, tables of 151,552 bytes each, which more
	// than halve the time of a signature; at most 4096.
	KeyTables int
	Seed      [16]byte // secret of the table of URLs, which strangers choose; all zero: random bytes are taken
}

// NewTrustStore makes one that trusts nobody yet. ErrUnsupported if the library was built without identity.
func NewTrustStore(options TrustOptions) (*TrustStore, error) {
	if options.Seed == [16]byte{} {
		seed, err := NewSeed()
		if err != nil {
			return nil, err
		}
		options.Seed = seed
	}
	if options.MaxCertificates < 0 || options.KeyTables < 0 {
		return nil, ErrArgument
	}
	c := C.sipward_trust_options{
		struct_size:      C.sizeof_sipward_trust_options,
		flags:            C.uint32_t(options.Flags),
		max_bytes:        C.uint64_t(options.MaxBytes),
		max_certificates: C.uint32_t(options.MaxCertificates),
		key_tables:       C.uint32_t(options.KeyTables),
	}
	copyBytes(c.seed[:], options.Seed[:])
	t := &TrustStore{}
	if err := statusError(C.sipward_trust_create(&c, &t.h.Ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(t, (*TrustStore).Close)
	return t, nil
}

// Close gives the store back; engines and verifiers that have it keep it.
func (t *TrustStore) Close() error {
	if t == nil {
		return ErrClosed
	}
	err := t.h.Close(func(p *C.sipward_trust) { C.sipward_trust_destroy(p) })
	if err == nil {
		runtime.SetFinalizer(t, nil)
	}
	return err
}

func (t *TrustStore) use() (*C.sipward_trust, error) {
	if t == nil {
		return nil, ErrClosed
	}
	return t.h.Use()
}

// SetAnchors takes the place of all anchors: certificates in PEM, one after the other, or one in
// DER. Each that is a self-signed authority may end a chain; each that may sign lists of revoked
// certificates signs those of its name. Nothing changes on an error: a *ReasonError that is
// ErrCredential.
func (t *TrustStore) SetAnchors(certificates []byte, now time.Time) error {
	ptr, err := t.use()
	if err != nil {
		return err
	}
	defer t.h.Done()
	var reason C.sipward_text
	status := C.sipward_trust_set_anchors(ptr, bytesOf(certificates), C.size_t(len(certificates)), C.int64_t(now.Unix()), &reason)
	return reasonError(status, reason)
}

// SetCRLs takes the place of all lists of revoked certificates, each in PEM or DER. A *ReasonError
// (ErrCredential) has the reason of the first that cannot be used, and TrustKeepCRLs says what follows. Of one
// that is older than what was given before by the same issuer it is "CRL_STALE", and the newer one
// stays.
func (t *TrustStore) SetCRLs(lists ...[]byte) error {
	ptr, err := t.use()
	if err != nil {
		return err
	}
	defer t.h.Done()
	var memory arena
	defer memory.free()
	var array *C.sipward_text
	if len(lists) > 0 {
		array = memory.textsOf(lists)
	}
	var reason C.sipward_text
	return reasonError(C.sipward_trust_set_crls(ptr, array, C.size_t(len(lists)), &reason), reason)
}

// Provide hands in what the program got from the URL of a pending verdict: a chain in PEM, the leaf
// first, or one certificate in DER. maxAge is what the server said (RFC 9111 section 5.2.2.1);
// negative: nothing. A *ReasonError (ErrCredential) is remembered, and callers who use the URL fail
// for it. It costs a chain's verification, about a millisecond.
func (t *TrustStore) Provide(url string, document []byte, fetched time.Time, maxAge time.Duration) error {
	ptr, err := t.use()
	if err != nil {
		return err
	}
	defer t.h.Done()
	age := C.int64_t(-1)
	if maxAge >= 0 {
		age = C.int64_t(maxAge / time.Second)
	}
	var reason C.sipward_text
	status := C.sipward_trust_provide(ptr, chars(url), size(url), bytesOf(document), C.size_t(len(document)), C.int64_t(fetched.Unix()), age, &reason)
	return reasonError(status, reason)
}

// ProvideFailure says that nothing could be had from the URL, and why: "CERT_UNAVAILABLE" or
// "X5U_TIMEOUT" and the like. It is not asked for again for a minute.
func (t *TrustStore) ProvideFailure(url, reason string, now time.Time) error {
	ptr, err := t.use()
	if err != nil {
		return err
	}
	defer t.h.Done()
	return statusError(C.sipward_trust_provide_failure(ptr, chars(url), size(url), chars(reason), size(reason), C.int64_t(now.Unix())))
}

// CertificateState is what is known of a certificate's URL.
type CertificateState uint32

const (
	CertificateMissing = CertificateState(C.SIPWARD_CERTIFICATE_MISSING) // it was never handed in, or too long ago: fetch it
	CertificateFresh   = CertificateState(C.SIPWARD_CERTIFICATE_FRESH)
	CertificateStale   = CertificateState(C.SIPWARD_CERTIFICATE_STALE)  // usable, and time to fetch it anew
	CertificateFailed  = CertificateState(C.SIPWARD_CERTIFICATE_FAILED) // it cannot be used, or could not be had a moment ago
)

// Find is what is known of a URL; of CertificateFailed also why.
func (t *TrustStore) Find(url string, now time.Time) (CertificateState, string, error) {
	ptr, err := t.use()
	if err != nil {
		return 0, "", err
	}
	defer t.h.Done()
	var state C.uint32_t
	var reason C.sipward_text
	if err := statusError(C.sipward_trust_find(ptr, chars(url), size(url), C.int64_t(now.Unix()), &state, &reason)); err != nil {
		return 0, "", err
	}
	return CertificateState(state), goText(reason), nil
}

// TrustStatistics are what a TrustStore holds.
type TrustStatistics struct {
	Certificates       uint64 // that are kept
	Failures           uint64 // URLs that are known to fail
	Bytes              uint64 // of both
	Evictions          uint64 // of either, for want of room
	KeyTables          int    // keys that have one
	TableComparisons   uint64 // signatures that were verified with a table and without
	TableDisagreements uint64 // not 0: the verification without was believed, and tables are off for good
}

// Statistics are what the store holds.
func (t *TrustStore) Statistics() (TrustStatistics, error) {
	ptr, err := t.use()
	if err != nil {
		return TrustStatistics{}, err
	}
	defer t.h.Done()
	c := C.sipward_trust_statistics{struct_size: C.sizeof_sipward_trust_statistics}
	if err := statusError(C.sipward_trust_read_statistics(ptr, &c)); err != nil {
		return TrustStatistics{}, err
	}
	return TrustStatistics{
		Certificates:       uint64(c.certificates),
		Failures:           uint64(c.failures),
		Bytes:              uint64(c.bytes),
		Evictions:          uint64(c.evictions),
		KeyTables:          int(c.key_tables),
		TableComparisons:   uint64(c.table_comparisons),
		TableDisagreements: uint64(c.table_disagreements),
	}, nil
}

// CheckCertificateURL is nil for a URL that may be asked for a certificate: absolute, of https, with
// the name of a host that is none of the own network, without user information, query and fragment,
// and on port 443 or 8443 unless anyPort. Else a *ReasonError (ErrCredential). A pending verdict has
// no other.
func CheckCertificateURL(url string, anyPort bool) error {
	flags := C.uint32_t(0)
	if anyPort {
		flags = C.SIPWARD_URL_ANY_PORT
	}
	var reason C.sipward_text
	return reasonError(C.sipward_certificate_url_check(chars(url), size(url), flags, &reason), reason)
}

// CheckCertificateAddress is nil for an address that may be connected to for a certificate: reachable
// over the Internet, and none where clouds keep the metadata of a machine. Ask it of every address
// that a host has, and connect to one that was asked about.
func CheckCertificateAddress(address netip.Addr) error {
	var endpoint C.sipward_endpoint
	putAddress(&endpoint, address)
	var reason C.sipward_text
	return reasonError(C.sipward_certificate_endpoint_check(&endpoint, &reason), reason)
}

// Package fetch keeps the pointer as long as it fetches.
func init() {
	bridge.PinTrust = func(store any) (unsafe.Pointer, func(), error) {
		t, _ := store.(*TrustStore)
		if t == nil {
			return nil, nil, ErrClosed
		}
		ptr, err := t.h.Pin()
		if err != nil {
			return nil, nil, err
		}
		return unsafe.Pointer(ptr), t.h.Unpin, nil
	}
}
