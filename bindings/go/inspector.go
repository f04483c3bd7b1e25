package sipward

// #include <stdlib.h>
// #include "handles.h"
import "C"

import (
	"runtime"
	"unsafe"

	"sipward/internal/handle"
)

// Inspector is one goroutine's working memory: messages and events go in, verdicts come out. Make
// one for each goroutine that inspects, and use it again and again. It keeps its Engine alive.
type Inspector struct {
	guard   *handle.Guard // of the message, too. Apart: what points to itself is never finalized
	ptr     *C.sipward_inspector
	bytes   block // of the message that was inspected last, by Inspect or Resume
	texts   texts
	memory  arena // what packets point to
	packets *C.sipward_packet
	results *C.sipward_verdict
	room    int // of both
	done    C.size_t
	single  bool // the last inspection left a message
	judged  bool // the last call left a record, if one was asked for
	message *Message
}

// MaxBatch is how many packets InspectBatch hands over at once. Of a longer batch, one part may be
// judged by other rules than the part before, if they were reloaded meanwhile.
const MaxBatch = 256

const leastBatch = 8

// NewInspector makes one, of some 300 KiB.
func NewInspector(engine *Engine) (*Inspector, error) {
	e, err := engine.use()
	if err != nil {
		return nil, err
	}
	defer engine.h.Done()
	i := &Inspector{guard: &handle.Guard{}, message: &Message{}}
	if err := statusError(C.sipward_inspector_create(e, &i.ptr)); err != nil {
		return nil, err
	}
	i.reserve(leastBatch)
	i.message.init(i.guard, true)
	runtime.SetFinalizer(i, (*Inspector).Close)
	return i, nil
}

// Close gives the inspector back, and its Message.
func (i *Inspector) Close() error {
	if i == nil || i.ptr == nil {
		return ErrClosed
	}
	if err := i.guard.Close(); err != nil {
		return err
	}
	runtime.SetFinalizer(i, nil)
	C.sipward_inspector_destroy(i.ptr)
	C.free(unsafe.Pointer(i.packets))
	C.free(unsafe.Pointer(i.results))
	i.bytes.free()
	i.memory.free()
	i.message.freeMemory()
	return nil
}

func (i *Inspector) enter() error {
	if i == nil || i.ptr == nil {
		return ErrClosed
	}
	return i.guard.Enter()
}

// leave also keeps the inspector alive until here.
func (i *Inspector) leave() {
	i.guard.Leave()
	runtime.KeepAlive(i)
}

// reserve has room for a batch of n packets. Every verdict has its struct_size once and for all.
func (i *Inspector) reserve(n int) {
	if n <= i.room {
		return
	}
	C.free(unsafe.Pointer(i.packets))
	C.free(unsafe.Pointer(i.results))
	i.packets = (*C.sipward_packet)(zeroed(uintptr(n) * C.sizeof_sipward_packet))
	i.results = (*C.sipward_verdict)(zeroed(uintptr(n) * C.sizeof_sipward_verdict))
	for k := range unsafe.Slice(i.results, n) {
		unsafe.Slice(i.results, n)[k].struct_size = C.sizeof_sipward_verdict
	}
	i.room = n
}

// Inspect parses a message, evaluates the rules, decides, and writes the verdict. Whatever the bytes
// are, that is no error: a malformed message is a verdict. ErrArgument if a value of the packet is
// out of range.
//
// The same message again over UDP, from the same address and port within 32 seconds, is a
// retransmission (RFC 3261 section 17): up to ten of them count once and get no milder answer than
// the first. Over a connection each message counts.
//
// The message is copied once, so that Message may be asked afterwards; neither it nor the packet is
// kept. With a verdict that is used again nothing is allocated.
func (i *Inspector) Inspect(message []byte, packet *Packet, verdict *Verdict) error {
	if err := i.enter(); err != nil {
		return err
	}
	if packet == nil || verdict == nil {
		i.leave()
		return ErrArgument
	}
	base := i.put(message, packet)
	status := C.sipward_inspector_inspect(i.ptr, base, i.packets, i.results)
	return i.finish(status, verdict)
}

