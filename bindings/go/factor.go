package sipward

// #include "handles.h"
import "C"

import (
	"runtime"
	"time"

	"sipward/internal/handle"
)

// CodeHash is the hash of one-time codes.
type CodeHash uint32

const (
	CodeSHA1   = CodeHash(C.SIPWARD_CODE_SHA_1) // what most apps have
	CodeSHA256 = CodeHash(C.SIPWARD_CODE_SHA_256)
	CodeSHA512 = CodeHash(C.SIPWARD_CODE_SHA_512)
)

// CodeResult is what a one-time code is worth.
type CodeResult uint32

const (
	CodeWrong  = CodeResult(C.SIPWARD_CODE_WRONG)
	CodeRight  = CodeResult(C.SIPWARD_CODE_RIGHT)
	CodeUsed   = CodeResult(C.SIPWARD_CODE_USED)   // it is right, but it or a later one was taken before
	CodeLocked = CodeResult(C.SIPWARD_CODE_LOCKED) // too many attempts: nothing was compared
)

// CodeOptions are those of NewSecondFactor; 0 is the default.
type CodeOptions struct {
	Hash        CodeHash
	Digits      int           // 6, up to 8
	Step        time.Duration // 30 seconds, up to an hour
	Window      int           // steps before and behind the present one whose codes are good: 1, up to 10
	PresentOnly bool          // none of them is
	Attempts    int           // of an account at once: 5, up to 1,000
	Recovers    time.Duration // one more attempt every so often: a minute
	Accounts    int           // that are remembered: 16,384
	State       *State        // where used codes and attempts are remembered
}

// SecondFactor checks one-time codes (RFC 6238 over RFC 4226), each of which counts once. One
// goroutine at a time; those over one state share what was used.
type SecondFactor struct {
	guard  handle.Guard
	ptr    *C.sipward_second_factor
	memory arena
}

// NewSecondFactor makes one. ErrStateFull: the state has no room. ErrUnsupported if the library was
// built without identity.
func NewSecondFactor(options CodeOptions) (*SecondFactor, error) {
	var memory arena
	defer memory.free()
	c := (*C.sipward_second_factor_options)(sized(memory.alloc(C.sizeof_sipward_second_factor_options), C.sizeof_sipward_second_factor_options))
	c.hash, c.digits, c.window = C.uint32_t(options.Hash), limit(options.Digits), limit(options.Window)
	c.present_only = truth(options.PresentOnly)
	c.attempts, c.accounts = limit(options.Attempts), limit(options.Accounts)
	c.step_s, c.recovers_s = C.uint64_t(options.Step/time.Second), C.uint64_t(options.Recovers/time.Second)
	if options.State == nil {
		return nil, ErrArgument
	}
	ptr, err := options.State.use()
	if err != nil {
		return nil, err
	}
	defer options.State.h.Done()
	c.state = ptr
	f := &SecondFactor{}
	if err := statusError(C.sipward_second_factor_create(c, &f.ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(f, (*SecondFactor).Close)
	return f, nil
}

// Close gives the second factor back.
func (f *SecondFactor) Close() error {
	if f == nil || f.ptr == nil {
		return ErrClosed
	}
	if err := f.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(f, nil)
	C.sipward_second_factor_destroy(f.ptr)
	f.memory.wipe()
	return nil
}

// CodeAttempt is a code and what it is for.
type CodeAttempt struct {
	Time    Moment
	Account string
	Secret  string // base32, as the account's app has it
	Code    string
	Use     string // a Call-ID: for that the code may come again; empty: it counts once
}

// Check says what a code is worth. ErrCredential: the secret is none.
func (f *SecondFactor) Check(attempt *CodeAttempt) (CodeResult, error) {
	if f == nil || f.ptr == nil {
		return CodeWrong, ErrClosed
	}
	if err := f.guard.Enter(); err != nil {
		return CodeWrong, err
	}
	defer f.guard.Leave()
	if attempt == nil {
		return CodeWrong, ErrArgument
	}
	f.memory.reset()
	m := &f.memory
	c := (*C.sipward_code_attempt)(sized(m.alloc(C.sizeof_sipward_code_attempt), C.sizeof_sipward_code_attempt))
	c.wall_ns, c.monotonic_ns = C.int64_t(attempt.Time.Wall), C.int64_t(attempt.Time.Monotonic)
	c.account, c.secret = m.text(attempt.Account), m.text(attempt.Secret)
	c.code, c.use = m.text(attempt.Code), m.text(attempt.Use)
	var result C.uint32_t
	err := statusError(C.sipward_second_factor_check(f.ptr, c, &result))
	return CodeResult(result), err
}

// MakeCode is the code of a counter (RFC 4226), of 6 to 8 digits; of RFC 6238 the counter is the
// seconds since 1970 divided by the step. ErrCredential: the secret, in base32, is none.
func MakeCode(hash CodeHash, secret string, counter uint64, digits int) (string, error) {
	var out [8]C.char
	var written C.size_t
	if err := statusError(C.sipward_code_make(C.uint32_t(hash), chars(secret), size(secret), C.uint64_t(counter), limit(digits), &out[0], 8, &written)); err != nil {
		return "", err
	}
	return C.GoStringN(&out[0], C.int(written)), nil
}

// SplitCode takes a number that was dialled with a code behind it apart: "0049301234*492039". ErrEnd:
// there are not exactly so many digits behind the last '*', or nothing before it.
func SplitCode(dialled string, digits int) (number, code string, err error) {
	var memory arena
	defer memory.free()
	var c [2]C.sipward_text
	if err := statusError(C.sipward_code_split(memory.chars(dialled), size(dialled), limit(digits), &c[0], &c[1])); err != nil {
		return "", "", err
	}
	return goText(c[0]), goText(c[1]), nil
}
