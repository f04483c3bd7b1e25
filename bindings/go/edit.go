package sipward

// #include "handles.h"
import "C"

import (
	"fmt"
	"unsafe"
)

// EditPlace is where an added line goes, by the places in the message as it was parsed. Several lines
// at one place stand there in the order of the edits.
type EditPlace uint32

const (
	PlaceEnd         = EditPlace(C.SIPWARD_PLACE_END)
	PlaceTop         = EditPlace(C.SIPWARD_PLACE_TOP)          // behind the start line: a proxy's Via, Route, Record-Route
	PlaceBeforeFirst = EditPlace(C.SIPWARD_PLACE_BEFORE_FIRST) // of the same name; if there is none, at the top
	PlaceAfterLast   = EditPlace(C.SIPWARD_PLACE_AFTER_LAST)   // of the same name; if there is none, at the end
)

// EditWhich says which lines of a name are meant.
type EditWhich uint32

const (
	WhichAll   = EditWhich(C.SIPWARD_WHICH_ALL)
	WhichFirst = EditWhich(C.SIPWARD_WHICH_FIRST)
	WhichLast  = EditWhich(C.SIPWARD_WHICH_LAST)
)

// StripSet is sets of headers that an edge towards parties that it does not trust takes away, because
// what stands behind it believes them; they are or-ed.
type StripSet uint32

const (
	StripAsserted    = StripSet(C.SIPWARD_STRIP_ASSERTED)     // P-Asserted-Identity: RFC 3325 section 5
	StripPreferred   = StripSet(C.SIPWARD_STRIP_PREFERRED)    // P-Preferred-Identity: RFC 3325 section 9.2
	StripRemoteParty = StripSet(C.SIPWARD_STRIP_REMOTE_PARTY) // Remote-Party-ID
	StripDiversion   = StripSet(C.SIPWARD_STRIP_DIVERSION)    // Diversion, CC-Diversion: RFC 5806
	StripHistory     = StripSet(C.SIPWARD_STRIP_HISTORY)      // History-Info: RFC 7044
	StripAttestation = StripSet(C.SIPWARD_STRIP_ATTESTATION)  // P-Attestation-Indicator, P-Origination-Id, Attestation-Info, Origination-Id
	StripProvider    = StripSet(C.SIPWARD_STRIP_PROVIDER)     // P-Asserted-Service, P-Served-User, P-Called-Party-ID, P-Charging-Vector, P-Charging-Function-Addresses
	StripIdentity    = StripSet(C.SIPWARD_STRIP_IDENTITY)     // Identity, Identity-Info: RFC 8224; signed, so it needs no trust
	StripPrivacy     = StripSet(C.SIPWARD_STRIP_PRIVACY)      // Privacy: RFC 3323; for an edge that has fulfilled it
	StripUntrusted   = StripSet(C.SIPWARD_STRIP_UNTRUSTED)    // all but the last two
	StripEverything  = StripSet(C.SIPWARD_STRIP_EVERYTHING)
)

// Edit is one change to a message that is written back. Make it with one of the functions below.
//
// A header is named in any form: compact and long are the same, letters in any case. Names are
// tokens; values hold no control character but TAB. Content-Length cannot be named: it is made right
// by every Write with edits. Edits that take away all of a header take every spelling that some
// program reads as this header. Where several edits name one line, the last decides.
type Edit struct {
	kind, place, which, number uint32
	name, value                string
	body                       []byte
}

// AddHeader adds a header line.
func AddHeader(name, value string, place EditPlace) Edit {
	return Edit{kind: C.SIPWARD_EDIT_ADD, name: name, value: value, place: uint32(place)}
}

// SetHeader is the value for the first header of this name; the others go. It is added at the end if
// there is none.
func SetHeader(name, value string) Edit {
	return Edit{kind: C.SIPWARD_EDIT_SET, name: name, value: value}
}

