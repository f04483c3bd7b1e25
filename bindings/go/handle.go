package sipward

import (
	"sync"
	"sync/atomic"
)

// shared is the C object of a type that any number of goroutines may use. Close waits for the calls
// that run; whoever calls afterwards is told ErrClosed.
type shared[T any] struct {
	mu  sync.RWMutex
	ptr *T
}

// use returns the object, to be given back with done unless there is an error.
func (s *shared[T]) use() (*T, error) {
	s.mu.RLock()
	if s.ptr == nil {
		s.mu.RUnlock()
		return nil, ErrClosed
	}
	return s.ptr, nil
}

// done also keeps the owner of the object, and so the object, alive until here.
func (s *shared[T]) done() { s.mu.RUnlock() }

func (s *shared[T]) close(destroy func(*T)) error {
	s.mu.Lock()
	ptr := s.ptr
	s.ptr = nil
	s.mu.Unlock()
	if ptr == nil {
		return ErrClosed
	}
	destroy(ptr)
	return nil
}

// guard is for objects that belong to one goroutine at a time. It costs two atomic operations a call
// and turns what would be a data race in C into ErrInUse.
type guard struct{ state uint32 }

const (
	guardFree   = 0
	guardInside = 1
	guardClosed = 2
)

func (g *guard) enter() error {
	if atomic.CompareAndSwapUint32(&g.state, guardFree, guardInside) {
		return nil
	}
	if atomic.LoadUint32(&g.state) == guardClosed {
		return ErrClosed
	}
	return ErrInUse
}

func (g *guard) leave() { atomic.StoreUint32(&g.state, guardFree) }

// close succeeds once, and never while somebody is inside.
func (g *guard) close() error {
	if atomic.CompareAndSwapUint32(&g.state, guardFree, guardClosed) {
		return nil
	}
	if atomic.LoadUint32(&g.state) == guardClosed {
		return ErrClosed
	}
	return ErrInUse
}
