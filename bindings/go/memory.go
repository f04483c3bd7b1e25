package sipward

// #define _DEFAULT_SOURCE 1
// #include <stdlib.h>
// #include <string.h>
// #include "handles.h"
//
// static void sipward_go_wipe(void* p, size_t n) { explicit_bzero(p, n); }
import "C"

import "unsafe"

// A block of C memory that grows and is kept, for what C may hold on to after a call.
type block struct {
	ptr  unsafe.Pointer
	size int
}

// reserve makes room for n bytes. What was inside is lost if it has to grow.
func (b *block) reserve(n int) {
	if n <= b.size {
		return
	}
	grown := 512
	for grown < n {
		grown *= 2
	}
	C.free(b.ptr)
	b.ptr = C.malloc(C.size_t(grown)) // never nil: cgo ends the program where memory runs out
	b.size = grown
}

// put makes the block hold these bytes, and returns where they begin.
func (b *block) put(data []byte) *C.char {
	b.reserve(len(data) + 1)
	copy(unsafe.Slice((*byte)(b.ptr), b.size), data)
	return (*C.char)(b.ptr)
}

func (b *block) free() {
	C.free(b.ptr)
	b.ptr, b.size = nil, 0
}

// zeroed is C memory of n bytes, all zero, to be given back with C.free.
func zeroed(n uintptr) unsafe.Pointer {
	p := C.malloc(C.size_t(n))
	clearBytes(p, n)
	return p
}

// clearBytes goes before Go stores a pointer into C memory that held anything else: the collector
// looks at the pointer that is overwritten, and what looks like one into its heap ends the program.
func clearBytes(p unsafe.Pointer, n uintptr) {
	all := unsafe.Slice((*byte)(p), n)
	for i := range all {
		all[i] = 0
	}
}

// sized clears a C struct and writes its struct_size.
func sized(p unsafe.Pointer, n uintptr) unsafe.Pointer {
	clearBytes(p, n)
	*(*C.uint32_t)(p) = C.uint32_t(n)
	return p
}

// arena is C memory for the texts and arrays that the structs of one call point to: cgo lets no Go
// pointer stand in a struct that is handed over by its address.
type arena struct {
	blocks []block
	used   int // of the last block
}

const arenaAlign = 16

func (a *arena) alloc(n int) unsafe.Pointer {
	n = (n + arenaAlign - 1) &^ (arenaAlign - 1)
	last := len(a.blocks) - 1
	if last < 0 || a.used+n > a.blocks[last].size {
		most := 4096
		if last >= 0 {
			most = 2 * a.blocks[last].size
		}
		var b block
		b.reserve(maxInt(n, most))
		a.blocks = append(a.blocks, b)
		a.used = 0
		last++
	}
	p := unsafe.Add(a.blocks[last].ptr, a.used)
	a.used += n
	return p
}

// zeroed is n bytes of the arena that are all zero.
func (a *arena) zeroed(n uintptr) unsafe.Pointer {
	p := a.alloc(int(n))
	clearBytes(p, n)
	return p
}

func (a *arena) chars(s string) *C.char {
	if s == "" {
		return nil
	}
	p := a.alloc(len(s))
	copy(unsafe.Slice((*byte)(p), len(s)), s)
	return (*C.char)(p)
}

func (a *arena) bytes(b []byte) *C.char {
	if len(b) == 0 {
		return nil
	}
	p := a.alloc(len(b))
	copy(unsafe.Slice((*byte)(p), len(b)), b)
	return (*C.char)(p)
}

func (a *arena) text(s string) C.sipward_text {
	return C.sipward_text{data: a.chars(s), size: C.size_t(len(s))}
}

func (a *arena) textOf(b []byte) C.sipward_text {
	return C.sipward_text{data: a.bytes(b), size: C.size_t(len(b))}
}

// texts is a C array of them; nil if there are none.
func (a *arena) texts(list []string) *C.sipward_text {
	if len(list) == 0 {
		return nil
	}
	array := (*C.sipward_text)(a.zeroed(uintptr(len(list)) * C.sizeof_sipward_text))
	for i, s := range list {
		unsafe.Slice(array, len(list))[i] = a.text(s)
	}
	return array
}

// reset makes all of it free for the next call, in one block that holds as much as was needed now.
func (a *arena) reset() {
	a.used = 0
	if len(a.blocks) < 2 {
		return
	}
	all := 0
	for i := range a.blocks {
		all += a.blocks[i].size
		a.blocks[i].free()
	}
	a.blocks = a.blocks[:1]
	a.blocks[0].reserve(all)
}

func (a *arena) free() {
	for i := range a.blocks {
		a.blocks[i].free()
	}
	a.blocks, a.used = nil, 0
}

// wipe is free for what held a secret.
func (a *arena) wipe() {
	for i := range a.blocks {
		C.sipward_go_wipe(a.blocks[i].ptr, C.size_t(a.blocks[i].size))
	}
	a.free()
}

func maxInt(a, b int) int {
	if a > b {
		return a
	}
	return b
}

// textsOf is texts for byte slices.
func (a *arena) textsOf(list [][]byte) *C.sipward_text {
	array := (*C.sipward_text)(a.zeroed(uintptr(len(list)) * C.sizeof_sipward_text))
	for i, b := range list {
		unsafe.Slice(array, len(list))[i] = a.textOf(b)
	}
	return array
}
