package sipward_test

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The program of the first ten minutes is built as the page says, and says what the page says.
func TestProgramOfThePage(t *testing.T) {
	page := string(value(os.ReadFile("README.md"))(t))
	block := func(kind string) string {
		found := regexp.MustCompile("(?s)```"+kind+"\n(.*?)```").FindAllStringSubmatch(page, -1)
		if len(found) == 0 {
			t.Fatal("the page has no block of " + kind)
		}
		return found[len(found)-1][1]
	}
	folder := t.TempDir()
	// A port that is free in place of 5060, which a machine may use.
	free := value(net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}))(t)
	address := free.LocalAddr().(*net.UDPAddr)
	must(t, free.Close())
	program := strings.Replace(block("go"), "Port: 5060", "Port: "+address.AddrPort().String()[len("127.0.0.1:"):], 1)
	must(t, os.WriteFile(filepath.Join(folder, "main.go"), []byte(program), 0o600))
	run := func(words ...string) {
		command := exec.Command("go", words...)
		command.Dir = folder
		if out, err := command.CombinedOutput(); err != nil {
			t.Fatalf("go %v: %v\n%s", words, err, out)
		}
	}
	here := value(os.Getwd())(t)
	run("mod", "init", "guard")
	run("mod", "edit", "-require", "sipward@v0.0.0", "-replace", "sipward="+here)
	run("build", "-o", "guard", ".")

	command := exec.Command(filepath.Join(folder, "guard"))
	out := value(command.StdoutPipe())(t)
	must(t, command.Start())
	defer command.Wait()
	defer command.Process.Kill()
	socket := value(net.DialUDP("udp", nil, address))(t)
	defer socket.Close()
	scanner := strings.Replace(optionsText, "CSeq", "User-Agent: friendly-scanner\r\nCSeq", 1)
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(out).ReadString('\n')
		line <- text
	}()
	for tries := 0; tries < 200; tries++ { // until it listens
		socket.Write([]byte(scanner))
		select {
		case got := <-line:
			want := socket.LocalAddr().String() + " drop: scan.user_agent\n"
			if got != want {
				t.Fatalf("%q, not %q", got, want)
			}
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	t.Fatal("the program says nothing")
}
