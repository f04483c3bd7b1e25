// Package handle keeps C objects from being used after they were given back, and from being used by
// two goroutines where they belong to one.
package handle

import (
	"errors"
	"sync"
	"sync/atomic"
)

// ErrClosed and ErrInUse are those of package sipward.
var (
	ErrClosed = errors.New("sipward: use of a closed object")
	ErrInUse  = errors.New("sipward: the object is in use by another goroutine")
)

// Shared is the C object of a type that any number of goroutines may use. Close waits for the calls
// that run; whoever calls afterwards is told ErrClosed.
type Shared[T any] struct {
	mu      sync.RWMutex
	Ptr     *T // for whoever makes it
	pins    int
	dead    *T // closed, and pinned
	destroy func(*T)
}

// Use returns the object, to be given back with Done unless there is an error.
func (s *Shared[T]) Use() (*T, error) {
	s.mu.RLock()
	if s.Ptr == nil {
		s.mu.RUnlock()
		return nil, ErrClosed
	}
	return s.Ptr, nil
}

// Done also keeps the owner of the object, and so the object, alive until here.
func (s *Shared[T]) Done() { s.mu.RUnlock() }

// Close destroys the object, or leaves that to the last Unpin.
func (s *Shared[T]) Close(destroy func(*T)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ptr := s.Ptr
	if ptr == nil {
		return ErrClosed
	}
	s.Ptr = nil
	if s.pins > 0 {
		s.dead, s.destroy = ptr, destroy
		return nil
	}
	destroy(ptr)
	return nil
}

// Pin is for another C object that keeps the pointer: this one is not destroyed before Unpin.
func (s *Shared[T]) Pin() (*T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Ptr == nil {
		return nil, ErrClosed
	}
	s.pins++
	return s.Ptr, nil
}

// Unpin takes one Pin back.
func (s *Shared[T]) Unpin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pins--; s.pins == 0 && s.dead != nil {
		s.destroy(s.dead)
		s.dead = nil
	}
}

// Guard is for objects that belong to one goroutine at a time. It costs two atomic operations a call
// and turns what would be a data race in C into ErrInUse.
type Guard struct{ state uint32 }

const (
	free   = 0
	inside = 1
	closed = 2
)

// Enter is to be followed by Leave unless there is an error.
func (g *Guard) Enter() error {
	if atomic.CompareAndSwapUint32(&g.state, free, inside) {
		return nil
	}
	return g.why()
}

// Leave ends what Enter began.
func (g *Guard) Leave() { atomic.StoreUint32(&g.state, free) }

// Close succeeds once, and never while somebody is inside.
func (g *Guard) Close() error {
	if atomic.CompareAndSwapUint32(&g.state, free, closed) {
		return nil
	}
	return g.why()
}

func (g *Guard) why() error {
	if atomic.LoadUint32(&g.state) == closed {
		return ErrClosed
	}
	return ErrInUse
}
