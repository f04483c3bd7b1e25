package sipward

// #include "handles.h"
import "C"

import (
	"time"
	"unsafe"
)

// Via is one of RFC 3261 section 20.42.
type Via struct {
	Text      Slice
	Protocol  Slice // "SIP"
	Version   Slice // "2.0"
	Transport Slice
	Host      Slice
	HostKind  HostKind
	Port      int // -1: none
	PortText  Slice
	Branch    Slice
	Received  Slice
	RPort     Slice
	MAddr     Slice
	TTL       Slice
	Params    Slice // for Message.Params
}

// Via is that of this number over all lines; 0 is the topmost. ErrEnd behind the last.
func (m *Message) Via(index int) (Via, error) {
	if err := m.enter(); err != nil {
		return Via{}, err
	}
	defer m.leave()
	return m.via(index)
}

// Vias are all of them, the topmost first.
func (m *Message) Vias() ([]Via, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	return every(m.via)
}

func (m *Message) via(index int) (Via, error) {
	c := (*C.sipward_via)(m.ready(C.sizeof_sipward_via))
	if err := statusError(C.sipward_message_via(m.ptr, number(index), c)); err != nil {
		return Via{}, err
	}
	return Via{
		Text:      m.slice(c.text),
		Protocol:  m.slice(c.protocol),
		Version:   m.slice(c.version),
		Transport: m.slice(c.transport),
		Host:      m.slice(c.host),
		HostKind:  HostKind(c.host_kind),
		Port:      int(c.port_number),
		PortText:  m.slice(c.port),
		Branch:    m.slice(c.branch),
		Received:  m.slice(c.received),
		RPort:     m.slice(c.rport),
		MAddr:     m.slice(c.maddr),
		TTL:       m.slice(c.ttl),
		Params:    m.slice(c.params),
	}, nil
}

// CSeq is that of RFC 3261 section 20.16.
type CSeq struct {
	Number     uint64
	Valid      bool // the number is one below 2^32
	NumberText Slice
	Method     Slice
}

// CSeq is the header of this name; ErrEnd if it is absent.
func (m *Message) CSeq() (CSeq, error) {
	if err := m.enter(); err != nil {
		return CSeq{}, err
	}
	defer m.leave()
	c := (*C.sipward_cseq)(m.ready(C.sizeof_sipward_cseq))
	if err := statusError(C.sipward_message_cseq(m.ptr, c)); err != nil {
		return CSeq{}, err
	}
	return CSeq{uint64(c.number), c.number_valid != 0, m.slice(c.number_text), m.slice(c.method)}, nil
}

// Digest is credentials or a challenge (RFC 3261 sections 20.7 and 20.44, RFC 8760). Quoted values
// without their quotes. Of a scheme other than Digest only the scheme is read.
type Digest struct {
	Text      Slice
	Scheme    Slice
	Username  Slice
	Realm     Slice
	Nonce     Slice
	URI       Slice
	Response  Slice
	Algorithm Slice
	CNonce    Slice
	Opaque    Slice
	QOP       Slice
	NC        Slice
	Stale     Slice
	Domain    Slice
}

// Digest is line number index of Authorization, Proxy-Authorization, WWW-Authenticate or
// Proxy-Authenticate. ErrEnd behind the last; ErrArgument for another header.
func (m *Message) Digest(header string, index int) (Digest, error) {
	if err := m.enter(); err != nil {
		return Digest{}, err
	}
	defer m.leave()
	c := (*C.sipward_digest)(m.ready(C.sizeof_sipward_digest))
	if err := statusError(C.sipward_message_digest(m.ptr, chars(header), size(header), number(index), c)); err != nil {
		return Digest{}, err
	}
	return Digest{
		Text:      m.slice(c.text),
		Scheme:    m.slice(c.scheme),
		Username:  m.slice(c.username),
		Realm:     m.slice(c.realm),
		Nonce:     m.slice(c.nonce),
		URI:       m.slice(c.uri),
		Response:  m.slice(c.response),
		Algorithm: m.slice(c.algorithm),
		CNonce:    m.slice(c.cnonce),
		Opaque:    m.slice(c.opaque),
		QOP:       m.slice(c.qop),
		NC:        m.slice(c.nc),
		Stale:     m.slice(c.stale),
		Domain:    m.slice(c.domain),
	}, nil
}

