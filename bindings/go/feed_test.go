package sipward_test

import (
	"errors"
	"testing"
	"time"

	"sipward"
)

const feedRules = "version 1\nlist bad : cidr dynamic max 1024\nrule test.bad { on request when src.ip in bad then drop }\n"

func TestFeedFillsAList(t *testing.T) {
	engine := engineOf(t, compile(t, feedRules), sipward.EngineOptions{})
	p := packetFrom(7)
	feed := value(sipward.NewFeed(sipward.FeedOptions{Kind: sipward.FeedNetwork, List: "bad", TTL: time.Hour, Allowed: "203.0.113.9\n"}))(t)
	must(t, feed.Update(engine, []byte("198.51.100.0/24 ; x\n203.0.113.9\nrubbish\n10.0.0.1\n"), nil, p.Time))
	entry := value(engine.FindInList("bad", "198.51.100.7", p.Time))(t)
	if entry.Reason != "feed bad: x" || entry.Left(p.Time) != time.Hour {
		t.Fatalf("%+v", entry)
	}
	var v sipward.Verdict
	must(t, inspectorOf(t, engine).Inspect([]byte(optionsText), &p, &v))
	if v.Action != sipward.ActionDrop {
		t.Fatal(v.String())
	}
	s := value(feed.Statistics())(t)
	if s.Updates != 1 || s.Entries != 1 || s.Added != 1 || s.Refused[sipward.FeedAllowed] != 1 || s.Refused[sipward.FeedPrivate] != 1 || s.LastUpdate != p.Time.Monotonic {
		t.Fatalf("%+v", s)
	}
	refusals := value(feed.Refusals())(t)
	if len(refusals) != 3 || refusals[1] != (sipward.FeedRefusal{Kind: sipward.FeedMalformed, Line: 3, Column: 1, Text: "rubbish"}) || refusals[2].Kind.String() != "private" {
		t.Fatalf("%+v", refusals)
	}
	err := feed.Update(engine, nil, nil, p.Time)
	var refused *sipward.FeedError
	if !errors.Is(err, sipward.ErrFeed) || !errors.As(err, &refused) || refused.Fault != sipward.FeedFaultEmpty || refused.Fault.String() != "empty" {
		t.Fatal(err)
	}
	must(t, feed.Begin(nil, nil, true))
	if err := feed.Step(engine, 1, p.Time); !errors.Is(err, sipward.ErrIncomplete) {
		t.Fatal(err)
	}
	must(t, feed.Step(engine, 1<<40, p.Time))
	if _, err := engine.FindInList("bad", "198.51.100.7", p.Time); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	if err := feed.Step(engine, 1, p.Time); !errors.Is(err, sipward.ErrArgument) {
		t.Fatal(err)
	}
	must(t, feed.Close())
	closed(t, "Update", feed.Update(engine, nil, nil, p.Time))
	closed(t, "Statistics", second(feed.Statistics()))
	closed(t, "Refusals", second(feed.Refusals()))
	closed(t, "Close", feed.Close())
	closed(t, "Close", (*sipward.Feed)(nil).Close())
}

func TestFeedWithoutAnEngineSaysWhatItWouldDo(t *testing.T) {
	feed := value(sipward.NewFeed(sipward.FeedOptions{Kind: sipward.FeedAddress, List: "bad", Additive: true}))(t)
	must(t, feed.Update(nil, []byte(`{"ipaddress":["198.51.100.7"],"ID":"42"}`), nil, sipward.Moment{}))
	if s := value(feed.Statistics())(t); s.Entries != 1 || s.Cursor != "42" || s.Updates != 0 {
		t.Fatalf("%+v", s)
	}
}

func TestFeedOptionsThatCannotBe(t *testing.T) {
	for option, options := range map[string]sipward.FeedOptions{
		"list": {Kind: sipward.FeedAddress},
		"kind": {List: "bad"},
		"key":  {Kind: sipward.FeedAddress, List: "bad", Key: "x"},
		"home": {Kind: sipward.FeedNumber, List: "bad", Home: "x"},
	} {
		_, err := sipward.NewFeed(options)
		var wrong *sipward.OptionError
		if !errors.Is(err, sipward.ErrArgument) || !errors.As(err, &wrong) || wrong.Option != option {
			t.Error(option, err)
		}
	}
}
