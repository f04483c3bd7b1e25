package sipward_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sipward"
)

const bodiesText = "INVITE sip:bob@biloxi.example SIP/2.0\r\n" +
	"Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds\r\n" +
	"Max-Forwards: 70\r\nTo: <sip:bob@biloxi.example>\r\nFrom: <sip:alice@atlanta.example>;tag=1\r\n" +
	"Call-ID: b@pc33.atlanta.example\r\nCSeq: 1 INVITE\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n" +
	"--b\r\nContent-Type: text/plain;charset=us-ascii\r\n\r\nhello\r\n" +
	"--b\r\nContent-Type: application/sdp\r\n\r\n" +
	"v=0\r\no=alice 1 2 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" +
	"m=audio 9 UDP/TLS/RTP/SAVPF 96\r\nb=AS:64\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\n" +
	"a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0Rm KDR=1\r\na=fingerprint:sha-256 4A:AD\r\n" +
	"a=candidate:1 1 UDP 2130706431 192.0.2.1 8998 typ host\r\na=sendonly\r\na=setup:actpass\r\na=setup:both\r\na=ice-pwd:short\r\n\r\n" +
	"--b--\r\n"

const valuesText = "INVITE sip:bob@biloxi.example SIP/2.0\r\n" +
	"Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\nMax-Forwards: 70\r\nTo: <sip:bob@biloxi.example>\r\n" +
	"From: <sip:alice@example.org>;tag=1\r\nCall-ID: 1@198.51.100.7\r\nCSeq: 2 INVITE\r\n" +
	"Accept: application/sdp;level=1, text/plain\r\nAllow: INVITE, ACK\r\nAllow: BYE\r\n" +
	"Authorization: Digest username=\"alice\", realm=\"example.org\", nonce=\"n\", uri=\"sip:example.org\", response=\"66\", qop=auth, nc=00000001, cnonce=\"c\"\r\n" +
	"Content-Type: application/sdp\r\nDate: Sat, 13 Nov 2010 23:29:00 GMT\r\nEvent: presence.winfo;id=7\r\n" +
	"Identity: aa.bb.cc;info=<https://example.com/c.pem>;alg=ES256;ppt=\"shaken\"\r\nRAck: 776656 1 INVITE\r\n" +
	"Reason: Q.850;cause=16;text=\"Normal\", SIP;cause=200\r\nReplaces: 98732@sip.example.com;from-tag=r33;to-tag=ff8;early-only\r\n" +
	"Resource-Priority: wps.3\r\nRetry-After: 120 (in a meeting);duration=60\r\nSession-Expires: 1800;refresher=uas\r\n" +
	"Subject: Lunch, tomorrow\r\nSubscription-State: active;expires=600\r\nUser-Agent: Gate/2.7 (beta (2))\r\n" +
	"Warning: 307 isi.example \"Not understood\"\r\nContent-Length: 0\r\n\r\n"

func parsed(t testing.TB, text string) *sipward.Message {
	t.Helper()
	m := value(sipward.NewMessage())(t)
	t.Cleanup(func() { m.Close() })
	must(t, m.Parse([]byte(text), nil))
	return m
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s is %q, not %q", what, fmt.Sprint(got), fmt.Sprint(want))
	}
}

func TestAddresses(t *testing.T) {
	m := parsed(t, inviteText)
	line := value(m.StartLine())(t)
	same(t, "kind", line.Kind, sipward.KindRequest)
	same(t, "method", line.Method, "INVITE")
	same(t, "version", line.Version, "SIP/2.0")
	if line.StatusText.Present() || line.StatusCode != 0 {
		t.Error("a request has a status")
	}
	uri := value(m.RequestURI())(t)
	same(t, "URI", uri, "sip:bob@biloxi.example;transport=tcp?subject=x")
	same(t, "user", uri.User, "bob")
	same(t, "host", uri.Host, "biloxi.example")
	same(t, "headers", uri.Headers, "subject=x")
	same(t, "kind of the host", uri.HostKind, sipward.HostName)
	if uri.Port != -1 || uri.PortText.Present() || uri.Password.Present() || uri.Kind != sipward.SchemeSIP {
		t.Errorf("%+v", uri)
	}
	params := value(m.Params(uri.Params))(t)
	if len(params) != 1 || params[0].Name.String() != "transport" || params[0].Value.String() != "tcp" {
		t.Error(params)
	}
	from := value(m.From())(t)
	same(t, "display", from.Display, "Alice")
	same(t, "tag", from.Tag, "1928301774")
	same(t, "From", from, "Alice <sip:alice@atlanta.example>;tag=1928301774;x=\"a;b\"")
	params = value(m.Params(from.Params))(t)
	if len(params) != 2 || params[1].Name.String() != "x" || params[1].Value.String() != "\"a;b\"" {
		t.Error(params)
	}
	to := value(m.To())(t)
	same(t, "To", to.Display, "\"Bob\"")
	if to.Tag.Present() || !to.InBrackets || to.Star {
		t.Errorf("%+v", to)
	}
	contacts := value(m.Addresses("m"))(t)
	if len(contacts) != 2 || contacts[1].URI.Kind != sipward.SchemeTel || contacts[1].URI.User.String() != "+12025550100" {
		t.Error(contacts)
	}
	if _, err := m.Address("Contact", 2); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	if _, err := m.Address("Contact", -1); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	if _, err := m.Address("Subject", 0); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	if none, err := m.Addresses("Route"); len(none) != 0 || err != nil {
		t.Error(none, err)
	}
}

