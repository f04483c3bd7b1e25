package sipward_test

import (
	"errors"
	"math/rand"
	"strings"
	"testing"

	"sipward"
)

// spoil changes a text as an attacker or a broken line does.
func spoil(random *rand.Rand, text string) []byte {
	b := []byte(text)
	for n := random.Intn(6); n >= 0 && len(b) > 0; n-- {
		at := random.Intn(len(b))
		switch random.Intn(5) {
		case 0:
			b[at] = byte(random.Intn(256))
		case 1:
			b = b[:at]
		case 2:
			b = append(b[:at], append([]byte("\r\n,;<>\"@:\x00\xff")[:random.Intn(11)], b[at:]...)...)
		case 3:
			b = append(b, b[at:]...)
		case 4:
			end := at + random.Intn(len(b)-at)
			b = append(b[:at], b[end:]...)
		}
	}
	return b
}

// askEverything calls every method that reads a message. None may crash, and each value lies where its
// offset says.
func askEverything(t *testing.T, m *sipward.Message) {
	t.Helper()
	text := m.Text()
	check := func(slices ...sipward.Slice) {
		for _, s := range slices {
			if s.Present() && text[s.Offset():s.Offset()+len(s.String())] != s.String() {
				t.Fatalf("%q is not at %d of %q", s.String(), s.Offset(), text)
			}
		}
	}
	known := func(err error) {
		if err != nil && !errors.Is(err, sipward.ErrEnd) && !errors.Is(err, sipward.ErrArgument) && !errors.Is(err, sipward.ErrMalformed) && !errors.Is(err, sipward.ErrLimit) {
			t.Fatal(err)
		}
	}
	known(m.Validate())
	line, err := m.StartLine()
	known(err)
	check(line.Method, line.RequestURI, line.Version, line.StatusText, line.Reason)
	headers, err := m.Headers()
	known(err)
	for _, h := range headers {
		check(h.Name, h.Value)
		name := h.Known
		if name == "" {
			name = h.Name.String()
		}
		addresses, err := m.Addresses(name)
		known(err)
		for _, a := range addresses {
			check(a.Text, a.Display, a.Params, a.Tag, a.URI.User, a.URI.Host, a.URI.Params)
			params, err := m.Params(a.Params)
			known(err)
			for _, p := range params {
				check(p.Name, p.Value)
			}
		}
		items, err := m.Items(name)
		known(err)
		for _, i := range items {
			check(i.Text, i.Value, i.Params)
		}
		_, err = m.Digest(name, 0)
		known(err)
		_, err = m.Number(name)
		known(err)
		_, err = m.MediaType(name, 0)
		known(err)
		_, err = m.Product(name, 0)
		known(err)
		_, err = m.Dialog(name)
		known(err)
		_, err = m.SessionTimer(name)
		known(err)
		_, err = m.EventPackage(name, 0)
		known(err)
	}
	vias, err := m.Vias()
	known(err)
	for _, v := range vias {
		check(v.Text, v.Host, v.Branch, v.Params)
	}
	for _, one := range []func() error{
		func() error { _, err := m.RequestURI(); return err },
		func() error { _, err := m.CSeq(); return err },
		func() error { _, err := m.Date(); return err },
		func() error { _, err := m.Identity(0); return err },
		func() error { _, err := m.Reason(0); return err },
		func() error { _, err := m.RAck(); return err },
		func() error { _, err := m.Subscription(); return err },
		func() error { _, err := m.ResourcePriority(0); return err },
		func() error { _, err := m.Warning(0); return err },
		func() error { _, err := m.RetryAfter(); return err },
		func() error { _, err := m.BodyInfo(); return err },
		func() error { _, err := m.TextBody(); return err },
		func() error { _, err := m.SDPSession(); return err },
		func() error { _, err := m.SDPMedia(); return err },
		func() error { _, err := m.SDPBandwidths(); return err },
		func() error { _, err := m.Anomalies(); return err },
		func() error { _, err := m.Refused(); return err },
	} {
		known(one())
	}
	parts, err := m.Parts()
	known(err)
	for _, p := range parts {
		check(p.Body, p.Headers)
	}
	attributes, err := m.SDPAttributes()
	known(err)
	for i := range attributes {
		for _, one := range []func() error{
			func() error { _, err := m.SDPRTPMap(i); return err },
			func() error { _, err := m.SDPFmtp(i); return err },
			func() error { _, err := m.SDPCrypto(i); return err },
			func() error { _, err := m.SDPFingerprint(i); return err },
			func() error { _, err := m.SDPSetup(i); return err },
			func() error { _, err := m.SDPCandidate(i); return err },
		} {
			known(one())
		}
	}
	if _, err := m.Write(nil, sipward.AddHeader("Via", "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKp", sipward.PlaceTop)); err != nil && !errors.Is(err, sipward.ErrEdit) {
		t.Fatal(err)
	}
}

