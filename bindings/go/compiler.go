package sipward

// #include "handles.h"
import "C"

import (
	"fmt"
	"path/filepath"
	"runtime"

	"sipward/internal/handle"
)

// Compiler takes rule texts and the files that they name, and builds Rules once. It is for load time:
// every method copies what it is given, and allocates. One goroutine at a time.
//
// DefaultRules and LoadRules are shorter for the usual cases.
type Compiler struct {
	guard handle.Guard
	ptr   *C.sipward_compiler
	given map[int]bool // files that were
}

// NewCompiler makes one with nothing in it. Close it when it has built.
func NewCompiler() (*Compiler, error) {
	c := &Compiler{given: map[int]bool{}}
	if err := statusError(C.sipward_compiler_create(&c.ptr)); err != nil {
		return nil, err
	}
	runtime.SetFinalizer(c, (*Compiler).Close)
	return c, nil
}

// Close gives the compiler back; the Rules that it built stay.
func (c *Compiler) Close() error {
	if c == nil {
		return ErrClosed
	}
	if err := c.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(c, nil)
	C.sipward_compiler_destroy(c.ptr)
	return nil
}

func (c *Compiler) enter() error {
	if c == nil || c.ptr == nil {
		return ErrClosed
	}
	return c.guard.Enter()
}

// AddDefaultPack adds the rules and lists that come with the library, once. A text that says
// "import pack" does the same.
func (c *Compiler) AddDefaultPack() error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.guard.Leave()
	return c.fail(C.sipward_compiler_add_default_pack(c.ptr))
}

// AddRules adds a rule text; name is what diagnostics call it, and the place from where the files
// that it names are looked for. A *RulesError says what cannot be read in it.
func (c *Compiler) AddRules(name, text string) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.guard.Leave()
	return c.fail(C.sipward_compiler_add_rules(c.ptr, chars(name), size(name), chars(text), size(text)))
}

// KeepTests has the test blocks of texts that are added from now on checked and kept, to be run by
// Rules.RunTest. Otherwise they are left out: an Engine has no use for them.
func (c *Compiler) KeepTests() error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.guard.Leave()
	return c.fail(C.sipward_compiler_keep_tests(c.ptr))
}

// KeepSource keeps what is added from now on, the default pack too, with the rules, for Rules.Source.
func (c *Compiler) KeepSource() error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.guard.Leave()
	return c.fail(C.sipward_compiler_keep_source(c.ptr))
}

// AddSource adds what Rules.Source gave, instead of texts and files one by one: what comes of it has the
// same hash. A *RulesError if it is no source, or has errors.
func (c *Compiler) AddSource(source string) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.guard.Leave()
	return c.fail(C.sipward_compiler_add_source(c.ptr, chars(source), size(source)))
}

// Budget is what rules may need, or do need.
type Budget struct {
	// StateBytes is for all tables together; 0 in SetBudget is 48 MiB.
	StateBytes uint64
	// EventNanoseconds is an estimate, at 3 GHz, for one event that concerns every rule and changes
	// all their aggregates; 0 in SetBudget is 10 ms. Ordinary traffic is spared nearly all of it.
	EventNanoseconds uint64
}

// SetBudget limits what the rules may need at most: a build beyond it fails and says which rule
// takes most.
func (c *Compiler) SetBudget(budget Budget) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.guard.Leave()
	b := C.sipward_rule_budget{
		struct_size: C.sizeof_sipward_rule_budget,
		state_bytes: C.uint64_t(budget.StateBytes),
		event_ns:    C.uint64_t(budget.EventNanoseconds),
	}
	return c.fail(C.sipward_compiler_set_budget(c.ptr, &b))
}

// NamedFile is a file that a rule text names: for a list, a test, or to import it.
type NamedFile struct {
	Path    string // as written, relative to the text that names it
	NamedBy string // name of that text
}