// Resume is for a verdict that was pending, once it is known what packet.Identity is, or the
// certificate of CertificateURL was provided: it evaluates the rules that name identity. The message
// and all else in the packet are the same as then, its times too: it counts when it came. Without an
// Identity it gives up, unless the library checks and has the certificate now.
//
// The verdict has the hits, tags and points of these rules alone, and the worse action of both
// verdicts. Any inspector of the engine may do it, and nothing is counted twice. ErrTicket, with
// nothing counted, if the ticket is not that of the packet.
func (i *Inspector) Resume(message []byte, packet *Packet, ticket uint64, verdict *Verdict) error {
	if err := i.enter(); err != nil {
		return err
	}
	if packet == nil || verdict == nil {
		i.leave()
		return ErrArgument
	}
	base := i.put(message, packet)
	status := C.sipward_inspector_resume(i.ptr, base, i.packets, C.uint64_t(ticket), i.results)
	return i.finish(status, verdict)
}

func (i *Inspector) put(message []byte, packet *Packet) *C.char {
	i.memory.reset()
	packet.put(i.packets, 0, len(message), &i.memory)
	return i.bytes.put(message)
}

func (i *Inspector) finish(status C.int32_t, verdict *Verdict) error {
	i.message.renew(false)
	i.single = status == C.SIPWARD_OK
	i.judged = i.single
	if i.single {
		verdict.take(i.results, &i.texts)
	}
	i.leave()
	return statusError(status)
}

// InspectBatch is Inspect for many messages behind one another in a buffer, as they were received:
// packet k says where its message is, and verdicts[k] is written. Verdicts are those of one by one.
// It returns how many were written: less than len(packets) only with an error, of the packet that
// comes next: ErrArgument if its place is outside the buffer or a value is out of range.
//
// One call into C for MaxBatch packets instead of one for each; the buffer is not copied. Message has
// nothing to say afterwards.
func (i *Inspector) InspectBatch(buffer []byte, packets []Packet, verdicts []Verdict) (int, error) {
	if len(verdicts) < len(packets) {
		return 0, ErrArgument
	}
	if err := i.enter(); err != nil {
		return 0, err
	}
	defer i.leave()
	i.message.renew(false)
	i.single, i.judged = false, false
	for done := 0; done < len(packets); {
		n := len(packets) - done
		if n > MaxBatch {
			n = MaxBatch
		}
		wrote, err := i.inspectSome(buffer, packets[done:done+n], verdicts[done:])
		done += wrote
		if err != nil {
			return done, err
		}
	}
	return len(packets), nil
}

func (i *Inspector) inspectSome(buffer []byte, packets []Packet, verdicts []Verdict) (int, error) {
	i.reserve(len(packets))
	i.memory.reset()
	c := unsafe.Slice(i.packets, i.room)
	usable := 0
	for ; usable < len(packets); usable++ {
		p := &packets[usable]
		// The library sees a pointer and believes these.
		if p.Offset < 0 || p.Size < 0 || p.Offset > len(buffer) || p.Size > len(buffer)-p.Offset {
			break
		}
		p.put(&c[usable], p.Offset, p.Size, &i.memory)
	}
	if usable == 0 {
		return 0, ErrArgument
	}
	status := C.sipward_inspector_inspect_batch(i.ptr, bytesOf(buffer), i.packets, C.size_t(usable), i.results, &i.done)
	results := unsafe.Slice(i.results, i.room)
	for k := 0; k < int(i.done); k++ {
		verdicts[k].take(&results[k], &i.texts)
	}
	// A verdict may point into the buffer (CertificateURL) until here.
	runtime.KeepAlive(buffer)
	if status == C.SIPWARD_OK && usable < len(packets) {
		return usable, ErrArgument
	}
	return int(i.done), statusError(status)
}

// Message is the message that was inspected last by Inspect or Resume, with everything read, until
// the next inspection: afterwards it says ErrEnd until it is asked for again. It belongs to the inspector: closing it does nothing, and it cannot parse
// another. ErrEnd if nothing was inspected, or a batch or an event was the last.
func (i *Inspector) Message() (*Message, error) {
	if err := i.enter(); err != nil {
		return nil, err
	}
	defer i.leave()
	if !i.single {
		return nil, ErrEnd
	}
	i.message.ptr = C.sipward_inspector_message(i.ptr)
	i.message.parsed = true
	return i.message, nil
}
