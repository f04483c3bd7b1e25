//go:build race

package sipward_test

// The race detector keeps a shadow of all memory.
const (
	growthFactor = 8
	instrumented = false
)
