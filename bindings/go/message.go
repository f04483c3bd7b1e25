package sipward

// #include <stdlib.h>
// #include "handles.h"
import "C"

import (
	"runtime"
	"unsafe"

	"sipward/internal/handle"
)

// Message is a parsed SIP message. Values are read when they are asked for, once. Make one and parse
// every message with it: it takes about 115 KiB, whatever the bytes are. One goroutine at a time.
//
// Values live as long as anybody holds them: they are parts of a Go string, one for each message. A
// method that finds nothing returns ErrEnd.
type Message struct {
	guard    *handle.Guard // apart: what points to itself is never finalized
	ptr      *C.sipward_message
	bytes    block // a copy of what was parsed: C keeps the pointer
	scratch  unsafe.Pointer
	memory   arena
	text     string
	haveText bool
	parsed   bool
	borrowed bool // of an Inspector
}

// Larger than every struct that a function about messages writes.
const scratchBytes = 1024

// NewMessage makes one with nothing in it.
func NewMessage() (*Message, error) {
	m := &Message{}
	if err := statusError(C.sipward_message_create(&m.ptr)); err != nil {
		return nil, err
	}
	m.init(&handle.Guard{}, false)
	runtime.SetFinalizer(m, (*Message).Close)
	return m, nil
}

func (m *Message) init(g *handle.Guard, borrowed bool) {
	m.guard, m.borrowed = g, borrowed
	m.scratch = zeroed(scratchBytes)
}

// renew forgets the message before.
func (m *Message) renew(parsed bool) {
	m.text, m.haveText, m.parsed = "", false, parsed
}

func (m *Message) freeMemory() {
	C.free(m.scratch)
	m.scratch = nil
	m.memory.free()
	m.bytes.free()
}

// Close gives the message back. That of an Inspector goes with it: closing it does nothing.
func (m *Message) Close() error {
	if m == nil || m.guard == nil {
		return ErrClosed
	}
	if m.borrowed {
		return nil
	}
	if err := m.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(m, nil)
	C.sipward_message_destroy(m.ptr)
	m.freeMemory()
	return nil
}

// enter is for every method that asks something of a message.
func (m *Message) enter() error {
	if m == nil || m.guard == nil {
		return ErrClosed
	}
	if err := m.guard.Enter(); err != nil {
		return err
	}
	if !m.parsed {
		m.guard.Leave()
		return ErrEnd
	}
	return nil
}

// leave also keeps the message alive until here.
func (m *Message) leave() {
	m.guard.Leave()
	runtime.KeepAlive(m)
}

// out is a struct for the library to write; p points to it.
func (m *Message) out(n uintptr) unsafe.Pointer { return sized(m.scratch, n) }

// ParseOptions are how a message is read, and limits beyond which it is refused. Zero is the default
// in every member, which stands in brackets.
type ParseOptions struct {
	Profile          Profile
	Policy           Policy
	Stream           bool // the message was cut from a stream: Content-Length is mandatory
	MessageBytes     int  // [65535]; of a stream, the limit of the Framer holds instead
	Headers          int  // [256], not more
	HeaderValueBytes int  // [16384]
	ValuesPerHeader  int  // [128], not more
	ParamsPerValue   int  // [64]
	Vias             int  // [70], at most 128
	URIBytes         int  // [2048]
	SDPMedia         int  // [32], not more
	SDPAttributes    int  // [512], not more; of session and media together
	BodyParts        int  // [32], not more; of all levels together
	BodyDepth        int  // [3], not more: multipart within multipart
	CommentDepth     int  // [8] brackets in User-Agent, Server, Retry-After
}

func limit(n int) C.uint32_t {
	if n < 0 || uint64(n) > 0xFFFFFFFF {
		return 0xFFFFFFFF // the library refuses it where there is a bound
	}
	return C.uint32_t(n)
}

