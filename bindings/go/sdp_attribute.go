package sipward

// #include "handles.h"
import "C"

// SDPAttributeID tells apart the attributes that have a reader or a meaning here.
type SDPAttributeID uint32

const (
	SDPAttributeOther       = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_OTHER)
	SDPAttributeRTPMap      = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_RTPMAP)
	SDPAttributeFmtp        = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_FMTP)
	SDPAttributeCrypto      = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_CRYPTO)
	SDPAttributeFingerprint = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_FINGERPRINT)
	SDPAttributeSetup       = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_SETUP)
	SDPAttributeICEUfrag    = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_ICE_UFRAG)
	SDPAttributeICEPwd      = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_ICE_PWD)
	SDPAttributeICEOptions  = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_ICE_OPTIONS)
	SDPAttributeCandidate   = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_CANDIDATE)
	SDPAttributeSendRecv    = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_SENDRECV)
	SDPAttributeSendOnly    = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_SENDONLY)
	SDPAttributeRecvOnly    = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_RECVONLY)
	SDPAttributeInactive    = SDPAttributeID(C.SIPWARD_SDP_ATTRIBUTE_INACTIVE)
)

// SDPAttribute is a line "a=" (RFC 8866 section 5.13).
type SDPAttribute struct {
	ID         SDPAttributeID // names are compared with regard to case
	Media      int            // index of its medium; -1: the session
	WellFormed bool           // it follows the grammar of its name
	Name       Slice
	// Value is what stands behind the colon. Of ice-ufrag, ice-pwd (a secret: keep it out of logs) and
	// ice-options, and of names that are not known, it is all there is to read.
	Value Slice
}

// SDPAttributes are those of session and media together; their indexes are those of the methods below.
func (m *Message) SDPAttributes() ([]SDPAttribute, error) {
	if err := m.enter(); err != nil {
		return nil, err
	}
	defer m.leave()
	return every(func(index int) (SDPAttribute, error) {
		c := (*C.sipward_sdp_attribute)(m.ready(C.sizeof_sipward_sdp_attribute))
		if err := statusError(C.sipward_sdp_read_attribute(m.ptr, number(index), c)); err != nil {
			return SDPAttribute{}, err
		}
		return SDPAttribute{SDPAttributeID(c.id), indexOrNone(c.media), c.well_formed != 0, m.slice(c.name), m.slice(c.value)}, nil
	})
}

// What follows takes an attribute apart. ErrArgument if it is another attribute; ErrEnd behind the
// last. Of a value that does not follow its grammar, WellFormed is false and the parts are those that
// spaces and slashes divide.

// SDPRTPMap is an attribute of RFC 8866 section 6.6.
type SDPRTPMap struct {
	WellFormed  bool
	PayloadType Slice
	Encoding    Slice
	ClockRate   Slice
	Parameters  Slice // of audio: channels
}

// SDPRTPMap takes attribute number index apart; ErrArgument if it is another one.
func (m *Message) SDPRTPMap(index int) (SDPRTPMap, error) {
	if err := m.enter(); err != nil {
		return SDPRTPMap{}, err
	}
	defer m.leave()
	c := (*C.sipward_sdp_rtpmap)(m.ready(C.sizeof_sipward_sdp_rtpmap))
	if err := statusError(C.sipward_sdp_read_rtpmap(m.ptr, number(index), c)); err != nil {
		return SDPRTPMap{}, err
	}
	return SDPRTPMap{c.well_formed != 0, m.slice(c.payload_type), m.slice(c.encoding), m.slice(c.clock_rate), m.slice(c.parameters)}, nil
}

// SDPFmtp is an attribute of RFC 8866 section 6.15.
type SDPFmtp struct {
	WellFormed bool
	Format     Slice
	Parameters Slice
}

// SDPFmtp takes attribute number index apart; ErrArgument if it is another one.
func (m *Message) SDPFmtp(index int) (SDPFmtp, error) {
	if err := m.enter(); err != nil {
		return SDPFmtp{}, err
	}
	defer m.leave()
	c := (*C.sipward_sdp_fmtp)(m.ready(C.sizeof_sipward_sdp_fmtp))
	if err := statusError(C.sipward_sdp_read_fmtp(m.ptr, number(index), c)); err != nil {
		return SDPFmtp{}, err
	}
	return SDPFmtp{c.well_formed != 0, m.slice(c.format), m.slice(c.parameters)}, nil
}

