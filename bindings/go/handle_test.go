package sipward_test

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sipward"
)

func closed(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, sipward.ErrClosed) {
		t.Errorf("%s after Close: %v", what, err)
	}
}

func TestEverythingIsSafeAfterClose(t *testing.T) {
	rules := compile(t, siteRules)
	state := value(sipward.NewState(sipward.StateOptions{}))(t)
	engine := value(sipward.NewEngine(rules, state, sipward.EngineOptions{}))(t)
	i := value(sipward.NewInspector(engine))(t)
	c := value(sipward.NewCompiler())(t)
	for _, one := range []interface{ Close() error }{c, i, engine, state, rules} {
		must(t, one.Close())
		closed(t, "Close", one.Close())
	}

	p := packetFrom(7)
	var v sipward.Verdict
	closed(t, "Inspect", i.Inspect([]byte(optionsText), &p, &v))
	closed(t, "Resume", i.Resume([]byte(optionsText), &p, 1, &v))
	_, err := i.InspectBatch(nil, make([]sipward.Packet, 1), make([]sipward.Verdict, 1))
	closed(t, "InspectBatch", err)
	_, err = i.Message()
	closed(t, "Message", err)
	closed(t, "Reload", engine.Reload(rules))
	_, err = sipward.NewInspector(engine)
	closed(t, "NewInspector", err)
	_, err = state.Snapshot(sipward.Now())
	closed(t, "Snapshot", err)
	closed(t, "Restore", state.Restore(nil, sipward.Now()))
	_, err = sipward.NewEngine(rules, state, sipward.EngineOptions{})
	closed(t, "NewEngine", err)
	_, err = rules.List()
	closed(t, "List", err)
	_, err = rules.Budget()
	closed(t, "Budget", err)
	_, err = rules.Tests()
	closed(t, "Tests", err)
	_, err = rules.RunTest(0)
	closed(t, "RunTest", err)
	closed(t, "AddRules", c.AddRules("a", "b"))
	closed(t, "AddDefaultPack", c.AddDefaultPack())
	closed(t, "KeepTests", c.KeepTests())
	closed(t, "SetBudget", c.SetBudget(sipward.Budget{}))
	closed(t, "SetFile", c.SetFile(0, nil))
	closed(t, "LoadFiles", c.LoadFiles(nil))
	_, err = c.File(0)
	closed(t, "File", err)
	_, err = c.Build()
	closed(t, "Build", err)
	_, err = c.Diagnostics()
	closed(t, "Diagnostics", err)
}

// What nobody made, or nil, is as if it were closed.
func TestZeroValuesAreClosed(t *testing.T) {
	var v sipward.Verdict
	p := packetFrom(7)
	closed(t, "Inspect", new(sipward.Inspector).Inspect(nil, &p, &v))
	closed(t, "Inspect", (*sipward.Inspector)(nil).Inspect(nil, &p, &v))
	closed(t, "Reload", new(sipward.Engine).Reload(nil))
	closed(t, "Reload", (*sipward.Engine)(nil).Reload(nil))
	_, err := sipward.NewEngine(nil, nil, sipward.EngineOptions{})
	closed(t, "NewEngine", err)
	_, err = sipward.NewInspector(nil)
	closed(t, "NewInspector", err)
	_, err = new(sipward.Message).Headers()
	closed(t, "Headers", err)
	closed(t, "Parse", new(sipward.Message).Parse(nil, nil))
	closed(t, "Parse", (*sipward.Message)(nil).Parse(nil, nil))
	_, err = new(sipward.Compiler).Build()
	closed(t, "Build", err)
	for _, one := range []interface{ Close() error }{
		(*sipward.Compiler)(nil), (*sipward.Rules)(nil), (*sipward.State)(nil), (*sipward.TrustStore)(nil), (*sipward.Engine)(nil),
		(*sipward.Inspector)(nil), (*sipward.Message)(nil),
		new(sipward.Rules), new(sipward.State), new(sipward.TrustStore), new(sipward.Engine), new(sipward.Message),
	} {
		closed(t, "Close", one.Close())
	}
}

