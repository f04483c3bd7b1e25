package sipward_test

import (
	"bytes"
	"errors"
	"net/netip"
	"reflect"
	"testing"

	"sipward"
)

func hepPacket() sipward.HEPPacket {
	return sipward.HEPPacket{
		Transport: sipward.TransportTCP, PayloadKind: sipward.HEPSIP, Agent: 42, Wall: 1795400000123456000,
		Source: netip.MustParseAddrPort("203.0.113.9:5062"), Destination: netip.MustParseAddrPort("198.51.100.2:5060"),
		Key: []byte("secret"), Correlation: []byte("1"), Payload: []byte("OPTIONS sip:a@example.com SIP/2.0\r\n\r\n"),
	}
}

func TestHEPReadsWhatItWrote(t *testing.T) {
	six := hepPacket()
	six.Source, six.Destination = netip.MustParseAddrPort("[2001:db8::1]:1"), netip.MustParseAddrPort("[2001:db8::2]:2")
	compressed := hepPacket()
	compressed.Compressed, compressed.Payload = true, []byte{0x78, 0x9c, 0}
	rtcp := hepPacket()
	rtcp.PayloadKind = 5
	for _, packet := range []sipward.HEPPacket{hepPacket(), six, compressed, rtcp} {
		packet := packet
		data := value(packet.Append([]byte("before")))(t)
		got := value(sipward.ReadHEP(data[len("before"):]))(t)
		if !reflect.DeepEqual(got, packet) {
			t.Errorf("%+v, not %+v", got, packet)
		}
		if size := value(sipward.HEPSize(data[len("before"):]))(t); size != len(data)-len("before") {
			t.Errorf("%d", size)
		}
	}
	sip := hepPacket()
	if !sip.IsSIP() || compressed.IsSIP() || rtcp.IsSIP() {
		t.Error("what is SIP")
	}
	if packet := sip.Packet(7); packet.Time.Monotonic != 7 || packet.Time.Wall != sip.Wall || packet.Source != sip.Source || packet.Transport != sip.Transport {
		t.Errorf("%+v", packet)
	}
}

func TestHEPRefuses(t *testing.T) {
	packet := hepPacket()
	data := value(packet.Append(nil))(t)
	for _, wrong := range [][]byte{nil, []byte("HEP3"), data[:len(data)-1], []byte("HEP2 and more")} {
		if _, err := sipward.ReadHEP(wrong); !errors.Is(err, sipward.ErrMalformed) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if _, err := sipward.HEPSize([]byte("HE")); !errors.Is(err, sipward.ErrIncomplete) {
		t.Error(err)
	}
	if _, err := sipward.HEPSize([]byte("GET")); !errors.Is(err, sipward.ErrMalformed) {
		t.Error(err)
	}
	other := value(sipward.ReadHEP(bytes.Replace(data, []byte{0, 0, 0, 2, 0, 7, 6}, []byte{0, 0, 0, 2, 0, 7, 1}, 1)))(t)
	if !other.OtherTransport || other.IsSIP() {
		t.Errorf("%+v", other)
	}
	if _, err := other.Append(nil); !errors.Is(err, sipward.ErrArgument) {
		t.Error(err)
	}
	packet.Payload = make([]byte, 65536)
	if got, err := packet.Append([]byte("kept")); !errors.Is(err, sipward.ErrLimit) || string(got) != "kept" {
		t.Error(err)
	}
}