// Place is the path with the folder of the text that names it in front.
func (f NamedFile) Place() string {
	if filepath.IsAbs(f.Path) {
		return f.Path
	}
	return filepath.Join(filepath.Dir(f.NamedBy), f.Path)
}

// File is the file number index, from 0, that the added texts name; ErrEnd behind the last. An
// imported file that was given may name more.
func (c *Compiler) File(index int) (NamedFile, error) {
	if err := c.enter(); err != nil {
		return NamedFile{}, err
	}
	defer c.guard.Leave()
	return c.file(index)
}

func (c *Compiler) file(index int) (NamedFile, error) {
	var path, namedBy C.sipward_text
	if index < 0 {
		return NamedFile{}, ErrArgument
	}
	if err := statusError(C.sipward_compiler_file(c.ptr, C.uint32_t(index), &path, &namedBy)); err != nil {
		return NamedFile{}, err
	}
	return NamedFile{goText(path), goText(namedBy)}, nil
}

// SetFile gives the contents of file number index. A *RulesError says what cannot be read in it, if it is
// imported.
func (c *Compiler) SetFile(index int, text []byte) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.guard.Leave()
	return c.setFile(index, text)
}

func (c *Compiler) setFile(index int, text []byte) error {
	if index < 0 {
		return ErrArgument
	}
	if err := c.fail(C.sipward_compiler_set_file(c.ptr, C.uint32_t(index), bytesOf(text), C.size_t(len(text)))); err != nil {
		return err
	}
	c.given[index] = true
	return nil
}

// LoadFiles gives every file that is still asked for, and those that they import in turn: read is
// called with the Place of each (os.ReadFile is one that fits).
func (c *Compiler) LoadFiles(read func(path string) ([]byte, error)) error {
	if err := c.enter(); err != nil {
		return err
	}
	defer c.guard.Leave()
	for i := 0; ; i++ {
		file, err := c.file(i)
		if err == ErrEnd {
			return nil
		}
		if err != nil {
			return err
		}
		if c.given[i] {
			continue
		}
		text, err := read(file.Place())
		if err != nil {
			return fmt.Errorf("sipward: a file that %s names: %w", file.NamedBy, err)
		}
		if err := c.setFile(i, text); err != nil {
			return err
		}
	}
}

// Build compiles everything that was added, once. A *RulesError has every diagnostic; warnings alone
// do not fail and are those of Rules.Warnings. A file that was not given is an error.
func (c *Compiler) Build() (*Rules, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	defer c.guard.Leave()
	rules := &Rules{}
	if err := c.fail(C.sipward_compiler_build(c.ptr, &rules.h.Ptr)); err != nil {
		return nil, err
	}
	rules.warnings = c.diagnostics()
	runtime.SetFinalizer(rules, (*Rules).Close)
	return rules, nil
}

// Diagnostics are the errors and warnings so far, at most 20.
func (c *Compiler) Diagnostics() ([]Diagnostic, error) {
	if err := c.enter(); err != nil {
		return nil, err
	}
	defer c.guard.Leave()
	return c.diagnostics(), nil
}

func (c *Compiler) diagnostics() (all []Diagnostic) {
	for i := C.uint32_t(0); ; i++ {
		d := C.sipward_diagnostic{struct_size: C.sizeof_sipward_diagnostic}
		if C.sipward_compiler_diagnostic(c.ptr, i, &d) != C.SIPWARD_OK {
			return all
		}
		all = append(all, Diagnostic{
			Severity:   Severity(d.severity),
			File:       goText(d.file),
			Line:       int(d.line),
			Column:     int(d.column),
			Length:     int(d.length),
			Code:       goText(d.code),
			Message:    goText(d.message),
			Hint:       goText(d.hint),
			SourceLine: goText(d.source_line),
		})
	}
}

func (c *Compiler) fail(status C.int32_t) error {
	if status == C.SIPWARD_ERR_RULES {
		return &RulesError{c.diagnostics()}
	}
	return statusError(status)
}
