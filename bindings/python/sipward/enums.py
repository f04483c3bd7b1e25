"""The numbers that the library gives names to, read from the library itself.

`Action.DROP`, `Transport.TLS` and so on: each is SIPWARD_ACTION_DROP and so on in C, whose headers say what it means. Members of
IntEnum compare with integers, and print as the word that rules and JSON use, their `label`.
"""
from __future__ import annotations

import enum

from ._native import lib


class _Named(enum.IntEnum):
    """A number with a name."""

    @property
    def label(self) -> str:
        """The name as rules and reports write it: "drop"."""
        return self.name.lower()

    def __str__(self) -> str:
        return self.label

    def __format__(self, spec: str) -> str:
        return format(int(self) if spec[-1:] in tuple("bcdoxXn") else self.label, spec)


class Action(_Named):
    """What is to be done with a message, ascending: a verdict is the worst that the guards permit."""

    ALLOW = lib.SIPWARD_ACTION_ALLOW
    FLAG = lib.SIPWARD_ACTION_FLAG
    CHALLENGE = lib.SIPWARD_ACTION_CHALLENGE
    THROTTLE = lib.SIPWARD_ACTION_THROTTLE
    HOLD = lib.SIPWARD_ACTION_HOLD
    REJECT = lib.SIPWARD_ACTION_REJECT
    DROP = lib.SIPWARD_ACTION_DROP


class Kind(_Named):
    """What a message is, by its start line."""

    NONE = lib.SIPWARD_KIND_NONE
    REQUEST = lib.SIPWARD_KIND_REQUEST
    RESPONSE = lib.SIPWARD_KIND_RESPONSE


class Profile(_Named):
    """How messages are read: what deployed peers send is accepted, or the grammar of the RFC is demanded."""

    TOLERANT = lib.SIPWARD_PROFILE_TOLERANT
    STRICT = lib.SIPWARD_PROFILE_STRICT


class AnomalyClass(_Named):
    """How an anomaly is to be taken."""

    VIOLATION = lib.SIPWARD_CLASS_VIOLATION
    AMBIGUOUS = lib.SIPWARD_CLASS_AMBIGUOUS
    SUSPICIOUS = lib.SIPWARD_CLASS_SUSPICIOUS
    LIMIT = lib.SIPWARD_CLASS_LIMIT


class Transport(_Named):
    """How a message came."""

    UDP = lib.SIPWARD_TRANSPORT_UDP
    TCP = lib.SIPWARD_TRANSPORT_TCP
    TLS = lib.SIPWARD_TRANSPORT_TLS
    WS = lib.SIPWARD_TRANSPORT_WS
    WSS = lib.SIPWARD_TRANSPORT_WSS
    SCTP = lib.SIPWARD_TRANSPORT_SCTP


class Direction(_Named):
    """Which way a message goes, seen from the host."""

    UNKNOWN = lib.SIPWARD_DIRECTION_UNKNOWN
    INBOUND = lib.SIPWARD_DIRECTION_INBOUND
    OUTBOUND = lib.SIPWARD_DIRECTION_OUTBOUND


class PacketFlag(enum.IntFlag):
    """What the host knows of the source: it is a registered contact, or its credentials were checked."""

    REGISTERED = lib.SIPWARD_PACKET_REGISTERED
    AUTHENTICATED = lib.SIPWARD_PACKET_AUTHENTICATED


class VerdictFlag(enum.IntFlag):
    """What else is to be said of a message; `sipward/c/engine.h` says it at length."""

    BANNED = lib.SIPWARD_VERDICT_BANNED
    EMERGENCY = lib.SIPWARD_VERDICT_EMERGENCY
    ALLOW_LISTED = lib.SIPWARD_VERDICT_ALLOW_LISTED
    ALERT = lib.SIPWARD_VERDICT_ALERT
    CAPTURE = lib.SIPWARD_VERDICT_CAPTURE
    OVERLOAD = lib.SIPWARD_VERDICT_OVERLOAD
    PENDING = lib.SIPWARD_VERDICT_PENDING


