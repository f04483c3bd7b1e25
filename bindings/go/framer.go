package sipward

// #include <stdlib.h>
// #include "handles.h"
import "C"

import (
	"runtime"
	"unsafe"

	"sipward/internal/handle"
)

// Framer cuts the bytes of one TCP or TLS connection into messages (RFC 3261 section 18.3). One for
// each connection; one goroutine at a time.
type Framer struct {
	guard handle.Guard
	ptr   *C.sipward_framer
	out   unsafe.Pointer // what the library writes: a pointer, two sizes, an anomaly
	room  []byte         // the message of Next
}

// In the order of Framer.out.
type framerOut struct {
	data  *C.char
	size  C.size_t
	error C.sipward_anomaly
}

// NewFramer reserves a buffer for the longest message: limit bytes, 0 is 1 MiB.
func NewFramer(limitBytes int) (*Framer, error) {
	f := &Framer{}
	if err := statusError(C.sipward_framer_create(limit(limitBytes), &f.ptr)); err != nil {
		return nil, err
	}
	f.out = zeroed(unsafe.Sizeof(framerOut{}))
	runtime.SetFinalizer(f, (*Framer).Close)
	return f, nil
}

// Close gives the framer back.
func (f *Framer) Close() error {
	if f == nil || f.ptr == nil {
		return ErrClosed
	}
	if err := f.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(f, nil)
	C.sipward_framer_destroy(f.ptr)
	C.free(f.out)
	return nil
}

func (f *Framer) enter() error {
	if f == nil || f.ptr == nil {
		return ErrClosed
	}
	return f.guard.Enter()
}

// Push takes bytes in, and returns how many. If that is less than all: call Next until ErrIncomplete,
// then push the rest. The bytes are copied. After an error of Next all are taken and thrown away.
func (f *Framer) Push(data []byte) (int, error) {
	if err := f.enter(); err != nil {
		return 0, err
	}
	defer f.guard.Leave()
	out := (*framerOut)(f.out)
	if err := statusError(C.sipward_framer_push(f.ptr, bytesOf(data), C.size_t(len(data)), &out.size)); err != nil {
		return 0, err
	}
	return int(out.size), nil
}

// Next is the next whole message, valid until the next call of Next. ErrIncomplete: more bytes are
// needed. A *FramingError (ErrMalformed or ErrLimit): the stream cannot be cut any more, for good. It allocates only where a
// message is longer than all before.
func (f *Framer) Next() ([]byte, error) {
	if err := f.enter(); err != nil {
		return nil, err
	}
	defer f.guard.Leave()
	out := (*framerOut)(f.out)
	status := C.sipward_framer_next(f.ptr, &out.data, &out.size, &out.error)
	switch status {
	case C.SIPWARD_OK:
	case C.SIPWARD_ERR_MALFORMED, C.SIPWARD_ERR_LIMIT:
		return nil, &FramingError{Status(status), Anomaly{int(out.error.id), int(out.error.offset)}}
	default:
		return nil, statusError(status)
	}
	f.room = append(f.room[:0], unsafe.Slice((*byte)(unsafe.Pointer(out.data)), int(out.size))...)
	return f.room, nil
}

// Pending is the bytes of an unfinished message; at the end of the connection, more than 0: it was
// cut off.
func (f *Framer) Pending() (int, error) {
	if err := f.enter(); err != nil {
		return 0, err
	}
	defer f.guard.Leave()
	return int(C.sipward_framer_pending(f.ptr)), nil
}

// FramingError is why a stream cannot be cut.
type FramingError struct {
	Status  Status // ErrMalformed or ErrLimit
	Anomaly Anomaly
}

// Error is the sentence of the anomaly.
func (e *FramingError) Error() string { return "sipward: " + e.Anomaly.Info().Sentence }

// Unwrap is the status, for errors.Is.
func (e *FramingError) Unwrap() error { return e.Status }
