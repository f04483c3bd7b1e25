package capture_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"sipward"
	"sipward/capture"
)

const firstLook = "../../../examples/captures/first_look.pcap"

func open(t testing.TB, path string) *capture.Reader {
	t.Helper()
	r, err := capture.Open(path)
	if errors.Is(err, sipward.ErrUnsupported) {
		t.Skip("the library was built without captures")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func inspector(t testing.TB) *sipward.Inspector {
	t.Helper()
	rules, err := sipward.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	defer rules.Close()
	state, err := sipward.NewState(sipward.StateOptions{FixedSeed: true})
	if err != nil {
		t.Fatal(err)
	}
	defer state.Close()
	engine, err := sipward.NewEngine(rules, state, sipward.EngineOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	i, err := sipward.NewInspector(engine)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { i.Close() })
	return i
}

// findings is one line for each message: its source, what to do and the rules that say so.
func findings(t testing.TB, r *capture.Reader, inspect func(item *capture.Item, v *sipward.Verdict) error) (all []string) {
	t.Helper()
	var v sipward.Verdict
	for {
		item, err := r.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := inspect(item, &v); err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, hit := range v.Hits {
			rules = append(rules, hit.Rule)
		}
		sort.Strings(rules)
		all = append(all, fmt.Sprint(item.Packet.Source, " ", v.Action, " ", v.Score, " ", rules))
	}
}

// What the sipward command says of each message of the same capture.
func commanded(t testing.TB) (all []string) {
	t.Helper()
	command := os.Getenv("SIPWARD_COMMAND")
	if command == "" {
		t.Skip("SIPWARD_COMMAND is not set: no command to compare with")
	}
	out, err := exec.Command(command, "inspect", "--json", firstLook).Output()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		var m struct {
			Src    string
			Action string
			Score  int
			Rules  []json.RawMessage
		}
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatal(err)
		}
		rules := []string{}
		for _, raw := range m.Rules {
			var rule struct{ Rule, Name string }
			var name string
			if json.Unmarshal(raw, &name) != nil {
				if err := json.Unmarshal(raw, &rule); err != nil {
					t.Fatal(err)
				}
				name = rule.Rule + rule.Name
			}
			rules = append(rules, name)
		}
		sort.Strings(rules)
		all = append(all, fmt.Sprint(m.Src, " ", m.Action, " ", m.Score, " ", rules))
	}
	return all
}

func TestFindingsAreThoseOfTheCommand(t *testing.T) {
	want := commanded(t)
	i := inspector(t)
	got := findings(t, open(t, firstLook), func(item *capture.Item, v *sipward.Verdict) error {
		return i.Inspect(item.Message, &item.Packet, v)
	})
	if len(got) != 272 || len(want) != len(got) {
		t.Fatal(len(got), len(want))
	}
	for k := range got {
		if got[k] != want[k] {
			t.Fatalf("message %d:\n%s\n%s", k, got[k], want[k])
		}
	}
}

// One by one, in one batch, and from memory: the same.
func TestBatchOfACapture(t *testing.T) {
	single := inspector(t)
	want := findings(t, open(t, firstLook), func(item *capture.Item, v *sipward.Verdict) error {
		return single.Inspect(item.Message, &item.Packet, v)
	})
	data, err := os.ReadFile(firstLook)
	if err != nil {
		t.Fatal(err)
	}
	r, err := capture.OpenBytes(data, "in memory")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for i := range data {
		data[i] = 0 // a copy was made
	}
	var buffer []byte
	var packets []sipward.Packet
	for {
		item, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		p := item.Packet
		p.Offset = len(buffer)
		buffer = append(buffer, item.Message...)
		packets = append(packets, p)
	}
	verdicts := make([]sipward.Verdict, len(packets))
	if n, err := inspector(t).InspectBatch(buffer, packets, verdicts); n != len(packets) || err != nil {
		t.Fatal(n, err)
	}
	for k := range verdicts {
		var rules []string
		for _, hit := range verdicts[k].Hits {
			rules = append(rules, hit.Rule)
		}
		sort.Strings(rules)
		if got := fmt.Sprint(packets[k].Source, " ", verdicts[k].Action, " ", verdicts[k].Score, " ", rules); got != want[k] {
			t.Fatalf("message %d:\n%s\n%s", k, got, want[k])
		}
	}
	if s, err := r.Statistics(); err != nil || s.Messages != 272 || s.Frames < 272 {
		t.Errorf("%+v %v", s, err)
	}
}