class Scheme(_Named):
    """The scheme of a URI."""

    OTHER = lib.SIPWARD_SCHEME_OTHER
    SIP = lib.SIPWARD_SCHEME_SIP
    SIPS = lib.SIPWARD_SCHEME_SIPS
    TEL = lib.SIPWARD_SCHEME_TEL
    URN = lib.SIPWARD_SCHEME_URN


class HostKind(_Named):
    """What stands where a host belongs."""

    NONE = lib.SIPWARD_HOST_NONE
    NAME = lib.SIPWARD_HOST_NAME
    IPV4 = lib.SIPWARD_HOST_IPV4
    IPV6 = lib.SIPWARD_HOST_IPV6
    BAD = lib.SIPWARD_HOST_BAD


class BodyKind(_Named):
    """What a body is, by Content-Type and Content-Encoding."""

    NONE = lib.SIPWARD_BODY_NONE
    OPAQUE = lib.SIPWARD_BODY_OPAQUE
    SDP = lib.SIPWARD_BODY_SDP
    MULTIPART = lib.SIPWARD_BODY_MULTIPART
    TEXT = lib.SIPWARD_BODY_TEXT


class Charset(_Named):
    """The charset of a text, as far as it is known here."""

    UTF8 = lib.SIPWARD_CHARSET_UTF8
    ASCII = lib.SIPWARD_CHARSET_ASCII
    LATIN = lib.SIPWARD_CHARSET_LATIN
    UNKNOWN = lib.SIPWARD_CHARSET_UNKNOWN


class MediaDirection(_Named):
    """Which way media flow (RFC 8866 section 6.7)."""

    NONE = lib.SIPWARD_SDP_DIRECTION_NONE
    SENDRECV = lib.SIPWARD_SDP_SENDRECV
    SENDONLY = lib.SIPWARD_SDP_SENDONLY
    RECVONLY = lib.SIPWARD_SDP_RECVONLY
    INACTIVE = lib.SIPWARD_SDP_INACTIVE


class AttributeId(_Named):
    """Attributes of a session description that have a meaning here."""

    OTHER = lib.SIPWARD_SDP_ATTRIBUTE_OTHER
    RTPMAP = lib.SIPWARD_SDP_ATTRIBUTE_RTPMAP
    FMTP = lib.SIPWARD_SDP_ATTRIBUTE_FMTP
    CRYPTO = lib.SIPWARD_SDP_ATTRIBUTE_CRYPTO
    FINGERPRINT = lib.SIPWARD_SDP_ATTRIBUTE_FINGERPRINT
    SETUP = lib.SIPWARD_SDP_ATTRIBUTE_SETUP
    ICE_UFRAG = lib.SIPWARD_SDP_ATTRIBUTE_ICE_UFRAG
    ICE_PWD = lib.SIPWARD_SDP_ATTRIBUTE_ICE_PWD
    ICE_OPTIONS = lib.SIPWARD_SDP_ATTRIBUTE_ICE_OPTIONS
    CANDIDATE = lib.SIPWARD_SDP_ATTRIBUTE_CANDIDATE
    SENDRECV = lib.SIPWARD_SDP_ATTRIBUTE_SENDRECV
    SENDONLY = lib.SIPWARD_SDP_ATTRIBUTE_SENDONLY
    RECVONLY = lib.SIPWARD_SDP_ATTRIBUTE_RECVONLY
    INACTIVE = lib.SIPWARD_SDP_ATTRIBUTE_INACTIVE


class Setup(_Named):
    """Who opens a connection for media (RFC 4145 section 4)."""

    NONE = lib.SIPWARD_SDP_SETUP_NONE
    ACTIVE = lib.SIPWARD_SDP_SETUP_ACTIVE
    PASSIVE = lib.SIPWARD_SDP_SETUP_PASSIVE
    ACTPASS = lib.SIPWARD_SDP_SETUP_ACTPASS
    HOLDCONN = lib.SIPWARD_SDP_SETUP_HOLDCONN


class Refresher(_Named):
    """Who refreshes a session (RFC 4028)."""

    NONE = lib.SIPWARD_REFRESHER_NONE
    UAC = lib.SIPWARD_REFRESHER_UAC
    UAS = lib.SIPWARD_REFRESHER_UAS


