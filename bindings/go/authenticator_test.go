package sipward_test

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strings"
	"testing"

	"sipward"
)

const nonceKey = "a secret of at least sixteen octets"

// hashOf is H(a:b:c) with SHA-256: an HA1 is one of any texts.
func hashOf(t testing.TB, a, b, c string) string {
	t.Helper()
	return value(sipward.AuthHash(sipward.DigestSHA256, a, b, c))(t)
}

func credentials(t testing.TB, nonce, password string) string {
	t.Helper()
	ha1 := hashOf(t, "alice", "example.org", password)
	rest := "00000001:c:auth:" + hashOf(t, "REGISTER", "sip:example.org", "")
	return fmt.Sprintf(`Digest username="alice", realm="example.org", nonce="%s", uri="sip:example.org", response="%s", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="c"`,
		nonce, hashOf(t, ha1, nonce, rest))
}

func TestCredentialsAreCheckedAndTold(t *testing.T) {
	state := value(sipward.NewState(sipward.StateOptions{}))(t)
	defer state.Close()
	a, err := sipward.NewAuthenticator(sipward.AuthOptions{Realm: "example.org", Key: []byte(nonceKey), State: state})
	if errors.Is(err, sipward.ErrUnsupported) {
		t.Skip("built without identity")
	}
	must(t, err)
	defer a.Close()
	request := sipward.AuthRequest{
		Source: netip.MustParseAddrPort("192.0.2.7:5060"), Time: sipward.WallMoment(1800000000e9), Method: "REGISTER", RequestURI: "sip:example.org",
		CallID: "1@host", CSeq: "1", Branch: "z9hG4bK1", Client: "Phone/1",
	}
	result := value(a.Check(&request, nil))(t)
	if result.Outcome != sipward.AuthChallenged || result.SIPCode != 401 || result.Fact != "no_credentials" {
		t.Error(result)
	}
	lines := value(a.Challenge(&request, false))(t)
	if !strings.HasPrefix(lines, `WWW-Authenticate: Digest realm="example.org"`) || strings.Count(lines, "\r\n") != 2 {
		t.Error(lines)
	}
	nonce := regexp.MustCompile(`nonce="([^"]+)"`).FindStringSubmatch(lines)[1]
	request.Credentials = []string{credentials(t, nonce, "open sesame")}
	if result = value(a.Check(&request, nil))(t); result.Outcome != sipward.AuthPending || result.User != "alice" || a.Event() != nil {
		t.Error(result)
	}
	if result = value(a.Check(&request, &sipward.AuthAccount{Unknown: true}))(t); result.Reason != "UNKNOWN_USER" {
		t.Error(result)
	}
	if result = value(a.Check(&request, &sipward.AuthAccount{Password: "guess"}))(t); result.Reason != "WRONG_PASSWORD" {
		t.Error(result)
	}
	account := sipward.AuthAccount{HA1SHA256: hashOf(t, "alice", "example.org", "open sesame")}
	if result = value(a.Check(&request, &account))(t); result.Outcome != sipward.AuthSuccess || result.Flags != 0 || result.Nonce != nonce {
		t.Error(result)
	}
	if result = value(a.Check(&request, &account))(t); result.Flags.Names()[0] != "RETRANSMISSION" {
		t.Error(result)
	}
	request.CSeq = "2"
	if result = value(a.Check(&request, &account))(t); result.Reason != "REPLAYED" || !result.Stale {
		t.Error(result)
	}
	must(t, a.SetKey([]byte("the second secret of the host")))
	must(t, a.SetKey([]byte("the third secret of the host")))
	if result = value(a.Check(&request, &account))(t); result.Fact != "forged_nonce" {
		t.Error(result)
	}
}

// What a check came to is an event as it is.
func TestACheckIsAnEvent(t *testing.T) {
	rules := "version 1\nrule guesses { on auth where result == fail and reason == forged_nonce when src.ip == \"192.0.2.7\" and (auth.user ?? \"\") == \"alice\" then reject 403 }\n"
	inspector := inspectorOf(t, engineOf(t, compile(t, rules), sipward.EngineOptions{}))
	a, err := sipward.NewAuthenticator(sipward.AuthOptions{Realm: "example.org", Key: []byte(nonceKey)})
	if errors.Is(err, sipward.ErrUnsupported) {
		t.Skip("built without identity")
	}
	must(t, err)
	defer a.Close()
	request := sipward.AuthRequest{
		Source: netip.MustParseAddrPort("192.0.2.7:5060"), Method: "REGISTER", RequestURI: "sip:example.org", Credentials: []string{credentials(t, "n", "x")},
	}
	value(a.Check(&request, nil))(t)
	var verdict sipward.Verdict
	must(t, inspector.Event(a.Event(), &verdict))
	if verdict.Action != sipward.ActionReject || verdict.SIPCode != 403 {
		t.Error(verdict)
	}
	message := value(sipward.NewMessage())(t)
	defer message.Close()
	must(t, message.Parse([]byte(optionsText), nil))
	if result := value(a.CheckMessage(message, &request, nil))(t); result.Outcome != sipward.AuthChallenged {
		t.Error(result)
	}
}

func TestAuthNames(t *testing.T) {
	reason, err := sipward.FindAuthReason("NONCE_STALE")
	if errors.Is(err, sipward.ErrUnsupported) {
		t.Skip("built without identity")
	}
	must(t, err)
	if reason.SIPCode != 401 || !reason.Stale || reason.Fact != "stale_nonce" || reason.Text == "" {
		t.Error(reason)
	}
	if _, err := sipward.FindAuthReason("FINE"); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
}

// RFC 6238 appendix B.
func TestCodesCountOnce(t *testing.T) {
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	code, err := sipward.MakeCode(sipward.CodeSHA1, secret, 59/30, 8)
	if errors.Is(err, sipward.ErrUnsupported) {
		t.Skip("built without identity")
	}
	must(t, err)
	if code != "94287082" {
		t.Error(code)
	}
	state := value(sipward.NewState(sipward.StateOptions{}))(t)
	defer state.Close()
	f := value(sipward.NewSecondFactor(sipward.CodeOptions{Digits: 8, State: state}))(t)
	defer f.Close()
	attempt := sipward.CodeAttempt{Time: sipward.WallMoment(59e9), Account: "alice", Secret: secret, Code: code, Use: "1@host"}
	for _, expected := range []sipward.CodeResult{sipward.CodeRight, sipward.CodeRight} {
		if came := value(f.Check(&attempt))(t); came != expected {
			t.Error(came)
		}
	}
	attempt.Use = "2@host"
	if came := value(f.Check(&attempt))(t); came != sipward.CodeUsed {
		t.Error(came)
	}
	attempt.Secret = "1"
	if _, err := f.Check(&attempt); !errors.Is(err, sipward.ErrCredential) {
		t.Error(err)
	}
	number, code, err := sipward.SplitCode("+4930123*492039", 6)
	if number != "+4930123" || code != "492039" || err != nil {
		t.Error(number, code, err)
	}
	if _, _, err := sipward.SplitCode("+4930123", 6); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
}
