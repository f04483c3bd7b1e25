package sipward_test

import (
	"errors"
	"fmt"
	"testing"

	"sipward"
)

func TestVerdictHasWhatTheRuleSays(t *testing.T) {
	i := siteInspector(t)
	p := packetFrom(7)
	var v sipward.Verdict
	must(t, i.Inspect([]byte(optionsText), &p, &v))
	if v.Action != sipward.ActionReject || v.SIPCode != 403 || v.SIPReason != "Not here" || v.Score != 7 || v.Parse != nil {
		t.Fatalf("%+v", v)
	}
	if len(v.Hits) != 1 || v.Hits[0].Rule != "test.options" || v.Hits[0].Why != "an OPTIONS request" || !v.Hits[0].Enforced {
		t.Fatalf("%+v", v.Hits)
	}
	if len(v.Tags) != 1 || v.Tags[0] != (sipward.Tag{Text: "asked", Rule: "test.options"}) {
		t.Fatalf("%+v", v.Tags)
	}
	if v.String() != "reject: test.options" {
		t.Fatal(v.String())
	}
	// The next verdict in its place has nothing of it.
	must(t, i.Inspect([]byte(inviteText), &p, &v))
	if v.Action != sipward.ActionAllow || v.SIPCode != 0 || v.SIPReason != "" || len(v.Hits) != 0 || len(v.Tags) != 0 {
		t.Fatalf("%+v", v)
	}
}

func TestCountsGrowWithMessages(t *testing.T) {
	i := siteInspector(t)
	p := packetFrom(7)
	var v sipward.Verdict
	for n := 1; n <= 4; n++ {
		must(t, i.Inspect([]byte(inviteText), &p, &v))
		if (v.Action == sipward.ActionDrop) != (n > 3) {
			t.Fatalf("message %d: %v", n, v.Action)
		}
	}
	if got := v.Hits[0].Values(); len(got) != 1 || got[0] != 4 {
		t.Fatal(got)
	}
}

func TestAnythingIsAVerdict(t *testing.T) {
	i := siteInspector(t)
	p := packetFrom(7)
	var v sipward.Verdict
	for _, bytes := range [][]byte{nil, {}, {0}, []byte("\r\n\r\n"), []byte("INVITE"), make([]byte, 70000), []byte(inviteText[:100])} {
		must(t, i.Inspect(bytes, &p, &v))
	}
	must(t, i.Inspect([]byte("INVITE sip:x SIP/2.0\r\nVia\r\n\r\n"), &p, &v))
	if !errors.Is(v.Parse, sipward.ErrMalformed) {
		t.Fatal(v.Parse)
	}
	long := append([]byte(optionsText[:len(optionsText)-2]), make([]byte, 70000)...)
	p.Transport = sipward.TransportUDP
	must(t, i.Inspect(long, &p, &v))
	if !errors.Is(v.Parse, sipward.ErrLimit) {
		t.Fatal(v.Parse)
	}
}

func TestValuesOutOfRangeAreRefused(t *testing.T) {
	i := siteInspector(t)
	var v sipward.Verdict
	for _, spoil := range []func(p *sipward.Packet){
		func(p *sipward.Packet) { p.Transport = 99 },
		func(p *sipward.Packet) { p.Direction = 99 },
		func(p *sipward.Packet) { p.Identity = &sipward.IdentityCheck{Outcome: 99} },
	} {
		p := packetFrom(7)
		spoil(&p)
		if err := i.Inspect([]byte(optionsText), &p, &v); !errors.Is(err, sipward.ErrArgument) {
			t.Fatal(err)
		}
		if _, err := i.Message(); !errors.Is(err, sipward.ErrEnd) {
			t.Fatal("there is a message of what was not inspected")
		}
	}
}

// batchOf puts the messages behind one another, with something between.
func batchOf(messages ...string) (buffer []byte, packets []sipward.Packet) {
	for k, m := range messages {
		buffer = append(buffer, "###"...)
		p := packetFrom(byte(k + 1))
		p.Offset, p.Size = len(buffer), len(m)
		packets = append(packets, p)
		buffer = append(buffer, m...)
	}
	return buffer, packets
}

func TestBatchIsOneByOne(t *testing.T) {
	for _, count := range []int{1, 2, 7, 8, 9, 100, sipward.MaxBatch, sipward.MaxBatch + 1, 3*sipward.MaxBatch + 5} {
		var messages []string
		for k := 0; k < count; k++ {
			messages = append(messages, []string{optionsText, inviteText, "garbage", ""}[k%4])
		}
		buffer, packets := batchOf(messages...)
		for k := range packets {
			packets[k].Account = fmt.Sprint("account ", k)
			packets[k].Trunk = "trunk"
		}
		verdicts := make([]sipward.Verdict, count)
		if n, err := siteInspector(t).InspectBatch(buffer, packets, verdicts); n != count || err != nil {
			t.Fatal(n, err)
		}
		single := siteInspector(t)
		for k := range packets {
			var v sipward.Verdict
			must(t, single.Inspect([]byte(messages[k]), &packets[k], &v))
			if fmt.Sprintf("%+v", v) != fmt.Sprintf("%+v", verdicts[k]) {
				t.Fatalf("%d of %d:\n%+v\n%+v", k, count, v, verdicts[k])
			}
		}
	}
}

