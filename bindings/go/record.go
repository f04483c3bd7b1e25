package sipward

// #include "handles.h"
import "C"

import (
	"runtime"

	"sipward/internal/handle"
)

// RecordFlags are how an Inspector records what it judges.
type RecordFlags uint32

// How it is recorded.
const (
	RecordOn     RecordFlags = C.SIPWARD_RECORD_ON
	RecordBodies RecordFlags = C.SIPWARD_RECORD_BODIES // with the bodies of messages, which are personal
)

// Record has what is judged from now on recorded, each call of Inspect, Resume or Event anew. 0: no
// longer.
func (i *Inspector) Record(flags RecordFlags) error {
	if err := i.enter(); err != nil {
		return err
	}
	defer i.leave()
	return statusError(C.sipward_inspector_record(i.ptr, C.uint32_t(flags)))
}

// TakeRecord is what was recorded of the last call of Inspect, Resume or Event: all that its verdict
// depended on but the rules, for a Replayer. ErrEnd if nothing was recorded, or more than there is room
// for, or if a batch or a call that failed was the last.
func (i *Inspector) TakeRecord() ([]byte, error) {
	if err := i.enter(); err != nil {
		return nil, err
	}
	defer i.leave()
	if !i.judged {
		return nil, ErrEnd
	}
	return whole(func(out *C.char, room C.size_t, needed *C.size_t) C.int32_t {
		return C.sipward_inspector_take_record(i.ptr, out, room, needed)
	})
}

// whole is what a function writes that says how much room it needs.
func whole(write func(out *C.char, room C.size_t, needed *C.size_t) C.int32_t) ([]byte, error) {
	out := make([]byte, 4096)
	for {
		var needed C.size_t
		status := write(bytesOf(out), C.size_t(len(out)), &needed)
		if status == C.SIPWARD_OK {
			return out[:needed], nil
		}
		if status != C.SIPWARD_ERR_SPACE {
			return nil, statusError(status)
		}
		out = make([]byte, needed)
	}
}

// Replayed is what came of a decision that was judged again.
type Replayed uint32

// What may come of it.
const (
	ReplayedSame       Replayed = C.SIPWARD_REPLAYED_SAME        // the same verdict, rule by rule and value by value
	ReplayedOther      Replayed = C.SIPWARD_REPLAYED_OTHER       // another
	ReplayedBroken     Replayed = C.SIPWARD_REPLAYED_BROKEN      // the record does not fit itself: it was changed
	ReplayedOtherRules Replayed = C.SIPWARD_REPLAYED_OTHER_RULES // it was made by other rules than these
)

// Replayer judges records again, without the state that they were made with. One goroutine at a time. It
// keeps what it needs of the rules, so that they may be closed once it is made.
type Replayer struct {
	guard handle.Guard
	ptr   *C.sipward_replayer
}

// NewReplayer makes one for the rules that made the records, or for the same out of their source.
func NewReplayer(rules *Rules) (*Replayer, error) {
	c, err := rules.use()
	if err != nil {
		return nil, err
	}
	defer rules.h.Done()
	r := &Replayer{}
	if err := statusError(C.sipward_replayer_create(c, &r.ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(r, (*Replayer).Close)
	return r, nil
}

// Close gives the replayer back.
func (r *Replayer) Close() error {
	if r == nil || r.ptr == nil {
		return ErrClosed
	}
	if err := r.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(r, nil)
	C.sipward_replayer_destroy(r.ptr)
	return nil
}

func (r *Replayer) enter() error {
	if r == nil || r.ptr == nil {
		return ErrClosed
	}
	return r.guard.Enter()
}

func (r *Replayer) leave() {
	r.guard.Leave()
	runtime.KeepAlive(r)
}

// Run judges a record of TakeRecord again. Any bytes may be given: ErrMalformed if they are no record.
func (r *Replayer) Run(record []byte) (Replayed, error) {
	if err := r.enter(); err != nil {
		return ReplayedBroken, err
	}
	defer r.leave()
	var outcome C.uint32_t
	status := C.sipward_replayer_run(r.ptr, bytesOf(record), C.size_t(len(record)), &outcome, nil)
	if status != C.SIPWARD_OK {
		return ReplayedBroken, statusError(status)
	}
	return Replayed(outcome), nil
}

// Describe is the record for people, as JSON: the verdict, the packet, the fields with their offsets, the
// identity, the aggregates and entries of lists by name, and the events that followed. ErrMalformed if
// the bytes are no record, ErrArgument if other rules made it.
func (r *Replayer) Describe(record []byte) ([]byte, error) {
	if err := r.enter(); err != nil {
		return nil, err
	}
	defer r.leave()
	return whole(func(out *C.char, room C.size_t, needed *C.size_t) C.int32_t {
		return C.sipward_replayer_describe(r.ptr, bytesOf(record), C.size_t(len(record)), out, room, needed)
	})
}
