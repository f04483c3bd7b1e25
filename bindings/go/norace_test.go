//go:build !race

package sipward_test

const growthFactor = 1
