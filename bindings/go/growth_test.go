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

// memory is a line of the process's memory in KiB, C's included: VmRSS what is there, VmData what was asked for.
func memory(t testing.TB, name string) int {
	t.Helper()
	for _, line := range strings.Split(string(value(os.ReadFile("/proc/self/status"))(t)), "\n") {
		if strings.HasPrefix(line, name+":") {
			return value(strconv.Atoi(strings.Fields(line)[1]))(t)
		}
	}
	t.Fatal("no " + name)
	return 0
}

// flat runs something often, and fails if the process grows after the first tenth by more than most KiB.
func flat(t *testing.T, times, most int, once func()) {
	t.Helper()
	if instrumented {
		times = times/10 + 1
	}
	for n := 0; n < times/10+1; n++ {
		once()
	}
	runtime.GC()
	before := memory(t, "VmRSS")
	for n := 0; n < times; n++ {
		once()
	}
	runtime.GC()
	if after := memory(t, "VmRSS"); after-before > most*growthFactor {
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

func TestStreamsTokensNumbersDoNotGrow(t *testing.T) {
	stream := []byte(inviteText)
	flat(t, loops(10000), 8<<10, func() {
		f, err := sipward.NewFramer(4096)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Push(stream); err != nil {
			t.Fatal(err)
		}
		if _, err := f.Next(); err != nil {
			t.Fatal(err)
		}
		f.Close()
		if _, err := sipward.ReadToken("aa.bb.cc;info=<https://example.com/c.pem>"); err != nil && !errors.Is(err, sipward.ErrUnsupported) {
			t.Fatal(err)
		}
		if _, err := sipward.LookupNumber("+4915123456789"); err != nil {
			t.Fatal(err)
		}
		if _, err := sipward.CanonicalNumber("0151 23456789", "DE"); err != nil {
			t.Fatal(err)
		}
	})
}

func TestEnginesDoNotGrow(t *testing.T) {
	rules := compile(t, siteRules)
	defer rules.Close()
	p := packetFrom(7)
	var v sipward.Verdict
	flat(t, loops(3000)/10, 16<<10, func() {
		state, err := sipward.NewState(sipward.StateOptions{Bytes: 20 << 20})
		if err != nil {
			t.Fatal(err)
		}
		engine, err := sipward.NewEngine(rules, state, sipward.EngineOptions{})
		if err != nil {
			t.Fatal(err)
		}
		i, err := sipward.NewInspector(engine)
		if err != nil {
			t.Fatal(err)
		}
		if err := i.Inspect([]byte(inviteText), &p, &v); err != nil {
			t.Fatal(err)
		}
		if err := engine.AddBan(sipward.BanAddress, "198.51.100.9", "x", time.Minute, p.Time); err != nil {
			t.Fatal(err)
		}
		i.Close()
		engine.Close()
		state.Close()
	})
}

func TestTrustVerifiersSignersDoNotGrow(t *testing.T) {
	anchors, key, chain := pki(t, "anchors.pem"), pki(t, "spc.key"), pki(t, "spc.chain.pem")
	flat(t, loops(3000)/30, 8<<10, func() {
		trust, err := sipward.NewTrustStore(sipward.TrustOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := trust.SetAnchors(anchors, pkiNow); err != nil {
			t.Fatal(err)
		}
		if err := trust.Provide(certificateURL, chain, pkiNow, -1); err != nil {
			t.Fatal(err)
		}
		signer, err := sipward.NewSigner(sipward.SignerOptions{Key: key, Certificates: chain, X5U: certificateURL, Now: pkiNow, Unchecked: true})
		if err != nil {
			t.Fatal(err)
		}
		token, err := signer.Sign(sipward.Passport{Now: pkiNow, PPT: "shaken", Orig: "12155551212", Dest: []string{"12155551299"}, Attest: "A"})
		if err != nil {
			t.Fatal(err)
		}
		v, err := sipward.NewVerifier(sipward.VerifierOptions{Trust: []*sipward.TrustStore{trust}})
		if err != nil {
			t.Fatal(err)
		}
		if found, err := v.Check(requestWith(token)); err != nil || found.Outcome != sipward.IdentityVerified {
			t.Fatal(found, err)
		}
		v.Close()
		signer.Close()
		trust.Close()
	})
}

// What nobody closes the collector gives back: 2,000 times 400 KiB that are reserved, if little of it is
// ever touched.
func TestFinalizersCloseWhatIsForgotten(t *testing.T) {
	if instrumented {
		t.Skip("what was freed stays for a while")
	}
	engine := engineOf(t, compile(t, siteRules), sipward.EngineOptions{})
	p := packetFrom(7)
	before := memory(t, "VmData")
	for n := 0; n < 40; n++ {
		for k := 0; k < 50; k++ {
			i := value(sipward.NewInspector(engine))(t)
			var v sipward.Verdict
			must(t, i.Inspect([]byte(inviteText), &p, &v))
			value(i.Message())(t)
			value(sipward.NewMessage())(t)
		}
		runtime.GC()
		time.Sleep(5 * time.Millisecond) // finalizers have a goroutine of their own
	}
	if after := memory(t, "VmData"); after-before > 300<<10 {
		t.Errorf("from %d to %d KiB", before, after)
	}
}
