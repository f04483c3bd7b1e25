// Package fetch fetches the certificates that pending verdicts wait for, and hands them to a TrustStore.
//
// Whoever calls chooses the URL. A fetch checks it, resolves the name once, refuses it if any of its
// addresses is not public, connects to no other address than those, over https with TLS 1.2 and the
// server's certificate verified, follows no redirect, uses no proxy, unpacks nothing, and takes little
// and waits briefly. What failed is told to the trust, which holds it for a minute.
//
// It links libsipward-fetch, a library of its own (pkg-config sipward-fetch): it starts threads, reads
// the clocks and opens connections, which libsipward never does.
package fetch

// #cgo pkg-config: sipward-fetch sipward
// #include <stdlib.h>
// #include <sipward/c/fetch.h>
import "C"

import (
	"context"
	"net/netip"
	"runtime"
	"time"
	"unsafe"

	"sipward"
	"sipward/internal/bridge"
	"sipward/internal/handle"
)

// Permit is a network with one port of it that may be asked beside the public addresses and the ports
// 443 and 8443: a repository of the program's own.
type Permit struct {
	Network netip.Prefix
	Port    uint16
}

// Options are those of New; zero is the default in every member, which stands in brackets.
type Options struct {
	Total         time.Duration // of one fetch, from the name to the last octet [2 s]
	Connect       time.Duration // of it, to connect, with the handshake of TLS [1 s]
	InFlight      int           // fetches at a time, each with a thread, up to 64 [8]
	Waiting       int           // fetches that wait for one of them, up to 65536 [256]
	DocumentBytes int           // up to 1 MiB; the trust takes no more than [16384]
	HostBurst     int           // fetches from one host, at once [32]
	HostPerMinute int           // and in the long run [240]
	Permits       []Permit      // up to 256
	Authorities   string        // path of a file in PEM: whom servers are to be verified by; empty: by the authorities of the system
}

// Fetcher fetches for any number of goroutines.
type Fetcher struct {
	h     handle.Shared[C.sipward_fetcher]
	unpin func()
}

func status(s C.int32_t) error {
	if s == C.SIPWARD_OK {
		return nil
	}
	return sipward.Status(s)
}

func chars(s string) *C.char { return *(**C.char)(unsafe.Pointer(&s)) }

// New makes a fetcher that hands certificates to a store. The store may be closed before it: what is fetched
// then is of use to whoever has the store still. sipward.ErrUnsupported if the library was built
// without libcurl.
func New(trust *sipward.TrustStore, options Options) (*Fetcher, error) {
	ptr, unpin, err := bridge.PinTrust(trust)
	if err != nil {
		return nil, err
	}
	c, give := options.put()
	defer give()
	f := &Fetcher{unpin: unpin}
	if err := status(C.sipward_fetcher_create((*C.sipward_trust)(ptr), c, &f.h.Ptr)); err != nil {
		unpin()
		return nil, err
	}
	runtime.SetFinalizer(f, (*Fetcher).Close)
	return f, nil
}

// put is the options in C memory, and what gives it back.
func (o *Options) put() (*C.sipward_fetcher_options, func()) {
	c := (*C.sipward_fetcher_options)(C.calloc(1, C.sizeof_sipward_fetcher_options))
	c.struct_size = C.sizeof_sipward_fetcher_options
	c.total_ms, c.connect_ms = milliseconds(o.Total), milliseconds(o.Connect)
	c.in_flight, c.waiting, c.document_bytes = limit(o.InFlight), limit(o.Waiting), limit(o.DocumentBytes)
	c.host_burst, c.host_per_minute = limit(o.HostBurst), limit(o.HostPerMinute)
	if o.Authorities != "" {
		c.authorities = C.sipward_text{C.CString(o.Authorities), C.size_t(len(o.Authorities))}
	}
	if n := len(o.Permits); n > 0 {
		c.permits = (*C.sipward_fetch_permit)(C.calloc(C.size_t(n), C.sizeof_sipward_fetch_permit))
		c.permit_count = limit(n)
		for i, p := range o.Permits {
			at := &unsafe.Slice((*C.sipward_fetch_permit)(unsafe.Pointer(c.permits)), n)[i]
			for k, b := range p.Network.Addr().As16() {
				at.network.address[k] = C.uint8_t(b)
			}
			at.network.port = C.uint16_t(p.Port)
			at.bits = limit(p.Network.Bits())
			if p.Network.Addr().Is4() {
				at.bits += 96
			}
		}
	}
	return c, func() {
		C.free(unsafe.Pointer(c.permits))
		C.free(unsafe.Pointer(c.authorities.data))
		C.free(unsafe.Pointer(c))
	}
}