class EditKind(_Named):
    """What an edit does."""

    NOTHING = lib.SIPWARD_EDIT_NOTHING
    ADD = lib.SIPWARD_EDIT_ADD
    SET = lib.SIPWARD_EDIT_SET
    REPLACE = lib.SIPWARD_EDIT_REPLACE
    REMOVE = lib.SIPWARD_EDIT_REMOVE
    REQUEST_URI = lib.SIPWARD_EDIT_REQUEST_URI
    STATUS = lib.SIPWARD_EDIT_STATUS
    BODY = lib.SIPWARD_EDIT_BODY
    STRIP = lib.SIPWARD_EDIT_STRIP


class Place(_Named):
    """Where an added header line goes."""

    END = lib.SIPWARD_PLACE_END
    TOP = lib.SIPWARD_PLACE_TOP
    BEFORE_FIRST = lib.SIPWARD_PLACE_BEFORE_FIRST
    AFTER_LAST = lib.SIPWARD_PLACE_AFTER_LAST


class Which(_Named):
    """Which header lines of a name are meant."""

    ALL = lib.SIPWARD_WHICH_ALL
    FIRST = lib.SIPWARD_WHICH_FIRST
    LAST = lib.SIPWARD_WHICH_LAST
    LINE = lib.SIPWARD_WHICH_LINE


class Strip(enum.IntFlag):
    """Headers that an edge takes away from parties that it does not trust; `sipward/c/edit.h` names them."""

    ASSERTED = lib.SIPWARD_STRIP_ASSERTED
    PREFERRED = lib.SIPWARD_STRIP_PREFERRED
    REMOTE_PARTY = lib.SIPWARD_STRIP_REMOTE_PARTY
    DIVERSION = lib.SIPWARD_STRIP_DIVERSION
    HISTORY = lib.SIPWARD_STRIP_HISTORY
    ATTESTATION = lib.SIPWARD_STRIP_ATTESTATION
    PROVIDER = lib.SIPWARD_STRIP_PROVIDER
    IDENTITY = lib.SIPWARD_STRIP_IDENTITY
    PRIVACY = lib.SIPWARD_STRIP_PRIVACY
    UNTRUSTED = lib.SIPWARD_STRIP_UNTRUSTED
    EVERYTHING = lib.SIPWARD_STRIP_EVERYTHING


class EditProblem(_Named):
    """Why a message was not written."""

    NONE = lib.SIPWARD_EDIT_PROBLEM_NONE
    SPACE = lib.SIPWARD_EDIT_PROBLEM_SPACE
    MESSAGE = lib.SIPWARD_EDIT_PROBLEM_MESSAGE
    OVERLAP = lib.SIPWARD_EDIT_PROBLEM_OVERLAP
    TOO_MANY = lib.SIPWARD_EDIT_PROBLEM_TOO_MANY
    KIND = lib.SIPWARD_EDIT_PROBLEM_KIND
    NAME = lib.SIPWARD_EDIT_PROBLEM_NAME
    VALUE = lib.SIPWARD_EDIT_PROBLEM_VALUE
    LINE = lib.SIPWARD_EDIT_PROBLEM_LINE
    CONTENT_LENGTH = lib.SIPWARD_EDIT_PROBLEM_CONTENT_LENGTH
    START_LINE = lib.SIPWARD_EDIT_PROBLEM_START_LINE
    CONTENT_TYPE = lib.SIPWARD_EDIT_PROBLEM_CONTENT_TYPE
    SINGLETON = lib.SIPWARD_EDIT_PROBLEM_SINGLETON
    MANDATORY = lib.SIPWARD_EDIT_PROBLEM_MANDATORY
    HIDDEN = lib.SIPWARD_EDIT_PROBLEM_HIDDEN
    NOT_NORMAL = lib.SIPWARD_EDIT_PROBLEM_NOT_NORMAL
    LIMIT = lib.SIPWARD_EDIT_PROBLEM_LIMIT