func TestHeadersAndPlaces(t *testing.T) {
	m := parsed(t, inviteText)
	headers := value(m.Headers())(t)
	if len(headers) != 10 {
		t.Fatal(headers)
	}
	custom := headers[8]
	same(t, "name", custom.Name, "X-Custom")
	same(t, "value", custom.Value, "one\r\n two")
	if !custom.Folded || custom.Known != "" || headers[0].Known != "Via" || headers[0].Folded {
		t.Errorf("%+v", custom)
	}
	if at := custom.Value.Offset(); inviteText[at:at+3] != "one" {
		t.Error(at)
	}
	same(t, "body", value(m.Body())(t), "body")
	same(t, "text", m.Text(), inviteText)
	found := value(m.Find("call-id"))(t)
	same(t, "Call-ID", found, "a84b4c76e66710@pc33.atlanta.example")
	if at := found.Offset(); inviteText[at:at+len(found.String())] != found.String() {
		t.Error(at)
	}
	if _, err := m.Find("Subject"); !errors.Is(err, sipward.ErrEnd) || m.Get("Subject") != "" {
		t.Error(err)
	}
	if none := (sipward.Slice{}); none.Present() || none.Offset() != -1 || none.String() != "" {
		t.Error(none)
	}
}

func TestVias(t *testing.T) {
	vias := value(parsed(t, inviteText).Vias())(t)
	if len(vias) != 2 {
		t.Fatal(vias)
	}
	top := vias[0]
	same(t, "branch", top.Branch, "z9hG4bK776asdhds")
	same(t, "transport", top.Transport, "UDP")
	same(t, "host", top.Host, "pc33.atlanta.example")
	if top.Port != 5066 || !top.RPort.Present() || top.RPort.String() != "" || top.Received.Present() {
		t.Errorf("%+v", top)
	}
	same(t, "second", vias[1].Host, "[2001:db8::9]")
	same(t, "received", vias[1].Received, "192.0.2.9")
	if vias[1].HostKind != sipward.HostIPv6 || vias[1].Port != -1 {
		t.Errorf("%+v", vias[1])
	}
}

