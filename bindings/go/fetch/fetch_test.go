package fetch_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"sipward"
	"sipward/fetch"
)

// The time for which the certificates of the tests are made.
var pkiNow = time.Unix(1800000000, 0)

func fetcher(t testing.TB, trust *sipward.TrustStore, options fetch.Options) *fetch.Fetcher {
	t.Helper()
	f, err := fetch.New(trust, options)
	if errors.Is(err, sipward.ErrUnsupported) {
		t.Skip("the library was built without fetching")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func store(t testing.TB) *sipward.TrustStore {
	t.Helper()
	trust, err := sipward.NewTrustStore(sipward.TrustOptions{})
	if errors.Is(err, sipward.ErrUnsupported) {
		t.Skip("the library was built without identity")
	}
	if err != nil {
		t.Fatal(err)
	}
	return trust
}

// server starts the repository of certificates of tests/io/fetch on loopback: its port and the file of
// its authority. Names are those of loopback only where the test runs with LD_PRELOAD (see tests/go).
func server(t *testing.T) (port uint16, authority string) {
	t.Helper()
	folder := os.Getenv("SIPWARD_TEST_PKI")
	if os.Getenv("SIPWARD_LOOPBACK_NAMES") == "" || folder == "" {
		t.Skip("SIPWARD_LOOPBACK_NAMES is not set: no names of loopback")
	}
	directory := t.TempDir()
	command := exec.Command("python3", "-B", "../../../tests/io/fetch/hostile_server.py", directory, filepath.Join(folder, "spc.chain.pem"), "127.0.0.1", "0")
	command.Env = append(os.Environ(), "LD_PRELOAD=")
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close() // which ends it
		command.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(line, &port); err != nil {
		t.Fatal(err)
	}
	return port, filepath.Join(directory, "ca.pem")
}

func TestWhatIsMissingIsFetched(t *testing.T) {
	port, authority := server(t)
	trust := store(t)
	anchors, err := os.ReadFile(filepath.Join(os.Getenv("SIPWARD_TEST_PKI"), "anchors.pem"))
	if err != nil {
		t.Fatal(err)
	}
	if err := trust.SetAnchors(anchors, pkiNow); err != nil {
		t.Fatal(err)
	}
	f := fetcher(t, trust, fetch.Options{
		Total: 20 * time.Second, Connect: 20 * time.Second,
		Permits:     []fetch.Permit{{Network: netip.MustParsePrefix("127.0.0.0/8"), Port: port}},
		Authorities: authority,
	})
	if _, err := f.Next(); !errors.Is(err, sipward.ErrEnd) {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	for path, reason := range map[string]string{"/good": "", "/redirect/302": "X5U_REDIRECT"} {
		url := fmt.Sprintf("https://cr.example.test:%d%s", port, path)
		if err := f.Request(url); err != nil {
			t.Fatal(err)
		}
		if err := f.Wait(ctx); err != nil {
			t.Fatal(err)
		}
		arrival, err := f.Next()
		if err != nil || arrival.URL != url || reason != "" && arrival.Reason != reason || reason == "" && arrival.Sentence != "a document came" {
			t.Fatalf("%+v %v", arrival, err)
		}
		if err := f.Request(url); !errors.Is(err, sipward.ErrEnd) {
			t.Fatal(err)
		}
	}
	if s, err := f.Statistics(); err != nil || s.Fetches != 2 || s.Failures == 0 || s.Known != 2 {
		t.Fatalf("%+v %v", s, err)
	}
}

func TestWhatMayNotBeAsked(t *testing.T) {
	f := fetcher(t, store(t), fetch.Options{})
	var why *sipward.ReasonError
	for _, url := range []string{"", "http://cert.example.com/a.pem", "https://cert.example.com:1/", "https://127.0.0.1/a.pem", "https://u@cert.example.com/"} {
		if err := f.Request(url); !errors.As(err, &why) || !errors.Is(err, sipward.ErrCredential) || why.Reason == "" {
			t.Error(url, err)
		}
	}
	if s, err := f.Statistics(); err != nil || s.Requests != 5 || s.Refused != 5 {
		t.Errorf("%+v %v", s, err)
	}
	for _, options := range []fetch.Options{{InFlight: -1}, {Total: -1}, {DocumentBytes: 1 << 30}, {Authorities: "/nowhere\x00"}, {Permits: make([]fetch.Permit, 257)}} {
		if g, err := fetch.New(store(t), options); err == nil {
			g.Close()
			t.Errorf("%+v was taken", options)
		}
	}
}

func TestWaitingEnds(t *testing.T) {
	f := fetcher(t, store(t), fetch.Options{})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if err := f.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatal(err)
	}
	waiting := make(chan error)
	go func() { waiting <- f.Wait(context.Background()) }()
	time.Sleep(10 * time.Millisecond)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-waiting; !errors.Is(err, sipward.ErrClosed) {
		t.Fatal(err)
	}
}

// The trust may go first: it lives as long as the fetcher needs it.
func TestClosing(t *testing.T) {
	trust := store(t)
	f := fetcher(t, trust, fetch.Options{})
	if err := trust.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Request("https://cert.example.com:1/"); !errors.Is(err, sipward.ErrCredential) {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	_, next := f.Next()
	_, statistics := f.Statistics()
	_, made := fetch.New(trust, fetch.Options{})
	_, madeOfNil := fetch.New(nil, fetch.Options{})
	for _, err := range []error{f.Close(), f.Request("x"), next, statistics, f.Wait(context.Background()), made, madeOfNil, (*fetch.Fetcher)(nil).Close()} {
		if !errors.Is(err, sipward.ErrClosed) {
			t.Error(err)
		}
	}
}
