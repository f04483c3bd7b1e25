// A SIP proxy over UDP that asks sipward for every packet, before anything else looks at it. It stands in
// front of one server: what comes from anywhere goes there, what comes from there goes where its
// Request-URI says. It keeps no state of its own (RFC 3261 section 16.11); what remembers is sipward's.
//
//	go run . -listen 127.0.0.1:5060 -to 127.0.0.1:5070 [-registrar 127.0.0.1:5080] [-rules site.ward] [-report]
//
// SIGHUP reads the rules again. SIGINT and SIGTERM end it, and it says what it counted.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/netip"
	"os"
	"os/signal"
	"syscall"

	"sipward"
)

type options struct {
	listen, to, registrar, rules string
	report                       bool
}

func main() {
	var o options
	flag.StringVar(&o.listen, "listen", "127.0.0.1:5060", "`address` to listen on")
	flag.StringVar(&o.to, "to", "127.0.0.1:5070", "`address` of the server that this proxy protects")
	flag.StringVar(&o.registrar, "registrar", "", "`address` of where REGISTER goes, if not to the server")
	flag.StringVar(&o.rules, "rules", "", "`file` of rules beside those that come with sipward")
	flag.BoolVar(&o.report, "report", false, "refuse nothing, only say what would be")
	flag.Parse()
	if err := run(o); err != nil {
		var wrong *sipward.RulesError
		if errors.As(err, &wrong) {
			fmt.Fprint(os.Stderr, wrong.Explain())
			os.Exit(2)
		}
		log.Fatal(err)
	}
}

func loadRules(file string) (*sipward.Rules, error) {
	if file == "" {
		return sipward.DefaultRules()
	}
	return sipward.LoadRules(file)
}

// engineOf compiles the rules into an engine with fresh state.
func engineOf(o options) (*sipward.Engine, error) {
	rules, err := loadRules(o.rules)
	if err != nil {
		return nil, err
	}
	defer rules.Close()
	state, err := sipward.NewState(sipward.StateOptions{})
	if err != nil {
		return nil, err
	}
	defer state.Close()
	return sipward.NewEngine(rules, state, sipward.EngineOptions{ReportOnly: o.report})
}

func run(o options) error {
	engine, err := engineOf(o)
	if err != nil {
		return err
	}
	defer engine.Close()
	var server, registrar netip.AddrPort
	if server, err = netip.ParseAddrPort(o.to); err != nil {
		return err
	}
	registrar = server
	if o.registrar != "" {
		if registrar, err = netip.ParseAddrPort(o.registrar); err != nil {
			return err
		}
	}
	address, err := net.ResolveUDPAddr("udp", o.listen)
	if err != nil {
		return err
	}
	socket, err := net.ListenUDP("udp", address)
	if err != nil {
		return err
	}
	defer socket.Close()
	if err := socket.SetReadBuffer(4 << 20); err != nil { // a burst waits instead of being lost
		log.Printf("the socket keeps its small buffer: %v", err)
	}
	p, err := newProxy(engine, socket, server, registrar)
	if err != nil {
		return err
	}
	defer p.close()
	log.Printf("listening on %s, to %s", p.self, server)

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM)
	ended := make(chan error, 1)
	go func() { ended <- p.serve() }()
	for {
		select {
		case err := <-ended:
			return err
		case got := <-signals:
			if got == syscall.SIGHUP {
				reload(engine, o.rules)
				continue
			}
			socket.Close() // which ends serve
			<-ended
			return p.report()
		}
	}
}

// reload puts the rules of the file in place while packets are judged. With errors the old ones go on.
func reload(engine *sipward.Engine, file string) {
	rules, err := loadRules(file)
	if err == nil {
		err = engine.Reload(rules)
		rules.Close()
	}
	if err != nil {
		log.Printf("the old rules go on: %v", err)
		return
	}
	log.Print("new rules are in place")
}
