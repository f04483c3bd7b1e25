package sipward

// #include "handles.h"
import "C"

import "time"

// TokenPart is the header or the claims of a token.
type TokenPart struct {
	Reason    string // "OK": base64url and JSON are right
	JSON      string // as it was encoded, as far as that can be told
	Canonical bool   // in the form of RFC 8225 section 9
}

// Token is the value of an Identity header, or a token alone, taken apart for people: nothing is
// verified, and what is wrong in one part hides no other. It is a plain value.
type Token struct {
	Reason     string // the first that a verification would give, up to the claims
	Flags      IdentityFlags
	Info       string
	PPT        string
	Header     TokenPart
	Payload    TokenPart
	Signature  []byte
	Compact    bool
	IssuedAt   time.Time // zero: none, or the claims cannot be read
	Orig       string    // "tn 12155550101", "uri sip:..."
	Dest       []string  // as Orig is
	Div        string
	Attest     string
	OrigID     string
	Name       string // nam of rich call data
	CallReason string // crn
	Opt        string // a token within
}

// ReadToken takes a token apart. Whatever it is, that is no error. Not for the path of a call.
func ReadToken(value string) (Token, error) {
	var ptr *C.sipward_token
	if err := statusError(C.sipward_token_create(chars(value), size(value), &ptr)); err != nil {
		return Token{}, err
	}
	defer C.sipward_token_destroy(ptr)
	c := C.sipward_token_parts{struct_size: C.sizeof_sipward_token_parts}
	if err := statusError(C.sipward_token_read(ptr, &c)); err != nil {
		return Token{}, err
	}
	token := Token{
		Reason:     goText(c.reason),
		Flags:      IdentityFlags(c.flags),
		Info:       goText(c.info),
		PPT:        goText(c.ppt),
		Header:     TokenPart{goText(c.header.reason), goText(c.header.json), c.header.canonical != 0},
		Payload:    TokenPart{goText(c.payload.reason), goText(c.payload.json), c.payload.canonical != 0},
		Signature:  []byte(goText(c.signature)),
		Compact:    c.compact != 0,
		Orig:       goText(c.orig),
		Div:        goText(c.div),
		Attest:     goText(c.attest),
		OrigID:     goText(c.origid),
		Name:       goText(c.nam),
		CallReason: goText(c.crn),
		Opt:        goText(c.opt),
	}
	if c.iat != 0 {
		token.IssuedAt = time.Unix(int64(c.iat), 0).UTC()
	}
	for i := C.uint32_t(0); ; i++ {
		var dest C.sipward_text
		status := C.sipward_token_dest(ptr, i, &dest)
		if status == C.SIPWARD_END {
			return token, nil
		}
		if status != C.SIPWARD_OK {
			return Token{}, statusError(status)
		}
		token.Dest = append(token.Dest, goText(dest))
	}
}
