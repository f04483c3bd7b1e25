package sipward_test

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sipward"
)

// The time for which the certificates of the tests are made.
var pkiNow = time.Unix(1800000000, 0)

const certificateURL = "https://cert.example.com/a.pem"

// pki is a file that the build makes; the test is skipped where there is no identity.
func pki(t testing.TB, name string) []byte {
	t.Helper()
	folder := os.Getenv("SIPWARD_TEST_PKI")
	if folder == "" {
		t.Skip("SIPWARD_TEST_PKI is not set: no certificates to test with")
	}
	return value(os.ReadFile(filepath.Join(folder, name)))(t)
}

func signerOf(t testing.TB) *sipward.Signer {
	t.Helper()
	s := value(sipward.NewSigner(sipward.SignerOptions{
		Key: pki(t, "spc.key"), Certificates: pki(t, "spc.chain.pem"), X5U: certificateURL, Anchors: pki(t, "anchors.pem"), Now: pkiNow,
	}))(t)
	t.Cleanup(func() { s.Close() })
	return s
}

func trustOf(t testing.TB) *sipward.TrustStore {
	t.Helper()
	anchors := pki(t, "anchors.pem")
	store := value(sipward.NewTrustStore(sipward.TrustOptions{}))(t)
	must(t, store.SetAnchors(anchors, pkiNow))
	t.Cleanup(func() { store.Close() })
	return store
}

func signed(t testing.TB) string {
	t.Helper()
	return value(signerOf(t).Sign(sipward.Passport{
		Now: pkiNow, PPT: "shaken", Orig: "tel:+1-215-555-1212", Dest: []string{"12155551299"}, Attest: "A",
	}))(t)
}

func requestWith(identity ...string) *sipward.IdentityRequest {
	return &sipward.IdentityRequest{
		Now:        sipward.Moment{Wall: pkiNow.Add(5 * time.Second).UnixNano(), Monotonic: 1},
		Unseen:     sipward.UnseenDate,
		Identity:   identity,
		From:       "sip:+12155551212@a.example;user=phone",
		To:         "tel:+12155551299",
		RequestURI: "tel:+12155551299",
		CallID:     "1",
		FromTag:    "t",
	}
}

func callWith(identity string) string {
	return "INVITE sip:+12155551299@b.example;user=phone SIP/2.0\r\n" +
		"Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n" +
		"From: <sip:+12155551212@a.example;user=phone>;tag=1\r\nTo: <sip:+12155551299@b.example;user=phone>\r\n" +
		"Call-ID: 2\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\nIdentity: " + identity + "\r\nContent-Length: 0\r\n\r\n"
}

func TestWhatOneSignsAnotherVerifies(t *testing.T) {
	token := signed(t)
	trust := trustOf(t)
	v := value(sipward.NewVerifier(sipward.VerifierOptions{Trust: []*sipward.TrustStore{trust}}))(t)
	defer v.Close()
	found := value(v.Check(requestWith(token)))(t)
	if found.Outcome != sipward.IdentityPending || found.Missing != certificateURL {
		t.Fatalf("%+v", found)
	}
	must(t, trust.Provide(certificateURL, pki(t, "spc.chain.pem"), pkiNow, -1))
	found = value(v.Check(requestWith(token)))(t)
	if found.Outcome != sipward.IdentityVerified || found.Reason != "OK" || found.Attest != "A" || found.Verstat != "TN-Validation-Passed" ||
		!found.IssuedAt.Equal(pkiNow) || found.Headers != 1 || len(found.OrigID) != 36 || found.SPC == "" {
		t.Fatalf("%+v", found)
	}
	if state, _, err := trust.Find(certificateURL, pkiNow); state != sipward.CertificateFresh || err != nil {
		t.Error(state, err)
	}
	if s := value(trust.Statistics())(t); s.Certificates != 1 || s.Bytes == 0 {
		t.Errorf("%+v", s)
	}

	wrong := requestWith(token)
	wrong.To, wrong.RequestURI = "tel:+12155550000", "tel:+12155550000"
	found = value(v.Check(wrong))(t)
	if found.Outcome != sipward.IdentityFailed || found.Reason != "DEST_MISMATCH" || found.SIPCode != 438 {
		t.Fatalf("%+v", found)
	}
	header := value(v.Header(0))(t)
	if header.Stage != "match" || header.PPT != "shaken" || !header.Counts || header.X5U != certificateURL || header.Token != strings.Split(token, ";")[0] {
		t.Errorf("%+v", header)
	}
	if _, err := v.Header(1); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	if line := value(v.ReasonHeader(0))(t); !strings.HasPrefix(line, "Reason: STIR;cause=438;text=\"Invalid Identity Header\";ppi=\"..") || !strings.HasSuffix(line, "\"\r\n") {
		t.Error(line)
	}
	info := value(sipward.DescribeReason("DEST_MISMATCH"))(t)
	if info.SIPCode != 438 || info.Stage != "match" || info.Phrase != "Invalid Identity Header" || info.Text == "" {
		t.Errorf("%+v", info)
	}
	if _, err := sipward.DescribeReason("NONE_SUCH"); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
}

