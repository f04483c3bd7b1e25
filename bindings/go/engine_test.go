package sipward_test

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"sipward"
)

const listRules = `version 1
list probed : exact dynamic
list nets : cidr dynamic
rule test.probed { meta { severity low why "was seen before" } on request where true when has(from.user) and from.user in probed then alert }
rule test.net { meta { severity low why "a bad network" } on request where true when src.ip in nets then reject 403 "No" }
rule test.calls { meta { severity low why "calls" } on call_start where true when count(by caller.number over 1m) > 2 then reject 480 "Not now" }
rule test.who { meta { severity low why "who calls" } on request where true when identity.result == failed then reject 437 "Bad caller" }
`

func TestBans(t *testing.T) {
	engine := engineOf(t, compile(t, siteRules), sipward.EngineOptions{})
	i := inspectorOf(t, engine)
	p := packetFrom(7)
	must(t, engine.AddBan(sipward.BanAddress, "198.51.100.7", "asked for it", time.Minute, p.Time))
	must(t, engine.AddBan(sipward.BanAccount, "alice", "her own wish", time.Hour, p.Time))
	var v sipward.Verdict
	must(t, i.Inspect([]byte(inviteText), &p, &v))
	if v.Action != sipward.ActionDrop || v.Flags&sipward.VerdictBanned == 0 {
		t.Fatalf("%+v", v)
	}
	ban := value(engine.FindBan(sipward.BanAddress, "198.51.100.7", p.Time))(t)
	if ban.Key != "198.51.100.7" || ban.Reason != "asked for it" || ban.Left(p.Time) != time.Minute || ban.AllowListed || ban.Kind != sipward.BanAddress {
		t.Fatalf("%+v", ban)
	}
	all := value(engine.Bans(p.Time))(t)
	if len(all) != 2 {
		t.Fatal(all)
	}
	must(t, engine.RemoveBan(sipward.BanAddress, "198.51.100.7", p.Time))
	if err := engine.RemoveBan(sipward.BanAddress, "198.51.100.7", p.Time); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	if _, err := engine.FindBan(sipward.BanAddress, "198.51.100.7", p.Time); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	for _, key := range []string{"", "no address", "198.51.100.0/23"} {
		if err := engine.AddBan(sipward.BanAddress, key, "x", time.Minute, p.Time); !errors.Is(err, sipward.ErrArgument) {
			t.Fatal(key, err)
		}
	}
	later := p.Time
	later.Monotonic += int64(2 * time.Hour)
	if left := value(engine.Bans(later))(t); len(left) != 0 {
		t.Fatal(left)
	}
}