class EventKind(_Named):
    """What happens and is no packet."""

    REQUEST = lib.SIPWARD_EVENT_REQUEST
    RESPONSE = lib.SIPWARD_EVENT_RESPONSE
    AUTH = lib.SIPWARD_EVENT_AUTH
    REGISTER = lib.SIPWARD_EVENT_REGISTER
    CALL_START = lib.SIPWARD_EVENT_CALL_START
    CALL_ANSWER = lib.SIPWARD_EVENT_CALL_ANSWER
    CALL_END = lib.SIPWARD_EVENT_CALL_END
    MEDIA_CHANGE = lib.SIPWARD_EVENT_MEDIA_CHANGE
    CDR = lib.SIPWARD_EVENT_CDR
    TICK = lib.SIPWARD_EVENT_TICK


class FieldType(_Named):
    """What a field of an event holds."""

    BOOL = lib.SIPWARD_TYPE_BOOL
    INT = lib.SIPWARD_TYPE_INT
    FLOAT = lib.SIPWARD_TYPE_FLOAT
    STRING = lib.SIPWARD_TYPE_STRING
    DURATION = lib.SIPWARD_TYPE_DURATION
    TIME = lib.SIPWARD_TYPE_TIME
    IP = lib.SIPWARD_TYPE_IP
    CIDR = lib.SIPWARD_TYPE_CIDR
    MONEY = lib.SIPWARD_TYPE_MONEY
    NUMBER = lib.SIPWARD_TYPE_NUMBER
    ENUM = lib.SIPWARD_TYPE_ENUM


class FactKind(_Named):
    """How a value is handed to the library."""

    NONE = lib.SIPWARD_FACT_NONE
    INTEGER = lib.SIPWARD_FACT_INTEGER
    REAL = lib.SIPWARD_FACT_REAL
    TEXT = lib.SIPWARD_FACT_TEXT
    ADDRESS = lib.SIPWARD_FACT_ADDRESS
    NETWORK = lib.SIPWARD_FACT_NETWORK


class BanKind(_Named):
    """Who is banned."""

    ADDRESS = lib.SIPWARD_BAN_ADDRESS
    ACCOUNT = lib.SIPWARD_BAN_ACCOUNT
    TRUNK = lib.SIPWARD_BAN_TRUNK


class Severity(_Named):
    """Of a diagnostic."""

    ERROR = lib.SIPWARD_SEVERITY_ERROR
    WARNING = lib.SIPWARD_SEVERITY_WARNING


class NoticeCode(_Named):
    """What a notice is about; `amount` and `limit` depend on it (`sipward/c/statistics.h`)."""

    RULES_LOADED = lib.SIPWARD_NOTICE_RULES_LOADED
    STATE_FULL = lib.SIPWARD_NOTICE_STATE_FULL
    PRESSURE = lib.SIPWARD_NOTICE_PRESSURE
    PRESSURE_OVER = lib.SIPWARD_NOTICE_PRESSURE_OVER
    BAN_WITHHELD = lib.SIPWARD_NOTICE_BAN_WITHHELD
    ENTRY_DISPLACED = lib.SIPWARD_NOTICE_ENTRY_DISPLACED
    OVERLOAD = lib.SIPWARD_NOTICE_OVERLOAD
    CLOCK_BACK = lib.SIPWARD_NOTICE_CLOCK_BACK
    MATCHES_OMITTED = lib.SIPWARD_NOTICE_MATCHES_OMITTED
    OUT_OF_MEMORY = lib.SIPWARD_NOTICE_OUT_OF_MEMORY


class NoticeSeverity(_Named):
    """How grave a notice is."""

    ERROR = lib.SIPWARD_NOTICE_ERROR
    WARNING = lib.SIPWARD_NOTICE_WARNING
    INFO = lib.SIPWARD_NOTICE_INFO


class Feedback(_Named):
    """The host's word on a call that is over."""

    FRAUD = lib.SIPWARD_FEEDBACK_FRAUD
    LEGITIMATE = lib.SIPWARD_FEEDBACK_LEGITIMATE


class Dimension(_Named):
    """What calls are told apart by. RANGE: a number that is called without its last four digits."""

    TRUNK = lib.SIPWARD_DIMENSION_TRUNK
    ACCOUNT = lib.SIPWARD_DIMENSION_ACCOUNT
    CALLER = lib.SIPWARD_DIMENSION_CALLER
    DESTINATION = lib.SIPWARD_DIMENSION_DESTINATION
    RANGE = lib.SIPWARD_DIMENSION_RANGE
    COUNTRY = lib.SIPWARD_DIMENSION_COUNTRY
    USER_AGENT = lib.SIPWARD_DIMENSION_USER_AGENT
    SOURCE = lib.SIPWARD_DIMENSION_SOURCE


