package sipward

// #include "handles.h"
import "C"

// Slice is a piece of a message, as written there, nothing unescaped. What was not written at all is
// the zero Slice; what was written and is empty (the value of ";rport=") is Present and "".
//
// Its text is a Go string that stays valid for ever. All slices of a message share one copy of its
// bytes, which is made when the first is asked for.
type Slice struct {
	text    string
	offset  uint32
	present bool
}

// String is the text; empty if it was not written.
func (s Slice) String() string { return s.text }

// Present says whether it was written.
func (s Slice) Present() bool { return s.present }

// Offset is where it begins in the bytes of the message; -1 if it was not written.
func (s Slice) Offset() int {
	if !s.present {
		return -1
	}
	return int(s.offset)
}

func (s Slice) c() C.sipward_slice {
	if !s.present {
		return C.sipward_slice{offset: C.SIPWARD_ABSENT}
	}
	return C.sipward_slice{C.uint32_t(s.offset), C.uint32_t(len(s.text))}
}
