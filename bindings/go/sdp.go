package sipward

// #include "handles.h"
import "C"

// SDPDirection is which way media flow.
type SDPDirection uint32

const (
	SDPDirectionNone = SDPDirection(C.SIPWARD_SDP_DIRECTION_NONE) // none written: that of the session, or sendrecv, holds
	SDPSendRecv      = SDPDirection(C.SIPWARD_SDP_SENDRECV)
	SDPSendOnly      = SDPDirection(C.SIPWARD_SDP_SENDONLY)
	SDPRecvOnly      = SDPDirection(C.SIPWARD_SDP_RECVONLY)
	SDPInactive      = SDPDirection(C.SIPWARD_SDP_INACTIVE)
)

// SDPConnection is a line "c=" (RFC 8866 section 5.7).
type SDPConnection struct {
	NetType      Slice
	AddrType     Slice
	Address      Slice // without what follows its slash
	AddressKind  HostKind
	TTL          Slice
	AddressCount Slice
}

// SDPSession is a session description (RFC 8866 section 5). Of lines that may stand once, the first.
type SDPSession struct {
	Text              Slice // the whole description
	Direction         SDPDirection
	Version           Slice
	Username          Slice // of "o=", as the next five
	SessionID         Slice
	SessionVersion    Slice
	OriginNetType     Slice
	OriginAddrType    Slice
	OriginAddress     Slice
	Name              Slice
	Connection        SDPConnection
	StartTime         Slice
	StopTime          Slice
	Media             int // 0 to 32
	Attributes        int // of session and media together: 0 to 512
	SessionAttributes int // these come first
	Bandwidths        int // of session and media together: 0 to 64
}

// SDPSession is the session description of this message: the body; else the first part that describes
// the session, or the first description of all. ErrEnd, as in all methods below, if there is none.
func (m *Message) SDPSession() (SDPSession, error) {
	if err := m.enter(); err != nil {
		return SDPSession{}, err
	}
	defer m.leave()
	c := (*C.sipward_sdp_session)(m.ready(C.sizeof_sipward_sdp_session))
	if err := statusError(C.sipward_sdp_read_session(m.ptr, c)); err != nil {
		return SDPSession{}, err
	}
	return SDPSession{
		Text:           m.slice(c.text),
		Direction:      SDPDirection(c.direction),
		Version:        m.slice(c.version),
		Username:       m.slice(c.username),
		SessionID:      m.slice(c.session_id),
		SessionVersion: m.slice(c.session_version),
		OriginNetType:  m.slice(c.origin_nettype),
		OriginAddrType: m.slice(c.origin_addrtype),
		OriginAddress:  m.slice(c.origin_address),
		Name:           m.slice(c.name),
		Connection: SDPConnection{
			NetType:      m.slice(c.nettype),
			AddrType:     m.slice(c.addrtype),
			Address:      m.slice(c.address),
			AddressKind:  HostKind(c.address_kind),
			TTL:          m.slice(c.ttl),
			AddressCount: m.slice(c.address_count),
		},
		StartTime:         m.slice(c.start_time),
		StopTime:          m.slice(c.stop_time),
		Media:             int(c.media_count),
		Attributes:        int(c.attribute_count),
		SessionAttributes: int(c.session_attribute_count),
		Bandwidths:        int(c.bandwidth_count),
	}, nil
}

// SDPMedia is a medium (RFC 8866 section 5.14).
type SDPMedia struct {
	Text           Slice        // what stands behind "m="
	Direction      SDPDirection // its own attribute
	Type           Slice        // "audio"
	Port           int          // 0 to 65535; -1: not a port
	PortText       Slice
	PortCount      Slice // behind the port's slash
	Proto          Slice
	Formats        Slice         // all of them, with single spaces between
	Connection     SDPConnection // its own first; not there: the session's holds
	FirstAttribute int           // for SDPAttribute; they stand together
	Attributes     int
	FirstBandwidth int
	Bandwidths     int
}

// SDPMedia are all media of the session description.
func (m *Message) SDPMedia() ([]SDPMedia, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	return every(m.sdpMedia)
}

func (m *Message) sdpMedia(index int) (SDPMedia, error) {
	c := (*C.sipward_sdp_media)(m.ready(C.sizeof_sipward_sdp_media))
	if err := statusError(C.sipward_sdp_read_media(m.ptr, number(index), c)); err != nil {
		return SDPMedia{}, err
	}
	return SDPMedia{
		Text:      m.slice(c.text),
		Direction: SDPDirection(c.direction),
		Type:      m.slice(c._type),
		Port:      int(c.port_number),
		PortText:  m.slice(c.port),
		PortCount: m.slice(c.port_count),
		Proto:     m.slice(c.proto),
		Formats:   m.slice(c.formats),
		Connection: SDPConnection{
			NetType:      m.slice(c.nettype),
			AddrType:     m.slice(c.addrtype),
			Address:      m.slice(c.address),
			AddressKind:  HostKind(c.address_kind),
			TTL:          m.slice(c.ttl),
			AddressCount: m.slice(c.address_count),
		},
		FirstAttribute: int(c.first_attribute),
		Attributes:     int(c.attribute_count),
		FirstBandwidth: int(c.first_bandwidth),
		Bandwidths:     int(c.bandwidth_count),
	}, nil
}

// SDPBandwidth is a line "b=" (RFC 8866 section 5.8).
type SDPBandwidth struct {
	Media int // index of its medium; -1: the session
	Type  Slice
	Value Slice
}

// SDPBandwidths are those of session and media together.
func (m *Message) SDPBandwidths() ([]SDPBandwidth, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	return every(func(index int) (SDPBandwidth, error) {
		c := (*C.sipward_sdp_bandwidth)(m.ready(C.sizeof_sipward_sdp_bandwidth))
		if err := statusError(C.sipward_sdp_read_bandwidth(m.ptr, number(index), c)); err != nil {
			return SDPBandwidth{}, err
		}
		return SDPBandwidth{indexOrNone(c.media), m.slice(c._type), m.slice(c.value)}, nil
	})
}