func TestBatchStopsAtWhatIsNotUsable(t *testing.T) {
	buffer, packets := batchOf(optionsText, inviteText, optionsText)
	verdicts := make([]sipward.Verdict, len(packets))
	for _, place := range [][2]int{{-1, 1}, {0, -1}, {0, len(buffer) + 1}, {len(buffer) + 1, 0}, {len(buffer), 1}, {1 << 62, 1 << 62}} {
		broken := append([]sipward.Packet(nil), packets...)
		broken[1].Offset, broken[1].Size = place[0], place[1]
		if n, err := siteInspector(t).InspectBatch(buffer, broken, verdicts); n != 1 || !errors.Is(err, sipward.ErrArgument) {
			t.Fatal(place, n, err)
		}
		broken[0], broken[1] = broken[1], broken[0]
		if n, err := siteInspector(t).InspectBatch(buffer, broken, verdicts); n != 0 || !errors.Is(err, sipward.ErrArgument) {
			t.Fatal(place, n, err)
		}
	}
	broken := append([]sipward.Packet(nil), packets...)
	broken[1].Transport = 99
	if n, err := siteInspector(t).InspectBatch(buffer, broken, verdicts); n != 1 || !errors.Is(err, sipward.ErrArgument) {
		t.Fatal(n, err)
	}
	if n, err := siteInspector(t).InspectBatch(buffer, packets, verdicts[:2]); n != 0 || !errors.Is(err, sipward.ErrArgument) {
		t.Fatal(n, err)
	}
	if n, err := siteInspector(t).InspectBatch(nil, nil, nil); n != 0 || err != nil {
		t.Fatal(n, err)
	}
}

func TestNothingIsAllocatedForAMessage(t *testing.T) {
	i := defaultInspector(t)
	scanner := optionsText[:len(optionsText)-2] + "User-Agent: friendly-scanner\r\n\r\n"
	buffer, packets := batchOf(optionsText, inviteText, scanner, "garbage", inviteText[:200])
	for k := range packets {
		packets[k].Account, packets[k].Trunk = "alice@example.org", "carrier-1"
		packets[k].Identity = &sipward.IdentityCheck{Outcome: sipward.IdentityVerified, Attest: "A", OrigID: "o"}
	}
	verdicts := make([]sipward.Verdict, len(packets))
	if got := allocations(200, func() {
		for k := range packets {
			packets[k].Time.Monotonic++
			if i.Inspect(buffer[packets[k].Offset:packets[k].Offset+packets[k].Size], &packets[k], &verdicts[k]) != nil {
				panic("not inspected")
			}
		}
	}); got != 0 {
		t.Errorf("Inspect: %v allocations", got)
	}
	if verdicts[2].Action != sipward.ActionDrop || len(verdicts[2].Hits) == 0 {
		t.Fatalf("%+v", verdicts[2])
	}
	if got := allocations(200, func() {
		if n, _ := i.InspectBatch(buffer, packets, verdicts); n != len(packets) {
			panic("not inspected")
		}
	}); got != 0 {
		t.Errorf("InspectBatch: %v allocations", got)
	}
}

func TestMessageOfTheInspector(t *testing.T) {
	i := siteInspector(t)
	if _, err := i.Message(); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	p := packetFrom(7)
	var v sipward.Verdict
	data := []byte(inviteText)
	must(t, i.Inspect(data, &p, &v))
	m := value(i.Message())(t)
	for k := range data {
		data[k] = 'x' // what the caller does with the bytes afterwards changes nothing
	}
	if got := m.Get("i"); got != "a84b4c76e66710@pc33.atlanta.example" {
		t.Fatal(got)
	}
	if err := m.Parse([]byte(optionsText), nil); !errors.Is(err, sipward.ErrArgument) {
		t.Fatal(err)
	}
	must(t, m.Close())
	must(t, i.Inspect([]byte(optionsText), &p, &v))
	if _, err := m.Headers(); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	m = value(i.Message())(t)
	if got := m.Get("CSeq"); got != "1 OPTIONS" {
		t.Fatal(got)
	}
	buffer, packets := batchOf(optionsText)
	value(i.InspectBatch(buffer, packets, make([]sipward.Verdict, 1)))(t)
	if _, err := i.Message(); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	if got := m.Get("CSeq"); got != "" {
		t.Fatal(got)
	}
	must(t, i.Close())
	if _, err := m.Headers(); !errors.Is(err, sipward.ErrClosed) {
		t.Fatal(err)
	}
}