class Failure(_Named):
    """Why a call was not answered, by its final response (`sipward/c/analytics.h`)."""

    REDIRECTED = lib.SIPWARD_FAILURE_REDIRECTED
    CHALLENGED = lib.SIPWARD_FAILURE_CHALLENGED
    BUSY = lib.SIPWARD_FAILURE_BUSY
    NO_ANSWER = lib.SIPWARD_FAILURE_NO_ANSWER
    DECLINED = lib.SIPWARD_FAILURE_DECLINED
    CANCELLED = lib.SIPWARD_FAILURE_CANCELLED
    TIMEOUT = lib.SIPWARD_FAILURE_TIMEOUT
    REJECTED = lib.SIPWARD_FAILURE_REJECTED
    SERVER = lib.SIPWARD_FAILURE_SERVER
    REFUSED = lib.SIPWARD_FAILURE_REFUSED
    UNKNOWN = lib.SIPWARD_FAILURE_UNKNOWN


class Attestation(_Named):
    """What was known of the caller's identity when a call began. OTHER: verified, without a level."""

    A = lib.SIPWARD_ATTESTATION_A
    B = lib.SIPWARD_ATTESTATION_B
    C = lib.SIPWARD_ATTESTATION_C
    OTHER = lib.SIPWARD_ATTESTATION_OTHER
    NONE = lib.SIPWARD_ATTESTATION_NONE
    FAILED = lib.SIPWARD_ATTESTATION_FAILED
    UNCHECKED = lib.SIPWARD_ATTESTATION_UNCHECKED

    @property
    def label(self) -> str:
        """The name as the library writes it: "A", "none"."""
        return self.name if len(self.name) == 1 else self.name.lower()


class TimesOf(_Named):
    """Times of which the distribution is kept. SETUP: post-dial delay of calls; the others: from a request to its first response."""

    SETUP = lib.SIPWARD_TIMES_SETUP
    INVITE = lib.SIPWARD_TIMES_INVITE
    REGISTER = lib.SIPWARD_TIMES_REGISTER
    OPTIONS = lib.SIPWARD_TIMES_OPTIONS
    OTHER = lib.SIPWARD_TIMES_OTHER


class CdrFormat(_Named):
    """Who wrote call records. AUTO: whatever each row looks like; CSV: columns by the names of a header line."""

    AUTO = lib.SIPWARD_CDR_AUTO
    ASTERISK = lib.SIPWARD_CDR_ASTERISK
    FREESWITCH = lib.SIPWARD_CDR_FREESWITCH
    KAMAILIO = lib.SIPWARD_CDR_KAMAILIO
    CSV = lib.SIPWARD_CDR_CSV
    JSONL = lib.SIPWARD_CDR_JSONL


class CdrPart(_Named):
    """What a call record tells of: a call, the row of an INVITE or of a BYE, or one of another request."""

    CALL = lib.SIPWARD_CDR_CALL
    BEGIN = lib.SIPWARD_CDR_BEGIN
    END = lib.SIPWARD_CDR_END
    OTHER = lib.SIPWARD_CDR_OTHER


class NumberType(_Named):
    """What sort of telephone number one is."""

    NONE = lib.SIPWARD_NUMBER_NONE
    UNALLOCATED = lib.SIPWARD_NUMBER_UNALLOCATED
    FIXED = lib.SIPWARD_NUMBER_FIXED
    MOBILE = lib.SIPWARD_NUMBER_MOBILE
    FIXED_OR_MOBILE = lib.SIPWARD_NUMBER_FIXED_OR_MOBILE
    PREMIUM = lib.SIPWARD_NUMBER_PREMIUM
    TOLL_FREE = lib.SIPWARD_NUMBER_TOLL_FREE
    SHARED_COST = lib.SIPWARD_NUMBER_SHARED_COST
    VOIP = lib.SIPWARD_NUMBER_VOIP
    PERSONAL = lib.SIPWARD_NUMBER_PERSONAL
    PAGER = lib.SIPWARD_NUMBER_PAGER
    UAN = lib.SIPWARD_NUMBER_UAN
    VOICEMAIL = lib.SIPWARD_NUMBER_VOICEMAIL
    SATELLITE = lib.SIPWARD_NUMBER_SATELLITE
    EMERGENCY = lib.SIPWARD_NUMBER_EMERGENCY