func TestVerifyingAMessage(t *testing.T) {
	token, trust := signed(t), trustOf(t)
	must(t, trust.Provide(certificateURL, pki(t, "spc.chain.pem"), pkiNow, time.Hour))
	v := value(sipward.NewVerifier(sipward.VerifierOptions{Trust: []*sipward.TrustStore{trust}}))(t)
	defer v.Close()
	now := &sipward.IdentityRequest{Now: sipward.WallMoment(pkiNow.UnixNano())}
	m := parsed(t, callWith(token))
	found := value(v.CheckMessage(m, now))(t)
	if found.Outcome != sipward.IdentityVerified || found.Flags&sipward.FlagDateMissing == 0 {
		t.Fatalf("%+v", found)
	}
	if all := found.Flags.Explain(); len(all) != 1 || all[0].Name != "DATE_MISSING" || all[0].Sentence == "" {
		t.Error(all)
	}
	now.From = "tel:+12025550000"
	if found = value(v.CheckMessage(m, now))(t); found.Reason != "ORIG_MISMATCH" {
		t.Fatalf("%+v", found)
	}
	now.Date = "yesterday"
	if _, err := v.CheckMessage(m, now); !errors.Is(err, sipward.ErrMalformed) {
		t.Error(err)
	}
	if _, err := v.CheckMessage(value(sipward.NewMessage())(t), now); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
}

// The same token with another call is found where both share a state.
func TestReplayAndCodes(t *testing.T) {
	token, trust := signed(t), trustOf(t)
	must(t, trust.Provide(certificateURL, pki(t, "spc.chain.pem"), pkiNow, -1))
	state := value(sipward.NewState(sipward.StateOptions{}))(t)
	options := sipward.VerifierOptions{
		Trust:  []*sipward.TrustStore{trust},
		State:  state,
		Caller: &sipward.CallerPolicy{Flags: sipward.CallerRequired, Codes: map[string]int{"REPLAY": 608, "NO_IDENTITY": 403}},
	}
	v := value(sipward.NewVerifier(options))(t)
	defer v.Close()
	must(t, state.Close())
	if found := value(v.Check(requestWith(token)))(t); found.Outcome != sipward.IdentityVerified {
		t.Fatalf("%+v", found)
	}
	other := requestWith(token)
	other.CallID = "another call"
	if found := value(v.Check(other))(t); found.Reason != "REPLAY" || found.SIPCode != 608 {
		t.Fatalf("%+v", found)
	}
	if found := value(v.Check(requestWith()))(t); found.Reason != "NO_IDENTITY" || found.SIPCode != 403 {
		t.Fatalf("%+v", found)
	}
	options.Caller = &sipward.CallerPolicy{Window: -time.Second}
	options.State = nil
	if _, err := sipward.NewVerifier(options); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	options.Caller = &sipward.CallerPolicy{Codes: map[string]int{"NONE_SUCH": 608}}
	if _, err := sipward.NewVerifier(options); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
}

// An engine that checks: the verdict waits for the certificate, and is resumed with it.
func TestPendingVerdict(t *testing.T) {
	trust := trustOf(t)
	rules := compile(t, listRules)
	state := value(sipward.NewState(sipward.StateOptions{}))(t)
	engine := value(sipward.NewEngine(rules, state, sipward.EngineOptions{Trust: trust, Caller: &sipward.CallerPolicy{}}))(t)
	defer engine.Close()
	i := inspectorOf(t, engine)
	message := []byte(callWith(signed(t)))
	p := packetFrom(7)
	p.Time = sipward.WallMoment(pkiNow.UnixNano())
	var v sipward.Verdict
	must(t, i.Inspect(message, &p, &v))
	if !v.Pending() || v.CertificateURL != certificateURL {
		t.Fatalf("%+v", v)
	}
	batch := make([]sipward.Verdict, 1)
	q := p
	q.Size = len(message)
	value(i.InspectBatch(message, []sipward.Packet{q}, batch))(t)
	if !batch[0].Pending() || batch[0].CertificateURL != certificateURL || batch[0].Ticket != v.Ticket {
		t.Fatalf("%+v", batch[0])
	}
	must(t, trust.Provide(v.CertificateURL, pki(t, "spc.chain.pem"), pkiNow, -1))
	must(t, i.Resume(message, &p, v.Ticket, &v))
	if v.Pending() || v.Action != sipward.ActionAllow {
		t.Fatalf("%+v", v)
	}
	if s := value(engine.Statistics())(t); s.IdentityChecks == 0 || s.Resumed != 1 {
		t.Errorf("%+v", s)
	}
}