func TestValuesOfHeaders(t *testing.T) {
	m := parsed(t, valuesText)
	cseq := value(m.CSeq())(t)
	if cseq.Number != 2 || !cseq.Valid || cseq.Method.String() != "INVITE" {
		t.Errorf("%+v", cseq)
	}
	same(t, "Max-Forwards", value(m.Number("Max-Forwards"))(t), 70)
	same(t, "Date", value(m.Date())(t), time.Date(2010, 11, 13, 23, 29, 0, 0, time.UTC))
	digest := value(m.Digest("Authorization", 0))(t)
	same(t, "user name", digest.Username, "alice")
	same(t, "qop", digest.QOP, "auth")
	same(t, "nc", digest.NC, "00000001")
	if digest.Opaque.Present() {
		t.Error("there is an opaque")
	}
	var allowed []string
	for _, item := range value(m.Items("Allow"))(t) {
		allowed = append(allowed, item.Value.String())
	}
	same(t, "Allow", allowed, []string{"INVITE", "ACK", "BYE"})
	same(t, "Subject", value(m.Item("Subject", 0))(t).Value, "Lunch, tomorrow")
	accept := value(m.MediaType("Accept", 1))(t)
	same(t, "Accept", accept.Type.String()+"/"+accept.Subtype.String(), "text/plain")
	identity := value(m.Identity(0))(t)
	same(t, "info", identity.Info, "https://example.com/c.pem")
	same(t, "ppt", identity.PPT, "shaken")
	same(t, "payload", identity.Payload, "bb")
	reason := value(m.Reason(1))(t)
	same(t, "reason", reason.Protocol, "SIP")
	if reason.Cause != 200 || reason.Text.Present() {
		t.Errorf("%+v", reason)
	}
	dialog := value(m.Dialog("Replaces"))(t)
	same(t, "Replaces", dialog.CallID.String()+" "+dialog.ToTag.String()+" "+dialog.FromTag.String(), "98732@sip.example.com ff8 r33")
	if !dialog.EarlyOnly {
		t.Error("not early-only")
	}
	product := value(m.Product("User-Agent", 1))(t)
	same(t, "comment", product.Comment, "beta (2)")
	rack := value(m.RAck())(t)
	if rack.RSeq != 776656 || rack.CSeq != 1 || rack.Method.String() != "INVITE" {
		t.Errorf("%+v", rack)
	}
	same(t, "timer", value(m.SessionTimer("Session-Expires"))(t), sipward.SessionTimer{Seconds: 1800, Refresher: sipward.RefresherUAS})
	event := value(m.EventPackage("Event", 0))(t)
	same(t, "event", event.Package.String()+" "+event.Template.String()+" "+event.ID.String(), "presence winfo 7")
	subscription := value(m.Subscription())(t)
	if subscription.State.String() != "active" || subscription.Expires != 600 || subscription.RetryAfter != -1 {
		t.Errorf("%+v", subscription)
	}
	priority := value(m.ResourcePriority(0))(t)
	same(t, "priority", priority.Namespace.String()+" "+priority.Priority.String(), "wps 3")
	warning := value(m.Warning(0))(t)
	if warning.Code != 307 || warning.Text.String() != "Not understood" || warning.Agent.String() != "isi.example" {
		t.Errorf("%+v", warning)
	}
	retry := value(m.RetryAfter())(t)
	if retry.Seconds != 120 || retry.Duration != 60 || retry.Comment.String() != "in a meeting" {
		t.Errorf("%+v", retry)
	}
}

func TestBodies(t *testing.T) {
	m := parsed(t, bodiesText)
	info := value(m.BodyInfo())(t)
	if info.Kind != sipward.BodyMultipart || info.Parts != 2 || info.Subtype.String() != "mixed" {
		t.Errorf("%+v", info)
	}
	parts := value(m.Parts())(t)
	if len(parts) != 2 || parts[0].Kind != sipward.BodyText || parts[0].Body.String() != "hello" || parts[0].Parent != -1 || parts[1].Depth != 1 {
		t.Errorf("%+v", parts)
	}
	text := value(m.TextBody())(t)
	if text.Text.String() != "hello" || text.Charset != sipward.CharsetASCII || text.CharsetName.String() != "us-ascii" {
		t.Errorf("%+v", text)
	}
	session := value(m.SDPSession())(t)
	same(t, "origin", session.OriginAddress, "192.0.2.1")
	same(t, "connection", session.Connection.Address, "192.0.2.1")
	if session.Media != 1 || session.Attributes != 9 || session.Bandwidths != 1 || session.Connection.AddressKind != sipward.HostIPv4 {
		t.Errorf("%+v", session)
	}
	media := value(m.SDPMedia())(t)[0]
	if media.Type.String() != "audio" || media.Port != 9 || media.Direction != sipward.SDPSendOnly || media.Connection.Address.Present() {
		t.Errorf("%+v", media)
	}
	same(t, "bandwidth", value(m.SDPBandwidths())(t)[0].Value, "64")
	attributes := value(m.SDPAttributes())(t)
	if len(attributes) != 9 || attributes[0].ID != sipward.SDPAttributeRTPMap || attributes[0].Media != 0 || !attributes[0].WellFormed {
		t.Fatalf("%+v", attributes)
	}
	same(t, "encoding", value(m.SDPRTPMap(0))(t).Encoding, "opus")
	same(t, "format", value(m.SDPFmtp(1))(t).Parameters, "useinbandfec=1")
	same(t, "key", value(m.SDPCrypto(2))(t).KeyInfo, "d0Rm")
	same(t, "hash", value(m.SDPFingerprint(3))(t).Hash, "sha-256")
	same(t, "candidate", value(m.SDPCandidate(4))(t).Type, "host")
	same(t, "setup", value(m.SDPSetup(6))(t), sipward.SDPSetupActPass)
	same(t, "setup", value(m.SDPSetup(7))(t), sipward.SDPSetupNone)
	if _, err := m.SDPRTPMap(1); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	if _, err := m.SDPRTPMap(9); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
}

