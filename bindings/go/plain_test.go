//go:build !race && !asan

package sipward_test

const (
	growthFactor = 1
	instrumented = false
)
