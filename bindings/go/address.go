package sipward

// #include "handles.h"
import "C"

// Scheme is that of a URI.
type Scheme uint32

const (
	SchemeOther = Scheme(C.SIPWARD_SCHEME_OTHER)
	SchemeSIP   = Scheme(C.SIPWARD_SCHEME_SIP)
	SchemeSIPS  = Scheme(C.SIPWARD_SCHEME_SIPS)
	SchemeTel   = Scheme(C.SIPWARD_SCHEME_TEL)
	SchemeURN   = Scheme(C.SIPWARD_SCHEME_URN)
)

// HostKind says what a host is.
type HostKind uint32

const (
	HostNone = HostKind(C.SIPWARD_HOST_NONE)
	HostName = HostKind(C.SIPWARD_HOST_NAME)
	HostIPv4 = HostKind(C.SIPWARD_HOST_IPV4)
	HostIPv6 = HostKind(C.SIPWARD_HOST_IPV6)
	HostBad  = HostKind(C.SIPWARD_HOST_BAD) // written, and neither a name nor an address
)

// URI is one of RFC 3261 section 19.1 or RFC 3966, as written.
type URI struct {
	Text     Slice
	Kind     Scheme
	Scheme   Slice
	User     Slice // of a tel URI: the number
	Password Slice
	Host     Slice // IPv6 with its brackets
	HostKind HostKind
	Port     int // -1: none
	PortText Slice
	Params   Slice // for Message.Params
	Headers  Slice
}

// String is the whole URI.
func (u URI) String() string { return u.Text.text }

func (m *Message) uri(c *C.sipward_uri) URI {
	return URI{
		Text:     m.slice(c.text),
		Kind:     Scheme(c.scheme_id),
		Scheme:   m.slice(c.scheme),
		User:     m.slice(c.user),
		Password: m.slice(c.password),
		Host:     m.slice(c.host),
		HostKind: HostKind(c.host_kind),
		Port:     int(c.port_number),
		PortText: m.slice(c.port),
		Params:   m.slice(c.params),
		Headers:  m.slice(c.headers),
	}
}

// RequestURI is the Request-URI, taken apart; ErrEnd for a response.
func (m *Message) RequestURI() (URI, error) {
	if err := m.enter(); err != nil {
		return URI{}, err
	}
	defer m.leave()
	c := (*C.sipward_uri)(m.ready(C.sizeof_sipward_uri))
	if err := statusError(C.sipward_message_request_uri(m.ptr, c)); err != nil {
		return URI{}, err
	}
	return m.uri(c), nil
}

// Address is one of RFC 3261 section 20.10: a URI, perhaps in angle brackets, with a name for people
// in front and parameters behind.
type Address struct {
	Text       Slice
	Display    Slice // with its quotes, if it has them
	URI        URI
	Params     Slice // for Message.Params
	Tag        Slice
	Star       bool // Contact: *
	InBrackets bool // the URI stands in angle brackets
}

// String is the whole value.
func (a Address) String() string { return a.Text.text }

// Address is value number index, over all header lines of this name, of a header that holds addresses:
// From, To, Contact, Route, Record-Route, Path, Service-Route, P-Asserted-Identity,
// P-Preferred-Identity, Remote-Party-ID, Diversion, History-Info, Refer-To, Referred-By, Reply-To; or
// URIs in brackets: Call-Info, Alert-Info, Error-Info, Geolocation. ErrEnd behind the last;
// ErrArgument for another header.
func (m *Message) Address(header string, index int) (Address, error) {
	if err := m.enter(); err != nil {
		return Address{}, err
	}
	defer m.leave()
	return m.address(header, index)
}

// Addresses are all values of such a header; none is no error.
func (m *Message) Addresses(header string) ([]Address, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	return every(func(i int) (Address, error) { return m.address(header, i) })
}

func (m *Message) address(header string, index int) (Address, error) {
	c := (*C.sipward_address)(m.ready(C.sizeof_sipward_address))
	if err := statusError(C.sipward_message_address(m.ptr, chars(header), size(header), number(index), c)); err != nil {
		return Address{}, err
	}
	return Address{
		Text:       m.slice(c.text),
		Display:    m.slice(c.display),
		URI:        m.uri(&c.uri),
		Params:     m.slice(c.params),
		Tag:        m.slice(c.tag),
		Star:       c.is_star != 0,
		InBrackets: c.in_brackets != 0,
	}, nil
}

// From is the caller's address; ErrEnd if there is none.
func (m *Message) From() (Address, error) { return m.Address("From", 0) }

// To is the address that is called; ErrEnd if there is none.
func (m *Message) To() (Address, error) { return m.Address("To", 0) }

// number is an index; beyond every last one if it is negative or too large.
func number(index int) C.uint32_t {
	if index < 0 || uint64(index) >= 0xFFFFFFFF {
		return 0xFFFFFFFE
	}
	return C.uint32_t(index)
}

// every collects what one gives until there is no more.
func every[T any](one func(index int) (T, error)) (all []T, err error) {
	for i := 0; ; i++ {
		v, err := one(i)
		if err == ErrEnd {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
}
