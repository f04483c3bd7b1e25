package sipward

// #include "handles.h"
import "C"

import (
	"fmt"
	"strings"
)

// Severity says whether a Diagnostic stops the rules from being built.
type Severity uint32

const (
	SeverityError   = Severity(C.SIPWARD_SEVERITY_ERROR)   // the rules cannot be built
	SeverityWarning = Severity(C.SIPWARD_SEVERITY_WARNING) // they can
)

// String is "error" or "warning".
func (s Severity) String() string {
	if s == SeverityWarning {
		return "warning"
	}
	return "error"
}

// Diagnostic is what is wrong with a rule text, and where.
type Diagnostic struct {
	Severity   Severity
	File       string // the name that was given with the text
	Line       int    // from 1; 0: the file as a whole
	Column     int    // in bytes, from 1
	Length     int    // of what is to be underlined, in bytes
	Code       string // "R203"; the handbook explains each
	Message    string
	Hint       string // may be empty
	SourceLine string
}

// String is one line: "site.ward:8:22: error R201: list 'ofice' is not known".
func (d Diagnostic) String() string {
	place := d.File
	if d.Line > 0 {
		place = fmt.Sprintf("%s:%d:%d", d.File, d.Line, d.Column)
	}
	return fmt.Sprintf("%s: %s %s: %s", place, d.Severity, d.Code, d.Message)
}

// Explain is String with the line itself, the place marked in it, and the hint, as the sipward
// command prints it. It ends in a line break.
func (d Diagnostic) Explain() string {
	var out strings.Builder
	out.WriteString(d.String() + "\n")
	if d.Line > 0 && d.Column > 0 && d.Column <= len(d.SourceLine)+1 {
		before := d.SourceLine[:d.Column-1]
		length := d.Length
		if most := len(d.SourceLine) - len(before); length > most {
			length = most
		}
		if length < 1 {
			length = 1
		}
		out.WriteString("  " + d.SourceLine + "\n  " + blank(before) + "^" + strings.Repeat("~", length-1) + "\n")
	}
	if d.Hint != "" {
		out.WriteString("  hint: " + d.Hint + "\n")
	}
	return out.String()
}

// blank has the width of a text; tabs stay.
func blank(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, text)
}

// RulesError is why rules could not be built: every diagnostic, warnings too, at most 20. Take it
// out of an error with errors.As; errors.Is(err, ErrRules) holds.
type RulesError struct {
	Diagnostics []Diagnostic
}

// Error is the first error, with the number of the others.
func (e *RulesError) Error() string {
	first, others := ErrRules.Error(), -1
	for _, d := range e.Diagnostics {
		if d.Severity != SeverityError {
			continue
		}
		if others++; others == 0 {
			first = "sipward: " + d.String()
		}
	}
	if others > 0 {
		return fmt.Sprintf("%s (and %d more)", first, others)
	}
	return first
}

// Explain is that of all diagnostics, one after the other.
func (e *RulesError) Explain() string {
	var out strings.Builder
	for _, d := range e.Diagnostics {
		out.WriteString(d.Explain())
	}
	return out.String()
}

// Unwrap is ErrRules, for errors.Is.
func (e *RulesError) Unwrap() error { return ErrRules }