func TestHostileMessages(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	m := value(sipward.NewMessage())(t)
	defer m.Close()
	i := defaultInspector(t)
	texts := []string{inviteText, bodiesText, valuesText, optionsText, strings.Repeat("a", 100), "\r\n\r\n"}
	var v sipward.Verdict
	p := packetFrom(7)
	for n := 0; n < 3000; n++ {
		data := spoil(random, texts[n%len(texts)])
		if err := m.Parse(data, nil); err != nil && !errors.Is(err, sipward.ErrMalformed) && !errors.Is(err, sipward.ErrLimit) {
			t.Fatal(err)
		}
		askEverything(t, m)
		p.Time.Monotonic += 1000
		must(t, i.Inspect(data, &p, &v))
		askEverything(t, value(i.Message())(t))
	}
}

func TestHostileStreams(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	for n := 0; n < 300; n++ {
		f := value(sipward.NewFramer(4096))(t)
		data := append(spoil(random, inviteText), spoil(random, bodiesText)...)
		for len(data) > 0 {
			took, err := f.Push(data[:1+random.Intn(len(data))])
			must(t, err)
			data = data[took:]
			for {
				if _, err = f.Next(); err != nil {
					break
				}
			}
			if !errors.Is(err, sipward.ErrIncomplete) && !errors.Is(err, sipward.ErrMalformed) && !errors.Is(err, sipward.ErrLimit) {
				t.Fatal(err)
			}
			if took == 0 && errors.Is(err, sipward.ErrIncomplete) {
				t.Fatal("nothing is taken, nothing comes")
			}
		}
		must(t, f.Close())
	}
}

func TestHostileRulesSnapshotsTokens(t *testing.T) {
	random := rand.New(rand.NewSource(3))
	state := value(sipward.NewState(sipward.StateOptions{Bytes: 1 << 20}))(t)
	defer state.Close()
	snapshot := string(value(state.Snapshot(sipward.Now()))(t))
	for n := 0; n < 300; n++ {
		c := value(sipward.NewCompiler())(t)
		if c.AddRules("x\x00y", string(spoil(random, siteRules))) == nil {
			if rules, err := c.Build(); err == nil {
				rules.Close()
			} else if !errors.Is(err, sipward.ErrRules) {
				t.Fatal(err)
			}
		}
		must(t, c.Close())
		if _, err := sipward.FormatRules(string(spoil(random, siteRules))); err != nil && !errors.Is(err, sipward.ErrRules) {
			t.Fatal(err)
		}
		if _, err := sipward.ReadToken(string(spoil(random, "aa.bb.cc;info=<https://example.com/c.pem>;alg=ES256"))); err != nil && !errors.Is(err, sipward.ErrUnsupported) {
			t.Fatal(err)
		}
		if n%20 == 0 {
			if err := state.Restore(spoil(random, snapshot), sipward.Now()); err != nil && !errors.Is(err, sipward.ErrSnapshot) {
				t.Fatal(err)
			}
		}
	}
}