func TestCapturesThatCannotBeRead(t *testing.T) {
	var wrong *capture.Error
	if _, err := capture.Open(filepath.Join(t.TempDir(), "none.pcap")); !errors.As(err, &wrong) || !errors.Is(err, sipward.ErrCapture) || !strings.Contains(err.Error(), "none.pcap") {
		t.Error(err)
	}
	data, err := os.ReadFile(firstLook)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]byte{nil, []byte("no capture at all, and long enough for a header"), data[:20]} {
		if _, err := capture.OpenBytes(bad, "bad"); !errors.Is(err, sipward.ErrCapture) {
			t.Error(len(bad), err)
		}
	}
	// Cut off in the middle of a frame: what was before is whole, and the error stays.
	r, err := capture.OpenBytes(data[:len(data)-7], "cut")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	count := 0
	for err == nil {
		if _, err = r.Next(); err == nil {
			count++
		}
	}
	if count != 271 || !errors.Is(err, sipward.ErrCapture) {
		t.Error(count, err)
	}
	if _, err := r.Next(); !errors.Is(err, sipward.ErrCapture) {
		t.Error(err)
	}
}

func TestReadingAllocatesNothing(t *testing.T) {
	r := open(t, firstLook)
	// Until every message fits into what there is.
	for n := 0; n < 70; n++ {
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if got := testing.AllocsPerRun(200, func() {
		if _, err := r.Next(); err != nil {
			panic(err)
		}
	}); got != 0 {
		t.Error(got)
	}
}

func TestStatisticsOfAFile(t *testing.T) {
	r := open(t, firstLook)
	for {
		if _, err := r.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(firstLook)
	if err != nil {
		t.Fatal(err)
	}
	s, err := r.Statistics()
	if err != nil || s.Messages != 272 || s.UDPDatagrams != 272 || s.Bytes != uint64(info.Size()) || s.Position != s.Bytes {
		t.Errorf("%+v %v", s, err)
	}
}

func TestClosed(t *testing.T) {
	r := open(t, firstLook)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	_, next := r.Next()
	_, statistics := r.Statistics()
	for _, err := range []error{r.Close(), next, statistics, (*capture.Reader)(nil).Close(), new(capture.Reader).Close()} {
		if !errors.Is(err, sipward.ErrClosed) {
			t.Error(err)
		}
	}
}

// Every attack in a capture, with the rules that come with the library.
func Example() {
	rules, err := sipward.DefaultRules()
	if err != nil {
		panic(err)
	}
	state, err := sipward.NewState(sipward.StateOptions{})
	if err != nil {
		panic(err)
	}
	engine, err := sipward.NewEngine(rules, state, sipward.EngineOptions{})
	if err != nil {
		panic(err)
	}
	inspector, err := sipward.NewInspector(engine)
	if err != nil {
		panic(err)
	}
	defer inspector.Close()

	reader, err := capture.Open("../../../examples/captures/first_look.pcap")
	if err != nil {
		panic(err)
	}
	defer reader.Close()
	var verdict sipward.Verdict
	count := map[sipward.Action]int{}
	for {
		item, err := reader.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			panic(err)
		}
		if err := inspector.Inspect(item.Message, &item.Packet, &verdict); err != nil {
			panic(err)
		}
		count[verdict.Action]++
	}
	for action := sipward.ActionAllow; action <= sipward.ActionDrop; action++ {
		if count[action] > 0 {
			fmt.Println(action, count[action])
		}
	}
	// Output:
	// allow 163
	// flag 51
	// drop 58
}
