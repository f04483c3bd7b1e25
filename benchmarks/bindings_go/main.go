// The rows of the Go binding: one JSON line with times for each. What is done with which messages is what
// benchmarks/binding_c_cases.cc does through C, so that the rows can be compared.
//
//	bindings_go MESSAGES [SAMPLES]   MESSAGES is the folder of the messages of "wire"
package main

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"testing"
	"time"
)

const (
	defaultSamples = 400
	sampleTime     = 200 * time.Microsecond
)

// workload handles messages in turn.
type workload interface {
	run(messages int)
	round() int // messages until it begins again
	refused() int
}

type row struct {
	name, note string
	work       workload
	count      int // messages of a sample
	samples    []float64
}

func main() {
	samples := defaultSamples
	if len(os.Args) == 3 {
		samples, _ = strconv.Atoi(os.Args[2])
	}
	if len(os.Args) < 2 || len(os.Args) > 3 || samples < 1 {
		fmt.Fprintln(os.Stderr, "usage: bindings_go MESSAGES [SAMPLES]")
		os.Exit(2)
	}
	if err := measure(os.Args[1], samples); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

func measure(folder string, samples int) error {
	wire, err := readMessages(folder)
	if err != nil {
		return err
	}
	rows, err := makeRows(wire)
	if err != nil {
		return err
	}
	for _, r := range rows {
		r.work.run(r.work.round())
		once := timed(r.work, r.work.round())
		r.count = r.work.round() * int(maxDuration(1, sampleTime/once))
	}
	// In random order, so that what disturbs the machine disturbs all rows.
	order := rand.New(rand.NewSource(1))
	for n := 0; n < samples; n++ {
		for _, k := range order.Perm(len(rows)) {
			r := rows[k]
			r.work.run(r.work.round()) // brings code and data back into the caches
			r.samples = append(r.samples, float64(timed(r.work, r.count))/float64(r.count))
		}
	}
	for _, r := range rows {
		r.print(wire)
	}
	return nil
}

func maxDuration(a, b time.Duration) time.Duration {
	if a > b {
		return a
	}
	return b
}

func timed(w workload, messages int) time.Duration {
	begin := time.Now()
	w.run(messages)
	return maxDuration(1, time.Since(begin))
}

func (r *row) print(wire *messages) {
	sort.Float64s(r.samples)
	round := r.work.round()
	allocations := testing.AllocsPerRun(10, func() { r.work.run(round) }) / float64(round)
	note := r.note
	if refused := r.work.refused(); refused > 0 {
		note += fmt.Sprintf("; outcome: refuses %d of %d", refused, round)
	}
	fmt.Printf(`{"suite":"bindings","case":%q,"who":"sipward","ns_min":%.1f,"ns_median":%.1f,"bytes":%d,"allocations":%g,"note":%q}`+"\n",
		r.name, r.samples[0], r.samples[len(r.samples)/2], wire.mean(), allocations, note)
}

// messages stand behind one another, each at a multiple of 64 bytes.
type messages struct {
	buffer  []byte
	offsets []int
	sizes   []int
}

func readMessages(folder string) (*messages, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		return nil, err
	}
	sort.Strings(paths)
	m := &messages{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		m.offsets = append(m.offsets, len(m.buffer))
		m.sizes = append(m.sizes, len(text))
		m.buffer = append(m.buffer, text...)
		m.buffer = append(m.buffer, make([]byte, 64-len(m.buffer)%64)...)
	}
	if len(m.sizes) == 0 {
		return nil, fmt.Errorf("there are no messages in %s", folder)
	}
	return m, nil
}

func (m *messages) at(k int) []byte { return m.buffer[m.offsets[k] : m.offsets[k]+m.sizes[k]] }

func (m *messages) mean() int {
	sum := 0
	for _, size := range m.sizes {
		sum += size
	}
	return (sum + len(m.sizes)/2) / len(m.sizes)
}