func TestCredentialsThatCannotBeUsed(t *testing.T) {
	trust := trustOf(t)
	var why *sipward.ReasonError
	for _, err := range []error{
		trust.SetAnchors([]byte("x"), pkiNow),
		trust.SetCRLs([]byte("x")),
		trust.Provide(certificateURL, []byte("x"), pkiNow, -1),
		sipward.CheckCertificateURL("http://cert.example.com/a.pem", false),
		sipward.CheckCertificateURL("https://cert.example.com:444/a.pem", false),
		sipward.CheckCertificateAddress(netip.MustParseAddr("127.0.0.1")),
		sipward.CheckCertificateAddress(netip.MustParseAddr("169.254.169.254")),
		sipward.CheckCertificateAddress(netip.MustParseAddr("::1")),
	} {
		if !errors.As(err, &why) || !errors.Is(err, sipward.ErrCredential) || why.Reason == "" {
			t.Error(err)
		}
	}
	must(t, sipward.CheckCertificateURL(certificateURL, false))
	must(t, sipward.CheckCertificateURL("https://cert.example.com:444/a.pem", true))
	must(t, sipward.CheckCertificateAddress(netip.MustParseAddr("8.8.8.8")))
	must(t, trust.SetCRLs())
	must(t, trust.ProvideFailure("https://cert.example.com/b.pem", "X5U_TIMEOUT", pkiNow))
	if state, reason, _ := trust.Find("https://cert.example.com/b.pem", pkiNow); state != sipward.CertificateFailed || reason != "X5U_TIMEOUT" {
		t.Error(state, reason)
	}
	if err := trust.ProvideFailure(certificateURL, "BECAUSE", pkiNow); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	_, err := sipward.NewSigner(sipward.SignerOptions{Key: []byte("x"), Certificates: pki(t, "spc.chain.pem"), X5U: certificateURL, Now: pkiNow})
	if !errors.As(err, &why) || why.Reason != "KEY_MALFORMED" {
		t.Error(err)
	}
	_, err = signerOf(t).Sign(sipward.Passport{Now: pkiNow, PPT: "shaken", Orig: "1", Dest: []string{"2"}, Attest: "D"})
	if !errors.As(err, &why) || !errors.Is(err, sipward.ErrSign) || why.Reason == "" {
		t.Error(err)
	}
}

func TestTokensAreTakenApart(t *testing.T) {
	token := value(sipward.ReadToken(signed(t)))(t)
	if token.Reason != "OK" || token.PPT != "shaken" || token.Info != certificateURL || token.Orig != "tn 12155551212" || fmt.Sprint(token.Dest) != "[tn 12155551299]" ||
		token.Attest != "A" || !token.IssuedAt.Equal(pkiNow) || len(token.Signature) != 64 || !token.Header.Canonical || !strings.Contains(token.Payload.JSON, "\"attest\":\"A\"") {
		t.Errorf("%+v", token)
	}
	if broken := value(sipward.ReadToken("no token"))(t); broken.Reason == "OK" || broken.Reason == "" {
		t.Errorf("%+v", broken)
	}
}

func TestIdentityIsSafeAfterClose(t *testing.T) {
	trust, signer := trustOf(t), signerOf(t)
	v := value(sipward.NewVerifier(sipward.VerifierOptions{Trust: []*sipward.TrustStore{trust}}))(t)
	for _, err := range []error{second(v.Check(nil)), second(v.CheckMessage(parsed(t, inviteText), nil))} {
		if !errors.Is(err, sipward.ErrArgument) {
			t.Error(err)
		}
	}
	closed(t, "CheckMessage", second(v.CheckMessage(nil, requestWith())))
	for _, one := range []interface{ Close() error }{v, trust, signer} {
		must(t, one.Close())
		closed(t, "Close", one.Close())
	}
	_, err := v.Check(requestWith("x"))
	closed(t, "Check", err)
	_, err = v.CheckMessage(parsed(t, inviteText), requestWith())
	closed(t, "CheckMessage", err)
	_, err = v.Header(0)
	closed(t, "Header", err)
	_, err = v.ReasonHeader(0)
	closed(t, "ReasonHeader", err)
	_, err = signer.Sign(sipward.Passport{})
	closed(t, "Sign", err)
	closed(t, "SetAnchors", trust.SetAnchors(nil, pkiNow))
	closed(t, "SetCRLs", trust.SetCRLs())
	closed(t, "Provide", trust.Provide("", nil, pkiNow, 0))
	closed(t, "ProvideFailure", trust.ProvideFailure("", "", pkiNow))
	_, _, err = trust.Find("", pkiNow)
	closed(t, "Find", err)
	_, err = trust.Statistics()
	closed(t, "Statistics", err)
	_, err = sipward.NewVerifier(sipward.VerifierOptions{Trust: []*sipward.TrustStore{trust}})
	closed(t, "NewVerifier", err)
	_, err = sipward.NewVerifier(sipward.VerifierOptions{Trust: []*sipward.TrustStore{nil}})
	closed(t, "NewVerifier", err)
	closed(t, "Close", (*sipward.Verifier)(nil).Close())
	closed(t, "Close", (*sipward.Signer)(nil).Close())
}
