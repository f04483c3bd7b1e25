package sipward_test

import (
	"errors"
	"strings"
	"testing"

	"sipward"
)

func TestWriteCopiesExactly(t *testing.T) {
	m := parsed(t, inviteText)
	same(t, "copy", string(value(m.Write([]byte("before ")))(t)), "before "+inviteText)
}

func TestWriteAsAProxy(t *testing.T) {
	m := parsed(t, inviteText)
	out := string(value(m.Write(nil,
		sipward.AddHeader("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKp", sipward.PlaceTop),
		sipward.ReplaceHeader("Max-Forwards", "69", sipward.WhichFirst),
		sipward.SetRequestURI("sip:bob@192.0.2.4"),
		sipward.RemoveHeader("X-Custom", sipward.WhichAll),
		sipward.SetHeader("Subject", "Lunch"),
		sipward.SetBody("text/plain", []byte("hello"))))(t))
	if !strings.HasPrefix(out, "INVITE sip:bob@192.0.2.4 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKp\r\nVia: SIP/2.0/UDP pc33") {
		t.Error(out)
	}
	again := parsed(t, out)
	same(t, "Max-Forwards", again.Get("Max-Forwards"), "69")
	same(t, "Subject", again.Get("Subject"), "Lunch")
	same(t, "Content-Length", again.Get("l"), "5")
	same(t, "X-Custom", again.Get("X-Custom"), "")
	same(t, "body", value(again.Body())(t), "hello")
}

func TestEditsByLine(t *testing.T) {
	m := parsed(t, inviteText)
	again := parsed(t, string(value(m.Write(nil, sipward.RemoveLine(0), sipward.ReplaceLine(8, "two")))(t)))
	same(t, "Via", value(again.Via(0))(t).Host, "[2001:db8::9]")
	same(t, "X-Custom", again.Get("X-Custom"), "two")
}

func TestStripAndStatus(t *testing.T) {
	m := parsed(t, strings.Replace(inviteText, "X-Custom: one\r\n two", "P-Asserted-Identity: <sip:root@example.com>", 1))
	again := parsed(t, string(value(m.Write(nil, sipward.Strip(sipward.StripUntrusted)))(t)))
	same(t, "asserted", again.Get("P-Asserted-Identity"), "")
	ok := parsed(t, "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\nTo: <sip:a@b>;tag=2\r\nFrom: <sip:a@b>;tag=1\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
	line := value(parsed(t, string(value(ok.Write(nil, sipward.SetStatus(486, "Busy Here")))(t))).StartLine())(t)
	if line.Kind != sipward.KindResponse || line.StatusCode != 486 || line.Reason.String() != "Busy Here" {
		t.Errorf("%+v", line)
	}
}

func TestEditsThatCannotBe(t *testing.T) {
	m := parsed(t, inviteText)
	before := []byte("kept")
	for _, c := range []struct {
		edit sipward.Edit
		why  sipward.EditProblem
	}{
		{sipward.AddHeader("not a token", "x", sipward.PlaceEnd), sipward.EditProblemName},
		{sipward.AddHeader("X-A", "a\r\nX-B: b", sipward.PlaceEnd), sipward.EditProblemValue},
		{sipward.SetHeader("Content-Length", "7"), sipward.EditProblemContentLength},
		{sipward.SetStatus(200, "OK"), sipward.EditProblemStartLine},
		{sipward.RemoveHeader("From", sipward.WhichAll), sipward.EditProblemMandatory},
		{sipward.AddHeader("From", "<sip:b@c>", sipward.PlaceEnd), sipward.EditProblemSingleton},
		{sipward.SetBody("", []byte("x")), sipward.EditProblemContentType},
		{sipward.RemoveLine(99), sipward.EditProblemLine},
		{sipward.Edit{}, 0},
	} {
		out, err := m.Write(before, sipward.SetHeader("Subject", "x"), c.edit)
		var problem *sipward.EditError
		if c.why == 0 {
			must(t, err)
			continue
		}
		if !errors.As(err, &problem) || !errors.Is(err, sipward.ErrEdit) || problem.Problem != c.why || problem.Edit != 1 || string(out) != "kept" {
			t.Errorf("%v: %v", c.why, err)
		}
	}
	if _, err := m.Write(nil, make([]sipward.Edit, sipward.MaxEdits+1)...); !errors.Is(err, sipward.ErrEdit) {
		t.Error(err)
	}
}

func TestNormalForm(t *testing.T) {
	m := parsed(t, strings.Replace(inviteText, "From:", "f  :", 1))
	out := string(value(m.WriteNormal(nil))(t))
	if !strings.Contains(out, "\r\nFrom: Alice") || !strings.Contains(out, "\r\nX-Custom: one two\r\n") {
		t.Error(out)
	}
}

func TestWritingAllocatesNothingWithRoom(t *testing.T) {
	m := parsed(t, inviteText)
	room := make([]byte, 0, 4096)
	if got := allocations(100, func() {
		out, err := m.Write(room, sipward.AddHeader("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKp", sipward.PlaceTop), sipward.RemoveHeader("X-Custom", sipward.WhichAll))
		if err != nil || len(out) == 0 {
			panic(err)
		}
	}); got != 0 {
		t.Error(got)
	}
}

func TestFramerCutsAStream(t *testing.T) {
	f := value(sipward.NewFramer(0))(t)
	defer f.Close()
	stream := []byte(inviteText + "\r\n\r\n" + optionsText)
	var got []string
	for _, b := range stream { // one octet at a time
		if n := value(f.Push([]byte{b}))(t); n != 1 {
			t.Fatal(n)
		}
		for {
			m, err := f.Next()
			if errors.Is(err, sipward.ErrIncomplete) {
				break
			}
			must(t, err)
			got = append(got, string(m))
		}
	}
	same(t, "messages", got, []string{inviteText, optionsText})
	same(t, "pending", value(f.Pending())(t), 0)
	value(f.Push([]byte("INVITE")))(t)
	same(t, "pending", value(f.Pending())(t), 6)

	small := value(sipward.NewFramer(64))(t)
	value(small.Push([]byte(inviteText)))(t)
	_, err := small.Next()
	var why *sipward.FramingError
	if !errors.As(err, &why) || !errors.Is(err, sipward.ErrLimit) || why.Anomaly.Name() == "" {
		t.Error(err)
	}
	must(t, small.Close())
	_, err = small.Push(nil)
	closed(t, "Push", err)
	_, err = small.Next()
	closed(t, "Next", err)
	_, err = small.Pending()
	closed(t, "Pending", err)
	closed(t, "Close", small.Close())
	closed(t, "Close", (*sipward.Framer)(nil).Close())
}
