package main

import (
	"errors"

	"net/netip"
	"syscall"
)

const (
	longest    = 65535 // of a datagram
	mostBytes  = 4 * longest
	mostAtOnce = 64
)

// batch is what was in the socket when somebody looked: datagrams behind one another, as
// Inspector.InspectBatch takes them.
type batch struct {
	buffer []byte
	places [mostAtOnce]place
	count  int
}

type place struct {
	offset, size int
	source       netip.AddrPort
}

// receive waits for a datagram and takes all that are there with it, as long as there is room for the
// longest. Package net has no call for that, so the socket is asked itself.
func (b *batch) receive(socket syscall.RawConn) error {
	b.count = 0
	used := 0
	var failed error
	err := socket.Read(func(fd uintptr) bool {
		for b.count < mostAtOnce && len(b.buffer)-used >= longest {
			size, from, err := syscall.Recvfrom(int(fd), b.buffer[used:], syscall.MSG_DONTWAIT)
			if errors.Is(err, syscall.EAGAIN) {
				return b.count > 0 // false: wait until there is something
			}
			if errors.Is(err, syscall.EINTR) || errors.Is(err, syscall.ECONNREFUSED) {
				continue // the second is somebody's word that what was sent did not arrive
			}
			if err != nil {
				failed = err
				return true
			}
			b.places[b.count] = place{used, size, addressOf(from)}
			b.count++
			used += size
		}
		return true
	})
	if err == nil {
		err = failed
	}
	return err
}

func addressOf(from syscall.Sockaddr) netip.AddrPort {
	switch a := from.(type) {
	case *syscall.SockaddrInet4:
		return netip.AddrPortFrom(netip.AddrFrom4(a.Addr), uint16(a.Port))
	case *syscall.SockaddrInet6:
		return netip.AddrPortFrom(netip.AddrFrom16(a.Addr).Unmap(), uint16(a.Port))
	}
	return netip.AddrPort{}
}