// Nil where something is needed is an argument that cannot be, and the object goes on.
func TestNilArguments(t *testing.T) {
	engine := engineOf(t, compile(t, siteRules), sipward.EngineOptions{})
	i := inspectorOf(t, engine)
	p := packetFrom(7)
	var v sipward.Verdict
	_, notice := engine.NextNotice(nil)
	for _, err := range []error{
		i.Inspect(nil, nil, &v), i.Inspect(nil, &p, nil), i.Resume(nil, nil, 1, &v), i.Resume(nil, &p, 1, nil),
		i.Event(nil, &v), i.Event(&sipward.Event{}, nil), notice,
	} {
		if !errors.Is(err, sipward.ErrArgument) {
			t.Error(err)
		}
	}
	must(t, i.Inspect(nil, &p, &v))
	if (*sipward.Rules)(nil).Warnings() != nil {
		t.Error("warnings out of nothing")
	}
	if (*sipward.Message)(nil).Text() != "" || (*sipward.Message)(nil).Get("From") != "" {
		t.Error("text out of nothing")
	}
}

// An inspector that two goroutines use at once says so, and neither harms the other.
func TestTwoGoroutinesInOneInspector(t *testing.T) {
	i := siteInspector(t)
	var wait sync.WaitGroup
	var inUse, done int64
	for g := 0; g < 4; g++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			p := packetFrom(7)
			var v sipward.Verdict
			for n := 0; n < 2000; n++ {
				switch err := i.Inspect([]byte(inviteText), &p, &v); {
				case err == nil:
					atomic.AddInt64(&done, 1)
				case errors.Is(err, sipward.ErrInUse):
					atomic.AddInt64(&inUse, 1)
				default:
					panic(err)
				}
			}
		}()
	}
	wait.Wait()
	if done+inUse != 8000 || done == 0 {
		t.Fatal(done, inUse)
	}
}

// Close while others are inside: each of them ends well or is told.
func TestCloseWhileOthersUse(t *testing.T) {
	for round := 0; round < 20; round++ {
		rules := compile(t, siteRules)
		state := value(sipward.NewState(sipward.StateOptions{}))(t)
		engine := value(sipward.NewEngine(rules, state, sipward.EngineOptions{}))(t)
		i := value(sipward.NewInspector(engine))(t)
		var wait sync.WaitGroup
		for g := 0; g < 3; g++ {
			wait.Add(1)
			go func() {
				defer wait.Done()
				p := packetFrom(7)
				var v sipward.Verdict
				for {
					if err := engine.Reload(rules); errors.Is(err, sipward.ErrClosed) {
						return
					}
					if err := i.Inspect([]byte(inviteText), &p, &v); err != nil && !errors.Is(err, sipward.ErrInUse) && !errors.Is(err, sipward.ErrClosed) {
						panic(err)
					}
				}
			}()
		}
		time.Sleep(time.Millisecond)
		for errors.Is(i.Close(), sipward.ErrInUse) {
			runtime.Gosched()
		}
		must(t, engine.Close())
		must(t, state.Close())
		must(t, rules.Close())
		wait.Wait()
	}
}

func TestInspectorsInManyGoroutinesWhileRulesChange(t *testing.T) {
	engine := engineOf(t, compile(t, siteRules), sipward.EngineOptions{})
	var wait sync.WaitGroup
	var atWork int32 = 8
	for g := 0; g < 8; g++ {
		wait.Add(1)
		go func(g int) {
			defer wait.Done()
			i, err := sipward.NewInspector(engine)
			if err != nil {
				panic(err)
			}
			defer i.Close()
			buffer, packets := batchOf(optionsText, inviteText, "x")
			verdicts := make([]sipward.Verdict, len(packets))
			defer atomic.AddInt32(&atWork, -1)
			for n := 0; n < 2000; n++ {
				if _, err := i.InspectBatch(buffer, packets, verdicts); err != nil {
					panic(err)
				}
				if a := verdicts[0]; a.Action == sipward.ActionReject && a.Hits[0].Why != "an OPTIONS request" || a.Action != sipward.ActionReject && a.Action != sipward.ActionDrop {
					panic(a.String())
				}
			}
		}(g)
	}
	other := compile(t, "version 1\nrule test.other { on request where method == OPTIONS when true then drop }\n")
	site := compile(t, siteRules)
	reloads := 0
	for ; atomic.LoadInt32(&atWork) > 0; reloads++ {
		must(t, engine.Reload(other))
		must(t, engine.Reload(site))
	}
	wait.Wait()
	if reloads < 2 {
		t.Fatal("no rules were loaded meanwhile")
	}
	must(t, other.Close())
	must(t, site.Close())
}
