package sipward

import (
	"fmt"

	"sipward/internal/handle"
)

var (
	// ErrClosed: the object was closed. What was closed stays safe to call and only says this.
	ErrClosed = handle.ErrClosed
	// ErrInUse: an object that belongs to one goroutine at a time (a Message, an Inspector, a
	// Framer, a Verifier, a Compiler) is inside a call of another goroutine. Nothing was done. It
	// is a mistake of the program, found here before it can do harm.
	ErrInUse = handle.ErrInUse
)

// ReasonError is a refusal with the library's own word for why: of a snapshot a sentence, of
// certificates, keys and tokens a name as in rules ("CERT_MALFORMED", "KEY_MISMATCH"), which
// DescribeReason explains.
type ReasonError struct {
	Status Status // ErrSnapshot, ErrCredential or ErrSign
	Reason string
}

// Error is the sentence of the status with the reason behind it.
func (e *ReasonError) Error() string { return e.Status.Error() + ": " + e.Reason }

// Unwrap is the status, for errors.Is.
func (e *ReasonError) Unwrap() error { return e.Status }

// StateFullError says what did not fit when rules were loaded.
type StateFullError struct {
	Table string // its key, what it counts, its window; the beginning of a long one
	Bytes uint64 // that the table needs
	Room  uint64 // the largest that the state has room for
}

// Error names the table and how much it lacks.
func (e *StateFullError) Error() string {
	return fmt.Sprintf("%s: the table %q needs %d bytes, the largest room is %d", ErrStateFull.Error(), e.Table, e.Bytes, e.Room)
}

// Unwrap is ErrStateFull, for errors.Is.
func (e *StateFullError) Unwrap() error { return ErrStateFull }
