package sipward_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sipward"
)

const slip = `version 1

list office : cidr ["192.0.2.0/24"]

rule site.invites_from_outside {
  meta { severity medium  why "a call from outside the office" }
  on request where method == INVITE
  when src.ip not in ofice and count(by src.ip over 1m) > 3
  then reject 403 "Not from there"
}
`

func TestErrorsHaveTheirPlace(t *testing.T) {
	c := value(sipward.NewCompiler())(t)
	defer c.Close()
	must(t, c.AddRules("site.ward", slip))
	_, err := c.Build()
	var wrong *sipward.RulesError
	if !errors.As(err, &wrong) || !errors.Is(err, sipward.ErrRules) {
		t.Fatal(err)
	}
	d := wrong.Diagnostics[0]
	if d.File != "site.ward" || d.Line != 8 || d.Column != 22 || d.Length != 5 || d.Code != "R201" || d.Severity != sipward.SeverityError {
		t.Fatalf("%+v", d)
	}
	const explained = "site.ward:8:22: error R201: list 'ofice' is not known\n" +
		"    when src.ip not in ofice and count(by src.ip over 1m) > 3\n" +
		"                       ^~~~~\n" +
		"  hint: Did you mean 'office'?\n"
	if got := wrong.Explain(); got != explained {
		t.Fatalf("\n%s", got)
	}
	if got := err.Error(); got != "sipward: site.ward:8:22: error R201: list 'ofice' is not known" {
		t.Fatal(got)
	}
	if all := value(c.Diagnostics())(t); len(all) != 1 || all[0] != d {
		t.Fatal(all)
	}
}

func TestAllErrorsShow(t *testing.T) {
	c := value(sipward.NewCompiler())(t)
	defer c.Close()
	if err := c.AddRules("site.ward", strings.ReplaceAll(slip, "INVITE", "INVTIE")); err != nil && !errors.Is(err, sipward.ErrRules) {
		t.Fatal(err)
	}
	_, err := c.Build()
	var wrong *sipward.RulesError
	if !errors.As(err, &wrong) || len(wrong.Diagnostics) != 2 || !strings.HasSuffix(err.Error(), "(and 1 more)") {
		t.Fatal(err)
	}
}

func TestFilesAreReadFromBesideTheirRules(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		must(t, os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o700))
		must(t, os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600))
	}
	write("site.ward", "version 1\nimport \"more/other.ward\"\n")
	write("more/other.ward", "version 1\nlist bad : cidr file \"bad.txt\"\nrule other.bad { meta { severity low why \"listed\" } on request where true when src.ip in bad then drop }\n")
	write("more/bad.txt", "198.51.100.0/24\n")
	rules := value(sipward.LoadOnlyRules(filepath.Join(folder, "site.ward")))(t)
	i := inspectorOf(t, engineOf(t, rules, sipward.EngineOptions{}))
	p := packetFrom(7)
	var v sipward.Verdict
	must(t, i.Inspect([]byte(optionsText), &p, &v))
	if v.String() != "drop: other.bad" {
		t.Fatal(v.String())
	}

	must(t, os.Remove(filepath.Join(folder, "more/bad.txt")))
	if _, err := sipward.LoadRules(filepath.Join(folder, "site.ward")); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "bad.txt") {
		t.Fatal(err)
	}
	if _, err := sipward.LoadRules(filepath.Join(folder, "nowhere.ward")); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

func TestFilesByHand(t *testing.T) {
	c := value(sipward.NewCompiler())(t)
	defer c.Close()
	must(t, c.AddRules("etc/site.ward", "version 1\nlist bad : exact file \"lists/bad.txt\"\n"))
	file := value(c.File(0))(t)
	if file.Path != "lists/bad.txt" || file.NamedBy != "etc/site.ward" || file.Place() != filepath.FromSlash("etc/lists/bad.txt") {
		t.Fatal(file)
	}
	if _, err := c.File(1); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	if err := c.SetFile(1, nil); !errors.Is(err, sipward.ErrArgument) {
		t.Fatal(err)
	}
	must(t, c.SetFile(0, []byte("one\n")))
	value(c.Build())(t)
	if _, err := c.Build(); err == nil {
		t.Fatal("built twice")
	}
}

func TestRulesAreDescribed(t *testing.T) {
	rules := compile(t, siteRules)
	defer rules.Close()
	all := value(rules.List())(t)
	if len(all) != 2 {
		t.Fatal(all)
	}
	often := all[1]
	if often.Name != "test.often" || often.File != "test.ward" || often.Line != 8 || often.Severity != "high" || often.Why != "too many INVITEs" ||
		often.Mode != "enforce" || often.Actions != "drop" || often.Aggregates != 1 || often.StateBytes == 0 || often.WorstNanoseconds == 0 || often.Stage != 1 {
		t.Fatalf("%+v", often)
	}
	if b := value(rules.Budget())(t); b.StateBytes < often.StateBytes || b.EventNanoseconds == 0 {
		t.Fatal(b)
	}
	if pack := value(sipward.DefaultRules())(t); len(value(pack.List())(t)) < 20 {
		t.Fatal("the default pack is small")
	}
}

func TestBudgetIsHeld(t *testing.T) {
	c := value(sipward.NewCompiler())(t)
	defer c.Close()
	must(t, c.SetBudget(sipward.Budget{StateBytes: 1024}))
	must(t, c.AddRules("test.ward", siteRules))
	if _, err := c.Build(); !errors.Is(err, sipward.ErrRules) {
		t.Fatal(err)
	}
}

func TestTestBlocksRun(t *testing.T) {
	const tests = `
test test.options {
  given request { method = OPTIONS  src.ip = "198.51.100.7" }
  expect reject
}
test test.often {
  given request { method = INVITE  src.ip = "198.51.100.7" } repeat 3 every 1s
  expect drop, rule test.often
}
`
	c := value(sipward.NewCompiler())(t)
	defer c.Close()
	must(t, c.KeepTests())
	must(t, c.AddRules("test.ward", siteRules+tests))
	rules := value(c.Build())(t)
	defer rules.Close()
	all := value(rules.Tests())(t)
	if len(all) != 2 || all[0].Name != "test.options" || all[0].Events != 1 || all[1].Expectations != 2 || all[1].Line != all[0].Line+4 {
		t.Fatalf("%+v", all)
	}
	if got := value(rules.RunTest(0))(t); !got.Passed || got.Failed != 0 {
		t.Fatalf("%+v", got)
	}
	if got := value(rules.RunTest(1))(t); got.Passed || got.Failed != 2 || got.Expected != "drop" || got.Line != all[1].Line+2 {
		t.Fatalf("%+v", got)
	}
	if _, err := rules.RunTest(2); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	// Without KeepTests they are left out.
	plain := compile(t, siteRules+tests)
	if left := value(plain.Tests())(t); len(left) != 0 {
		t.Fatal(left)
	}
}

func TestFormat(t *testing.T) {
	got := value(sipward.FormatRules("version 1\nlist   office:cidr [ \"192.0.2.0/24\" ]"))(t)
	if got != "version 1\nlist office : cidr [\"192.0.2.0/24\"]\n" {
		t.Fatalf("%q", got)
	}
	// Longer than it came in, by far.
	many := "version 1\n" + strings.Repeat("rule a.b{on request where true when true then drop}\n", 200)
	if out := value(sipward.FormatRules(many))(t); len(out) < len(many) {
		t.Fatal(len(out))
	}
	if _, err := sipward.FormatRules("version 1 \x01"); !errors.Is(err, sipward.ErrRules) {
		t.Fatal(err)
	}
}