// limit is more than any bound for what cannot be, so that the library refuses it.
func limit(n int) C.uint32_t {
	if n < 0 || uint64(n) > 0x7FFFFFFF {
		return 0x7FFFFFFF
	}
	return C.uint32_t(n)
}

func milliseconds(d time.Duration) C.uint32_t {
	if d < 0 {
		return limit(-1)
	}
	return limit(int((d + time.Millisecond - 1) / time.Millisecond))
}

// Close breaks off what is in flight within a second, and forgets what waits.
func (f *Fetcher) Close() error {
	if f == nil {
		return sipward.ErrClosed
	}
	err := f.h.Close(func(p *C.sipward_fetcher) { C.sipward_fetcher_destroy(p) })
	if err == nil {
		runtime.SetFinalizer(f, nil)
		f.unpin()
	}
	return err
}

func (f *Fetcher) use() (*C.sipward_fetcher, error) {
	if f == nil {
		return nil, sipward.ErrClosed
	}
	return f.h.Use()
}

// Request returns at once. nil: the certificate is being fetched, once for all who ask; Next tells when
// it is there. sipward.ErrEnd: nothing is fetched, because the trust knows the URL already, or has just
// been told that its host is asked too often: resume. A *sipward.ReasonError (sipward.ErrCredential):
// it may not be asked. sipward.ErrLimit: too many wait.
func (f *Fetcher) Request(url string) error {
	ptr, err := f.use()
	if err != nil {
		return err
	}
	defer f.h.Done()
	var reason C.sipward_text
	s := C.sipward_fetcher_request(ptr, chars(url), C.size_t(len(url)), &reason)
	if s == C.SIPWARD_ERR_CREDENTIAL && reason.data != nil {
		return &sipward.ReasonError{Status: sipward.ErrCredential, Reason: C.GoStringN(reason.data, C.int(reason.size))}
	}
	return status(s)
}

// Arrival is a fetch that is over.
type Arrival struct {
	URL      string
	Reason   string // what the trust was told: "OK", "X5U_TIMEOUT", "CERT_MALFORMED" and so on
	Sentence string // what became of the fetch, for the operator
}

// Next is the fetch that was over first, each told once; sipward.ErrEnd if there is none now. Of more than 1024
// that nobody asked for, the oldest are lost.
func (f *Fetcher) Next() (Arrival, error) {
	ptr, err := f.use()
	if err != nil {
		return Arrival{}, err
	}
	defer f.h.Done()
	c := C.sipward_fetch_arrival{struct_size: C.sizeof_sipward_fetch_arrival}
	if err := status(C.sipward_fetcher_next(ptr, &c)); err != nil {
		return Arrival{}, err
	}
	return Arrival{
		URL:      C.GoStringN(&c.url[0], C.int(c.url_size)),
		Reason:   C.GoStringN(c.reason.data, C.int(c.reason.size)),
		Sentence: C.GoStringN(c.sentence.data, C.int(c.sentence.size)),
	}, nil
}

// How long a wait stays in C: Close and a context that ends are seen after it.
const turn = 50 * time.Millisecond

// Wait waits until there is something for Next: nil, or the error of the context if it ends before,
// within 50 ms. It holds a thread meanwhile.
func (f *Fetcher) Wait(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		ptr, err := f.use()
		if err != nil {
			return err
		}
		s := C.sipward_fetcher_wait(ptr, milliseconds(turn))
		f.h.Done()
		if s != C.SIPWARD_END {
			return status(s)
		}
	}
}

// Statistics are what a fetcher did.
type Statistics struct {
	InFlight     int
	Waiting      uint64
	Requests     uint64
	Known        uint64 // of these: the trust knew the URL
	Joined       uint64 // it was being fetched
	Refused      uint64 // it may not be asked
	Limited      uint64 // its host was asked too often
	Full         uint64 // too many waited
	Fetches      uint64 // that are over
	Failures     uint64
	ArrivalsLost uint64
}

// Statistics are what was done so far.
func (f *Fetcher) Statistics() (Statistics, error) {
	ptr, err := f.use()
	if err != nil {
		return Statistics{}, err
	}
	defer f.h.Done()
	c := C.sipward_fetcher_statistics{struct_size: C.sizeof_sipward_fetcher_statistics}
	if err := status(C.sipward_fetcher_read_statistics(ptr, &c)); err != nil {
		return Statistics{}, err
	}
	return Statistics{
		InFlight:     int(c.in_flight),
		Waiting:      uint64(c.waiting),
		Requests:     uint64(c.requests),
		Known:        uint64(c.known),
		Joined:       uint64(c.joined),
		Refused:      uint64(c.refused),
		Limited:      uint64(c.limited),
		Full:         uint64(c.full),
		Fetches:      uint64(c.fetches),
		Failures:     uint64(c.failures),
		ArrivalsLost: uint64(c.arrivals_lost),
	}, nil
}
