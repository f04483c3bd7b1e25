// Package capture reads SIP messages out of capture files: pcap and pcapng in, one message at a time out, as a
// packet that an Inspector takes.
//
//	reader, err := capture.Open("calls.pcap")
//	defer reader.Close()
//	for {
//		item, err := reader.Next()
//		if err == io.EOF {
//			break
//		}
//		err = inspector.Inspect(item.Message, &item.Packet, &verdict)
//		...
//	}
//
// It links libsipward-capture, a library of its own (pkg-config sipward-capture): it reads files, which
// libsipward never does. Link layers: Ethernet (802.1Q, QinQ, PPPoE), Linux cooked v1 and v2, raw IP,
// BSD loopback, PPP. Network: IPv4 and IPv6 with options, extension headers and fragments, inside
// IP-in-IP, 6in4 and GRE. SIP is what looks like it: on ports 5060 and 5061 generously, elsewhere only
// with a correct start line. A UDP datagram is one message; a TCP stream is cut by its Content-Length
// (RFC 3261 section 18.3). Memory is bounded whatever is in the file.
package capture

// #cgo pkg-config: sipward-capture sipward
// #include <stdlib.h>
// /* A type of a size, so that a call allocates nothing: see handles.h of package sipward. */
// struct sipward_capture { char opaque; };
// #include <sipward/c/capture.h>
import "C"

import (
	"io"
	"net/netip"
	"runtime"
	"unsafe"

	"sipward"
	"sipward/internal/handle"
)

// Error is why a capture cannot be read, or not to its end. It is sipward.ErrCapture for errors.Is.
type Error struct {
	Text string // one line that names the file
}

// Error is the line.
func (e *Error) Error() string { return "sipward: " + e.Text }

// Unwrap is sipward.ErrCapture, for errors.Is.
func (e *Error) Unwrap() error { return sipward.ErrCapture }

// Item is a message of a capture. All of it is valid until the next call with its Reader.
type Item struct {
	Message []byte
	// Packet has transport (UDP or TCP), both endpoints, and the time of the frame, for both clocks: a
	// capture has no other.
	Packet    sipward.Packet
	Frame     uint64 // number of the frame that completed it, from 1
	Truncated bool   // the capture holds only the beginning of these bytes (snapshot length)
	Unframed  bool   // a TCP stream that could not be cut here: all bytes since the last whole message
}

// Reader reads one capture from its beginning to its end. One goroutine at a time.
type Reader struct {
	guard handle.Guard
	ptr   *C.sipward_capture
	out   *C.sipward_capture_item
	bytes unsafe.Pointer // of a capture in memory
	item  Item
}

func status(s C.int32_t) error {
	if s == C.SIPWARD_OK {
		return nil
	}
	return sipward.Status(s)
}

// Open opens a file; "-" is the standard input. An *Error says what is wrong.
func Open(path string) (*Reader, error) {
	return open(func(r *Reader) C.int32_t {
		return C.sipward_capture_open(r.ptr, chars(path), C.size_t(len(path)))
	})
}

// OpenBytes reads a capture that is in memory, of which it makes a copy. An *Error says what is wrong
// and calls it by this name.
func OpenBytes(data []byte, name string) (*Reader, error) {
	return open(func(r *Reader) C.int32_t {
		r.bytes = C.CBytes(data)
		return C.sipward_capture_open_bytes(r.ptr, (*C.char)(r.bytes), C.size_t(len(data)), chars(name), C.size_t(len(name)))
	})
}