func TestDynamicLists(t *testing.T) {
	engine := engineOf(t, compile(t, listRules), sipward.EngineOptions{})
	i := inspectorOf(t, engine)
	p := packetFrom(7)
	must(t, engine.AddToList("probed", "alice", "by hand", time.Minute, p.Time))
	must(t, engine.AddToList("nets", "198.51.100.0/24", "by hand", time.Minute, p.Time))
	var v sipward.Verdict
	must(t, i.Inspect([]byte(inviteText), &p, &v))
	if v.String() != "reject: test.net, test.probed" && v.String() != "reject: test.probed, test.net" {
		t.Fatal(v.String())
	}
	entry := value(engine.FindInList("nets", "198.51.100.7", p.Time))(t)
	if entry.Key != "198.51.100.0/24" || entry.Reason != "by hand" || entry.Left(p.Time) != time.Minute {
		t.Fatalf("%+v", entry)
	}
	if all := value(engine.ListEntries("probed", p.Time))(t); len(all) != 1 || all[0].Key != "alice" {
		t.Fatal(all)
	}
	must(t, engine.RemoveFromList("probed", "alice", p.Time))
	if err := engine.RemoveFromList("probed", "alice", p.Time); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	for _, err := range []error{
		engine.AddToList("nowhere", "a", "b", time.Minute, p.Time),
		engine.RemoveFromList("nowhere", "a", p.Time),
		second(engine.FindInList("nowhere", "a", p.Time)),
		second(engine.ListEntries("nowhere", p.Time)),
	} {
		if !errors.Is(err, sipward.ErrList) {
			t.Error(err)
		}
	}
	if err := engine.AddToList("nets", "x", "y", time.Minute, p.Time); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestStatisticsCount(t *testing.T) {
	engine := engineOf(t, compile(t, siteRules), sipward.EngineOptions{})
	i := inspectorOf(t, engine)
	p := packetFrom(7)
	var v sipward.Verdict
	for n := 0; n < 3; n++ {
		must(t, i.Inspect([]byte(optionsText), &p, &v))
	}
	must(t, i.Inspect([]byte("garbage\r\n\r\n"), &p, &v))
	must(t, engine.Feedback("1@198.51.100.7", sipward.FeedbackFraud, p.Time))
	must(t, engine.Feedback("1@198.51.100.7", sipward.FeedbackFraud, p.Time))
	if err := engine.Feedback("", sipward.FeedbackFraud, p.Time); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	s := value(engine.Statistics())(t)
	if s.Packets != 4 || s.NotSIP != 1 || s.ByAction[sipward.ActionReject] != 3 || s.ByKind[sipward.EventRequest] != 3 || s.Matches != 3 ||
		s.FeedbackFraud != 1 || s.FeedbackRepeated != 1 || s.StateBytes == 0 || s.StateUsed == 0 || s.StateUsed > s.StateBytes {
		t.Errorf("%+v", s)
	}
	rules, generation, err := engine.RuleStatistics()
	must(t, err)
	if generation != 1 || len(rules) != 2 || rules[0].Rule != "test.options" || rules[0].Enforced != 3 || rules[1].Enforced != 0 || rules[0].Since != 1 {
		t.Errorf("%+v", rules)
	}
	site := compile(t, siteRules)
	must(t, engine.Reload(site))
	must(t, site.Close())
	if _, generation, _ = engine.RuleStatistics(); generation != 2 {
		t.Error(generation)
	}

	var cursor sipward.NoticeCursor
	n := value(engine.NextNotice(&cursor))(t)
	if n.Code != sipward.NoticeRulesLoaded || n.Severity != sipward.NoticeInfo || n.Code.String() != "rules_loaded" || n.Code.Sentence() == "" || n.Amount == 0 {
		t.Errorf("%+v", n)
	}
	for {
		if _, err := engine.NextNotice(&cursor); err != nil {
			if !errors.Is(err, sipward.ErrEnd) {
				t.Error(err)
			}
			break
		}
	}
	if sipward.NoticeCode(999).String() != "" || sipward.NoticeCode(999).Sentence() != "" {
		t.Error("there is a notice 999")
	}
}

func TestReloadThatDoesNotFit(t *testing.T) {
	small := compile(t, "version 1\nrule a.b { on request where true when count(by src.ip over 1m) > 3 then drop }\n")
	state := value(sipward.NewState(sipward.StateOptions{Bytes: 20 << 20}))(t)
	engine, err := sipward.NewEngine(small, state, sipward.EngineOptions{})
	must(t, err)
	defer engine.Close()
	var text strings.Builder
	text.WriteString("version 1\n")
	for n := 0; n < 20; n++ {
		fmt.Fprintf(&text, "rule a.c%d { on request where true when count(by src.ip over %dm) > 3 then drop }\n", n, n+2)
	}
	large := compile(t, text.String())
	err = engine.Reload(large)
	var full *sipward.StateFullError
	if !errors.As(err, &full) || !errors.Is(err, sipward.ErrStateFull) || full.Bytes <= full.Room || full.Table == "" || !strings.Contains(err.Error(), full.Table) {
		t.Fatal(err)
	}
	if _, err := sipward.NewEngine(large, state, sipward.EngineOptions{}); !errors.Is(err, sipward.ErrStateFull) {
		t.Fatal(err)
	}
}

func TestEvents(t *testing.T) {
	i := inspectorOf(t, engineOf(t, compile(t, listRules), sipward.EngineOptions{}))
	number := value(sipward.FindField(sipward.EventCallStart, "caller.number"))(t)
	source := value(sipward.FindField(sipward.EventCallStart, "src.ip"))(t)
	event := sipward.Event{
		Kind:   sipward.EventCallStart,
		Time:   packetFrom(7).Time,
		Proven: true,
		Facts:  []sipward.Fact{sipward.Text(number, "+4930123456"), sipward.IP(source, netip.MustParseAddr("198.51.100.7"))},
	}
	var v sipward.Verdict
	for n := 1; n <= 3; n++ {
		must(t, i.Event(&event, &v))
		if (v.Action == sipward.ActionReject) != (n > 2) {
			t.Fatalf("%d: %+v", n, v)
		}
	}
	if got := allocations(100, func() { i.Event(&event, &v) }); got != 0 {
		t.Errorf("Event: %v allocations", got)
	}
	wrong := event
	wrong.Facts = []sipward.Fact{sipward.Float(number, 1)}
	if err := i.Event(&wrong, &v); !errors.Is(err, sipward.ErrField) {
		t.Error(err)
	}
	wrong.Facts = []sipward.Fact{sipward.Text(9999, "x")}
	if err := i.Event(&wrong, &v); !errors.Is(err, sipward.ErrField) {
		t.Error(err)
	}
	wrong.Facts = make([]sipward.Fact, 1025)
	if err := i.Event(&wrong, &v); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	if _, err := sipward.FindField(sipward.EventTick, "caller.number"); !errors.Is(err, sipward.ErrField) {
		t.Error(err)
	}
	same(t, "name", sipward.EventCDR, "cdr")
	same(t, "name", sipward.EventKind(99), "")
}

// Every field takes the fact of its type, and only that.
func TestEveryFieldTakesItsType(t *testing.T) {
	i := siteInspector(t)
	var v sipward.Verdict
	fields := value(sipward.Fields())(t)
	if len(fields) < 100 {
		t.Fatal(len(fields))
	}
	for _, f := range fields {
		facts := map[sipward.FieldType]sipward.Fact{
			sipward.TypeBool:     sipward.Bool(f.Field, true),
			sipward.TypeInt:      sipward.Int(f.Field, 1),
			sipward.TypeFloat:    sipward.Float(f.Field, 0.5),
			sipward.TypeString:   sipward.Text(f.Field, "x"),
			sipward.TypeDuration: sipward.Duration(f.Field, time.Second),
			sipward.TypeTime:     sipward.Time(f.Field, time.Unix(1700000000, 0)),
			sipward.TypeIP:       sipward.IP(f.Field, netip.MustParseAddr("192.0.2.1")),
			sipward.TypeCIDR:     sipward.CIDR(f.Field, netip.MustParsePrefix("192.0.2.0/24")),
			sipward.TypeMoney:    sipward.Money(f.Field, 5),
			sipward.TypeNumber:   sipward.Text(f.Field, "+4930123456"),
		}
		fact, known := facts[f.Type]
		if !known {
			if f.Type != sipward.TypeEnum {
				t.Errorf("%s is of type %d, %s", f.Name, f.Type, f.TypeName)
			}
			continue // names of an enumeration are each field's own
		}
		for kind := sipward.EventRequest; kind <= sipward.EventTick; kind++ {
			if !f.Has(kind) {
				continue
			}
			found := value(sipward.FindField(kind, f.Name))(t)
			if found != f.Field || f.Meaning == "" {
				t.Error(f.Name, kind)
			}
			event := sipward.Event{Kind: kind, Time: packetFrom(7).Time, Facts: []sipward.Fact{fact}}
			if err := i.Event(&event, &v); err != nil && !errors.Is(err, sipward.ErrField) {
				t.Errorf("%s of %s: %v", f.Name, kind, err)
			} else if err != nil && f.Type != sipward.TypeInt {
				t.Errorf("%s of %s (%s): %v", f.Name, kind, f.TypeName, err)
			}
		}
	}
}

func TestIdentityByHost(t *testing.T) {
	engine := engineOf(t, compile(t, listRules), sipward.EngineOptions{IdentityByHost: true})
	i := inspectorOf(t, engine)
	p := packetFrom(7)
	var v sipward.Verdict
	signed := []byte(strings.Replace(inviteText, "X-Custom: one\r\n two", "Identity: a.b.c;info=<https://cert.example.com/a.pem>", 1))
	must(t, i.Inspect(signed, &p, &v))
	if !v.Pending() || v.Ticket == 0 || v.CertificateURL != "" {
		t.Fatalf("%+v", v)
	}
	ticket := v.Ticket
	p.Identity = &sipward.IdentityCheck{Outcome: sipward.IdentityFailed, Reason: "IAT_STALE"}
	if err := i.Resume(signed, &p, ticket+1, &v); !errors.Is(err, sipward.ErrTicket) {
		t.Fatal(err)
	}
	must(t, i.Resume(signed, &p, ticket, &v))
	if v.Action != sipward.ActionReject || v.SIPCode != 437 || v.Pending() {
		t.Fatalf("%+v", v)
	}
}

func TestReportOnly(t *testing.T) {
	i := inspectorOf(t, engineOf(t, compile(t, siteRules), sipward.EngineOptions{ReportOnly: true}))
	p := packetFrom(7)
	var v sipward.Verdict
	must(t, i.Inspect([]byte(optionsText), &p, &v))
	if v.Action != sipward.ActionFlag || v.Hits[0].Enforced || v.Hits[0].Action != sipward.ActionReject {
		t.Fatalf("%+v", v)
	}
}

func TestSnapshotsKeepWhatWasCounted(t *testing.T) {
	options := sipward.StateOptions{Seed: [16]byte{1}}
	state := value(sipward.NewState(options))(t)
	defer state.Close()
	rules := compile(t, siteRules)
	defer rules.Close()
	engine := value(sipward.NewEngine(rules, state, sipward.EngineOptions{}))(t)
	i := inspectorOf(t, engine)
	p := packetFrom(7)
	var v sipward.Verdict
	for n := 0; n < 3; n++ {
		must(t, i.Inspect([]byte(inviteText), &p, &v))
	}
	snapshot := value(state.Snapshot(p.Time))(t)

	again := value(sipward.NewState(options))(t)
	defer again.Close()
	must(t, again.Restore(snapshot, p.Time))
	fresh := inspectorOf(t, value(sipward.NewEngine(rules, again, sipward.EngineOptions{}))(t))
	must(t, fresh.Inspect([]byte(inviteText), &p, &v))
	if v.Action != sipward.ActionDrop {
		t.Fatalf("%+v", v)
	}

	for _, bad := range [][]byte{nil, {}, snapshot[:len(snapshot)/2], append([]byte("x"), snapshot...)} {
		other := value(sipward.NewState(options))(t)
		err := other.Restore(bad, p.Time)
		var why *sipward.ReasonError
		if !errors.As(err, &why) || !errors.Is(err, sipward.ErrSnapshot) || why.Reason == "" {
			t.Error(err)
		}
		must(t, other.Close())
	}
	if _, err := sipward.NewState(sipward.StateOptions{Bytes: 1}); !errors.Is(err, sipward.ErrNoMemory) {
		t.Error(err)
	}
}

func TestNumbers(t *testing.T) {
	n := value(sipward.LookupNumber("+49-151-23456789"))(t)
	if n.Country != "DE" || n.Type != sipward.NumberMobile || n.TypeName != "mobile" || n.CallingCode != "49" || n.Region != "europe" || !n.Valid {
		t.Errorf("%+v", n)
	}
	if n := value(sipward.LookupNumber(""))(t); n.Type != sipward.NumberNone || n.Country != "" {
		t.Errorf("%+v", n)
	}
	for text, expected := range map[string]string{"+49 (0)151 23456789;ext=1": "4915123456789", "0151/23456789": "4915123456789", "110": "110", "alice": ""} {
		if got := value(sipward.CanonicalNumber(text, "+49"))(t); got != expected {
			t.Error(text, got)
		}
	}
	if _, err := sipward.CanonicalNumber("110", "Germany"); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	if got := value(sipward.CountryOf("49"))(t); got != "DE" {
		t.Error(got)
	}
	if got := value(sipward.CountryOf("Germany"))(t); got != "" {
		t.Error(got)
	}
}

func TestVersions(t *testing.T) {
	if got := fmt.Sprintf("%d.%d.%d", sipward.VersionMajor, sipward.VersionMinor, sipward.VersionPatch); got != sipward.Version() {
		t.Error(got, sipward.Version())
	}
}
