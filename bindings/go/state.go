package sipward

// #include "handles.h"
import "C"

import (
	"crypto/rand"
	"runtime"

	"sipward/internal/handle"
)

// State is the one region of memory that changes: counts, bans, scores, dynamic lists. Its size is
// chosen once and never grows; what has no room makes the least valuable give way, and is counted.
// Any number of engines and goroutines may share it.
//
// The C library can share a state across fork; a Go program cannot fork, so that is left out here.
type State struct {
	h handle.Shared[C.sipward_state]
}

// StateOptions are those of NewState; the zero value is what most programs want.
type StateOptions struct {
	Bytes uint64 // size of the region; 0 is 64 MiB, 64 KiB the least
	// Seed is the secret of the keyed hashes, so that nobody can choose keys that collide. All zero:
	// random bytes are taken. Give one (NewSeed makes it) and keep it, if snapshots of the state are
	// to be restored in another process.
	Seed [16]byte
	// FixedSeed takes Seed as it is even if it is all zero: to repeat a replay.
	FixedSeed bool
}

// NewSeed is 16 random bytes for StateOptions and TrustOptions.
func NewSeed() ([16]byte, error) {
	var seed [16]byte
	_, err := rand.Read(seed[:])
	return seed, err
}

// NewState reserves the region. ErrNoMemory if it cannot be had or is below 64 KiB.
func NewState(options StateOptions) (*State, error) {
	if options.Seed == [16]byte{} && !options.FixedSeed {
		seed, err := NewSeed()
		if err != nil {
			return nil, err
		}
		options.Seed = seed
	}
	c := C.sipward_state_options{struct_size: C.sizeof_sipward_state_options, bytes: C.uint64_t(options.Bytes)}
	copyBytes(c.seed[:], options.Seed[:])
	s := &State{}
	if err := statusError(C.sipward_state_create(&c, &s.h.Ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(s, (*State).Close)
	return s, nil
}

func copyBytes(to []C.uint8_t, from []byte) {
	for i, b := range from {
		to[i] = C.uint8_t(b)
	}
}

// Close gives the state back; engines that have it keep it.
func (s *State) Close() error {
	if s == nil {
		return ErrClosed
	}
	err := s.h.Close(func(p *C.sipward_state) { C.sipward_state_destroy(p) })
	if err == nil {
		runtime.SetFinalizer(s, nil)
	}
	return err
}

func (s *State) use() (*C.sipward_state, error) {
	if s == nil {
		return nil, ErrClosed
	}
	return s.h.Use()
}

func cMoment(m Moment) C.sipward_moment {
	return C.sipward_moment{
		struct_size:  C.sizeof_sipward_moment,
		wall_ns:      C.int64_t(m.Wall),
		monotonic_ns: C.int64_t(m.Monotonic),
	}
}

// Snapshot is a copy of all that is counted, banned and listed, so that it outlives a restart. It
// may be taken while others inspect, and holds them up by microseconds. It reads the whole region,
// and its size is at most a little more than that.
func (s *State) Snapshot(now Moment) ([]byte, error) {
	ptr, err := s.use()
	if err != nil {
		return nil, err
	}
	defer s.h.Done()
	moment := cMoment(now)
	var out []byte
	for {
		var written C.size_t
		status := C.sipward_state_snapshot(ptr, &moment, bytesOf(out), C.size_t(len(out)), &written)
		if status == C.SIPWARD_OK {
			return out[:written], nil
		}
		if status != C.SIPWARD_ERR_SPACE {
			return nil, statusError(status)
		}
		out = make([]byte, written)
	}
}

// Restore takes over a snapshot: for the time after NewState and before the first Engine. The state
// must have the size and the seed of the one that was copied. Any bytes may be given: what is cut,
// changed or foreign is refused with a *ReasonError that is ErrSnapshot, and leaves the state as it
// was. The monotonic clock may be another than then: bans and windows end as if the host had slept
// from the wall time of the snapshot to now.
func (s *State) Restore(snapshot []byte, now Moment) error {
	ptr, err := s.use()
	if err != nil {
		return err
	}
	defer s.h.Done()
	moment := cMoment(now)
	var why C.sipward_text
	status := C.sipward_state_restore(ptr, bytesOf(snapshot), C.size_t(len(snapshot)), &moment, &why)
	return reasonError(status, why)
}

// reasonError is a ReasonError where the library gave a reason.
func reasonError(status C.int32_t, reason C.sipward_text) error {
	err := statusError(status)
	if err == nil || reason.data == nil {
		return err
	}
	return &ReasonError{Status(status), goText(reason)}
}
