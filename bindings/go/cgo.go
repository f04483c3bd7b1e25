package sipward

// #cgo pkg-config: sipward
// #include "handles.h"
import "C"

// What the C functions take of a Go string or byte slice: (*C.char, C.size_t). Its bytes hold no
// pointers, so that cgo lets them pass without a copy; no C function keeps them (objects that would,
// like a Message, get a copy in C memory).

import (
	"strconv"
	"unsafe"
)

func chars(s string) *C.char {
	// The first word of a string is the pointer to its bytes.
	return *(**C.char)(unsafe.Pointer(&s))
}

func bytesOf(b []byte) *C.char {
	return *(**C.char)(unsafe.Pointer(&b))
}

func size(s string) C.size_t { return C.size_t(len(s)) }

func truth(b bool) C.uint32_t {
	if b {
		return 1
	}
	return 0
}

// goText copies a text of the library's own.
func goText(t C.sipward_text) string {
	if t.data == nil {
		return ""
	}
	return C.GoStringN(t.data, C.int(t.size))
}

// goChars copies the first n bytes of a fixed array of a C struct.
func goChars(array []C.char, n C.uint32_t) string {
	if int(n) < len(array) {
		array = array[:n]
	}
	if len(array) == 0 {
		return ""
	}
	return C.GoStringN(&array[0], C.int(len(array)))
}

// Version is that of the libsipward that runs, as "0.1.0".
func Version() string {
	v := uint32(C.sipward_version())
	return strconv.FormatUint(uint64(v>>16), 10) + "." + strconv.FormatUint(uint64(v>>8&0xFF), 10) + "." + strconv.FormatUint(uint64(v&0xFF), 10)
}

// Versions of the C interface that this package was compiled against. A libsipward with another
// major or minor number (before 1.0) may have another binary contract.
const (
	VersionMajor = C.SIPWARD_VERSION_MAJOR
	VersionMinor = C.SIPWARD_VERSION_MINOR
	VersionPatch = C.SIPWARD_VERSION_PATCH
)
