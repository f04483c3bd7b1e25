package sipward

// #include "handles.h"
import "C"

import "time"

// BanKind says what a ban is of.
type BanKind uint32

const (
	// BanAddress: "192.0.2.1", "2001:db8::1", or a network that messages are looked up by: the /24 of
	// an IPv4 address, the /64 of an IPv6 one.
	BanAddress = BanKind(C.SIPWARD_BAN_ADDRESS)
	BanAccount = BanKind(C.SIPWARD_BAN_ACCOUNT)
	BanTrunk   = BanKind(C.SIPWARD_BAN_TRUNK)
)

// String is "address", "account" or "trunk".
func (k BanKind) String() string {
	switch k {
	case BanAccount:
		return "account"
	case BanTrunk:
		return "trunk"
	}
	return "address"
}

// Ban is who is banned, why and for how long. An address in a list named "allowed" is never held up
// by a ban, nor is an emergency call.
type Ban struct {
	Kind        BanKind
	Key         string // the first 62 bytes of a longer one
	Reason      string // name of the rule, or the program's text; the first 47 bytes of a longer one
	Since       int64  // nanoseconds on the monotonic clock of the packets
	Until       int64
	AllowListed bool // the address, or a part of the network, is in the list "allowed": there the ban has no effect
}

// Left is how long the ban still holds.
func (b Ban) Left(now Moment) time.Duration { return time.Duration(b.Until - now.Monotonic) }

func goBan(c *C.sipward_ban) Ban {
	return Ban{
		Kind:        BanKind(c.kind),
		Key:         goChars(c.key[:], c.key_size),
		Reason:      goChars(c.reason[:], c.reason_size),
		Since:       int64(c.since_ns),
		Until:       int64(c.until_ns),
		AllowListed: c.flags&C.SIPWARD_BAN_ALLOW_LISTED != 0,
	}
}

// AddBan bans for a time from now. The reason is what FindBan tells later; a ban that stands is
// lengthened, never shortened (remove it first). ErrArgument if the key is no address or network as
// said at BanAddress, or if the key, the reason or the time is empty. In a table that is full
// (16,384), the ban that would end first gives way. Bans are those of the state: all engines over
// one state have the same.
func (e *Engine) AddBan(kind BanKind, key, reason string, ttl time.Duration, now Moment) error {
	ptr, err := e.use()
	if err != nil {
		return err
	}
	defer e.h.Done()
	return statusError(C.sipward_engine_ban_add(ptr, C.uint32_t(kind), chars(key), size(key), chars(reason), size(reason), C.int64_t(ttl), C.int64_t(now.Monotonic)))
}

// FindBan is the ban that messages of this address, account or trunk meet: of an address also that of
// its network. ErrEnd: it is not banned.
func (e *Engine) FindBan(kind BanKind, key string, now Moment) (Ban, error) {
	ptr, err := e.use()
	if err != nil {
		return Ban{}, err
	}
	defer e.h.Done()
	c := C.sipward_ban{struct_size: C.sizeof_sipward_ban}
	if err := statusError(C.sipward_engine_ban_find(ptr, C.uint32_t(kind), chars(key), size(key), C.int64_t(now.Monotonic), &c)); err != nil {
		return Ban{}, err
	}
	return goBan(&c), nil
}

// RemoveBan takes back the ban of this very key. ErrEnd: there is none.
func (e *Engine) RemoveBan(kind BanKind, key string, now Moment) error {
	ptr, err := e.use()
	if err != nil {
		return err
	}
	defer e.h.Done()
	return statusError(C.sipward_engine_ban_remove(ptr, C.uint32_t(kind), chars(key), size(key), C.int64_t(now.Monotonic)))
}

// Bans are all that stand, in no order. What comes or goes meanwhile may be missed. It reads a table
// of 2.5 MiB.
func (e *Engine) Bans(now Moment) ([]Ban, error) {
	ptr, err := e.use()
	if err != nil {
		return nil, err
	}
	defer e.h.Done()
	var all []Ban
	var cursor C.uint64_t
	c := C.sipward_ban{struct_size: C.sizeof_sipward_ban}
	for {
		status := C.sipward_engine_ban_next(ptr, C.int64_t(now.Monotonic), &cursor, &c)
		if status == C.SIPWARD_END {
			return all, nil
		}
		if status != C.SIPWARD_OK {
			return nil, statusError(status)
		}
		all = append(all, goBan(&c))
	}
}