class IdentityResult(_Named):
    """What a check of Identity headers came to."""

    PENDING = lib.SIPWARD_IDENTITY_PENDING
    NONE = lib.SIPWARD_IDENTITY_NONE
    FAILED = lib.SIPWARD_IDENTITY_FAILED
    VERIFIED = lib.SIPWARD_IDENTITY_VERIFIED


class IdentityFlag(_Named):
    """What a check noticed without refusing for it: bits of `flags`, counted from the lowest."""

    DUPLICATE_IDENTITY = lib.SIPWARD_FLAG_DUPLICATE_IDENTITY
    PPT_IGNORED = lib.SIPWARD_FLAG_PPT_IGNORED
    COMMA_IGNORED = lib.SIPWARD_FLAG_COMMA_IGNORED
    COMPACT_FORM = lib.SIPWARD_FLAG_COMPACT_FORM
    NONCANONICAL_JSON = lib.SIPWARD_FLAG_NONCANONICAL_JSON
    KEY_HINT_IGNORED = lib.SIPWARD_FLAG_KEY_HINT_IGNORED
    TN_PLUS = lib.SIPWARD_FLAG_TN_PLUS
    ORIGID_NOT_UUID = lib.SIPWARD_FLAG_ORIGID_NOT_UUID
    RCDI_PENDING = lib.SIPWARD_FLAG_RCDI_PENDING
    RCDI_UNQUOTED = lib.SIPWARD_FLAG_RCDI_UNQUOTED
    MSGI_UNCHECKED = lib.SIPWARD_FLAG_MSGI_UNCHECKED
    MKY_UNCHECKED = lib.SIPWARD_FLAG_MKY_UNCHECKED
    DATE_MISSING = lib.SIPWARD_FLAG_DATE_MISSING
    DATE_STALE = lib.SIPWARD_FLAG_DATE_STALE
    DATE_IAT_SKEW = lib.SIPWARD_FLAG_DATE_IAT_SKEW
    TNAUTH_MULTI_SPC = lib.SIPWARD_FLAG_TNAUTH_MULTI_SPC
    CRL_STALE = lib.SIPWARD_FLAG_CRL_STALE
    CRL_UNKNOWN = lib.SIPWARD_FLAG_CRL_UNKNOWN
    CRL_IGNORED = lib.SIPWARD_FLAG_CRL_IGNORED
    DIV_UNUSED = lib.SIPWARD_FLAG_DIV_UNUSED
    MULTIPLE_BASE = lib.SIPWARD_FLAG_MULTIPLE_BASE
    RETRANSMISSION = lib.SIPWARD_FLAG_RETRANSMISSION
    REPLAY_UNKNOWN = lib.SIPWARD_FLAG_REPLAY_UNKNOWN


class Unseen(enum.IntFlag):
    """Parts of a request that nobody looked for, so that they are not missed."""

    DATE = lib.SIPWARD_UNSEEN_DATE
    PRIORITY = lib.SIPWARD_UNSEEN_PRIORITY
    SESSION = lib.SIPWARD_UNSEEN_SESSION
    BODY = lib.SIPWARD_UNSEEN_BODY


class TrustFlag(enum.IntFlag):
    """What a store demands of certificates and lists; `sipward/c/trust.h` says it."""

    ANY_POLICY = lib.SIPWARD_TRUST_ANY_POLICY
    ONE_PROVIDER = lib.SIPWARD_TRUST_ONE_PROVIDER
    PARTIAL_CHAINS = lib.SIPWARD_TRUST_PARTIAL_CHAINS
    KEEP_CRLS = lib.SIPWARD_TRUST_KEEP_CRLS
    STALE_CRL_REFUSES = lib.SIPWARD_TRUST_STALE_CRL_REFUSES
    UNKNOWN_CRL_REFUSES = lib.SIPWARD_TRUST_UNKNOWN_CRL_REFUSES