func open(how func(*Reader) C.int32_t) (*Reader, error) {
	r := &Reader{}
	if err := status(C.sipward_capture_create(&r.ptr)); err != nil {
		return nil, err
	}
	r.out = (*C.sipward_capture_item)(C.calloc(1, C.sizeof_sipward_capture_item))
	r.out.struct_size = C.sizeof_sipward_capture_item
	runtime.SetFinalizer(r, (*Reader).Close)
	if err := r.wrong(how(r)); err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

func chars(s string) *C.char { return *(**C.char)(unsafe.Pointer(&s)) }

// wrong is the error for a status, with the library's line for it.
func (r *Reader) wrong(s C.int32_t) error {
	err := status(s)
	if err != error(sipward.ErrCapture) {
		return err
	}
	var text C.sipward_text
	if C.sipward_capture_error(r.ptr, &text) == C.SIPWARD_OK {
		return &Error{C.GoStringN(text.data, C.int(text.size))}
	}
	return err
}

// Close closes the file.
func (r *Reader) Close() error {
	if r == nil || r.ptr == nil {
		return sipward.ErrClosed
	}
	if err := r.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(r, nil)
	C.sipward_capture_destroy(r.ptr)
	C.free(unsafe.Pointer(r.out))
	C.free(r.bytes)
	return nil
}

func (r *Reader) enter() error {
	if r == nil || r.ptr == nil {
		return sipward.ErrClosed
	}
	return r.guard.Enter()
}

// Next is the next message; io.EOF behind the last. An *Error (sipward.ErrCapture): the file is damaged
// or cut off; the messages before were whole. Both stay. It allocates only where a message is longer
// than all before.
func (r *Reader) Next() (*Item, error) {
	if err := r.enter(); err != nil {
		return nil, err
	}
	defer r.guard.Leave()
	s := C.sipward_capture_next(r.ptr, r.out)
	if s == C.SIPWARD_END {
		return nil, io.EOF
	}
	if err := r.wrong(s); err != nil {
		return nil, err
	}
	p := r.out.packet
	r.item = Item{
		Message: append(r.item.Message[:0], unsafe.Slice((*byte)(unsafe.Pointer(r.out.data)), int(r.out.size))...),
		Packet: sipward.Packet{
			Size:        int(r.out.size),
			Time:        sipward.Moment{Wall: int64(p.wall_ns), Monotonic: int64(p.monotonic_ns)},
			Source:      endpoint(&p.source),
			Destination: endpoint(&p.destination),
			Transport:   sipward.Transport(p.transport),
			Direction:   sipward.Direction(p.direction),
		},
		Frame:     uint64(r.out.frame),
		Truncated: r.out.flags&C.SIPWARD_CAPTURE_TRUNCATED != 0,
		Unframed:  r.out.flags&C.SIPWARD_CAPTURE_UNFRAMED != 0,
	}
	return &r.item, nil
}

func endpoint(c *C.sipward_endpoint) netip.AddrPort {
	var bytes [16]byte
	for i := range bytes {
		bytes[i] = byte(c.address[i])
	}
	return netip.AddrPortFrom(netip.AddrFrom16(bytes).Unmap(), uint16(c.port))
}

// Statistics are what went by. Frames that hold no message are counted, never silently skipped. After
// io.EOF they cover the whole capture.
type Statistics struct {
	Position             uint64 // bytes of the file read so far, now and then
	Bytes                uint64 // of the whole file; 0 where that is not known, as of a pipe
	Frames               uint64
	TruncatedFrames      uint64 // cut off by the snapshot length
	NotIP                uint64
	IPPackets            uint64 // tunnelled ones count again
	Fragments            uint64
	ReassembledDatagrams uint64
	UDPDatagrams         uint64
	TCPSegments          uint64
	OtherTransports      uint64
	Messages             uint64
	NotSIP               uint64 // payloads on a SIP port that are not SIP: keep-alives, STUN, TLS
	TCPGaps              uint64 // places where segments are missing and the stream was taken up again
	UnfinishedBytes      uint64 // of TCP messages whose end never came
	DroppedMalformed     uint64 // lengths or headers that cannot be
	DroppedNesting       uint64 // more tunnels or extension headers than are followed
	DroppedFragments     uint64 // given up: too old, too many, or beyond their datagram
	DroppedTCPSegments   uint64 // far outside the window, or of a stream given up for a newer one
}

// Statistics are what went by so far.
func (r *Reader) Statistics() (Statistics, error) {
	if err := r.enter(); err != nil {
		return Statistics{}, err
	}
	defer r.guard.Leave()
	c := C.sipward_capture_statistics{struct_size: C.sizeof_sipward_capture_statistics}
	if err := status(C.sipward_capture_read_statistics(r.ptr, &c)); err != nil {
		return Statistics{}, err
	}
	return Statistics{
		Position:             uint64(c.position),
		Bytes:                uint64(c.bytes),
		Frames:               uint64(c.frames),
		TruncatedFrames:      uint64(c.truncated_frames),
		NotIP:                uint64(c.not_ip),
		IPPackets:            uint64(c.ip_packets),
		Fragments:            uint64(c.fragments),
		ReassembledDatagrams: uint64(c.reassembled_datagrams),
		UDPDatagrams:         uint64(c.udp_datagrams),
		TCPSegments:          uint64(c.tcp_segments),
		OtherTransports:      uint64(c.other_transports),
		Messages:             uint64(c.messages),
		NotSIP:               uint64(c.not_sip),
		TCPGaps:              uint64(c.tcp_gaps),
		UnfinishedBytes:      uint64(c.unfinished_bytes),
		DroppedMalformed:     uint64(c.dropped_malformed),
		DroppedNesting:       uint64(c.dropped_nesting),
		DroppedFragments:     uint64(c.dropped_fragments),
		DroppedTCPSegments:   uint64(c.dropped_tcp_segments),
	}, nil
}