// Number is Content-Length, Max-Forwards, Expires, Min-Expires, Session-Expires, Min-SE, Retry-After or
// RSeq as a number; ErrEnd if it is absent or not a number in range, ErrArgument for another header.
func (m *Message) Number(header string) (uint64, error) {
	if err := m.enter(); err != nil {
		return 0, err
	}
	defer m.leave()
	c := (*C.uint64_t)(m.scratch)
	if err := statusError(C.sipward_message_number(m.ptr, chars(header), size(header), c)); err != nil {
		return 0, err
	}
	return uint64(*c), nil
}

// Date is the header of this name (RFC 3261 section 20.17) in UTC; ErrEnd if it is absent or no date.
func (m *Message) Date() (time.Time, error) {
	if err := m.enter(); err != nil {
		return time.Time{}, err
	}
	defer m.leave()
	c := (*C.int64_t)(m.scratch)
	if err := statusError(C.sipward_message_date(m.ptr, c)); err != nil {
		return time.Time{}, err
	}
	return time.Unix(int64(*c), 0).UTC(), nil
}

// Item is a header value of the usual shape: a head and parameters.
type Item struct {
	Text   Slice // all of it
	Value  Slice // before the parameters
	Params Slice // for Message.Params
}

// Item is value number index, over all lines, of one of these headers:
//   - a token: Priority, P-Attestation-Indicator, P-Origination-Id; each of a list of tokens: Require,
//     Proxy-Require, Unsupported, Supported, Allow, Content-Encoding, Request-Disposition, Privacy,
//     Allow-Events;
//   - with parameters: Accept, Accept-Encoding, Accept-Language, Accept-Contact, Reject-Contact,
//     Content-Type, Content-Disposition, Event, Subscription-State, Reason, Identity, Replaces, Join,
//     Session-Expires, Min-SE, Retry-After;
//   - without: Content-Language, MIME-Version, In-Reply-To, Resource-Priority, RAck, Timestamp, Warning,
//     User-Agent and Server (a product or a comment with its brackets);
//   - Authentication-Info: each value is one parameter, in Params, and Value is not there;
//   - Subject and Organization: the whole text.
//
// ErrEnd behind the last; ErrArgument for another header.
func (m *Message) Item(header string, index int) (Item, error) {
	if err := m.enter(); err != nil {
		return Item{}, err
	}
	defer m.leave()
	return m.item(header, index)
}

// Items are all values of such a header; none is no error.
func (m *Message) Items(header string) ([]Item, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	return every(func(i int) (Item, error) { return m.item(header, i) })
}

func (m *Message) item(header string, index int) (Item, error) {
	c := (*C.sipward_item)(m.ready(C.sizeof_sipward_item))
	if err := statusError(C.sipward_message_item(m.ptr, chars(header), size(header), number(index), c)); err != nil {
		return Item{}, err
	}
	return Item{m.slice(c.text), m.slice(c.value), m.slice(c.params)}, nil
}

// MediaType is one of RFC 3261 section 20.15.
type MediaType struct {
	Type    Slice // "application"
	Subtype Slice // "sdp"
	Params  Slice // for Message.Params
}

// MediaType is value number index of Content-Type or Accept. ErrEnd behind the last.
func (m *Message) MediaType(header string, index int) (MediaType, error) {
	if err := m.enter(); err != nil {
		return MediaType{}, err
	}
	defer m.leave()
	c := (*C.sipward_media_type)(m.ready(C.sizeof_sipward_media_type))
	if err := statusError(C.sipward_message_media_type(m.ptr, chars(header), size(header), number(index), c)); err != nil {
		return MediaType{}, err
	}
	return MediaType{m.slice(c._type), m.slice(c.subtype), m.slice(c.params)}, nil
}

// Identity is one of RFC 8224 section 4.
type Identity struct {
	Digest    Slice // all before the parameters
	Header    Slice // of the token, base64url; empty in the compact form
	Payload   Slice // likewise
	Signature Slice // these three are not there if the digest is no token
	Info      Slice // the URI, without its angle brackets
	Alg       Slice // without quotes, as is PPT
	PPT       Slice
	Params    Slice // for Message.Params
}

// Identity is that of this number over all lines; ErrEnd behind the last. It is taken apart, not verified:
// that is what a Verifier or an Engine does.
func (m *Message) Identity(index int) (Identity, error) {
	if err := m.enter(); err != nil {
		return Identity{}, err
	}
	defer m.leave()
	c := (*C.sipward_identity)(m.ready(C.sizeof_sipward_identity))
	if err := statusError(C.sipward_message_identity(m.ptr, number(index), c)); err != nil {
		return Identity{}, err
	}
	return Identity{
		Digest:    m.slice(c.digest),
		Header:    m.slice(c.header),
		Payload:   m.slice(c.payload),
		Signature: m.slice(c.signature),
		Info:      m.slice(c.info),
		Alg:       m.slice(c.alg),
		PPT:       m.slice(c.ppt),
		Params:    m.slice(c.params),
	}, nil
}