class CertificateState(_Named):
    """What is known of a URL."""

    MISSING = lib.SIPWARD_CERTIFICATE_MISSING
    FRESH = lib.SIPWARD_CERTIFICATE_FRESH
    STALE = lib.SIPWARD_CERTIFICATE_STALE
    FAILED = lib.SIPWARD_CERTIFICATE_FAILED


class UrlFlag(enum.IntFlag):
    """For certificate_url_check."""

    ANY_PORT = lib.SIPWARD_URL_ANY_PORT


class CallerFlag(enum.IntFlag):
    """What is demanded of Identity headers; `sipward/c/trust.h` says it."""

    RFC8224 = lib.SIPWARD_CALLER_RFC8224
    COMPACT = lib.SIPWARD_CALLER_COMPACT
    BEST_OF = lib.SIPWARD_CALLER_BEST_OF
    PASSED_B = lib.SIPWARD_CALLER_PASSED_B
    PASSED_C = lib.SIPWARD_CALLER_PASSED_C
    ANY_MEDIA_KEY = lib.SIPWARD_CALLER_ANY_MEDIA_KEY
    REQUIRED = lib.SIPWARD_CALLER_REQUIRED
    UNCACHED = lib.SIPWARD_CALLER_UNCACHED


class SignerFlag(enum.IntFlag):
    """How a signer takes its certificate and its signatures."""

    ANY_POLICY = lib.SIPWARD_SIGNER_ANY_POLICY
    UNCHECKED = lib.SIPWARD_SIGNER_UNCHECKED


class PassportFlag(enum.IntFlag):
    """How a token is written."""

    COMPACT = lib.SIPWARD_PASSPORT_COMPACT


class Replayed(_Named):
    """What came of a decision that was judged again."""

    SAME = lib.SIPWARD_REPLAYED_SAME
    OTHER = lib.SIPWARD_REPLAYED_OTHER
    BROKEN = lib.SIPWARD_REPLAYED_BROKEN
    OTHER_RULES = lib.SIPWARD_REPLAYED_OTHER_RULES


class FeedKind(_Named):
    """What a feed holds, and the kind of list that it fills."""

    ADDRESS = lib.SIPWARD_FEED_ADDRESS
    NETWORK = lib.SIPWARD_FEED_NETWORK
    DOMAIN = lib.SIPWARD_FEED_DOMAIN
    NUMBER = lib.SIPWARD_FEED_NUMBER
    AGENT = lib.SIPWARD_FEED_AGENT


class FeedFormat(_Named):
    """How a feed is written."""

    AUTO = lib.SIPWARD_FEED_AUTO
    LINES = lib.SIPWARD_FEED_LINES
    CSV = lib.SIPWARD_FEED_CSV
    JSON = lib.SIPWARD_FEED_JSON


class FeedFault(_Named):
    """Why an update of a feed was refused."""

    NONE = lib.SIPWARD_FEED_FAULT_NONE
    TOO_LARGE = lib.SIPWARD_FEED_FAULT_TOO_LARGE
    UNSIGNED = lib.SIPWARD_FEED_FAULT_UNSIGNED
    BAD_SIGNATURE = lib.SIPWARD_FEED_FAULT_BAD_SIGNATURE
    OLDER = lib.SIPWARD_FEED_FAULT_OLDER
    BROKEN = lib.SIPWARD_FEED_FAULT_BROKEN
    EMPTY = lib.SIPWARD_FEED_FAULT_EMPTY
    SHRUNK = lib.SIPWARD_FEED_FAULT_SHRUNK
    NO_LIST = lib.SIPWARD_FEED_FAULT_NO_LIST


class FeedRefusalKind(_Named):
    """Why an entry of a feed was refused."""

    MALFORMED = lib.SIPWARD_FEED_MALFORMED
    TOO_WIDE = lib.SIPWARD_FEED_TOO_WIDE
    PRIVATE = lib.SIPWARD_FEED_PRIVATE
    ALLOWED = lib.SIPWARD_FEED_ALLOWED
    REPEATED = lib.SIPWARD_FEED_REPEATED
    TOO_MANY = lib.SIPWARD_FEED_TOO_MANY
