package sipward_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sipward"
)

// tellRecord tells of a call that was answered, or came to another code.
func tellRecord(t *testing.T, i *sipward.Inspector, account string, code int, duration time.Duration) {
	t.Helper()
	field := func(name string) sipward.Field { return value(sipward.FindField(sipward.EventCDR, name))(t) }
	event := sipward.Event{Kind: sipward.EventCDR, Facts: []sipward.Fact{
		sipward.Text(field("account"), account),
		sipward.Text(field("callee.number"), "442071838750"),
		sipward.Bool(field("answered"), code == 200),
		sipward.Int(field("code"), int64(code)),
		sipward.Duration(field("duration"), duration),
		sipward.Duration(field("setup"), 900*time.Millisecond),
	}}
	var verdict sipward.Verdict
	must(t, i.Event(&event, &verdict))
}

func TestAnalyticsTellCalls(t *testing.T) {
	engine := engineOf(t, compile(t, "version 1\n"), sipward.EngineOptions{AnalyticsRows: 2, ShortCall: 10 * time.Second})
	i := inspectorOf(t, engine)
	p := packetFrom(7)
	var v sipward.Verdict
	must(t, i.Inspect([]byte(optionsText), &p, &v))
	tellRecord(t, i, "alice", 200, time.Minute)
	tellRecord(t, i, "alice", 200, 8*time.Second)
	tellRecord(t, i, "alice", 486, 0)
	tellRecord(t, i, "bob", 200, time.Minute)
	now := value(engine.Analytics())(t)
	tellRecord(t, i, strings.Repeat("x", 100), 200, time.Minute)
	later := value(engine.Analytics())(t)
	must(t, engine.Close())

	all := value(now.Totals())(t)
	same(t, "attempts", all.Attempts, uint64(4))
	same(t, "asr", all.ASR(), 0.75)
	same(t, "acd", all.ACD(), 128*time.Second/3)
	same(t, "short", all.ShortCalls, uint64(1))
	same(t, "busy", all.Failed[sipward.FailureBusy], uint64(1))
	same(t, "unchecked", all.Attested[sipward.AttestationUnchecked], uint64(4))
	same(t, "p95", all.SetupP95, 900*time.Millisecond)
	rows := value(now.Rows(sipward.DimensionAccount, -1))(t)
	if len(rows) != 2 || rows[0].Key != "alice" || rows[0].Count != 3 || rows[1].Key != "bob" {
		t.Error(rows)
	}
	same(t, "one row", len(value(now.Rows(sipward.DimensionAccount, 1))(t)), 1)
	same(t, "country", value(now.Rows(sipward.DimensionCountry, -1))(t)[0].Key, "GB")
	same(t, "size", value(now.Size(sipward.DimensionAccount))(t), sipward.DimensionSize{Rows: 2, Capacity: 2, Total: 4})
	same(t, "requests", value(now.Traffic())(t).Requests, [4]uint64{0, 0, 1, 0})
	times := value(now.Times(sipward.TimesSetup))(t)
	same(t, "times", times.Count, uint64(4))
	same(t, "p50", times.P50, 900*time.Millisecond)
	same(t, "below", value(now.TimesUntil(sipward.TimesSetup, 512*time.Millisecond))(t), uint64(0))
	same(t, "above", value(now.TimesUntil(sipward.TimesSetup, 1024*time.Millisecond))(t), uint64(4))

	last := value(later.Rows(sipward.DimensionAccount, -1))(t)[1]
	same(t, "cut", last.Cut, true)
	same(t, "length", len(last.Key), 64)
	same(t, "error", last.Error, uint64(1))
	same(t, "evictions", value(later.Size(sipward.DimensionAccount))(t).Evictions, uint64(1))
	must(t, now.Close())
	must(t, later.Close())
}

func TestAnalyticsThatAreNot(t *testing.T) {
	engine := engineOf(t, compile(t, "version 1\n"), sipward.EngineOptions{})
	if _, err := engine.Analytics(); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	counting := engineOf(t, compile(t, "version 1\n"), sipward.EngineOptions{AnalyticsRows: 1})
	now := value(counting.Analytics())(t)
	if _, err := now.Rows(sipward.DimensionSource+1, -1); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	if _, err := now.Times(sipward.TimesOther + 1); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	none := value(now.Totals())(t)
	same(t, "asr of nothing", none.ASR(), 0.0)
	same(t, "acd of nothing", none.ACD(), time.Duration(0))
	must(t, now.Close())
	closed(t, "Close", now.Close())
	closed(t, "Totals", second(now.Totals()))
	closed(t, "Rows", second(now.Rows(sipward.DimensionTrunk, -1)))
	closed(t, "Size", second(now.Size(sipward.DimensionTrunk)))
	closed(t, "Traffic", second(now.Traffic()))
	closed(t, "Times", second(now.Times(sipward.TimesSetup)))
	closed(t, "TimesUntil", second(now.TimesUntil(sipward.TimesSetup, 0)))
	closed(t, "nil", second((*sipward.Analytics)(nil).Totals()))
	closed(t, "nil", (*sipward.Analytics)(nil).Close())
	must(t, engine.Close())
	closed(t, "Analytics", second(engine.Analytics()))
}

func TestAnalyticsHaveNames(t *testing.T) {
	same(t, "dimension", sipward.DimensionUserAgent.String(), "user_agent")
	same(t, "failure", sipward.FailureNoAnswer.String(), "no_answer")
	same(t, "attestation", sipward.AttestationB.String(), "B")
	same(t, "none", sipward.Dimension(99).String()+sipward.Failure(99).String()+sipward.Attestation(99).String(), "")
}