// Reason is one of RFC 3326 section 2.
type Reason struct {
	Protocol Slice // "SIP", "Q.850"
	Cause    int64 // -1: none, or not a number below 2^32
	Text     Slice // without its quotes
	Params   Slice // for Message.Params
}

// Reason is that of this number over all lines; ErrEnd behind the last.
func (m *Message) Reason(index int) (Reason, error) {
	if err := m.enter(); err != nil {
		return Reason{}, err
	}
	defer m.leave()
	c := (*C.sipward_reason)(m.ready(C.sizeof_sipward_reason))
	if err := statusError(C.sipward_message_reason(m.ptr, number(index), c)); err != nil {
		return Reason{}, err
	}
	return Reason{m.slice(c.protocol), int64(c.cause), m.slice(c.text), m.slice(c.params)}, nil
}

// Dialog is one that a request is to replace or join: RFC 3891 section 6.1, RFC 3911 section 7.1.
type Dialog struct {
	CallID    Slice
	ToTag     Slice
	FromTag   Slice
	EarlyOnly bool // only a dialog that was not answered yet
	Params    Slice
}

// Dialog is that of Replaces or Join; ErrEnd if it is absent.
func (m *Message) Dialog(header string) (Dialog, error) {
	if err := m.enter(); err != nil {
		return Dialog{}, err
	}
	defer m.leave()
	c := (*C.sipward_dialog)(m.ready(C.sizeof_sipward_dialog))
	if err := statusError(C.sipward_message_dialog(m.ptr, chars(header), size(header), c)); err != nil {
		return Dialog{}, err
	}
	return Dialog{m.slice(c.call_id), m.slice(c.to_tag), m.slice(c.from_tag), c.early_only != 0, m.slice(c.params)}, nil
}

// Product is one of RFC 3261 sections 20.35 and 20.41: a product or a comment.
type Product struct {
	Name    Slice
	Version Slice
	Comment Slice // without its outermost brackets; then there is no name and no version
}

// Product is value number index of User-Agent or Server; ErrEnd behind the last.
func (m *Message) Product(header string, index int) (Product, error) {
	if err := m.enter(); err != nil {
		return Product{}, err
	}
	defer m.leave()
	c := (*C.sipward_product)(m.ready(C.sizeof_sipward_product))
	if err := statusError(C.sipward_message_product(m.ptr, chars(header), size(header), number(index), c)); err != nil {
		return Product{}, err
	}
	return Product{m.slice(c.name), m.slice(c.version), m.slice(c.comment)}, nil
}

// RAck is that of RFC 3262 section 7.2.
type RAck struct {
	RSeq   int64 // -1: not a number below 2^32
	CSeq   int64 // likewise
	Method Slice
}

// RAck is the header of this name; ErrEnd if it is absent.
func (m *Message) RAck() (RAck, error) {
	if err := m.enter(); err != nil {
		return RAck{}, err
	}
	defer m.leave()
	c := (*C.sipward_rack)(m.ready(C.sizeof_sipward_rack))
	if err := statusError(C.sipward_message_rack(m.ptr, c)); err != nil {
		return RAck{}, err
	}
	return RAck{int64(c.rseq), int64(c.cseq), m.slice(c.method)}, nil
}

// Refresher says who keeps a session alive.
type Refresher uint32

const (
	RefresherNone = Refresher(C.SIPWARD_REFRESHER_NONE)
	RefresherUAC  = Refresher(C.SIPWARD_REFRESHER_UAC)
	RefresherUAS  = Refresher(C.SIPWARD_REFRESHER_UAS)
)

// SessionTimer is one of RFC 4028 sections 4 and 5.
type SessionTimer struct {
	Seconds   int64 // -1: not a number below 2^32
	Refresher Refresher
}

// SessionTimer is that of Session-Expires or Min-SE; ErrEnd if it is absent.
func (m *Message) SessionTimer(header string) (SessionTimer, error) {
	if err := m.enter(); err != nil {
		return SessionTimer{}, err
	}
	defer m.leave()
	c := (*C.sipward_session_timer)(m.out(C.sizeof_sipward_session_timer))
	if err := statusError(C.sipward_message_session_timer(m.ptr, chars(header), size(header), c)); err != nil {
		return SessionTimer{}, err
	}
	return SessionTimer{int64(c.seconds), Refresher(c.refresher)}, nil
}

