package sipward

// #include "handles.h"
import "C"

import (
	"runtime"

	"sipward/internal/handle"
)

// Rules are compiled and never change. Any number of goroutines and engines may use them; an Engine
// keeps what it needs, so that they may be closed once it is made.
type Rules struct {
	h        handle.Shared[C.sipward_rules]
	warnings []Diagnostic
}

// Close gives the rules back; engines that run with them go on.
func (r *Rules) Close() error {
	if r == nil {
		return ErrClosed
	}
	err := r.h.Close(func(p *C.sipward_rules) { C.sipward_rules_destroy(p) })
	if err == nil {
		runtime.SetFinalizer(r, nil)
	}
	return err
}

func (r *Rules) use() (*C.sipward_rules, error) {
	if r == nil {
		return nil, ErrClosed
	}
	return r.h.Use()
}

// Warnings are those with which the rules were built.
func (r *Rules) Warnings() []Diagnostic {
	if r == nil {
		return nil
	}
	return r.warnings
}

// Source is all that the rules were compiled of, for Compiler.AddSource; empty if the compiler was not
// told to keep it.
func (r *Rules) Source() (string, error) {
	source, _, err := r.texts()
	return source, err
}

// Hash is 64 hexadecimal digits; equal texts and lists have an equal one.
func (r *Rules) Hash() (string, error) {
	_, hash, err := r.texts()
	return hash, err
}

func (r *Rules) texts() (source, hash string, err error) {
	ptr, err := r.use()
	if err != nil {
		return "", "", err
	}
	defer r.h.Done()
	var all, digits C.sipward_text
	if err := statusError(C.sipward_rules_source(ptr, &all, &digits)); err != nil {
		return "", "", err
	}
	return goText(all), goText(digits), nil
}

// Budget is what the rules need.
func (r *Rules) Budget() (Budget, error) {
	ptr, err := r.use()
	if err != nil {
		return Budget{}, err
	}
	defer r.h.Done()
	b := C.sipward_rule_budget{struct_size: C.sizeof_sipward_rule_budget}
	if err := statusError(C.sipward_rules_budget(ptr, &b)); err != nil {
		return Budget{}, err
	}
	return Budget{uint64(b.state_bytes), uint64(b.event_ns)}, nil
}

// Rule describes one rule.
type Rule struct {
	Name       string
	File       string
	Line       int
	Severity   string // of its meta: info low medium high critical; may be empty
	Why        string // of its meta; may be empty
	Mode       string // "enforce" or "report"
	Actions    string // as written
	StateBytes uint64 // of its aggregates; shared ones count in the first rule that names them
	// WorstNanoseconds estimates the dearest evaluation, at 3 GHz: to compare rules by.
	WorstNanoseconds int
	Aggregates       int
	Stage            int // 1, or 2: it names identity, and runs once that is known
}

// List describes every rule, in the order of the texts. It copies all texts, so it is for load time.
func (r *Rules) List() ([]Rule, error) {
	ptr, err := r.use()
	if err != nil {
		return nil, err
	}
	defer r.h.Done()
	all := make([]Rule, 0, int(C.sipward_rules_count(ptr)))
	for i := 0; i < cap(all); i++ {
		info := C.sipward_rule_info{struct_size: C.sizeof_sipward_rule_info}
		if err := statusError(C.sipward_rules_describe(ptr, C.uint32_t(i), &info)); err != nil {
			return nil, err
		}
		all = append(all, Rule{
			Name:             goText(info.name),
			File:             goText(info.file),
			Line:             int(info.line),
			Severity:         goText(info.severity),
			Why:              goText(info.why),
			Mode:             goText(info.mode),
			Actions:          goText(info.actions),
			StateBytes:       uint64(info.state_bytes),
			WorstNanoseconds: int(info.worst_ns),
			Aggregates:       int(info.aggregates),
			Stage:            int(info.stage),
		})
	}
	return all, nil
}

// RuleTest is a test block of the rules.
type RuleTest struct {
	Name         string
	File         string
	Line         int
	Events       int // that it gives
	Expectations int // that it has of them
}

// Tests are the test blocks, if the compiler was told to keep them.
func (r *Rules) Tests() ([]RuleTest, error) {
	ptr, err := r.use()
	if err != nil {
		return nil, err
	}
	defer r.h.Done()
	all := make([]RuleTest, 0, int(C.sipward_rules_test_count(ptr)))
	for i := 0; i < cap(all); i++ {
		info := C.sipward_test_info{struct_size: C.sizeof_sipward_test_info}
		if err := statusError(C.sipward_rules_test_describe(ptr, C.uint32_t(i), &info)); err != nil {
			return nil, err
		}
		all = append(all, RuleTest{goText(info.name), goText(info.file), int(info.line), int(info.events), int(info.expectations)})
	}
	return all, nil
}

// RuleTestResult is what came of a test block. The members behind Failed speak of the first
// expectation that was not met.
type RuleTestResult struct {
	Passed   bool
	Failed   int    // expectations that were not met
	Line     int    // where it stands, in the file of the test
	Expected string // as written
	Event    int    // that shows it, from 1; 0: none
	Found    string // what that event came to, for people; cut where it is long
}

// RunTest runs test number index on an engine and a state of its own. It may run beside others; ErrEnd
// behind the last.
func (r *Rules) RunTest(index int) (RuleTestResult, error) {
	ptr, err := r.use()
	if err != nil {
		return RuleTestResult{}, err
	}
	defer r.h.Done()
	if index < 0 {
		return RuleTestResult{}, ErrArgument
	}
	result := C.sipward_test_result{struct_size: C.sizeof_sipward_test_result}
	if err := statusError(C.sipward_rules_test_run(ptr, C.uint32_t(index), &result)); err != nil {
		return RuleTestResult{}, err
	}
	return RuleTestResult{
		Passed:   result.passed != 0,
		Failed:   int(result.failed),
		Line:     int(result.line),
		Expected: goText(result.expected),
		Event:    int(result.event),
		Found:    goChars(result.found[:], result.found_size),
	}, nil
}