func TestAnomaliesAndProfiles(t *testing.T) {
	text := strings.Replace(optionsText, "\r\nMax-Forwards", "\nMax-Forwards", 1)
	m := parsed(t, text)
	must(t, m.Validate())
	all := value(m.Anomalies())(t)
	if len(all) == 0 || all[0].Name() != "line.bare_lf" || all[0].Info().Class != sipward.ClassSuspicious || text[all[0].Offset] != '\n' {
		t.Fatal(all)
	}
	if _, err := m.Refused(); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	strict := sipward.ParseOptions{Profile: sipward.ProfileStrict}
	if err := m.Parse([]byte(text), &strict); !errors.Is(err, sipward.ErrMalformed) {
		t.Fatal(err)
	}
	same(t, "why", value(m.Refused())(t).Name(), "line.bare_lf")
	must(t, strict.Policy.Accept("line.bare_lf"))
	must(t, m.Parse([]byte(text), &strict))
	tolerant := sipward.ParseOptions{}
	must(t, tolerant.Policy.Refuse("line.bare_lf"))
	if err := m.Parse([]byte(text), &tolerant); !errors.Is(err, sipward.ErrMalformed) {
		t.Fatal(err)
	}
	if err := tolerant.Policy.Refuse("no.such"); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	if err := m.Parse([]byte(optionsText), &sipward.ParseOptions{Headers: 3}); !errors.Is(err, sipward.ErrLimit) {
		t.Error(err)
	}
	if err := m.Parse([]byte(optionsText), &sipward.ParseOptions{Headers: -1}); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	if len(sipward.Anomalies()) < 80 || sipward.Anomalies()[all[0].ID] != all[0].Info() {
		t.Error("anomalies are not described by their number")
	}
	if (sipward.Anomaly{ID: -1}).Name() != "" {
		t.Error("there is an anomaly -1")
	}
}

// Values outlive the message and the next parse.
func TestValuesLiveOn(t *testing.T) {
	m := value(sipward.NewMessage())(t)
	data := []byte(inviteText)
	must(t, m.Parse(data, nil))
	from := value(m.From())(t)
	for i := range data {
		data[i] = 'x'
	}
	same(t, "From", value(m.To())(t).Display, "\"Bob\"")
	must(t, m.Parse([]byte(optionsText), nil))
	if got := value(m.Params(from.Params))(t); got != nil {
		t.Error("parameters of another message", got)
	}
	same(t, "To", value(m.To())(t), "<sip:100@192.0.2.1>")
	must(t, m.Close())
	same(t, "user", from.URI.User, "alice")
}

func TestNoMessageYet(t *testing.T) {
	m := value(sipward.NewMessage())(t)
	defer m.Close()
	if _, err := m.From(); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
	if m.Text() != "" || m.Get("From") != "" {
		t.Error("a message out of nothing")
	}
	if _, err := m.Write(nil); !errors.Is(err, sipward.ErrEnd) {
		t.Error(err)
	}
}

func TestParsingAllocatesNothing(t *testing.T) {
	m := value(sipward.NewMessage())(t)
	defer m.Close()
	texts := [][]byte{[]byte(inviteText), []byte(bodiesText), []byte(valuesText), []byte("garbage"), []byte(inviteText[:77])}
	for _, text := range texts {
		m.Parse(text, nil)
	}
	if got := allocations(100, func() {
		for _, text := range texts {
			m.Parse(text, nil)
			m.Validate()
		}
	}); got != 0 {
		t.Errorf("Parse and Validate: %v allocations", got)
	}
	// One string for all values of a message.
	if got := allocations(100, func() {
		m.Parse(texts[0], nil)
		m.From()
		m.To()
		m.Via(0)
		m.CSeq()
		m.Get("Call-ID")
	}); got != 1 && !instrumented {
		t.Errorf("values: %v allocations", got)
	}
}
