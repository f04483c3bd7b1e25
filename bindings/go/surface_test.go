package sipward_test

import (
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

// What the C interface has and Go does not call, and why.
var notCalled = map[string]string{
	"sipward_fetcher_descriptor": "for event loops of C; a goroutine waits in Fetcher.Wait",
}

// calledFrom is every function of the library that the Go sources of a folder call.
func calledFrom(t *testing.T, folder string) map[string]bool {
	t.Helper()
	call := regexp.MustCompile(`C\.(sipward_\w+)\(`)
	called := map[string]bool{}
	for _, path := range value(filepath.Glob(filepath.Join(folder, "*.go")))(t) {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, found := range call.FindAllStringSubmatch(string(value(os.ReadFile(path))(t)), -1) {
			if !strings.HasPrefix(found[1], "sipward_go_") {
				called[found[1]] = true
			}
		}
	}
	return called
}

// Each library has a list of its symbols and a package. A symbol that no source calls is missing from
// Go, unless notCalled says why.
func TestTheWholeInterfaceIsReached(t *testing.T) {
	packages := map[string]string{"symbols.txt": ".", "symbols_fetch.txt": "fetch", "symbols_capture.txt": "capture"}
	lists := value(filepath.Glob("../c/symbols*.txt"))(t)
	if len(lists) < 2 {
		t.Fatal("the lists of symbols are not where they were")
	}
	for _, list := range lists {
		folder, known := packages[filepath.Base(list)]
		if !known {
			t.Errorf("%s: no package is for these", list)
			continue
		}
		called := calledFrom(t, folder)
		var missing []string
		for _, symbol := range strings.Fields(string(value(os.ReadFile(list))(t))) {
			_, excused := notCalled[symbol]
			if called[symbol] == excused {
				missing = append(missing, symbol)
			}
			delete(called, symbol)
		}
		sort.Strings(missing)
		if len(missing) > 0 {
			t.Errorf("%s: missing, or excused without need:\n%s", list, strings.Join(missing, "\n"))
		}
		for symbol := range called {
			t.Errorf("%s calls %s, which is not in %s", folder, symbol, list)
		}
	}
}
