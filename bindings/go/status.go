package sipward

// #include "handles.h"
import "C"

// Status is what the library says of a call that did not do what was asked. Each value below is an
// error to compare with errors.Is; richer errors (RulesError, ReasonError, EditError,
// StateFullError) unwrap to one of them.
type Status int32

const (
	// ErrIncomplete: a stream needs more bytes.
	ErrIncomplete = Status(C.SIPWARD_INCOMPLETE)
	// ErrEnd: there is nothing (more) of the kind that was asked for.
	ErrEnd = Status(C.SIPWARD_END)
	// ErrArgument: an index or value that is out of range, or a name that is not known.
	ErrArgument = Status(C.SIPWARD_ERR_ARGUMENT)
	// ErrNoMemory: memory that is needed to make an object cannot be had.
	ErrNoMemory = Status(C.SIPWARD_ERR_NO_MEMORY)
	// ErrMalformed: the bytes are not SIP; Message.Refused says why.
	ErrMalformed = Status(C.SIPWARD_ERR_MALFORMED)
	// ErrLimit: there is more than a limit allows; Message.Refused says of what.
	ErrLimit = Status(C.SIPWARD_ERR_LIMIT)
	// ErrRules: the rules have errors; the error is a *RulesError.
	ErrRules = Status(C.SIPWARD_ERR_RULES)
	// ErrStateFull: the state is too small for these rules; of Engine.Reload, the error is a
	// *StateFullError.
	ErrStateFull = Status(C.SIPWARD_ERR_STATE_FULL)
	// ErrSpace: a buffer is too small. This package makes them large enough, so nobody sees it.
	ErrSpace = Status(C.SIPWARD_ERR_SPACE)
	// ErrEdit: a message cannot be edited like this; the error is an *EditError.
	ErrEdit = Status(C.SIPWARD_ERR_EDIT)
	// ErrField: an event has no such field, or its value is of another type.
	ErrField = Status(C.SIPWARD_ERR_FIELD)
	// ErrSnapshot: the bytes are no snapshot for this state; the error is a *ReasonError.
	ErrSnapshot = Status(C.SIPWARD_ERR_SNAPSHOT)
	// ErrList: the rules have no dynamic list of this name.
	ErrList = Status(C.SIPWARD_ERR_LIST)
	// ErrTicket: the ticket is not that of the packet.
	ErrTicket = Status(C.SIPWARD_ERR_TICKET)
	// ErrCredential: a certificate, key or list of revoked ones cannot be used; the error is a
	// *ReasonError.
	ErrCredential = Status(C.SIPWARD_ERR_CREDENTIAL)
	// ErrUnsupported: the library was built without what this needs.
	ErrUnsupported = Status(C.SIPWARD_ERR_UNSUPPORTED)
	// ErrSign: a token that verifiers would refuse is not signed; the error is a *ReasonError.
	ErrSign = Status(C.SIPWARD_ERR_SIGN)
	// ErrCapture: a capture cannot be read; package sipward/capture says why.
	ErrCapture = Status(C.SIPWARD_ERR_CAPTURE)
	// ErrRates: a rate list cannot be used.
	ErrRates = Status(C.SIPWARD_ERR_RATES)
	// ErrFeed: an update of a feed is refused; the error is a *FeedError.
	ErrFeed = Status(C.SIPWARD_ERR_FEED)
	// ErrProcess: the object belongs to the process that this one was forked from.
	ErrProcess = Status(C.SIPWARD_ERR_PROCESS)
)

// Error is the library's sentence for the status.
func (s Status) Error() string {
	return "sipward: " + C.GoString(C.sipward_status_text(C.int32_t(s)))
}

const lowestStatus = 32

// Every status as an error, made once: a status that comes with every hostile message must not
// allocate.
var statusErrors = func() (all [36]error) {
	for i := range all {
		all[i] = Status(i - lowestStatus)
	}
	return all
}()

// statusError is nil for SIPWARD_OK.
func statusError(status C.int32_t) error {
	if status == C.SIPWARD_OK {
		return nil
	}
	if at := int(status) + lowestStatus; at >= 0 && at < len(statusErrors) {
		return statusErrors[at]
	}
	return Status(status)
}
