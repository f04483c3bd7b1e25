package sipward_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"

	"sipward"
)

// recordedInspector has rules whose source is kept.
func recordedInspector(t *testing.T) (*sipward.Inspector, *sipward.Rules) {
	t.Helper()
	c := value(sipward.NewCompiler())(t)
	defer c.Close()
	must(t, c.KeepSource())
	must(t, c.AddRules("test.ward", siteRules))
	rules := value(c.Build())(t)
	t.Cleanup(func() { rules.Close() })
	state := value(sipward.NewState(sipward.StateOptions{FixedSeed: true}))(t)
	engine := value(sipward.NewEngine(rules, state, sipward.EngineOptions{}))(t)
	must(t, state.Close())
	t.Cleanup(func() { engine.Close() })
	return inspectorOf(t, engine), rules
}

func replayerOf(t *testing.T, rules *sipward.Rules) *sipward.Replayer {
	t.Helper()
	r := value(sipward.NewReplayer(rules))(t)
	t.Cleanup(func() { r.Close() })
	return r
}

func TestRecordsAreJudgedAgain(t *testing.T) {
	i, rules := recordedInspector(t)
	r := replayerOf(t, rules)
	p := packetFrom(7)
	var v sipward.Verdict
	must(t, i.Record(sipward.RecordOn))
	for n := 0; n < 5; n++ {
		must(t, i.Inspect([]byte(inviteText), &p, &v))
		record := value(i.TakeRecord())(t)
		if outcome := value(r.Run(record))(t); outcome != sipward.ReplayedSame {
			t.Fatal(n, outcome)
		}
		if bytes.Contains(record, []byte("\r\n\r\nbody")) {
			t.Fatal("the body was kept")
		}
		var told map[string]any
		must(t, json.Unmarshal(value(r.Describe(record))(t), &told))
		if told["verdict"].(map[string]any)["action"] != map[bool]string{true: "drop", false: "allow"}[n >= 3] {
			t.Fatal(told["verdict"])
		}
		changed := bytes.Replace(record, []byte(`"score":0`), []byte(`"score":1`), 1)
		if outcome := value(r.Run(changed))(t); outcome != sipward.ReplayedOther {
			t.Fatal(n, outcome)
		}
	}
	must(t, i.Record(sipward.RecordOn|sipward.RecordBodies))
	must(t, i.Inspect([]byte(inviteText), &p, &v))
	if !bytes.Contains(value(i.TakeRecord())(t), []byte("\r\n\r\nbody")) {
		t.Fatal("the body was not kept")
	}
}

func TestRecordsOfWhatWasNotRecorded(t *testing.T) {
	i, rules := recordedInspector(t)
	p := packetFrom(7)
	var v sipward.Verdict
	end := func(what string) {
		t.Helper()
		if _, err := i.TakeRecord(); !errors.Is(err, sipward.ErrEnd) {
			t.Fatal(what, err)
		}
	}
	end("nothing was inspected")
	must(t, i.Inspect([]byte(inviteText), &p, &v))
	end("recording is off")
	must(t, i.Record(sipward.RecordOn))
	must(t, i.Inspect([]byte(inviteText), &p, &v))
	wrong := p
	wrong.Transport = 99
	if err := i.Inspect([]byte(inviteText), &wrong, &v); !errors.Is(err, sipward.ErrArgument) {
		t.Fatal(err)
	}
	end("the last call failed")
	p.Size = len(optionsText)
	value(i.InspectBatch([]byte(optionsText), []sipward.Packet{p}, make([]sipward.Verdict, 1)))(t)
	end("of a batch")
	event := sipward.Event{Kind: sipward.EventCallStart, Time: p.Time}
	must(t, i.Event(&event, &v))
	if outcome := value(replayerOf(t, rules).Run(value(i.TakeRecord())(t)))(t); outcome != sipward.ReplayedSame {
		t.Fatal(outcome)
	}
	must(t, i.Record(0))
	end("recording is off again")
	if err := i.Record(8); !errors.Is(err, sipward.ErrArgument) {
		t.Fatal(err)
	}
}

func TestTheSourceOfRules(t *testing.T) {
	i, rules := recordedInspector(t)
	p := packetFrom(7)
	var v sipward.Verdict
	must(t, i.Record(sipward.RecordOn))
	must(t, i.Inspect([]byte(optionsText), &p, &v))
	record := value(i.TakeRecord())(t)
	c := value(sipward.NewCompiler())(t)
	defer c.Close()
	must(t, c.AddSource(value(rules.Source())(t)))
	same := value(c.Build())(t)
	if value(same.Hash())(t) != value(rules.Hash())(t) || len(value(same.Hash())(t)) != 64 {
		t.Fatal(same.Hash())
	}
	if value(same.Source())(t) != "" {
		t.Fatal("it was not to be kept")
	}
	r := replayerOf(t, same)
	must(t, same.Close())
	if outcome := value(r.Run(record))(t); outcome != sipward.ReplayedSame {
		t.Fatal(outcome)
	}
	other := replayerOf(t, compile(t, listRules))
	if outcome := value(other.Run(record))(t); outcome != sipward.ReplayedOtherRules {
		t.Fatal(outcome)
	}
	if _, err := other.Describe(record); !errors.Is(err, sipward.ErrArgument) {
		t.Fatal(err)
	}
	if _, err := other.Run(record[1:]); !errors.Is(err, sipward.ErrMalformed) {
		t.Fatal(err)
	}
	d := value(sipward.NewCompiler())(t)
	defer d.Close()
	if err := d.AddSource("no source"); !errors.Is(err, sipward.ErrRules) {
		t.Fatal(err)
	}
	must(t, r.Close())
	if _, err := r.Run(record); !errors.Is(err, sipward.ErrClosed) {
		t.Fatal(err)
	}
	if _, err := r.Describe(record); !errors.Is(err, sipward.ErrClosed) {
		t.Fatal(err)
	}
}