// ReplaceHeader changes the value of the lines chosen; none: nothing.
func ReplaceHeader(name, value string, which EditWhich) Edit {
	return Edit{kind: C.SIPWARD_EDIT_REPLACE, name: name, value: value, which: uint32(which)}
}

// ReplaceLine changes the value of a header line, by its index in Message.Headers.
func ReplaceLine(line int, value string) Edit {
	return Edit{kind: C.SIPWARD_EDIT_REPLACE, value: value, which: C.SIPWARD_WHICH_LINE, number: uint32(number(line))}
}

// RemoveHeader takes the lines chosen away; none: nothing.
func RemoveHeader(name string, which EditWhich) Edit {
	return Edit{kind: C.SIPWARD_EDIT_REMOVE, name: name, which: uint32(which)}
}

// RemoveLine takes a header line away, by its index in Message.Headers.
func RemoveLine(line int) Edit {
	return Edit{kind: C.SIPWARD_EDIT_REMOVE, which: C.SIPWARD_WHICH_LINE, number: uint32(number(line))}
}

// SetRequestURI is another Request-URI.
func SetRequestURI(uri string) Edit { return Edit{kind: C.SIPWARD_EDIT_REQUEST_URI, value: uri} }

// SetStatus is another status code (0: as it is) and reason phrase.
func SetStatus(code int, reason string) Edit {
	return Edit{kind: C.SIPWARD_EDIT_STATUS, number: uint32(limit(code)), value: reason}
}

// SetBody is another body and its Content-Type; both empty: no body any more.
func SetBody(contentType string, body []byte) Edit {
	return Edit{kind: C.SIPWARD_EDIT_BODY, value: contentType, body: body}
}

// Strip takes the headers of sets away.
func Strip(sets StripSet) Edit { return Edit{kind: C.SIPWARD_EDIT_STRIP, number: uint32(sets)} }

// EditProblem is why a message was not written.
type EditProblem uint32

const (
	EditProblemMessage       = EditProblem(C.SIPWARD_EDIT_PROBLEM_MESSAGE)        // the parser refused it, or its head has no end
	EditProblemTooMany       = EditProblem(C.SIPWARD_EDIT_PROBLEM_TOO_MANY)       // edits: MaxEdits
	EditProblemKind          = EditProblem(C.SIPWARD_EDIT_PROBLEM_KIND)           // a kind, place, choice or set that is not known
	EditProblemName          = EditProblem(C.SIPWARD_EDIT_PROBLEM_NAME)           // not a token
	EditProblemValue         = EditProblem(C.SIPWARD_EDIT_PROBLEM_VALUE)          // holds a control character
	EditProblemLine          = EditProblem(C.SIPWARD_EDIT_PROBLEM_LINE)           // no such line, or of none that is a token
	EditProblemContentLength = EditProblem(C.SIPWARD_EDIT_PROBLEM_CONTENT_LENGTH) // is the library's own
	EditProblemStartLine     = EditProblem(C.SIPWARD_EDIT_PROBLEM_START_LINE)     // a Request-URI, status code or reason phrase that is none, or a message of the other kind
	EditProblemContentType   = EditProblem(C.SIPWARD_EDIT_PROBLEM_CONTENT_TYPE)   // a body without one
	EditProblemSingleton     = EditProblem(C.SIPWARD_EDIT_PROBLEM_SINGLETON)      // would stand twice
	EditProblemMandatory     = EditProblem(C.SIPWARD_EDIT_PROBLEM_MANDATORY)      // would be gone
	EditProblemHidden        = EditProblem(C.SIPWARD_EDIT_PROBLEM_HIDDEN)         // a header that must go stands behind a control character inside another line
	EditProblemNotNormal     = EditProblem(C.SIPWARD_EDIT_PROBLEM_NOT_NORMAL)     // NUL, a bare CR or the like has no normal form
	EditProblemLimit         = EditProblem(C.SIPWARD_EDIT_PROBLEM_LIMIT)          // beyond the limits with which the message was parsed
)

