package sipward_test

import (
	"errors"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"sipward"
)

// resident is the memory of the process in KiB, C's included.
func resident(t testing.TB) int {
	t.Helper()
	for _, line := range strings.Split(string(value(os.ReadFile("/proc/self/status"))(t)), "\n") {
		if strings.HasPrefix(line, "VmRSS:") {
			return value(strconv.Atoi(strings.Fields(line)[1]))(t)
		}
	}
	t.Fatal("no VmRSS")
	return 0
}

// flat runs something often, and fails if the process grows after the first tenth by more than most KiB.
func flat(t *testing.T, times, most int, once func()) {
	t.Helper()
	for n := 0; n < times/10+1; n++ {
		once()
	}
	runtime.GC()
	before := resident(t)
	for n := 0; n < times; n++ {
		once()
	}
	runtime.GC()
	if after := resident(t); after-before > most*growthFactor {
		t.Errorf("%d times: from %d to %d KiB", times, before, after)
	} else {
		t.Logf("%d times: from %d to %d KiB", times, before, after)
	}
}

func TestCreateUseCloseDoesNotGrow(t *testing.T) {
	engine := engineOf(t, compile(t, siteRules), sipward.EngineOptions{})
	p := packetFrom(7)
	var v sipward.Verdict
	data := []byte(inviteText)
	flat(t, loops(3000), 8<<10, func() {
		i, err := sipward.NewInspector(engine)
		if err != nil {
			t.Fatal(err)
		}
		p.Time.Monotonic += 1000
		if err := i.Inspect(data, &p, &v); err != nil {
			t.Fatal(err)
		}
		m, err := sipward.NewMessage()
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Parse(data, nil); err != nil {
			t.Fatal(err)
		}
		if m.Get("Call-ID") == "" {
			t.Fatal("no Call-ID")
		}
		m.Close()
		i.Close()
	})
}

func TestCompileAndReloadDoNotGrow(t *testing.T) {
	engine := engineOf(t, compile(t, siteRules), sipward.EngineOptions{})
	i := inspectorOf(t, engine)
	p := packetFrom(7)
	var v sipward.Verdict
	flat(t, loops(3000)/30, 8<<10, func() {
		c, err := sipward.NewCompiler()
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.AddRules("bad.ward", slip); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Build(); !errors.Is(err, sipward.ErrRules) {
			t.Fatal(err)
		}
		rules := compile(t, siteRules)
		defer rules.Close()
		if err := engine.Reload(rules); err != nil {
			t.Fatal(err)
		}
		if err := i.Inspect([]byte(optionsText), &p, &v); err != nil {
			t.Fatal(err)
		}
	})
}

// What nobody closes the collector gives back.
func TestFinalizersCloseWhatIsForgotten(t *testing.T) {
	engine := engineOf(t, compile(t, siteRules), sipward.EngineOptions{})
	flat(t, 30, 64<<10, func() {
		for n := 0; n < 50; n++ { // of 400 KiB together
			if _, err := sipward.NewInspector(engine); err != nil {
				t.Fatal(err)
			}
			if _, err := sipward.NewMessage(); err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		time.Sleep(5 * time.Millisecond)
	})
}
