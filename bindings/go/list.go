package sipward

// #include "handles.h"
import "C"

import "time"

// ListEntry is a key on a dynamic list, why it is there and for how long.
type ListEntry struct {
	Key    string // the first 63 bytes of a longer one
	Reason string // name of the rule, or the program's text; the first 47 bytes of a longer one
	Since  int64  // nanoseconds on the monotonic clock of the packets
	Until  int64
}

// Left is how long the entry still stands.
func (l ListEntry) Left(now Moment) time.Duration { return time.Duration(l.Until - now.Monotonic) }

func goEntry(c *C.sipward_list_entry) ListEntry {
	return ListEntry{goChars(c.key[:], c.key_size), goChars(c.reason[:], c.reason_size), int64(c.since_ns), int64(c.until_ns)}
}

// AddToList puts a key on a list that says "dynamic" in the rules, for a time from now; what stands
// there is lengthened, never shortened (remove it first). Of a list of kind cidr the key is an address,
// or a network from 8 bits (IPv6: 16); of kind prefix up to 64 digits; of kind domain a name; of kind exact any text. ErrList if the rules that run have no such
// list; ErrArgument if the key is none of these, or if the key, the reason or the time is empty. On a
// list that is full, what would leave soonest gives way. Entries stand in the state, and a reload
// that keeps the list keeps them.
func (e *Engine) AddToList(list, key, reason string, ttl time.Duration, now Moment) error {
	ptr, err := e.use()
	if err != nil {
		return err
	}
	defer e.h.Done()
	return statusError(C.sipward_engine_list_add(ptr, chars(list), size(list), chars(key), size(key), chars(reason), size(reason), C.int64_t(ttl), C.int64_t(now.Monotonic)))
}

// FindInList is the entry for which rules find the key on the list: of an address also that of a
// network around it, of a number that of its prefix, of a name that of its domain. ErrEnd: it is not there.
func (e *Engine) FindInList(list, key string, now Moment) (ListEntry, error) {
	ptr, err := e.use()
	if err != nil {
		return ListEntry{}, err
	}
	defer e.h.Done()
	c := C.sipward_list_entry{struct_size: C.sizeof_sipward_list_entry}
	if err := statusError(C.sipward_engine_list_find(ptr, chars(list), size(list), chars(key), size(key), C.int64_t(now.Monotonic), &c)); err != nil {
		return ListEntry{}, err
	}
	return goEntry(&c), nil
}

// RemoveFromList takes this very key off the list. ErrEnd: it is not there.
func (e *Engine) RemoveFromList(list, key string, now Moment) error {
	ptr, err := e.use()
	if err != nil {
		return err
	}
	defer e.h.Done()
	return statusError(C.sipward_engine_list_remove(ptr, chars(list), size(list), chars(key), size(key), C.int64_t(now.Monotonic)))
}

// ListEntries are all living entries of a list, in no order. What comes or goes meanwhile may be
// missed. It reads the whole table: 160 bytes for each entry that the list may hold.
func (e *Engine) ListEntries(list string, now Moment) ([]ListEntry, error) {
	ptr, err := e.use()
	if err != nil {
		return nil, err
	}
	defer e.h.Done()
	var all []ListEntry
	var cursor C.uint64_t
	c := C.sipward_list_entry{struct_size: C.sizeof_sipward_list_entry}
	for {
		status := C.sipward_engine_list_next(ptr, chars(list), size(list), C.int64_t(now.Monotonic), &cursor, &c)
		if status == C.SIPWARD_END {
			return all, nil
		}
		if status != C.SIPWARD_OK {
			return nil, statusError(status)
		}
		all = append(all, goEntry(&c))
	}
}
