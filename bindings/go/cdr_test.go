package sipward_test

import (
	"errors"
	"testing"
	"time"

	"sipward"
)

const cdrRows = "start,answer,end,account,caller,callee,source_ip,call_id\n" +
	"2026-03-01T10:00:00Z,2026-03-01T10:00:05Z,2026-03-01T10:01:05Z,acme,+49301,+493012345678,192.0.2.1,c1\n" +
	"never,,,acme,1,2,,c2\n"

const cdrRules = `version 1
rule long_call {
  on cdr
  when duration > 50s and cost > 0.05 and callee.number.country == "DE" and src.ip in "192.0.2.0/24"
  then alert
}
`

func TestCallRecords(t *testing.T) {
	rates := value(sipward.ReadRates("49,0.06,60\n"))(t)
	reader := value(sipward.NewCDRReader(sipward.CDROptions{Rates: rates}))(t)
	must(t, rates.Close())
	for at := 0; at < len(cdrRows); {
		at += value(reader.Push([]byte(cdrRows[at : at+1])))(t)
	}
	var row sipward.CDR
	must(t, reader.Next(&row))
	same(t, "line", row.Line, uint64(2))
	same(t, "format", row.Format.String(), "csv")
	same(t, "part", row.Part, sipward.CDRCall)
	same(t, "duration", row.Duration, time.Minute)
	same(t, "cost", row.Cost, int64(60000))
	same(t, "account", row.Account, "acme")
	same(t, "id", row.ID, "c1")

	inspector := inspectorOf(t, engineOf(t, compile(t, cdrRules), sipward.EngineOptions{}))
	event := row.Event()
	var verdict sipward.Verdict
	must(t, inspector.Event(&event, &verdict))
	if verdict.Flags&sipward.VerdictAlert == 0 {
		t.Error("no alert")
	}

	fingerprint := row.Fingerprint
	must(t, reader.Again([]byte(cdrRows[row.Offset:row.Offset+row.Size]), row.Layout, &row))
	same(t, "fingerprint", row.Fingerprint, fingerprint)

	must(t, reader.Next(&row))
	same(t, "reason", row.Reason.String(), "time")
	if row.Reason.Sentence() == "" || len(row.Facts) != 0 {
		t.Error(row)
	}
	if err := reader.Next(&row); !errors.Is(err, sipward.ErrIncomplete) {
		t.Error(err)
	}
	must(t, reader.Finish())
	if err := reader.Next(&row); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	if _, err := reader.Push([]byte("x")); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	must(t, reader.Close())
	closed(t, "Next", reader.Next(&row))
	closed(t, "Again", reader.Again(nil, 0, &row))
	closed(t, "Finish", reader.Finish())
	closed(t, "Map", reader.Map("a", "start"))
	closed(t, "MapPlace", reader.MapPlace(1, "start"))
	_, err := reader.Push(nil)
	closed(t, "Push", err)
	closed(t, "Close", reader.Close())
	closed(t, "Close", (*sipward.CDRReader)(nil).Close())
	_, err = sipward.NewCDRReader(sipward.CDROptions{Rates: rates})
	closed(t, "NewCDRReader", err)
}

func TestColumnsOfCallRecordsAreMapped(t *testing.T) {
	reader := value(sipward.NewCDRReader(sipward.CDROptions{Format: sipward.CDRCSV, UTCOffset: time.Hour, Delimiter: ';'}))(t)
	defer reader.Close()
	must(t, reader.Map("Begin", "start"))
	must(t, reader.Map("To", "callee"))
	if err := reader.Map("x", "nothing"); !errors.Is(err, sipward.ErrField) {
		t.Error(err)
	}
	value(reader.Push([]byte("begin;to\n2026-03-01 11:00:00;+49302\n")))(t)
	var row sipward.CDR
	must(t, reader.Next(&row))
	same(t, "callee", row.Callee, "+49302")
	same(t, "start", row.Start, int64(1772359200)*1e9)

	places := value(sipward.NewCDRReader(sipward.CDROptions{Format: sipward.CDRCSV}))(t)
	defer places.Close()
	must(t, places.MapPlace(2, "start"))
	value(places.Push([]byte("x,1772359200\n")))(t)
	must(t, places.Next(&row))
	same(t, "reason", row.Reason, sipward.CDRReason(0))
	if _, err := sipward.NewCDRReader(sipward.CDROptions{Format: 99}); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
}

func TestRates(t *testing.T) {
	rates := value(sipward.ReadRates("prefix,rate_per_minute,increment_seconds\n49,0.02,60\n4930,0.01,1\n"))(t)
	same(t, "rate", value(rates.Find("+4940", 61*time.Second))(t), sipward.Rate{PerMinute: 20000, Increment: time.Minute, Cost: 40000})
	if _, err := rates.Find("33", 0); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	_, err := sipward.ReadRates("49,0.02,60\n49,x,60\n")
	var why *sipward.RatesError
	if !errors.As(err, &why) || !errors.Is(err, sipward.ErrRates) || why.Line != 2 || why.Column != 4 {
		t.Error(err)
	}
	must(t, rates.Close())
	_, err = rates.Find("49", 0)
	closed(t, "Find", err)
	closed(t, "Close", rates.Close())
	closed(t, "Close", (*sipward.Rates)(nil).Close())
}