// Parse finds lines and headers and reads the start line (RFC 3261 section 7). Any bytes may be
// given; they are copied. options may be nil. ErrMalformed or ErrLimit if the message is refused:
// Refused says why, and what could be read is there as well. Linear in the bytes; allocates nothing.
func (m *Message) Parse(data []byte, options *ParseOptions) error {
	if m == nil || m.guard == nil {
		return ErrClosed
	}
	if m.borrowed {
		return ErrArgument
	}
	if err := m.guard.Enter(); err != nil {
		return err
	}
	defer m.leave()
	var c *C.sipward_parse_options
	if options != nil {
		c = (*C.sipward_parse_options)(m.out(C.sizeof_sipward_parse_options))
		options.put(c)
	}
	status := C.sipward_message_parse(m.ptr, m.bytes.put(data), C.size_t(len(data)), c)
	m.renew(status != C.SIPWARD_ERR_ARGUMENT)
	return statusError(status)
}

func (o *ParseOptions) put(c *C.sipward_parse_options) {
	c.profile = C.uint32_t(o.Profile)
	c.policy = o.Policy.c
	c.stream = truth(o.Stream)
	c.message_bytes = limit(o.MessageBytes)
	c.headers = limit(o.Headers)
	c.header_value_bytes = limit(o.HeaderValueBytes)
	c.values_per_header = limit(o.ValuesPerHeader)
	c.params_per_value = limit(o.ParamsPerValue)
	c.vias = limit(o.Vias)
	c.uri_bytes = limit(o.URIBytes)
	c.sdp_media = limit(o.SDPMedia)
	c.sdp_attributes = limit(o.SDPAttributes)
	c.body_parts = limit(o.BodyParts)
	c.body_depth = limit(o.BodyDepth)
	c.comment_depth = limit(o.CommentDepth)
}

// Validate reads every value and body that is known, so that all anomalies show. Same errors as
// Parse. Linear in the bytes.
func (m *Message) Validate() error {
	if err := m.enter(); err != nil {
		return err
	}
	defer m.leave()
	return statusError(C.sipward_message_validate(m.ptr))
}

// Refused is the anomaly that refused the message; ErrEnd if none did.
func (m *Message) Refused() (Anomaly, error) {
	if err := m.enter(); err != nil {
		return Anomaly{}, err
	}
	defer m.leave()
	c := (*C.sipward_anomaly)(m.scratch)
	if err := statusError(C.sipward_message_error(m.ptr, c)); err != nil {
		return Anomaly{}, err
	}
	return Anomaly{int(c.id), int(c.offset)}, nil
}

// Anomalies are those of what was read so far, in the order found; of all after Validate.
func (m *Message) Anomalies() ([]Anomaly, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	var all []Anomaly
	c := (*C.sipward_anomaly)(m.scratch)
	for i := C.uint32_t(0); C.sipward_message_anomaly(m.ptr, i, c) == C.SIPWARD_OK; i++ {
		all = append(all, Anomaly{int(c.id), int(c.offset)})
	}
	return all, nil
}

// Text is the bytes that were parsed; empty if none were.
func (m *Message) Text() string {
	if m.enter() != nil {
		return ""
	}
	defer m.leave()
	return m.all()
}

// all is one Go string of the message, made once. Callers are inside.
func (m *Message) all() string {
	if !m.haveText {
		c := (*C.sipward_text)(m.scratch)
		clearBytes(m.scratch, C.sizeof_sipward_text)
		if C.sipward_message_bytes(m.ptr, c) == C.SIPWARD_OK {
			m.text = goText(*c)
		}
		m.haveText = true
	}
	return m.text
}

// slice is a piece of the message, of which the text was made (see ready).
func (m *Message) slice(c C.sipward_slice) Slice {
	if c.offset == C.SIPWARD_ABSENT {
		return Slice{}
	}
	begin, end := int(c.offset), int(c.offset)+int(c.length)
	if begin > len(m.text) || end > len(m.text) {
		return Slice{}
	}
	return Slice{m.text[begin:end], uint32(c.offset), true}
}

// ready is out for structs with slices. The text comes first, since it needs the same memory.
func (m *Message) ready(n uintptr) unsafe.Pointer {
	m.all()
	return m.out(n)
}

// Kind says whether a message is a request.
type Kind uint32