// EventPackage is one of RFC 6665 section 8.4.
type EventPackage struct {
	Package  Slice // "presence"
	Template Slice // "winfo"; all templates, if there are more
	ID       Slice
	Params   Slice // for Message.Params
}

// EventPackage is value number index of Event or Allow-Events; ErrEnd behind the last.
func (m *Message) EventPackage(header string, index int) (EventPackage, error) {
	if err := m.enter(); err != nil {
		return EventPackage{}, err
	}
	defer m.leave()
	c := (*C.sipward_event)(m.ready(C.sizeof_sipward_event))
	if err := statusError(C.sipward_message_event(m.ptr, chars(header), size(header), number(index), c)); err != nil {
		return EventPackage{}, err
	}
	return EventPackage{m.slice(c._package), m.slice(c.event_template), m.slice(c.id), m.slice(c.params)}, nil
}

// Subscription is a Subscription-State (RFC 6665 section 4.1.3).
type Subscription struct {
	State      Slice // "active", "pending", "terminated"
	Reason     Slice
	Expires    int64 // seconds; -1: none, or not a number below 2^32
	RetryAfter int64 // likewise
	Params     Slice // for Message.Params
}

// Subscription is the Subscription-State; ErrEnd if it is absent.
func (m *Message) Subscription() (Subscription, error) {
	if err := m.enter(); err != nil {
		return Subscription{}, err
	}
	defer m.leave()
	c := (*C.sipward_subscription)(m.ready(C.sizeof_sipward_subscription))
	if err := statusError(C.sipward_message_subscription(m.ptr, c)); err != nil {
		return Subscription{}, err
	}
	return Subscription{m.slice(c.state), m.slice(c.reason), int64(c.expires), int64(c.retry_after), m.slice(c.params)}, nil
}

// ResourcePriority is one of RFC 4412 section 3.1.
type ResourcePriority struct {
	Namespace Slice
	Priority  Slice
}

// ResourcePriority is that of this number over all lines; ErrEnd behind the last.
func (m *Message) ResourcePriority(index int) (ResourcePriority, error) {
	if err := m.enter(); err != nil {
		return ResourcePriority{}, err
	}
	defer m.leave()
	c := (*C.sipward_resource_priority)(m.ready(C.sizeof_sipward_resource_priority))
	if err := statusError(C.sipward_message_resource_priority(m.ptr, number(index), c)); err != nil {
		return ResourcePriority{}, err
	}
	return ResourcePriority{m.slice(c.name_space), m.slice(c.priority)}, nil
}

// Warning is one of RFC 3261 section 20.43.
type Warning struct {
	Code  int64 // -1: not a number
	Agent Slice
	Text  Slice // without its quotes
}

// Warning is that of this number over all lines; ErrEnd behind the last.
func (m *Message) Warning(index int) (Warning, error) {
	if err := m.enter(); err != nil {
		return Warning{}, err
	}
	defer m.leave()
	c := (*C.sipward_warning)(m.ready(C.sizeof_sipward_warning))
	if err := statusError(C.sipward_message_warning(m.ptr, number(index), c)); err != nil {
		return Warning{}, err
	}
	return Warning{int64(c.code), m.slice(c.agent), m.slice(c.text)}, nil
}

// RetryAfter is that of RFC 3261 section 20.33.
type RetryAfter struct {
	Seconds  int64 // -1: not a number below 2^32
	Duration int64 // seconds; -1: none
	Comment  Slice // without its outermost brackets
	Params   Slice // for Message.Params
}

// RetryAfter is the header of this name; ErrEnd if it is absent.
func (m *Message) RetryAfter() (RetryAfter, error) {
	if err := m.enter(); err != nil {
		return RetryAfter{}, err
	}
	defer m.leave()
	c := (*C.sipward_retry_after)(m.ready(C.sizeof_sipward_retry_after))
	if err := statusError(C.sipward_message_retry_after(m.ptr, c)); err != nil {
		return RetryAfter{}, err
	}
	return RetryAfter{int64(c.seconds), int64(c.duration), m.slice(c.comment), m.slice(c.params)}, nil
}

// The largest struct of all must fit into the scratch memory of a Message.
var _ = [1]struct{}{}[unsafe.Sizeof(C.sipward_address{})/scratchBytes]
