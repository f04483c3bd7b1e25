package sipward

// #include "handles.h"
import "C"

// BodyKind says what a body, or a part of one, is read as.
type BodyKind uint32

const (
	BodyNone      = BodyKind(C.SIPWARD_BODY_NONE)
	BodyOpaque    = BodyKind(C.SIPWARD_BODY_OPAQUE) // of a type that is not read here, or encoded
	BodySDP       = BodyKind(C.SIPWARD_BODY_SDP)
	BodyMultipart = BodyKind(C.SIPWARD_BODY_MULTIPART)
	BodyText      = BodyKind(C.SIPWARD_BODY_TEXT)
)

// BodyInfo is what the body is, by Content-Type and Content-Encoding.
type BodyInfo struct {
	Kind        BodyKind
	ContentType Slice
	Type        Slice // "application"
	Subtype     Slice // "sdp"
	Params      Slice // for Message.Params
	Parts       int   // of all levels together: 0 to 32
}

// BodyInfo is what the body is; ErrEnd if there is none. A body is read at the first question about
// it, once, in time linear in its size.
func (m *Message) BodyInfo() (BodyInfo, error) {
	if err := m.enter(); err != nil {
		return BodyInfo{}, err
	}
	defer m.leave()
	c := (*C.sipward_body_info)(m.ready(C.sizeof_sipward_body_info))
	if err := statusError(C.sipward_message_body_info(m.ptr, c)); err != nil {
		return BodyInfo{}, err
	}
	return BodyInfo{BodyKind(c.kind), m.slice(c.content_type), m.slice(c._type), m.slice(c.subtype), m.slice(c.params), int(c.part_count)}, nil
}

// Part is one of a multipart body (RFC 2046 section 5.1, RFC 5621). Of its headers, the value of the
// first of each.
type Part struct {
	Kind                    BodyKind // of a multipart part, its own parts follow it
	Depth                   int      // 1: in the body of the message; at most 3
	Parent                  int      // index of the part that it stands in; -1: the body
	Headers                 Slice    // all its header lines
	ContentType             Slice
	ContentDisposition      Slice
	ContentID               Slice
	ContentTransferEncoding Slice
	ContentLength           Slice
	Body                    Slice // without the line end that belongs to the boundary behind it
}

// Parts are those of a multipart body, in the order of their boundaries; none is no error.
func (m *Message) Parts() ([]Part, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	return every(m.part)
}

func (m *Message) part(index int) (Part, error) {
	c := (*C.sipward_part)(m.ready(C.sizeof_sipward_part))
	if err := statusError(C.sipward_message_part(m.ptr, number(index), c)); err != nil {
		return Part{}, err
	}
	return Part{
		Kind:                    BodyKind(c.kind),
		Depth:                   int(c.depth),
		Parent:                  indexOrNone(c.parent),
		Headers:                 m.slice(c.headers),
		ContentType:             m.slice(c.content_type),
		ContentDisposition:      m.slice(c.content_disposition),
		ContentID:               m.slice(c.content_id),
		ContentTransferEncoding: m.slice(c.content_transfer_encoding),
		ContentLength:           m.slice(c.content_length),
		Body:                    m.slice(c.body),
	}, nil
}

// indexOrNone is -1 for SIPWARD_ABSENT.
func indexOrNone(index C.uint32_t) int {
	if index == C.SIPWARD_ABSENT {
		return -1
	}
	return int(index)
}

// Charset is that of a text.
type Charset uint32

const (
	CharsetUTF8    = Charset(C.SIPWARD_CHARSET_UTF8)    // also where nothing is said (RFC 3261 section 7.4.1)
	CharsetASCII   = Charset(C.SIPWARD_CHARSET_ASCII)   // us-ascii
	CharsetLatin   = Charset(C.SIPWARD_CHARSET_LATIN)   // iso-8859-N, windows-125N
	CharsetUnknown = Charset(C.SIPWARD_CHARSET_UNKNOWN) // named, and not known here: its octets are not judged
)

// TextBody is the text of a message, as written.
type TextBody struct {
	Text        Slice
	Charset     Charset
	CharsetName Slice
}

// TextBody is the body if it is text, else the first part that is; ErrEnd if there is none.
func (m *Message) TextBody() (TextBody, error) {
	if err := m.enter(); err != nil {
		return TextBody{}, err
	}
	defer m.leave()
	c := (*C.sipward_body_text)(m.ready(C.sizeof_sipward_body_text))
	if err := statusError(C.sipward_message_text(m.ptr, c)); err != nil {
		return TextBody{}, err
	}
	return TextBody{m.slice(c.text), Charset(c.charset), m.slice(c.charset_name)}, nil
}