const (
	KindNone     = Kind(C.SIPWARD_KIND_NONE) // neither
	KindRequest  = Kind(C.SIPWARD_KIND_REQUEST)
	KindResponse = Kind(C.SIPWARD_KIND_RESPONSE)
)

// StartLine is the first line (RFC 3261 sections 7.1 and 7.2).
type StartLine struct {
	Kind       Kind
	Method     Slice
	RequestURI Slice
	Version    Slice
	StatusCode int // 0: not a response
	StatusText Slice
	Reason     Slice
}

// StartLine is the first line.
func (m *Message) StartLine() (StartLine, error) {
	if err := m.enter(); err != nil {
		return StartLine{}, err
	}
	defer m.leave()
	c := (*C.sipward_start_line)(m.ready(C.sizeof_sipward_start_line))
	if err := statusError(C.sipward_message_start_line(m.ptr, c)); err != nil {
		return StartLine{}, err
	}
	return StartLine{Kind(c.kind), m.slice(c.method), m.slice(c.request_uri), m.slice(c.version), int(c.status_code), m.slice(c.status_text), m.slice(c.reason)}, nil
}

// Header is a header line (RFC 3261 section 7.3).
type Header struct {
	Name   Slice  // as written
	Value  Slice  // as written, folds included, without the white space around it
	Known  string // the long name of a header that the library knows, or empty; "From" of f
	Folded bool
}

// Headers are all header lines, in the order of the message.
func (m *Message) Headers() ([]Header, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	m.all()
	all := make([]Header, 0, int(C.sipward_message_header_count(m.ptr)))
	for i := 0; i < cap(all); i++ {
		c := (*C.sipward_header)(m.out(C.sizeof_sipward_header))
		if err := statusError(C.sipward_message_header(m.ptr, C.uint32_t(i), c)); err != nil {
			return nil, err
		}
		all = append(all, Header{m.slice(c.name), m.slice(c.value), knownName(c.known), c.folded != 0})
	}
	return all, nil
}

// Names of headers are constants of the library: each is copied once.
func knownName(c C.sipward_text) string {
	if c.data == nil {
		return ""
	}
	knownMutex.Lock()
	defer knownMutex.Unlock()
	return knownNames.of(c)
}

// Get is the value of the first header of this name, long or compact, letters in any case; empty if
// there is none.
func (m *Message) Get(name string) string {
	value, _ := m.Find(name)
	return value.text
}

// Find is Get with its place; ErrEnd if there is none.
func (m *Message) Find(name string) (Slice, error) {
	if err := m.enter(); err != nil {
		return Slice{}, err
	}
	defer m.leave()
	m.all()
	c := (*C.sipward_slice)(m.scratch)
	if err := statusError(C.sipward_message_find(m.ptr, chars(name), size(name), c)); err != nil {
		return Slice{}, err
	}
	return m.slice(*c), nil
}

// Body is what stands behind the empty line, cut to Content-Length where that is shorter; not Present
// if the head has no end.
func (m *Message) Body() (Slice, error) {
	if err := m.enter(); err != nil {
		return Slice{}, err
	}
	defer m.leave()
	m.all()
	c := (*C.sipward_slice)(m.scratch)
	if err := statusError(C.sipward_message_body(m.ptr, c)); err != nil {
		return Slice{}, err
	}
	return m.slice(*c), nil
}

// Param is a parameter of a value.
type Param struct {
	Name  Slice
	Value Slice // not Present: no equals sign; quoted strings with their quotes
}

// Params takes the parameters apart of a Slice that is named Params; none if it is not Present, or of
// another message.
func (m *Message) Params(params Slice) ([]Param, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	m.all()
	if !params.present || int(params.offset)+len(params.text) > len(m.text) || m.text[params.offset:int(params.offset)+len(params.text)] != params.text {
		return nil, nil
	}
	rest := (*C.sipward_slice)(m.scratch)
	*rest = params.c()
	c := (*C.sipward_param)(unsafe.Add(m.scratch, C.sizeof_sipward_slice))
	var all []Param
	for C.sipward_param_next(m.ptr, rest, c) == C.SIPWARD_OK {
		all = append(all, Param{m.slice(c.name), m.slice(c.value)})
	}
	return all, nil
}
