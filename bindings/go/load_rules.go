package sipward

// #include "handles.h"
import "C"

import "os"

// DefaultRules are those that come with the library, compiled. It takes some ten milliseconds.
func DefaultRules() (*Rules, error) { return LoadRules() }

// LoadRules compiles the rules that come with the library together with those of rule files, and
// reads the lists and rule files that they name from beside them. A *RulesError has the errors of
// all of them. Rules.Warnings has the warnings.
func LoadRules(paths ...string) (*Rules, error) {
	c, err := NewCompiler()
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := c.AddDefaultPack(); err != nil {
		return nil, err
	}
	return c.buildFiles(paths)
}

// LoadOnlyRules is LoadRules without the rules that come with the library.
func LoadOnlyRules(paths ...string) (*Rules, error) {
	c, err := NewCompiler()
	if err != nil {
		return nil, err
	}
	defer c.Close()
	return c.buildFiles(paths)
}

func (c *Compiler) buildFiles(paths []string) (*Rules, error) {
	var failed error
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		// All of them even so, so that the errors of every file show at once.
		if err := c.AddRules(path, string(text)); err != nil {
			failed = err
		}
	}
	if failed != nil {
		return nil, failed
	}
	if err := c.LoadFiles(os.ReadFile); err != nil {
		return nil, err
	}
	return c.Build()
}

// FormatRules lays a rule text out in the one way that "sipward rules fmt" does: its words, comments
// and breaks between lines stay. ErrRules if it has a character, a number or a string that cannot be
// read; a Compiler says where. Linear in the text.
func FormatRules(text string) (string, error) {
	out := make([]byte, len(text)+len(text)/4+64)
	for {
		var written C.size_t
		status := C.sipward_rules_format(chars(text), size(text), bytesOf(out), C.size_t(len(out)), &written)
		if status == C.SIPWARD_OK {
			return string(out[:written]), nil
		}
		if status != C.SIPWARD_ERR_SPACE {
			return "", statusError(status)
		}
		out = make([]byte, written)
	}
}
