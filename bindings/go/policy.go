package sipward

// #include "handles.h"
import "C"

// Profile says what refuses a message. Whatever a profile accepts is still named as an anomaly.
type Profile uint32

const (
	ProfileTolerant = Profile(C.SIPWARD_PROFILE_TOLERANT) // what deployed peers send is accepted
	ProfileStrict   = Profile(C.SIPWARD_PROFILE_STRICT)   // the grammar of the RFC is demanded
)

// Policy is changes to a profile: every leniency is a switch with the name of its anomaly. The zero
// value changes nothing. It is a plain value that may be copied.
type Policy struct {
	c C.sipward_policy
}

// Accept has the anomaly of this name ("line.bare_lf") no longer refuse a message. ErrArgument if
// there is none, or if both profiles refuse it: nothing could be relied on behind it. The last call
// about a name counts.
func (p *Policy) Accept(name string) error {
	return statusError(C.sipward_policy_accept(&p.c, chars(name), size(name)))
}

// Refuse has the anomaly of this name refuse a message. ErrArgument if there is none.
func (p *Policy) Refuse(name string) error {
	return statusError(C.sipward_policy_refuse(&p.c, chars(name), size(name)))
}