// SDPCrypto is an attribute of RFC 4568 section 9.1. Of several keys, method and info of the first.
type SDPCrypto struct {
	WellFormed    bool
	Tag           Slice
	Suite         Slice
	KeyParams     Slice // all keys
	KeyMethod     Slice // "inline"
	KeyInfo       Slice // the key: keep it out of logs
	SessionParams Slice
}

// SDPCrypto takes attribute number index apart; ErrArgument if it is another one.
func (m *Message) SDPCrypto(index int) (SDPCrypto, error) {
	if err := m.enter(); err != nil {
		return SDPCrypto{}, err
	}
	defer m.leave()
	c := (*C.sipward_sdp_crypto)(m.ready(C.sizeof_sipward_sdp_crypto))
	if err := statusError(C.sipward_sdp_read_crypto(m.ptr, number(index), c)); err != nil {
		return SDPCrypto{}, err
	}
	return SDPCrypto{c.well_formed != 0, m.slice(c.tag), m.slice(c.suite), m.slice(c.key_params), m.slice(c.key_method), m.slice(c.key_info), m.slice(c.session_params)}, nil
}

// SDPFingerprint is an attribute of RFC 8122 section 5.
type SDPFingerprint struct {
	WellFormed bool
	Hash       Slice
	Value      Slice // hexadecimal, with colons between
}

// SDPFingerprint takes attribute number index apart; ErrArgument if it is another one.
func (m *Message) SDPFingerprint(index int) (SDPFingerprint, error) {
	if err := m.enter(); err != nil {
		return SDPFingerprint{}, err
	}
	defer m.leave()
	c := (*C.sipward_sdp_fingerprint)(m.ready(C.sizeof_sipward_sdp_fingerprint))
	if err := statusError(C.sipward_sdp_read_fingerprint(m.ptr, number(index), c)); err != nil {
		return SDPFingerprint{}, err
	}
	return SDPFingerprint{c.well_formed != 0, m.slice(c.hash), m.slice(c.value)}, nil
}

// SDPSetup is the role of an attribute of RFC 4145 section 4.
type SDPSetup uint32

const (
	SDPSetupNone     = SDPSetup(C.SIPWARD_SDP_SETUP_NONE) // none of these
	SDPSetupActive   = SDPSetup(C.SIPWARD_SDP_SETUP_ACTIVE)
	SDPSetupPassive  = SDPSetup(C.SIPWARD_SDP_SETUP_PASSIVE)
	SDPSetupActPass  = SDPSetup(C.SIPWARD_SDP_SETUP_ACTPASS)
	SDPSetupHoldConn = SDPSetup(C.SIPWARD_SDP_SETUP_HOLDCONN)
)

// SDPSetup reads attribute number index; ErrArgument if it is another one. What is none of the roles
// does not follow the grammar.
func (m *Message) SDPSetup(index int) (SDPSetup, error) {
	if err := m.enter(); err != nil {
		return SDPSetupNone, err
	}
	defer m.leave()
	c := (*C.sipward_sdp_setup)(m.out(C.sizeof_sipward_sdp_setup))
	if err := statusError(C.sipward_sdp_read_setup(m.ptr, number(index), c)); err != nil {
		return SDPSetupNone, err
	}
	return SDPSetup(c.role), nil
}

// SDPCandidate is an attribute of RFC 8839 section 5.1.
type SDPCandidate struct {
	WellFormed     bool
	Foundation     Slice
	Component      Slice
	Transport      Slice
	Priority       Slice
	Address        Slice
	Port           Slice
	Type           Slice // "host", "srflx", "prflx", "relay"
	RelatedAddress Slice
	RelatedPort    Slice
	Extensions     Slice // names and values
}

// SDPCandidate takes attribute number index apart; ErrArgument if it is another one.
func (m *Message) SDPCandidate(index int) (SDPCandidate, error) {
	if err := m.enter(); err != nil {
		return SDPCandidate{}, err
	}
	defer m.leave()
	c := (*C.sipward_sdp_candidate)(m.ready(C.sizeof_sipward_sdp_candidate))
	if err := statusError(C.sipward_sdp_read_candidate(m.ptr, number(index), c)); err != nil {
		return SDPCandidate{}, err
	}
	return SDPCandidate{
		WellFormed:     c.well_formed != 0,
		Foundation:     m.slice(c.foundation),
		Component:      m.slice(c.component),
		Transport:      m.slice(c.transport),
		Priority:       m.slice(c.priority),
		Address:        m.slice(c.address),
		Port:           m.slice(c.port),
		Type:           m.slice(c._type),
		RelatedAddress: m.slice(c.related_address),
		RelatedPort:    m.slice(c.related_port),
		Extensions:     m.slice(c.extensions),
	}, nil
}