// String is one sentence.
func (p EditProblem) String() string {
	text := C.sipward_edit_problem_text(C.uint32_t(p))
	if text == nil {
		return ""
	}
	return C.GoString(text)
}

// EditError is why a message was not written, and for which edit. It is ErrEdit for errors.Is.
type EditError struct {
	Problem EditProblem
	Edit    int // index of the edit concerned; -1: none
}

// Error is the sentence of the problem.
func (e *EditError) Error() string {
	if e.Edit < 0 {
		return "sipward: " + e.Problem.String()
	}
	return fmt.Sprintf("sipward: edit %d: %s", e.Edit, e.Problem)
}

// Unwrap is ErrEdit, for errors.Is.
func (e *EditError) Unwrap() error { return ErrEdit }

// MaxEdits is how many edits one Write may have.
const MaxEdits = C.SIPWARD_MAX_EDITS

// Write appends the message to a buffer, edited, and returns the extended buffer. What is not edited is
// copied byte for byte, in order; without edits the copy is exact. With edits, what followed the end
// of the body is left out (RFC 3261 section 18.3). What was written parses.
//
// Only what the parser let pass is written; Validate the message first to have its values judged as
// well. An *EditError (ErrEdit) says which edit cannot be done and why; then nothing is appended. If
// the buffer has room, nothing is allocated.
func (m *Message) Write(buffer []byte, edits ...Edit) ([]byte, error) {
	return m.write(buffer, 0, edits)
}

// WriteNormal is Write in one form: single spaces in the start line, long names, one space behind the
// colon, no folds, CRLF, a right Content-Length, nothing around the message; lines that are no headers
// are left out. Header lines stay lines, in order; values are not looked into.
func (m *Message) WriteNormal(buffer []byte, edits ...Edit) ([]byte, error) {
	return m.write(buffer, C.SIPWARD_WRITE_NORMAL, edits)
}

func (m *Message) write(buffer []byte, flags C.uint32_t, edits []Edit) ([]byte, error) {
	if err := m.enter(); err != nil {
		return buffer, err
	}
	defer m.leave()
	m.memory.reset()
	array := m.putEdits(edits)
	result := (*C.sipward_edit_result)(m.out(C.sizeof_sipward_edit_result))
	for {
		room := buffer[len(buffer):cap(buffer)]
		status := C.sipward_message_write(m.ptr, array, C.size_t(len(edits)), flags, bytesOf(room), C.size_t(len(room)), result)
		switch status {
		case C.SIPWARD_OK:
			return buffer[:len(buffer)+int(result.size)], nil
		case C.SIPWARD_ERR_SPACE:
			grown := make([]byte, len(buffer), len(buffer)+int(result.size))
			copy(grown, buffer)
			buffer = grown
		case C.SIPWARD_ERR_EDIT:
			return buffer, &EditError{EditProblem(result.problem), indexOrNone(result.edit)}
		default:
			return buffer, statusError(status)
		}
	}
}

// putEdits is the edits in C memory; nil for none.
func (m *Message) putEdits(edits []Edit) *C.sipward_edit {
	if len(edits) == 0 {
		return nil
	}
	array := (*C.sipward_edit)(m.memory.zeroed(uintptr(len(edits)) * C.sizeof_sipward_edit))
	for i := range edits {
		e, c := &edits[i], &unsafe.Slice(array, len(edits))[i]
		c.struct_size = C.sizeof_sipward_edit
		c.kind, c.place, c.which, c.number = C.uint32_t(e.kind), C.uint32_t(e.place), C.uint32_t(e.which), C.uint32_t(e.number)
		c.name, c.name_size = m.memory.chars(e.name), size(e.name)
		c.value, c.value_size = m.memory.chars(e.value), size(e.value)
		c.body, c.body_size = m.memory.bytes(e.body), C.size_t(len(e.body))
	}
	return array
}
