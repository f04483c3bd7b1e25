//go:build asan

package sipward_test

// AddressSanitizer keeps what was freed for a while, and moves to the heap what Go keeps on the stack:
// memory is watched here, not counted.
const (
	growthFactor = 1000
	instrumented = true
)
